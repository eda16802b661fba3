//! Writing a set of files as a directory: all of them or none, and never over somebody else's work.
//!
//! The files are written to a new directory beside the wanted one, which then takes its place. A directory that is not
//! empty is replaced only if it holds [`MARKER`], which every written directory does, and no file that the marker does not
//! name; files of an earlier writing that are not written again vanish with it.
//!
//! What belongs to users from then on is [made anew](new_directory), without the marker and only where nothing is yet.
//!
//! Must not know what the files mean. Limit: between two renames the directory does not exist for an instant, since the
//! standard library cannot exchange two directories; if the second rename fails, the first is undone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Name of the file that marks a directory as written by this module.
///
/// Its first line says so, and the written files follow, one a line. It has no extension that `kubectl apply -f` would read,
/// and charts ignore it.
pub const MARKER: &str = ".helmwright";

const MARKER_LINE: &str = "This directory is written by helmwright.";
const MARKER_ADVICE: &str = "The next writing replaces these files: change what they are made from instead.";

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutputFile {
    /// Its path below the directory, with `/` between the parts: `templates/service.yaml`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// A file with a text.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), bytes: text.into().into_bytes() }
    }
}

/// Why a directory was not written. The file system is as before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// There is something that is no directory.
    #[error("{} is a file, not a directory", path.display())]
    NotADirectory {
        /// The directory asked for.
        path: PathBuf,
    },
    /// The directory holds files that were not written by this module.
    #[error("{} holds files that emt or another helmwright tool did not write, such as {found:?}", path.display())]
    Foreign {
        /// The directory asked for.
        path: PathBuf,
        /// One of its entries, the first by name.
        found: String,
    },
    /// The directory was to be new, and is not empty.
    #[error("{} is not empty: it holds {found:?}", path.display())]
    NotEmpty {
        /// The directory asked for.
        path: PathBuf,
        /// One of its entries, the first by name.
        found: String,
    },
    /// The directory cannot be moved away: it is the current directory, one above it, or where a volume is mounted.
    #[error("{} is in use as the current directory or as the place of a mounted volume", path.display())]
    InUse {
        /// The directory asked for.
        path: PathBuf,
    },
    /// The system does not let this user write there.
    #[error("cannot write {}: {source}", path.display())]
    Denied {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no room.
    #[error("cannot write {}: {source}", path.display())]
    Full {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else that the system says.
    #[error("cannot write {}: {source}", path.display())]
    System {
        /// What was to be written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl WriteError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotADirectory { .. } => "name a directory, or remove the file",
            Self::Foreign { .. } => {
                "name another directory, or move away what is yours: all that is in it would be replaced"
            }
            Self::NotEmpty { .. } => "name a directory that does not exist yet",
            Self::InUse { .. } => "name a directory below it",
            Self::Denied { .. } => "name a directory that you may write to",
            Self::Full { .. } => "make room, or name a directory on another volume",
            Self::System { .. } => "see what the system says, or name another directory",
        }
    }

    fn of(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::Denied { path, source },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { path, source },
            ErrorKind::NotADirectory => Self::NotADirectory { path },
            ErrorKind::ResourceBusy => Self::InUse { path },
            _ => Self::System { path, source },
        }
    }
}

/// Makes `directory` hold exactly these files and the marker. Missing parents are made.
///
/// A symbolic link to a directory stays, and the directory that it names is replaced.
///
/// # Errors
///
/// See [`WriteError`]; nothing has changed then.
pub fn replace_directory(directory: &Path, files: &[OutputFile]) -> Result<(), WriteError> {
    let mut names: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    names.sort_unstable();
    let marker = OutputFile::text(MARKER, format!("{MARKER_LINE}\n{MARKER_ADVICE}\n\n{}\n", names.join("\n")));
    put(directory, files.iter().chain([&marker]), existing(directory, true)?)
}

/// Makes a directory with exactly these files, which are the user's from then on. Missing parents are made.
///
/// # Errors
///
/// [`WriteError::NotEmpty`] if anything is in the directory; others as of [`replace_directory`]. Nothing has changed then.
pub fn new_directory(directory: &Path, files: &[OutputFile]) -> Result<(), WriteError> {
    put(directory, files.iter(), existing(directory, false)?)
}

fn put<'f>(
    directory: &Path,
    files: impl Iterator<Item = &'f OutputFile>,
    existing: Option<Existing>,
) -> Result<(), WriteError> {
    let target = existing.as_ref().map_or_else(|| directory.to_owned(), |existing| existing.path.clone());
    let parent = match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        Some(_) => Path::new("."),
        None => return Err(WriteError::InUse { path: directory.to_owned() }),
    };
    fs::create_dir_all(parent).map_err(|error| WriteError::of(parent, error))?;
    let staging = Staging::beside(parent, &target)?;
    if let Some(existing) = &existing {
        fs::set_permissions(&staging.path, existing.permissions.clone())
            .map_err(|error| WriteError::of(&staging.path, error))?;
    }
    let shown = |path: &str| directory.join(path);
    for file in files {
        write(&staging.path.join(&file.path), &file.bytes)
            .map_err(|error| WriteError::of(&shown(&file.path), error))?;
    }
    staging.take_the_place_of(&target, existing.is_some()).map_err(|error| WriteError::of(directory, error))
}

/// A directory that is there and may be replaced.
struct Existing {
    /// Its path without symbolic links.
    path: PathBuf,
    permissions: fs::Permissions,
}

/// The directory, if there is one; an error if it may not be replaced. One of ours may be only if `ours_too` says so.
fn existing(directory: &Path, ours_too: bool) -> Result<Option<Existing>, WriteError> {
    let of = |error| WriteError::of(directory, error);
    let metadata = match fs::metadata(directory) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(of(error)),
    };
    if !metadata.is_dir() {
        return Err(WriteError::NotADirectory { path: directory.to_owned() });
    }
    let path = fs::canonicalize(directory).map_err(of)?;
    let current = std::env::current_dir().and_then(fs::canonicalize);
    if current.is_ok_and(|current| current.starts_with(&path)) {
        return Err(WriteError::InUse { path: directory.to_owned() });
    }
    let found = if ours_too { first_foreign(&path) } else { entries(&path).map(|names| names.into_iter().next()) };
    match found.map_err(of)? {
        Some(found) if ours_too => Err(WriteError::Foreign { path: directory.to_owned(), found }),
        Some(found) => Err(WriteError::NotEmpty { path: directory.to_owned(), found }),
        None => Ok(Some(Existing { path, permissions: metadata.permissions() })),
    }
}

/// The names in a directory, in order.
fn entries(directory: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(directory)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
    let mut names = names.collect::<io::Result<Vec<String>>>()?;
    names.sort();
    Ok(names)
}

/// The first file or empty directory that the marker does not name; without a marker the first entry.
fn first_foreign(directory: &Path) -> io::Result<Option<String>> {
    let marker = fs::read_to_string(directory.join(MARKER)).unwrap_or_default();
    let mut lines = marker.lines();
    if lines.next() != Some(MARKER_LINE) {
        return Ok(entries(directory)?.into_iter().next());
    }
    let ours: BTreeSet<&str> = lines.skip(2).chain([MARKER]).collect();
    let mut pending = vec![String::new()];
    while let Some(below) = pending.pop() {
        let names = entries(&directory.join(&below))?;
        if names.is_empty() && !below.is_empty() {
            return Ok(Some(below));
        }
        for name in names {
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if directory.join(&path).symlink_metadata()?.is_dir() {
                pending.push(path);
            } else if !ours.contains(path.as_str()) {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, bytes)
}

/// A new directory beside the target. It is removed when it is dropped, unless it took the target's place.
struct Staging {
    path: PathBuf,
}

impl Staging {
    fn beside(parent: &Path, target: &Path) -> Result<Self, WriteError> {
        let path = unused(parent, target, "new");
        fs::create_dir(&path).map_err(|error| WriteError::of(parent, error))?;
        Ok(Self { path })
    }

    fn take_the_place_of(self, target: &Path, exists: bool) -> io::Result<()> {
        if !exists {
            return fs::rename(&self.path, target);
        }
        let parent = target.parent().unwrap_or(target);
        let old = unused(parent, target, "old");
        fs::rename(target, &old)?;
        if let Err(error) = fs::rename(&self.path, target) {
            fs::rename(&old, target)?;
            return Err(error);
        }
        fs::remove_dir_all(&old)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Gone already if it took the target's place. An error here would hide the one that led here.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A hidden name beside the target that nothing has. A process that was killed may have left the first ones.
fn unused(parent: &Path, target: &Path, role: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let process = std::process::id();
    let mut path = parent.join(format!(".{name}.{role}-{process}"));
    let mut number = 1;
    while path.symlink_metadata().is_ok() {
        path = parent.join(format!(".{name}.{role}-{process}-{number}"));
        number += 1;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: &[&str]) -> Vec<OutputFile> {
        names.iter().map(|name| OutputFile::text(*name, format!("{name}\n"))).collect()
    }

    /// All paths below a directory.
    fn listing(directory: &Path) -> Vec<String> {
        let mut paths = Vec::new();
        let mut pending = vec![directory.to_owned()];
        while let Some(current) = pending.pop() {
            for entry in fs::read_dir(current).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    pending.push(path);
                } else {
                    paths.push(path.strip_prefix(directory).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        paths.sort();
        paths
    }

    #[test]
    fn what_somebody_put_into_a_written_directory_is_not_replaced() {
        for theirs in ["mine.yaml", "templates/mine.yaml", ".git/HEAD"] {
            let home = tempfile::tempdir().unwrap();
            let out = home.path().join("out");
            replace_directory(&out, &files(&["a.yaml", "templates/b.yaml"])).unwrap();
            write(&out.join(theirs), b"mine").unwrap();
            let before = listing(&out);
            let refused = replace_directory(&out, &files(&["a.yaml"])).unwrap_err();
            assert!(matches!(&refused, WriteError::Foreign { found, .. } if found == theirs), "{refused}");
            assert_eq!(listing(&out), before);
        }
    }

    #[test]
    fn a_second_writing_leaves_nothing_of_the_first() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("deep/out");
        replace_directory(&out, &files(&["a.yaml", "templates/b.yaml", "templates/c.yaml"])).unwrap();
        assert_eq!(listing(&out), [".helmwright", "a.yaml", "templates/b.yaml", "templates/c.yaml"]);
        replace_directory(&out, &files(&["a.yaml", "d/e.yaml"])).unwrap();
        assert_eq!(listing(&out), [".helmwright", "a.yaml", "d/e.yaml"]);
        assert_eq!(listing(home.path()).len(), 3, "nothing is left beside it");
    }

    #[test]
    fn a_foreign_directory_stays_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("notes.txt"), "mine").unwrap();
        let error = replace_directory(home.path(), &files(&["a.yaml"])).unwrap_err();
        assert!(matches!(&error, WriteError::Foreign { found, .. } if found == "notes.txt"), "{error}");
        assert_eq!(listing(home.path()), ["notes.txt"]);
        // A file of the marker's name with another text is no marker.
        fs::write(home.path().join(MARKER), "something else").unwrap();
        assert!(matches!(replace_directory(home.path(), &[]), Err(WriteError::Foreign { .. })));
    }

    #[test]
    fn an_empty_directory_is_taken() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        fs::create_dir(&out).unwrap();
        replace_directory(&out, &files(&["a.yaml"])).unwrap();
        assert_eq!(listing(home.path()), ["out/.helmwright", "out/a.yaml"]);
    }

    #[test]
    fn a_file_in_the_way_is_an_error() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("out");
        fs::write(&file, "mine").unwrap();
        assert!(matches!(replace_directory(&file, &[]), Err(WriteError::NotADirectory { .. })));
        assert!(matches!(replace_directory(&file.join("below"), &[]), Err(WriteError::NotADirectory { .. })));
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }

    #[test]
    fn the_current_directory_and_those_above_it_stay() {
        let here = std::env::current_dir().unwrap();
        for directory in [Path::new("."), here.parent().unwrap(), Path::new("/")] {
            assert!(matches!(replace_directory(directory, &[]), Err(WriteError::InUse { .. })), "{directory:?}");
        }
    }

    #[test]
    fn a_failed_writing_changes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("out");
        replace_directory(&out, &files(&["a.yaml"])).unwrap();
        // The second file needs a directory where the first one is a file.
        assert!(replace_directory(&out, &files(&["b.yaml", "b.yaml/c.yaml"])).is_err());
        assert_eq!(listing(home.path()), ["out/.helmwright", "out/a.yaml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_rights_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let home = tempfile::tempdir().unwrap();
        let (real, link) = (home.path().join("real"), home.path().join("link"));
        fs::create_dir(&real).unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o770)).unwrap();
        symlink(&real, &link).unwrap();
        replace_directory(&link, &files(&["a.yaml"])).unwrap();
        assert!(link.is_symlink());
        assert_eq!(listing(&real), [".helmwright", "a.yaml"]);
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o770);
    }

    #[test]
    fn what_the_system_says_becomes_a_clear_error() {
        let of = |kind: ErrorKind| WriteError::of(Path::new("out"), io::Error::from(kind));
        assert!(matches!(of(ErrorKind::PermissionDenied), WriteError::Denied { .. }));
        assert!(matches!(of(ErrorKind::ReadOnlyFilesystem), WriteError::Denied { .. }));
        assert!(matches!(of(ErrorKind::StorageFull), WriteError::Full { .. }));
        assert!(matches!(of(ErrorKind::ResourceBusy), WriteError::InUse { .. }));
        assert!(matches!(of(ErrorKind::Other), WriteError::System { .. }));
    }
}
