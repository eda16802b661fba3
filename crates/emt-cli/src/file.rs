//! Files that a command writes: whole, or not at all.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use crate::problem::Problem;

/// Writes a file beside its place and moves it there; a file of that name is replaced.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // A name that nobody else uses.
    let part = path.with_file_name(format!(".{name}.part-{}", std::process::id()));
    let written = File::create(&part)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
        Problem::system(format!("cannot write {}: {error}", path.display()))
            .help("name a directory that is there and that you may write to, or make room")
    })
}
