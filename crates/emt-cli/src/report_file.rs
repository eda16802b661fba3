//! Where a report goes, and in which form.
//!
//! Must not know what it says.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::file;
use crate::output::Output;
use crate::problem::Problem;

/// Form and place of a report.
#[derive(Args)]
pub(crate) struct ReportOutput {
    /// How to write the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(crate) format: ReportFormat,
    /// Write the report to a file instead of printing it; an existing file is replaced
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Forms of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Human,
    /// For a comment on a pull request
    Markdown,
    /// For programs
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// One page that needs nothing else
    Html,
}

impl ReportOutput {
    /// Whether the report is printed.
    pub(crate) fn is_printed(&self) -> bool {
        self.output.is_none()
    }

    /// Prints the report, or writes it to its file: all of it, or nothing.
    pub(crate) fn write(&self, output: &Output, text: &str) -> Result<(), Problem> {
        let Some(path) = &self.output else { return output.result(text) };
        file::replace(path, text.as_bytes())?;
        output.notice(&format!("wrote {}", path.display()));
        Ok(())
    }
}
