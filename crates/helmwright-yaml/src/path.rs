//! Paths from the top of a tree to a node, and how they are shown.

use std::fmt::Write as _;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathSegment {
    /// A key of a map.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

impl From<&str> for PathSegment {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<String> for PathSegment {
    fn from(key: String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for PathSegment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// A path as findings show it: `gatewayGroups.banking.hosts[0]`. A key that is no plain word stands in brackets and
/// quotes: `annotations["example.com/team"]`. The empty path gives the empty string.
pub fn display_path(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        // Writing to a string cannot fail.
        let _ = match segment {
            PathSegment::Index(index) => write!(text, "[{index}]"),
            PathSegment::Key(key) if is_word(key) && text.is_empty() => write!(text, "{key}"),
            PathSegment::Key(key) if is_word(key) => write!(text, ".{key}"),
            PathSegment::Key(key) => write!(text, "[{key:?}]"),
        };
    }
    text
}

fn is_word(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::{PathSegment, display_path};

    #[test]
    fn paths_are_shown_as_people_write_them() {
        let path = ["a".into(), 0.into(), "b-c".into(), "x.y/z".into(), "d".into(), "".into()];
        assert_eq!(display_path(&path), r#"a[0].b-c["x.y/z"].d[""]"#);
        assert_eq!(display_path(&[]), "");
        assert_eq!(display_path(&[PathSegment::Index(1)]), "[1]");
    }
}
