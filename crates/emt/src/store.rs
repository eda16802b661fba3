//! Where the files of a directory of values are read from.
//!
//! Must not know what stands in them.

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A larger file is no values file: the reader refuses it after this many bytes, whatever its size.
pub(crate) const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A directory of values, wherever it is.
pub(crate) trait Store: Debug + Send + Sync {
    /// The bytes of a file, by its path in the directory; cut where no values file goes on.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// How a file is named in messages; `.` is the directory.
    fn display(&self, path: &str) -> String;

    /// The file in the file system; none where it stands elsewhere.
    fn path(&self, _: &str) -> Option<PathBuf> {
        None
    }

    /// The names beside a file, sorted; none if they cannot be known.
    fn neighbours(&self, path: &str) -> Vec<String>;
}

/// A directory of the file system.
#[derive(Debug)]
pub(crate) struct Directory(pub(crate) PathBuf);

impl Store for Directory {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        read_file(&self.0.join(path))
    }

    fn display(&self, path: &str) -> String {
        let path = if path == "." { self.0.clone() } else { self.0.join(path) };
        path.display().to_string()
    }

    fn path(&self, path: &str) -> Option<PathBuf> {
        Some(self.0.join(path))
    }

    fn neighbours(&self, path: &str) -> Vec<String> {
        self.0.join(path).parent().map(names_in).unwrap_or_default()
    }
}

/// A file's bytes, cut where no values file goes on. `-` is standard input.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().take(MOST_BYTES).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// The names in a directory, sorted; none if it cannot be read.
fn names_in(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
