//! Why something was not packed, pushed, pulled or verified.
//!
//! A message never holds a credential: nothing here is made from a header or a body that may carry one.

use std::fmt;

/// What kind of thing went wrong: what a program decides by. People read the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// What was given is wrong: an archive, a chart, a reference, a key, an option.
    Input,
    /// The file system.
    System,
    /// The registry could not be reached, or the connection broke, more often than the patience allows.
    Network,
    /// The registry wants credentials, others, or rights that these do not have.
    Authentication,
    /// The registry does not have what was asked for.
    NotFound,
    /// The tag names another chart already, or somebody else moved it meanwhile.
    Conflict,
    /// Bytes are not those that their digest promises, or a signature does not hold.
    Integrity,
    /// The registry refused, or answered what no registry should.
    Registry,
}

/// What went wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OciError {
    /// For programs.
    pub kind: ErrorKind,
    /// One sentence without a full stop.
    pub message: String,
    /// What to do, one fix an entry; may be empty.
    pub help: Vec<String>,
}

impl OciError {
    /// An error without a fix yet.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: Vec::new() }
    }

    /// What was given is wrong.
    pub(crate) fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// Bytes or a signature do not hold.
    pub(crate) fn integrity(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Integrity, message)
    }

    /// Adds a fix.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Says where it happened, before the message.
    #[must_use]
    pub(crate) fn within(mut self, place: impl fmt::Display) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }
}

impl fmt::Display for OciError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for OciError {}
