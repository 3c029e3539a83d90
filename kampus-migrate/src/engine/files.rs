//! Attachments: bytes from the export's folder, and nothing from outside it.

use std::path::{Component, Path, PathBuf};

use crate::record::LegacyFile;

/// The largest file that is taken in. A store keeps files beside pages; what is larger belongs into an archive.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Reads the bytes of an attachment, or says why not.
pub(super) fn read(folder: Option<&Path>, file: &LegacyFile) -> Result<Vec<u8>, String> {
    if let Some(content) = &file.content {
        size(folder, file)?;
        return content.read().map_err(|error| format!("its file `{}` cannot be read: {error}", file.name));
    }
    let (path, _) = locate(folder, file)?;
    let shown = file.path.as_deref().unwrap_or_default();
    std::fs::read(&path).map_err(|error| format!("its file `{shown}` cannot be read: {error}"))
}

/// The size of an attachment in bytes, or why it cannot be taken in.
pub(super) fn size(folder: Option<&Path>, file: &LegacyFile) -> Result<u64, String> {
    match &file.content {
        Some(content) if content.len() > LARGEST => Err(format!(
            "its file `{}` has {} bytes, more than the {LARGEST} that are taken in",
            file.name,
            content.len()
        )),
        Some(content) => Ok(content.len()),
        None => locate(folder, file).map(|(_, size)| size),
    }
}

/// Finds an attachment in the folder of files, and its size.
fn locate(folder: Option<&Path>, file: &LegacyFile) -> Result<(PathBuf, u64), String> {
    let Some(folder) = folder else {
        return Err(format!(
            "its file `{}` is not in the export, and the plan names no folder of files",
            file.name
        ));
    };
    let Some(path) = file.path.as_deref().filter(|path| !path.trim().is_empty()) else {
        return Err(format!("the export does not say where its file `{}` is", file.name));
    };
    let inside =
        inside(folder, path).ok_or_else(|| format!("its path `{path}` leads out of the folder of files"))?;
    let metadata =
        inside.metadata().map_err(|_| format!("its file `{path}` is not in the folder of files"))?;
    if !metadata.is_file() {
        return Err(format!("its path `{path}` is no file"));
    }
    if metadata.len() > LARGEST {
        return Err(format!(
            "its file `{path}` has {} bytes, more than the {LARGEST} that are taken in",
            metadata.len()
        ));
    }
    Ok((inside, metadata.len()))
}

/// The file of that path, if it is inside the folder, links followed.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !plain || path.contains('\\') || path.contains('\0') {
        return None;
    }
    let joined = folder.join(relative);
    let Ok(real) = joined.canonicalize() else {
        // It is not there; that is told by whoever opens it.
        return Some(joined);
    };
    real.starts_with(folder.canonicalize().ok()?).then_some(real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Markup;

    fn file(path: &str) -> LegacyFile {
        LegacyFile {
            title: String::new(),
            name: "a.txt".into(),
            addresses: Vec::new(),
            path: Some(path.into()),
            content: None,
            description: String::new(),
            markup: Markup::Text,
            author: None,
            created: None,
            modified: None,
            parent: None,
            permissions: None,
            container: None,
        }
    }

    #[test]
    fn a_path_that_leads_out_of_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("files");
        std::fs::create_dir(&files).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "x").unwrap();
        std::fs::write(files.join("a.txt"), "y").unwrap();
        assert_eq!(read(Some(&files), &file("a.txt")).unwrap(), b"y");
        for path in ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "..\\secret.txt"] {
            assert!(read(Some(&files), &file(path)).unwrap_err().contains("leads out"), "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret.txt"), files.join("link.txt")).unwrap();
            assert!(read(Some(&files), &file("link.txt")).unwrap_err().contains("leads out"));
        }
        assert!(read(Some(&files), &file("none.txt")).unwrap_err().contains("not in the folder"));
        assert!(read(None, &file("a.txt")).unwrap_err().contains("names no folder"));
    }
}
