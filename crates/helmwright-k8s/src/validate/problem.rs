//! What validation finds.
//!
//! Limits: a place is a JSON pointer; whoever knows the source text turns it into a line.

use std::fmt;

/// One thing that is wrong with an object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where, as a JSON pointer; empty for the whole value. A missing field is reported at the map that lacks it.
    pub pointer: String,
    /// What kind of problem.
    pub reason: Reason,
    /// What is wrong, in a sentence without capital and full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// The kinds of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The table has no such `apiVersion` and `kind`.
    UnknownKind,
    /// The type has no such field in any version.
    UnknownField,
    /// The field or the value exists, but not in this version.
    OtherVersion,
    /// A required field is not there.
    Missing,
    /// The value has another type.
    WrongType,
    /// The value is null.
    Null,
    /// The integer does not fit.
    OutOfRange,
    /// The text is none of the allowed ones.
    NotAllowed,
    /// The text is no quantity, time or base64.
    Malformed,
}

impl Problem {
    pub(super) fn new(pointer: &str, reason: Reason, message: String) -> Self {
        Problem { pointer: pointer.to_owned(), reason, message, hint: None }
    }

    pub(super) fn hint(self, hint: Option<String>) -> Self {
        Problem { hint, ..self }
    }
}

/// One line: place, message, hint.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", if self.pointer.is_empty() { "/" } else { &self.pointer }, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " ({hint})"))
    }
}
