//! The values directory that a new user starts from: two environments that pass every check.
//!
//! Limit: hosts, registry and certificate are examples, marked as such in the files.

use helmwright_chart::OutputFile;

use crate::chart::PROFILES;
use crate::workspace::ENVIRONMENTS;

/// The profiles that the environments lie over.
const USED: [&str; 2] = ["dev", "hardened"];

/// The files of the directory.
#[must_use]
pub fn starter() -> Vec<OutputFile> {
    let own = [
        (ENVIRONMENTS, include_str!("../starter/environments.yaml")),
        ("dev.yaml", include_str!("../starter/dev.yaml")),
        ("prod.yaml", include_str!("../starter/prod.yaml")),
    ];
    let profiles = PROFILES.iter().filter(|(name, ..)| USED.contains(name));
    let profiles = profiles.map(|(name, text, _)| OutputFile::text(format!("profiles/{name}.yaml"), *text));
    own.map(|(path, text)| OutputFile::text(path, text)).into_iter().chain(profiles).collect()
}
