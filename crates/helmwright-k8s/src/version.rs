//! The supported Kubernetes versions.
//!
//! Purpose: a version that exists is a version that the table knows, so nothing after parsing can fail. Limits: patch
//! releases do not matter, as they change no field.

use std::fmt;
use std::str::FromStr;

/// One of the supported Kubernetes versions, such as 1.35.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    minor: u8,
}

/// All supported versions, oldest first.
pub const SUPPORTED: [Version; 5] =
    [Version { minor: 33 }, Version { minor: 34 }, Version { minor: 35 }, Version { minor: 36 }, Version { minor: 37 }];

impl Version {
    /// The oldest supported version.
    pub const OLDEST: Version = SUPPORTED[0];
    /// The newest supported version.
    pub const NEWEST: Version = SUPPORTED[SUPPORTED.len() - 1];
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

/// Reads `1.35`, and what clusters call themselves: `v1.35.2`, `v1.35.2-eks-113cf36`.
impl FromStr for Version {
    type Err = UnsupportedVersion;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unsupported = || UnsupportedVersion { text: text.to_owned() };
        let rest = text.strip_prefix('v').unwrap_or(text).strip_prefix("1.").ok_or_else(unsupported)?;
        let minor = rest.split_once('.').map_or(rest, |(minor, _patch)| minor);
        SUPPORTED.into_iter().find(|version| version.minor.to_string() == minor).ok_or_else(unsupported)
    }
}

/// A text that names no supported version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedVersion {
    text: String,
}

impl fmt::Display for UnsupportedVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (oldest, newest) = (Version::OLDEST, Version::NEWEST);
        write!(f, "`{}` is no supported Kubernetes version; supported are {oldest} to {newest}", self.text)
    }
}

impl std::error::Error for UnsupportedVersion {}

/// An unbroken range of supported versions, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The first version of the range.
    pub first: Version,
    /// The last version of the range.
    pub last: Version,
}

impl Versions {
    /// Every supported version.
    pub const ALL: Versions = Versions { first: Version::OLDEST, last: Version::NEWEST };

    /// Whether the range holds `version`.
    #[must_use]
    pub fn contains(self, version: Version) -> bool {
        self.first <= version && version <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_as_clusters_write_them() {
        for text in ["1.35", "v1.35", "1.35.2", "v1.35.2-eks-113cf36"] {
            assert_eq!(text.parse::<Version>().unwrap().to_string(), "1.35");
        }
        for text in ["", "1", "1.3", "1.350", "1.32", "2.35", "1.035", "1.35-beta"] {
            let error = text.parse::<Version>().unwrap_err().to_string();
            assert!(error.contains("1.33 to 1.37"), "{error}");
        }
    }
}
