//! The one place that prints: results to standard output, problems and notices to standard error.
//!
//! Must not know commands. Colours go to a terminal only, and never where `NO_COLOR` is set.

use std::io::{self, ErrorKind, IsTerminal, Write};

use clap::ValueEnum;
use emt::diagnostics::{Style, counted};

use crate::problem::Problem;

/// Columns of a finding's source lines where standard error or output is no terminal.
const WIDTH: usize = 140;

/// How a result that people read is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum TextFormat {
    /// For people
    Human,
    /// Tables in Markdown
    Markdown,
    /// For programs
    Json,
}

/// Where this process prints, and how.
pub(crate) struct Output {
    color_out: bool,
    color_error: bool,
}

impl Output {
    /// As the environment and the streams of this process want it.
    pub(crate) fn of_process() -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        let wanted = !is_set("NO_COLOR") && !dumb;
        Self { color_out: wanted && io::stdout().is_terminal(), color_error: wanted && io::stderr().is_terminal() }
    }

    /// How findings look on standard output.
    pub(crate) fn style(&self) -> Style {
        Style { color: self.color_out, width: WIDTH }
    }

    /// Prints a result. A reader that has seen enough, such as `head`, is no problem.
    pub(crate) fn result(&self, text: impl AsRef<[u8]>) -> Result<(), Problem> {
        let mut stream = io::stdout().lock();
        match stream.write_all(text.as_ref()).and_then(|()| stream.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Problem::system(format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Says what was done.
    pub(crate) fn notice(&self, text: &str) {
        self.error_line(text);
    }

    /// Says what went wrong, and what to do about it.
    pub(crate) fn problem(&self, problem: &Problem) {
        match problem {
            Problem::Refused(refused) => {
                let text = refused.human(Style { color: self.color_error, width: WIDTH });
                self.error_line(text.trim_end());
                self.error_line(&format!(
                    "\n{}; nothing was written",
                    counted(refused.findings.counts().errors, "error")
                ));
            }
            Problem::Reported => {}
            #[cfg(feature = "oci")]
            Problem::Verdict { message, help } => self.error(message, help),
            Problem::System { message, help } => self.error(message, help),
        }
    }

    fn error(&self, message: &str, help: &[String]) {
        let (bold_red, bold, plain) = match self.color_error {
            true => ("\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m"),
            false => ("", "", ""),
        };
        self.error_line(&format!("{bold_red}error{plain}{bold}: {message}{plain}"));
        for help in help {
            self.error_line(&format!("{bold}help{plain}: {help}"));
        }
    }

    /// Says what is being done: on a terminal one line that the next one replaces, elsewhere a line each.
    #[cfg(feature = "oci")]
    pub(crate) fn progress(&self, text: &str) {
        if self.color_error {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K{text}");
        } else {
            self.error_line(text);
        }
    }

    /// Ends the line of [`progress`](Self::progress).
    #[cfg(feature = "oci")]
    pub(crate) fn progress_ends(&self) {
        if self.color_error {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }

    fn error_line(&self, text: &str) {
        // Nobody is left to be told that standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{text}");
    }
}
