//! What a rule found, before anybody knows where in a file that stands.

use serde_json::Value;

use super::Subject;

/// One thing that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Found {
    /// The value that it is about: a dotted path. For a value of a gateway group it begins with the group, whether the
    /// group sets it or not. What begins with `environments.` stands in `environments.yaml`.
    pub path: String,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// Values that mend it: what to set at which path.
    pub fixes: Vec<(String, Value)>,
    /// What to do where no value can be named.
    pub help: Vec<String>,
    /// A value of another environment that explains it: the environment's name and the value's path.
    pub other: Option<(String, String)>,
    /// Whether the value may be a secret, so that no report shows its line.
    pub concealed: bool,
}

impl Found {
    /// Something about the value at a path.
    pub fn at(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            notes: Vec::new(),
            fixes: Vec::new(),
            help: Vec::new(),
            other: None,
            concealed: false,
        }
    }

    /// Something that `environments.yaml` says of an environment.
    pub fn of_environment(subject: &Subject<'_>, key: &str, message: impl Into<String>) -> Self {
        Self::at(format!("environments.{}.{key}", subject.environment.unwrap_or_default()), message)
    }

    /// Adds a fact.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a value that mends it; several mend it together.
    pub fn set(mut self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fixes.push((path.into(), value.into()));
        self
    }

    /// Adds what to do, where no value can be named.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Keeps the line of the value out of every report.
    pub fn conceal(mut self) -> Self {
        self.concealed = true;
        self
    }

    /// Points at a value of another environment.
    pub fn other(mut self, environment: impl Into<String>, path: impl Into<String>) -> Self {
        self.other = Some((environment.into(), path.into()));
        self
    }
}
