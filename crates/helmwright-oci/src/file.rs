//! Files: read up to a bound, written whole or not at all.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use crate::error::{ErrorKind, OciError};

/// Reads a file of at most so many bytes.
///
/// # Errors
///
/// What the system says, or that the file is larger.
pub fn read_file(path: &Path, most: u64) -> Result<Vec<u8>, OciError> {
    let fail = |error| OciError::new(ErrorKind::System, format!("cannot read {}: {error}", path.display()));
    let mut bytes = Vec::new();
    File::open(path).map_err(fail)?.take(most + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > most {
        return Err(OciError::input(format!("{} is larger than {most} bytes", path.display())));
    }
    Ok(bytes)
}

/// Writes a file beside its place, reads it back, and gives it its name only if `check` finds it good.
///
/// Missing directories above it are made; a file of that name is replaced.
///
/// # Errors
///
/// What the system or the check says; nothing has the name then that had it not before.
pub fn write_file(
    path: &Path,
    bytes: &[u8],
    check: impl FnOnce(Vec<u8>) -> Result<(), OciError>,
) -> Result<(), OciError> {
    let parent = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = parent.join(format!(".{name}.part-{}", std::process::id()));
    let fail = |error| {
        OciError::new(ErrorKind::System, format!("cannot write {}: {error}", path.display()))
            .help("name a directory that you may write to, or make room")
    };
    fs::create_dir_all(parent).map_err(fail)?;
    let written = File::create(&part).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    let result = written
        .map_err(fail)
        .and_then(|()| read_file(&part, bytes.len() as u64))
        .and_then(check)
        .and_then(|()| fs::rename(&part, path).map_err(fail));
    if result.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    result
}
