//! Paths from the top of a tree to a node, and how they are shown.

use std::fmt::{self, Write as _};

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

/// The key as it is, or the number.
impl fmt::Display for PathSegment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => formatter.write_str(key),
            Self::Index(index) => write!(formatter, "{index}"),
        }
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

/// The path that a text shows: the inverse of [`display_path`]. What stands in brackets may be a key without quotes too, as
/// in `containers[traffic]`; so may a key outside them hold any character but `.` and `[`. None for what shows no path.
pub fn parse_path(text: &str) -> Option<Vec<PathSegment>> {
    let mut path = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(inside) = rest.strip_prefix('[') {
            let (segment, after) = match inside.strip_prefix('"') {
                Some(quoted) => {
                    let (key, after) = unquoted(quoted)?;
                    (PathSegment::Key(key), after.strip_prefix(']')?)
                }
                None => {
                    let (word, after) = inside.split_once(']')?;
                    let key = || PathSegment::from(word);
                    (word.parse().map_or_else(|_| key(), PathSegment::Index), after)
                }
            };
            path.push(segment);
            rest = after;
        } else {
            let word = if path.is_empty() { rest } else { rest.strip_prefix('.')? };
            let end = word.find(['.', '[']).unwrap_or(word.len());
            if end == 0 {
                return None;
            }
            path.push(PathSegment::from(&word[..end]));
            rest = &word[end..];
        }
    }
    Some(path)
}

/// A text up to the quote that ends it, as `Debug` writes it, and what stands behind that.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let (mut key, mut characters) = (String::new(), text.char_indices());
    while let Some((offset, character)) = characters.next() {
        match character {
            '"' => return Some((key, &text[offset + 1..])),
            '\\' => key.push(characters.next()?.1),
            other => key.push(other),
        }
    }
    None
}

/// A key that stands for itself, or `*`, which stands for any.
fn is_word(key: &str) -> bool {
    key == "*" || !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::{PathSegment, display_path, parse_path};

    #[test]
    fn paths_are_read_as_they_are_shown() {
        for shown in [r#"a[0].b-c["x.y/z"].d[""]"#, "", "a", r#"["x\"y"].z"#, "a.b[3][4]"] {
            assert_eq!(display_path(&parse_path(shown).unwrap_or_default()), shown);
        }
        let named: Option<Vec<PathSegment>> = Some(vec!["containers".into(), "traffic".into(), "*".into()]);
        assert_eq!(parse_path("containers[traffic].*"), named);
        for wrong in [".a", "a.", "a..b", "a[", "a[\"b]", "a[\"b\"c]", "a[0]b"] {
            assert_eq!(parse_path(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn paths_are_shown_as_people_write_them() {
        let path = ["a".into(), 0.into(), "b-c".into(), "x.y/z".into(), "d".into(), "".into()];
        assert_eq!(display_path(&path), r#"a[0].b-c["x.y/z"].d[""]"#);
        assert_eq!(display_path(&[]), "");
        assert_eq!(display_path(&[PathSegment::Index(1)]), "[1]");
    }
}
