//! What a hostile export may ask for, as values.

/// Limits on what a reader takes in. The defaults hold the whole command well under 200 MB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record, all its texts together.
    pub record_bytes: usize,
    /// Depth of nested elements.
    pub depth: usize,
    /// Bytes of a file that an export holds itself, decoded.
    pub file_bytes: u64,
    /// Bytes of a spreadsheet's file.
    pub workbook_bytes: u64,
    /// Bytes of any part of a workbook when unpacked.
    pub unpacked_bytes: u64,
    /// Columns of a table.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_bytes: 16 * 1024 * 1024,
            depth: 64,
            file_bytes: 256 * 1024 * 1024,
            workbook_bytes: 32 * 1024 * 1024,
            unpacked_bytes: 64 * 1024 * 1024,
            columns: 1_000,
        }
    }
}
