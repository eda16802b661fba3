//! Why a command ends early: one style of message, and the exit status that goes with it.
//!
//! Must not print; see `output`.

use std::process::ExitCode;

use emt::{LoadError, Refused, UnknownEnvironment, WriteError};

/// Why a command ends early.
pub(crate) enum Problem {
    /// The values are refused: exit status 1.
    Refused(Refused),
    /// A report that was printed holds errors: exit status 1, nothing more to say.
    Reported,
    /// What was looked at is not as it must be: exit status 1.
    #[cfg(feature = "oci")]
    Verdict {
        /// One sentence without a full stop.
        message: String,
        /// What to do: one fix an entry.
        help: Vec<String>,
    },
    /// The command line, the file system or the network: exit status 2.
    System {
        /// One sentence without a full stop.
        message: String,
        /// What to do: one fix an entry.
        help: Vec<String>,
    },
}

impl Problem {
    /// A problem that says all by itself.
    pub(crate) fn system(message: impl Into<String>) -> Self {
        Self::System { message: message.into(), help: Vec::new() }
    }

    /// Adds a fix; refused values bring their own.
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        if let Self::System { help, .. } = &mut self {
            help.push(text.into());
        }
        self
    }

    /// The exit status of the process.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Refused(_) | Self::Reported => ExitCode::from(1),
            #[cfg(feature = "oci")]
            Self::Verdict { .. } => ExitCode::from(1),
            Self::System { .. } => ExitCode::from(2),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        Self::system(error.to_string()).help(error.help())
    }
}

impl From<UnknownEnvironment> for Problem {
    fn from(unknown: UnknownEnvironment) -> Self {
        let problem = Self::system(unknown.to_string());
        let problem = match &unknown.similar {
            Some(near) => problem.help(format!("did you mean {near:?}?")),
            None => problem,
        };
        match unknown.known.is_empty() {
            true => problem.help("environments.yaml lists no environment yet"),
            false => problem.help(format!("the environments are {}", unknown.known.join(", "))),
        }
    }
}

impl From<LoadError> for Problem {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Refused(refused) => Self::Refused(refused),
            LoadError::UnknownEnvironment(unknown) => unknown.into(),
            other => Self::system(other.to_string()),
        }
    }
}

#[cfg(feature = "review")]
impl From<emt::review::ReviewError> for Problem {
    fn from(error: emt::review::ReviewError) -> Self {
        use emt::review::ReviewError;
        match error {
            ReviewError::Load(error) => error.into(),
            ReviewError::Git(error) => Self::system(error.to_string()).help(error.help()),
            other => Self::system(other.to_string()).help("name a chart that emt packed with --base"),
        }
    }
}

#[cfg(feature = "oci")]
impl From<emt::oci::OciError> for Problem {
    fn from(error: emt::oci::OciError) -> Self {
        use emt::oci::ErrorKind;
        let emt::oci::OciError { kind, message, help } = error;
        match kind {
            ErrorKind::Conflict | ErrorKind::Integrity => Self::Verdict { message, help },
            _ => Self::System { message, help },
        }
    }
}

#[cfg(feature = "oci")]
impl From<emt::PackageError> for Problem {
    fn from(error: emt::PackageError) -> Self {
        let message = error.to_string();
        Self::Verdict {
            message,
            help: error.0.into_iter().map(|problem| problem.help).filter(|help| !help.is_empty()).collect(),
        }
    }
}
