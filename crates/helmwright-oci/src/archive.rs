//! The archive of a chart: written so that the same files always give the same bytes, read so that no archive does harm.
//!
//! Written: files in Helm's order, one time for all, owner and group 0, mode 0644, no directories, no name of the host in
//! the headers. Read: bounded in every direction, and nothing but plain files below one directory; links, devices, and
//! paths that lead elsewhere are refused. Nothing is ever unpacked to disk here.
//!
//! Must not know what a chart's files mean, but for the order of the first three.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};

use flate2::read::MultiGzDecoder;
use flate2::{Compression, GzBuilder};
use tar::{EntryType, Header};

use crate::error::{ErrorKind, OciError};
use crate::timestamp::Timestamp;

/// The largest archive that is read, in bytes.
pub const MOST_ARCHIVE_BYTES: u64 = 32 * 1024 * 1024;
/// The most that an archive may hold when unpacked, in bytes: Helm's own bound.
const MOST_UNPACKED_BYTES: u64 = 100 * 1024 * 1024;
/// The largest file, in bytes: Helm's own bound.
const MOST_FILE_BYTES: u64 = 5 * 1024 * 1024;
/// The most files.
const MOST_FILES: usize = 10_000;
/// The longest path, in bytes.
const MOST_PATH_BYTES: usize = 1024;

/// One file of a chart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChartFile {
    /// Its path below the chart, with `/` between the parts.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// An archive that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The directory that all files stand in: the chart's name.
    pub root: String,
    /// The files in the archive's order.
    pub files: Vec<ChartFile>,
    /// The latest time of a file.
    pub latest: Timestamp,
}

impl Archive {
    /// The content of a file.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.iter().find(|file| file.path == path).map(|file| file.bytes.as_slice())
    }
}

/// Packs files below the directory `root`, all with this time.
///
/// # Errors
///
/// A path that no archive may hold, or the same one twice.
pub fn pack(root: &str, files: &[ChartFile], time: Timestamp) -> Result<Vec<u8>, OciError> {
    let mut ordered: Vec<&ChartFile> = files.iter().collect();
    ordered.sort_by(|a, b| (rank(&a.path), &a.path).cmp(&(rank(&b.path), &b.path)));
    let mut seen = BTreeSet::new();
    for file in &ordered {
        check_path(&format!("{root}/{}", file.path))?;
        if !seen.insert(&file.path) {
            return Err(OciError::input(format!("the file {:?} is there twice", file.path)));
        }
    }
    write(root, &ordered, time)
        .map_err(|error| OciError::new(ErrorKind::System, format!("cannot pack the chart: {error}")))
}

/// Helm looks at these first, and writes them first.
fn rank(path: &str) -> usize {
    ["Chart.yaml", "values.yaml", "values.schema.json"].iter().position(|first| *first == path).unwrap_or(3)
}

fn write(root: &str, files: &[&ChartFile], time: Timestamp) -> io::Result<Vec<u8>> {
    // 255: an unknown system.
    let compressed = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), Compression::best());
    let mut archive = tar::Builder::new(compressed);
    for file in files {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(file.bytes.len() as u64);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(time.seconds().unsigned_abs());
        archive.append_data(&mut header, format!("{root}/{}", file.path), file.bytes.as_slice())?;
    }
    let mut compressed = archive.into_inner()?;
    compressed.flush()?;
    compressed.finish()
}

/// Reads an archive from memory.
///
/// # Errors
///
/// What is no archive of a chart, or could do harm: see the module.
pub fn unpack(bytes: &[u8]) -> Result<Archive, OciError> {
    if bytes.len() as u64 > MOST_ARCHIVE_BYTES {
        return Err(refused(format!("it is larger than {} MiB", MOST_ARCHIVE_BYTES >> 20)));
    }
    let limited = Limited { inner: MultiGzDecoder::new(bytes), left: MOST_UNPACKED_BYTES };
    let mut archive = tar::Archive::new(limited);
    let entries = archive.entries().map_err(unreadable)?;
    let (mut root, mut files, mut latest) = (String::new(), Vec::new(), Timestamp::from_seconds(0)?);
    let mut seen = BTreeSet::new();
    for entry in entries {
        let mut entry = entry.map_err(unreadable)?;
        let path = entry.path_bytes().into_owned();
        let path = String::from_utf8(path).map_err(|_| refused("a path is not UTF-8"))?;
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            // What holds no content: directories, and what git writes about a commit.
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            EntryType::Symlink | EntryType::Link => return Err(refused(format!("{path:?} is a link"))),
            _ => return Err(refused(format!("{path:?} is no plain file"))),
        }
        check_path(&path)?;
        let (top, below) = path.split_once('/').ok_or_else(|| refused(format!("{path:?} is in no directory")))?;
        if root.is_empty() {
            top.clone_into(&mut root);
        }
        if root != top {
            return Err(refused(format!("it holds two directories, {root:?} and {top:?}")));
        }
        if !seen.insert(below.to_owned()) {
            return Err(refused(format!("it holds {path:?} twice")));
        }
        if files.len() == MOST_FILES {
            return Err(refused(format!("it holds more than {MOST_FILES} files")));
        }
        let mut content = Vec::new();
        let most = MOST_FILE_BYTES + 1;
        (&mut entry).take(most).read_to_end(&mut content).map_err(unreadable)?;
        if content.len() as u64 == most {
            return Err(refused(format!("{path:?} is larger than {} MiB", MOST_FILE_BYTES >> 20)));
        }
        let time = i64::try_from(entry.header().mtime().unwrap_or(0)).unwrap_or(0);
        latest = latest.max(Timestamp::from_seconds(time)?);
        files.push(ChartFile { path: below.to_owned(), bytes: content });
    }
    // What stands behind the end of the archive counts for its digest: read it, so that broken data is noticed.
    io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(unreadable)?;
    if files.is_empty() {
        return Err(refused("it holds no file"));
    }
    Ok(Archive { root, files, latest })
}

/// A path that stays below its directory on every system.
fn check_path(path: &str) -> Result<(), OciError> {
    let is_part = |part: &str| !matches!(part, "" | "." | "..");
    let is_plain = |character: char| !character.is_control() && !matches!(character, '\\' | ':');
    if path.len() <= MOST_PATH_BYTES && path.split('/').all(is_part) && path.chars().all(is_plain) {
        return Ok(());
    }
    Err(refused(format!("{path:?} is no plain path below the chart")))
}

fn refused(message: impl std::fmt::Display) -> OciError {
    OciError::input(format!("the archive is refused: {message}")).help("do not use it: charts hold plain files alone")
}

fn unreadable(error: io::Error) -> OciError {
    OciError::input(format!("the archive cannot be read: {error}")).help("get it anew, or pack it again")
}

/// A reader that fails after so many bytes, whatever the headers promise.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(count as u64)
            .ok_or_else(|| io::Error::other(format!("it holds more than {} MiB", MOST_UNPACKED_BYTES >> 20)))?;
        Ok(count)
    }
}
