//! What happens to one field.
//!
//! A secret has a variant of its own, which has no room for its value: no report can show what it does not get.

use serde::Serialize;
use serde_json::Value;

use super::place::FieldPlace;

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldChange {
    /// Where.
    pub place: FieldPlace,
    /// What happens.
    #[serde(flatten)]
    pub change: Change,
}

/// What happens to a field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "camelCase")]
pub enum Change {
    /// It is not there before.
    Added {
        /// What it holds.
        new: Value,
    },
    /// It is not there any more.
    Removed {
        /// What it held.
        old: Value,
    },
    /// It holds something else.
    Changed {
        /// What it held.
        old: Value,
        /// What it holds.
        new: Value,
    },
    /// A text of several lines holds others.
    Text {
        /// The lines around what differs.
        lines: Vec<Line>,
    },
    /// The same items stand in another order, where the order counts.
    Order {
        /// The names of the items, before.
        old: Vec<String>,
        /// And after.
        new: Vec<String>,
    },
    /// The content of a Secret. Its value is nowhere in a report.
    Secret {
        /// What happens to it.
        now: SecretChange,
    },
}

/// What happens to one key of a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SecretChange {
    /// The key is new.
    Added,
    /// The key is gone.
    Removed,
    /// The key holds another value.
    Changed,
}

/// A line of a text that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What happens to it.
    pub sign: Sign,
    /// Its number: in the new text, for a removed line in the old one. From 1.
    pub number: usize,
    /// The line, without its break.
    pub text: String,
}

/// What happens to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Sign {
    /// It stays; it is shown for orientation.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

impl Change {
    /// The change of a field that stands on one side or on both; they differ.
    pub(crate) fn of(old: Option<&Value>, new: Option<&Value>) -> Self {
        match (old, new) {
            (Some(old), Some(new)) => Self::Changed { old: old.clone(), new: new.clone() },
            (Some(old), None) => Self::Removed { old: old.clone() },
            (None, new) => Self::Added { new: new.cloned().unwrap_or_default() },
        }
    }

    /// The change of a text of several lines.
    pub(crate) fn text(old: &str, new: &str) -> Self {
        Self::Text { lines: super::text::lines(old, new) }
    }

    /// What the field held, as far as it may be shown.
    #[must_use]
    pub fn old(&self) -> Option<&Value> {
        match self {
            Self::Removed { old } | Self::Changed { old, .. } => Some(old),
            _ => None,
        }
    }

    /// What the field holds, as far as it may be shown.
    #[must_use]
    pub fn new_value(&self) -> Option<&Value> {
        match self {
            Self::Added { new } | Self::Changed { new, .. } => Some(new),
            _ => None,
        }
    }
}
