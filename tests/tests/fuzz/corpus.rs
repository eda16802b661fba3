//! Where mutation begins: the committed values files, and the listings of environments.

use std::fs;
use std::path::{Path, PathBuf};

use emt_tests::Random;

use crate::subjects::Subject;

/// Files below these directories are values.
const VALUES: [&str; 4] = ["../values", "../crates/emt/ci", "values", "refused"];
const LISTING: &str = "environments.yaml";

/// The files.
pub(crate) struct Corpus {
    values: Vec<Vec<u8>>,
    listings: Vec<Vec<u8>>,
    /// Complete values.
    valid: Vec<u8>,
}

impl Corpus {
    pub(crate) fn committed() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<PathBuf> = VALUES.iter().flat_map(|directory| below(&root.join(directory))).collect();
        paths.sort();
        let (listings, values): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.into_iter().partition(|path| path.ends_with(LISTING));
        let read = |paths: Vec<PathBuf>| paths.iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>();
        let corpus = Self {
            values: read(values),
            listings: read(listings),
            valid: fs::read(root.join("../crates/emt/ci/full-values.yaml")).unwrap(),
        };
        assert!(corpus.values.len() > 50 && !corpus.listings.is_empty(), "{} files", corpus.values.len());
        corpus
    }

    pub(crate) fn valid(&self) -> &[u8] {
        &self.valid
    }

    /// A file for this subject.
    pub(crate) fn pick(&self, random: &mut Random, subject: Subject) -> (Vec<u8>, Vec<&'static str>) {
        match subject {
            Subject::Listing => (random.pick(&self.listings).clone(), vec!["a committed listing"]),
            _ if random.chance(40) => (self.valid.clone(), vec!["complete values"]),
            _ => (self.any(random).to_vec(), vec!["committed values"]),
        }
    }

    /// Any values file.
    pub(crate) fn any(&self, random: &mut Random) -> &[u8] {
        random.pick::<Vec<u8>>(&self.values)
    }
}

fn below(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(below(&path)),
            false if path.extension().is_some_and(|extension| extension == "yaml") => found.push(path),
            false => {}
        }
    }
    found
}
