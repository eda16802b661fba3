//! Paths from the top of a tree to a node, how they are shown, and what stands there.

use std::fmt::{self, Write as _};

use serde_json::Value;

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

/// The keys of a path, without the positions in lists.
pub fn keys(path: &[PathSegment]) -> Vec<&str> {
    let mut keys = Vec::with_capacity(path.len());
    for segment in path {
        if let PathSegment::Key(key) = segment {
            keys.push(key.as_str());
        }
    }
    keys
}

/// What stands at a path.
pub fn value_at<'v>(value: &'v Value, path: &[PathSegment]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        PathSegment::Key(key) => value.get(key.as_str()),
        PathSegment::Index(index) => value.get(*index),
    })
}

/// Calls `each` for everything that is no map, or an empty one, with its path. A list counts as one.
pub fn leaves<'v>(value: &'v Value, each: &mut impl FnMut(&[PathSegment], &'v Value)) {
    fn walk<'v>(value: &'v Value, path: &mut Vec<PathSegment>, each: &mut impl FnMut(&[PathSegment], &'v Value)) {
        match value {
            Value::Object(entries) if !entries.is_empty() => {
                for (key, entry) in entries {
                    path.push(PathSegment::from(key.as_str()));
                    walk(entry, path, each);
                    path.pop();
                }
            }
            leaf => each(path, leaf),
        }
    }
    walk(value, &mut Vec::new(), each);
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
    use serde_json::json;

    use super::{PathSegment, display_path, leaves, parse_path, value_at};

    #[test]
    fn leaves_stand_at_their_paths() {
        let value = json!({ "a": { "b": 1, "c": {} }, "d": [2, 3], "e": null });
        let mut shown = Vec::new();
        leaves(&value, &mut |path, leaf| {
            assert_eq!(value_at(&value, path), Some(leaf));
            shown.push(display_path(path));
        });
        assert_eq!(shown, ["a.b", "a.c", "d", "e"]);
        assert_eq!(value_at(&value, &["d".into(), 1.into()]), Some(&json!(3)));
        assert_eq!(value_at(&value, &["d".into(), "x".into()]), None);
    }

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
