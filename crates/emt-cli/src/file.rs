//! Writing one file: all of it, or nothing. What was there stays until the new text is complete beside it.
//!
//! Must not know what is written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Puts a text in the place of a file, or makes the file. One that is there keeps its mode; a link stays a link.
pub(crate) fn replace(path: &Path, text: &[u8]) -> Result<(), Problem> {
    // A device or a pipe is written to: there is nothing to keep.
    if fs::metadata(path).is_ok_and(|known| !known.is_file() && !known.is_dir()) {
        let written = File::options().write(true).open(path).and_then(|mut file| file.write_all(text));
        return written.map_err(|error| Problem::system(format!("cannot write {}: {error}", path.display())));
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let part = beside(&target);
    write(&target, &part, text).map_err(|error| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
        Problem::system(format!("cannot write {}: {error}", path.display()))
            .help("name a directory that is there and that you may write to, or make room")
    })
}

fn write(target: &Path, part: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = File::create(part)?;
    if let Ok(known) = fs::metadata(target) {
        // A name in another directory's hands may be replaced where the file itself must not be written.
        if known.permissions().readonly() {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
        }
        file.set_permissions(known.permissions())?;
    }
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(part, target)
}

/// A name that nobody else uses, in the same directory.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part-{}", std::process::id()))
}
