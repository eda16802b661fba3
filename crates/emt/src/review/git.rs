//! A directory of values at a revision of Git, read without a checkout: `git cat-file` gives one file after the other.
//! Symbolic links are followed as far as they stay in the repository.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::store::{MOST_BYTES, Store};

/// Why Git does not give the base of a review.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GitError {
    /// There is no program `git`, or it does not start.
    #[error("cannot run git: {0}")]
    Program(#[source] io::Error),
    /// The directory belongs to no repository, or Git refuses to look at it.
    #[error("git cannot read {directory}: {said}")]
    Repository {
        /// The directory.
        directory: String,
        /// The first line that Git said.
        said: String,
    },
    /// The repository has no such revision.
    #[error("the repository of {directory} has no revision {revision:?}")]
    Revision {
        /// The directory.
        directory: String,
        /// The revision.
        revision: String,
    },
}

impl GitError {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Program(_) => "install git, or name a directory or a packaged chart with --base",
            Self::Repository { .. } => {
                "name a directory or a packaged chart with --base, or put the values under version control"
            }
            Self::Revision { .. } => {
                "name a branch, tag or commit that is there; a shallow clone may lack it: git fetch brings it"
            }
        }
    }
}

/// The directory at one commit.
pub(super) struct GitStore {
    directory: String,
    revision: String,
    commit: String,
    git: Mutex<Git>,
}

struct Git {
    child: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Drop for Git {
    fn drop(&mut self) {
        // Without questions it ends by itself.
        self.ask = None;
        let _ = self.child.wait();
    }
}

impl fmt::Debug for GitStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("GitStore").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl GitStore {
    /// The directory at a revision.
    pub(super) fn open(directory: &str, revision: &str) -> Result<Self, GitError> {
        let git = || {
            let mut command = Command::new("git");
            // Messages in the language of this program's own.
            command.env("LC_ALL", "C").args(["-C", directory]);
            command
        };
        let commit = format!("{revision}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let found = git().args(arguments).stdin(Stdio::null()).output().map_err(GitError::Program)?;
        if !found.status.success() {
            let directory = directory.to_owned();
            let said = String::from_utf8_lossy(&found.stderr).lines().next().unwrap_or_default().to_owned();
            return Err(match said.is_empty() {
                true => GitError::Revision { directory, revision: revision.to_owned() },
                false => GitError::Repository { directory, said: said.trim_start_matches("fatal: ").to_owned() },
            });
        }
        let commit = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let mut child = git()
            .args(["cat-file", "--batch", "--follow-symlinks"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(GitError::Program)?;
        let (Some(ask), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(GitError::Program(io::Error::other("it has no pipes")));
        };
        let git = Mutex::new(Git { child, ask: Some(ask), answers: BufReader::new(answers) });
        Ok(Self { directory: directory.to_owned(), revision: revision.to_owned(), commit, git })
    }

    /// The revision with its commit, for a report.
    pub(super) fn title(&self) -> String {
        let short: String = self.commit.chars().take(7).collect();
        if self.revision.starts_with(&short) { self.revision.clone() } else { format!("{} ({short})", self.revision) }
    }
}

impl Store for GitStore {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut git = self.git.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(ask) = git.ask.as_mut() else { return Err(io::Error::other("git has ended")) };
        writeln!(ask, "{}:./{path}", self.commit)?;
        ask.flush()?;
        let mut header = String::new();
        git.answers.read_line(&mut header)?;
        // `<object> <type> <size>`; for a link that leads nowhere `<what> <size>`; or `<question> missing`.
        let mut words = header.trim_end().rsplit(' ');
        let (last, kind) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let Ok(size) = last.parse::<u64>() else {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("it is not in {}", self.revision)));
        };
        let mut bytes = Vec::new();
        git.answers.by_ref().take(size.min(MOST_BYTES)).read_to_end(&mut bytes)?;
        // The rest of what is too large, and the line break behind each answer.
        let rest = size.saturating_sub(MOST_BYTES) + 1;
        io::copy(&mut git.answers.by_ref().take(rest), &mut io::sink())?;
        match kind {
            "blob" => Ok(bytes),
            "symlink" => Err(io::Error::new(io::ErrorKind::NotFound, "it is a link that leads out of the repository")),
            "dangling" | "loop" | "notdir" => {
                Err(io::Error::new(io::ErrorKind::NotFound, "it is a link that leads to no file"))
            }
            _ => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is no file")),
        }
    }

    /// As Git writes it: `HEAD:values/prod.yaml`.
    fn display(&self, path: &str) -> String {
        let directory = self.directory.trim_end_matches('/');
        match path {
            "." => format!("{}:{directory}", self.revision),
            path => format!("{}:{directory}/{path}", self.revision),
        }
    }

    fn neighbours(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}
