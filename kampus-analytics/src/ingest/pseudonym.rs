//! Pseudonyms: the same person is the same pseudonym, and nobody without the key can tell who.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file of the key, in the store's folder.
const FILE: &str = "activity.key";

/// Turns people into pseudonyms with a keyed BLAKE3 hash.
pub struct Pseudonyms([u8; 32]);

impl std::fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The key is never shown.
        f.write_str("Pseudonyms")
    }
}

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("cannot use the key of pseudonyms `{path}`")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file holds something else.
    #[error("`{0}` holds no key of 64 hexadecimal digits")]
    Malformed(PathBuf),
    /// The operating system gave no random numbers.
    #[error("the operating system gave no random numbers for a key")]
    Random,
}

impl Pseudonyms {
    /// The key in a folder; one is made there when there is none, readable by its owner only.
    pub fn in_folder(folder: &Path) -> Result<Self, KeyError> {
        let path = folder.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).ok_or(KeyError::Malformed(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(&path),
            Err(source) => Err(KeyError::File { path, source }),
        }
    }

    /// Pseudonyms with a known key, for tests.
    pub fn with_key(key: [u8; 32]) -> Self {
        Self(key)
    }

    fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text.trim()).ok().map(|key| Self(*key.as_bytes()))
    }

    fn make(path: &Path) -> Result<Self, KeyError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| KeyError::Random)?;
        let text = format!("{}\n", blake3::Hash::from_bytes(key).to_hex());
        write_private(path, text.as_bytes())
            .map_err(|source| KeyError::File { path: path.to_owned(), source })?;
        Ok(Self(key))
    }

    /// The pseudonym of a person: 16 hexadecimal digits.
    pub fn of(&self, person: &str) -> String {
        let hash = blake3::keyed_hash(&self.0, person.as_bytes()).to_hex();
        hash.get(..16).unwrap_or_default().to_owned()
    }
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_private() {
        let folder = tempfile::tempdir().unwrap();
        let first = Pseudonyms::in_folder(folder.path()).unwrap().of("person:1");
        let second = Pseudonyms::in_folder(folder.path()).unwrap();
        assert_eq!(second.of("person:1"), first);
        assert_ne!(second.of("person:2"), first);
        assert_ne!(Pseudonyms::with_key([1; 32]).of("person:1"), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
