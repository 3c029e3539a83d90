//! Words of a command line that can be copied.

use std::path::Path;

/// A word as a POSIX shell takes it: as it is when it is plain, in quotes otherwise.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%=,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A path as a POSIX shell takes it.
pub fn path(path: &Path) -> String {
    word(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_can_be_copied_into_a_shell() {
        assert_eq!(word("samples/ministries.toml"), "samples/ministries.toml");
        assert_eq!(word("oma suunnitelma.toml"), "'oma suunnitelma.toml'");
        assert_eq!(word("it's"), r"'it'\''s'");
    }
}
