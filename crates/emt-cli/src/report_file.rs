//! Where a report goes, and in which form.
//!
//! Must not know what it says.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

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
        let part = beside(path);
        let written = File::create(&part)
            .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&part, path));
        written.map_err(|error| {
            // The first error is the one to tell.
            let _ = fs::remove_file(&part);
            Problem::system(format!("cannot write {}: {error}", path.display()))
                .help("name a directory that is there and that you may write to, or make room")
        })?;
        output.notice(&format!("wrote {}", path.display()));
        Ok(())
    }
}

/// A name that nobody else uses, in the same directory.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.part-{}", std::process::id()))
}
