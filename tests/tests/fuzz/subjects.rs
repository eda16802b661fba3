//! What a file is given to: each as a user would, down to the text that is printed.

use std::fs;

use emt::diagnostics::{Style, human};
use emt::review::{Base, human as human_review, json, markdown, page, review, sarif};
use emt::{Input, LoadError, Migration, Refused, Release, Report, Workspace, check_input};

/// What the other files of a case hold.
const BASE: &str = include_str!("../../base-values.yaml");
const COMPLETE: &str = include_str!("../../../crates/emt/ci/full-values.yaml");

/// What a file is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// `emt check -f`.
    Check,
    /// `emt check` of a directory in which it is one of two files.
    Environment,
    /// `emt check` of a directory whose listing it is.
    Listing,
    /// `emt review` in which it is the new file.
    ReviewHead,
    /// `emt review` in which it is the former file.
    ReviewBase,
    /// `emt migrate -f`.
    Migrate,
}

impl Subject {
    pub(crate) const ALL: [Self; 6] =
        [Self::Check, Self::Environment, Self::Listing, Self::ReviewHead, Self::ReviewBase, Self::Migrate];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check of a file",
            Self::Environment => "check of an environment",
            Self::Listing => "check of a listing",
            Self::ReviewHead => "review of a file",
            Self::ReviewBase => "review against a file",
            Self::Migrate => "migration",
        }
    }

    /// Whether the file is accepted.
    pub(crate) fn run(self, bytes: &[u8]) -> bool {
        match self {
            Self::Check => check(bytes),
            Self::Environment => environment(LISTING.as_bytes(), bytes),
            Self::Listing => environment(bytes, b""),
            Self::ReviewHead => reviewed(COMPLETE.as_bytes(), bytes),
            Self::ReviewBase => reviewed(bytes, COMPLETE.as_bytes()),
            Self::Migrate => migrate(bytes),
        }
    }
}

const LISTING: &str = "environments:\n  a: { files: [base.yaml, own.yaml], release: apim, namespace: a }\n";

/// Every form of a report.
fn printed(report: &Report) -> bool {
    for color in [false, true] {
        human(&report.findings, &report.sources, Style { color, width: 100 });
    }
    let _ = (report.to_json(), report.to_sarif());
    report.passed()
}

fn refused(refused: Refused) -> bool {
    printed(&Report { findings: refused.findings, sources: refused.sources, ..Report::default() });
    false
}

fn check(bytes: &[u8]) -> bool {
    match Input::from_files([("own.yaml", bytes)], Release::new("apim", "apim").unwrap()) {
        Ok(input) => printed(&check_input(&input, None)),
        Err(found) => refused(found),
    }
}

fn environment(listing: &[u8], own: &[u8]) -> bool {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in [("environments.yaml", listing), ("base.yaml", BASE.as_bytes()), ("own.yaml", own)] {
        fs::write(home.path().join(name), bytes).unwrap();
    }
    match Workspace::open(home.path()) {
        Ok(mut workspace) => printed(&workspace.check::<&str>(&[]).unwrap()),
        Err(LoadError::Refused(found)) => refused(found),
        Err(error) => panic!("{error}"),
    }
}

fn reviewed(before: &[u8], after: &[u8]) -> bool {
    let home = tempfile::tempdir().unwrap();
    for (side, own) in [("before", before), ("values", after)] {
        let directory = home.path().join(side);
        fs::create_dir(&directory).unwrap();
        let listing = "environments:\n  a: { files: [own.yaml], release: apim, namespace: a }\n";
        for (name, bytes) in [("environments.yaml", listing.as_bytes()), ("own.yaml", own)] {
            fs::write(directory.join(name), bytes).unwrap();
        }
    }
    let mut workspace = Workspace::open(home.path().join("values")).unwrap();
    match review(&mut workspace, Base::Directory(home.path().join("before")), &[]) {
        Ok(review) => {
            let _ =
                (human_review(&review, true), markdown(&review), json(&review), sarif(&review), page(&review).unwrap());
            review.is_whole()
        }
        Err(emt::review::ReviewError::Load(LoadError::Refused(found))) => refused(found),
        Err(error) => panic!("{error}"),
    }
}

fn migrate(bytes: &[u8]) -> bool {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("own.yaml");
    fs::write(&path, bytes).unwrap();
    match Migration::of_files([&path]) {
        Ok(migration) => migration.files.iter().all(|file| file.is_readable),
        Err(LoadError::Refused(found)) => refused(found),
        Err(error) => panic!("{error}"),
    }
}
