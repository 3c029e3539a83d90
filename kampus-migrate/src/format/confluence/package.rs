//! The export as it lies there: a folder, or a zip.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jiff::tz::TimeZone;
use tempfile::SpooledTempFile;

use super::super::archive::Archive;
use crate::record::{FileContent, Spool};

const ENTITIES: &str = "entities.xml";
const DESCRIPTOR: &str = "exportDescriptor.properties";

/// An export.
pub(super) enum Package {
    Folder {
        entities: PathBuf,
        root: PathBuf,
    },
    Zip {
        archive: Box<Archive>,
        /// What stands before the names of all its files.
        prefix: String,
        /// `entities.xml`, unpacked once.
        entities: Shared,
    },
}

/// What an export says of itself.
#[derive(Debug, Default)]
pub(super) struct Descriptor {
    pub(super) is_cloud: bool,
    pub(super) zone: Option<TimeZone>,
}

impl Package {
    /// Opens an export: the folder, its `entities.xml`, or the zip.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let told = |error: io::Error| format!("it cannot be read: {error}");
        let entities = if path.is_dir() { path.join(ENTITIES) } else { path.to_owned() };
        let mut first = Vec::new();
        File::open(&entities).and_then(|file| file.take(2).read_to_end(&mut first)).map_err(told)?;
        if first != b"PK" {
            let root = entities.parent().map(Path::to_owned).unwrap_or_default();
            let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
            return Ok(Self::Folder { entities, root });
        }
        let mut archive = Box::new(Archive::open(path)?);
        let names = (0..archive.len()).map(|number| archive.name(number));
        let prefix = names
            .filter_map(|name| name.strip_suffix(ENTITIES).map(str::to_owned))
            .filter(|prefix| prefix.is_empty() || prefix.ends_with('/'))
            .min_by_key(String::len)
            .ok_or("there is no `entities.xml` in it")?;
        let number =
            archive.find(&format!("{prefix}{ENTITIES}")).ok_or("there is no `entities.xml` in it")?;
        let unpacked = archive.unpack(number).map_err(|reason| format!("`{ENTITIES}`: {reason}"))?;
        Ok(Self::Zip { archive, prefix, entities: Shared(Rc::new(RefCell::new(unpacked))) })
    }

    /// What messages call `entities.xml`.
    pub(super) fn shown(&self, shown: &Path) -> PathBuf {
        match self {
            Self::Zip { .. } => format!("{}!{ENTITIES}", shown.display()).into(),
            Self::Folder { entities, .. } if entities.file_name() == shown.file_name() => shown.to_owned(),
            // The plan names the folder.
            Self::Folder { .. } => shown.join(ENTITIES),
        }
    }

    /// `entities.xml` from its beginning.
    pub(super) fn entities(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::Folder { entities, .. } => Box::new(File::open(entities)?),
            Self::Zip { entities, .. } => {
                entities.0.borrow_mut().seek(SeekFrom::Start(0))?;
                Box::new(entities.clone())
            }
        })
    }

    /// What the export says of itself, if it does.
    pub(super) fn descriptor(&mut self) -> Descriptor {
        /// It has some dozen lines.
        const LONGEST: u64 = 64 * 1024;
        let mut told = Descriptor::default();
        let text: Box<dyn Read> = match self {
            Self::Folder { root, .. } => {
                match inside(root, DESCRIPTOR).and_then(|path| File::open(path).ok()) {
                    Some(file) => Box::new(file),
                    None => return told,
                }
            }
            Self::Zip { archive, prefix, .. } => {
                let number = archive.find(&format!("{prefix}{DESCRIPTOR}"));
                match number.and_then(|number| archive.unpack(number).ok()) {
                    Some(unpacked) => Box::new(unpacked),
                    None => return told,
                }
            }
        };
        for line in BufReader::new(text.take(LONGEST)).lines().map_while(Result::ok) {
            match line.split_once('=') {
                Some(("source", value)) => told.is_cloud = value.trim() == "cloud",
                Some(("timezoneId", value)) => told.zone = TimeZone::get(value.trim()).ok(),
                _ => {}
            }
        }
        told
    }

    /// The bytes of a file, or why there are none. Its path is made of numbers, so it leads nowhere else.
    pub(super) fn bytes(
        &mut self,
        (page, file, version): (u64, u64, u64),
        limit: u64,
    ) -> Result<FileContent, String> {
        let path = format!("attachments/{page}/{file}/{version}");
        let missing = || format!("the export does not hold its bytes (`{path}`)");
        let told = |error: io::Error| format!("`{path}` cannot be read: {error}");
        let mut bytes: Box<dyn Read> = match self {
            Self::Folder { root, .. } => {
                let found = inside(root, &path).ok_or_else(missing)?;
                Box::new(File::open(found).map_err(told)?)
            }
            Self::Zip { archive, prefix, .. } => {
                let number = archive.find(&format!("{prefix}{path}")).ok_or_else(missing)?;
                Box::new(archive.unpack(number).map_err(|reason| format!("`{path}`: {reason}"))?)
            }
        };
        let mut spool = Spool::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = bytes.read(&mut piece).map_err(told)?;
            if read == 0 {
                return Ok(spool.done());
            }
            spool.take(piece.get(..read).unwrap_or_default()).map_err(told)?;
            if spool.len() > limit {
                return Err(format!("it has more than the {limit} bytes that are taken in"));
            }
        }
    }
}

/// A file in a folder, if it is one and no link leads out of there.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let real = root.join(path).canonicalize().ok()?;
    (real.is_file() && real.starts_with(root.canonicalize().ok()?)).then_some(real)
}

/// An unpacked file that is read more than once.
#[derive(Clone)]
pub(super) struct Shared(Rc<RefCell<SpooledTempFile>>);

impl Read for Shared {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.borrow_mut().read(buf)
    }
}
