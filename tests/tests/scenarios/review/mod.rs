//! What a review says of changes, next to what the changes are.

mod bases;
mod equality;
mod page;
mod sarif;
mod secrets;
mod seeds;

use std::fs;
use std::path::Path;

use emt::Workspace;
use emt::review::{Base, Review, review};

/// Two directories of values, before and after a change: copies of the committed ones, with one more file for one
/// environment.
pub(crate) struct Seeded {
    home: tempfile::TempDir,
}

impl Seeded {
    /// A change that consists of these two texts of the last values file of an environment.
    pub(crate) fn new(environment: &str, before: &str, after: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        for (side, text) in [("before", before), ("values", after)] {
            let directory = home.path().join(side);
            copy(&committed(), &directory);
            let listing = directory.join("environments.yaml");
            let known = fs::read_to_string(&listing).unwrap();
            let (head, tail) = known.split_once(&format!("  {environment}:")).unwrap();
            let tail = tail.replacen(']', ", seed.yaml]", 1);
            fs::write(&listing, format!("{head}  {environment}:{tail}")).unwrap();
            fs::write(directory.join("seed.yaml"), text).unwrap();
        }
        Self { home }
    }

    pub(crate) fn directory(&self, side: &str) -> std::path::PathBuf {
        self.home.path().join(side)
    }

    /// The review of the change in one environment.
    pub(crate) fn review(&self, environment: &str) -> Review {
        let mut workspace = Workspace::open(self.directory("values")).unwrap();
        let base = Base::Directory(self.directory("before"));
        review(&mut workspace, base, &[environment.to_owned()]).unwrap_or_else(|error| panic!("{error}"))
    }
}

pub(crate) fn committed() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../values")
}

pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
