//! Throw-away directories for the judges' input.
//!
//! Limit: a directory is removed when it is dropped, not when the process is killed.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// A new empty directory below the system's temporary directory.
pub(crate) fn directory() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("emt-tests-").tempdir()
}

/// Writes a file and the directories above it.
pub(crate) fn write(path: &Path, content: &str) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, content)
}

/// Copies a directory with all that is in it; symbolic links are followed.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if fs::metadata(entry.path())?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
