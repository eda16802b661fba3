//! Reading a changelog in the form of Keep a Changelog.
//!
//! Limit: headings of versions and kinds, and entries that begin with `- `; all other text is passed over.

use crate::facts::{Change, ChangeKind};

/// The entries of a version in a changelog: `## 1.2.3 - DATE` or `## [1.2.3]`, below it `### Added` and so on with `- …`.
#[must_use]
pub fn changes(changelog: &str, version: &str) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let (mut inside, mut kind) = (false, None);
    for line in changelog.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            let named = title.trim_start_matches('[').split([']', ' ']).next().unwrap_or_default();
            inside = named == version;
            kind = None;
        } else if let Some(title) = line.strip_prefix("### ") {
            kind = ChangeKind::ALL.into_iter().find(|kind| title.trim().eq_ignore_ascii_case(kind.word()));
        } else if let (true, Some(kind)) = (inside, kind) {
            match (line.strip_prefix("- "), found.last_mut()) {
                (Some(text), _) => found.push(Change { kind, description: text.trim().to_owned() }),
                (None, Some(last)) if line.starts_with("  ") => {
                    last.description = format!("{} {}", last.description, line.trim());
                }
                _ => {}
            }
        }
    }
    found
}
