//! `emt migrate`: values files with the names that keys have in this version.

use std::path::PathBuf;

use clap::Args;
use emt::diagnostics::counted;
use emt::{MigratedFile, Migration};
use similar::TextDiff;

use crate::file;
use crate::output::Output;
use crate::problem::Problem;
use crate::selection::Directory;

/// Rename keys of values files that have another name in this version; all else in the files stays as it is
#[derive(Args)]
pub(crate) struct Arguments {
    /// Environments of environments.yaml, whose files are edited; none: all of them
    #[arg(value_name = "ENVIRONMENT", id = "environment")]
    environments: Vec<String>,
    /// All environments
    #[arg(long, conflicts_with_all = ["environment", "files"])]
    all: bool,
    /// Values file that is edited, instead of those of environments
    #[arg(short = 'f', long = "file", value_name = "FILE", id = "files", conflicts_with = "environment")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    directory: Directory,
    /// Write nothing; print what would change, and exit with 1 if something would
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let migration = match arguments.files.as_slice() {
        [] => arguments.directory.open()?.migrate(&arguments.environments)?,
        files if files.iter().any(|path| path.as_os_str() == "-") => {
            return Err(Problem::system("standard input is no file that can be edited"));
        }
        files => Migration::of_files(files)?,
    };
    if migration.files.is_empty() {
        return Err(Problem::system("there is no values file to look at"));
    }
    for file in migration.changed() {
        if arguments.check {
            output.result(difference(file))?;
        } else {
            file::replace(&file.path, &file.after)?;
        }
        tell(file, output, if arguments.check { "would rename" } else { "renamed" });
    }
    for file in migration.files.iter().filter(|file| !file.is_readable) {
        let path = file.path.display();
        output
            .notice(&format!("{path} has faults in which keys may hide: mend what `emt check` tells, then try again"));
    }
    let changed = migration.changed().count();
    let done = match (changed, arguments.check) {
        (0, _) => "no key has a former name".to_owned(),
        (_, true) => format!("{} would change; nothing was written", counted(changed, "file")),
        (_, false) => format!("{} changed", counted(changed, "file")),
    };
    output.notice(&format!("looked at {}: {done}", counted(migration.files.len(), "file")));
    if arguments.check && changed > 0 { Err(Problem::Reported) } else { Ok(()) }
}

/// A line for each key.
fn tell(file: &MigratedFile, output: &Output, what: &str) {
    for key in &file.keys {
        let (path, line, to) = (file.path.display(), key.line, key.renamed.to);
        output.notice(&format!("{path}:{line}: {what} {} to {to}", key.path));
    }
}

/// What changes in a file, as `diff -u` shows it.
fn difference(file: &MigratedFile) -> String {
    let path = file.path.display().to_string();
    let [before, after] = file.shown();
    TextDiff::from_lines(&before, &after).unified_diff().header(&path, &path).to_string()
}
