//! Why something is not a value of its type.
//!
//! Must not know where it stands: who reads files adds the place.

use std::error::Error;
use std::fmt;

/// What was given is outside of what the type allows: a message that names it and says what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidValue(String);

impl InvalidValue {
    /// An error with this message.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for InvalidValue {}
