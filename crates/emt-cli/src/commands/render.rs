//! `emt render`: the raw manifests.

use std::path::{Path, PathBuf};
use std::{mem, thread};

use clap::Args;
use emt::{Manifests, OutputFile, render, replace_directory, tree};

use crate::output::Output;
use crate::problem::Problem;
use crate::selection::Selection;

/// Print the raw manifests: what `helm template` prints of the chart
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Leave out hooks
    #[arg(long)]
    no_hooks: bool,
    /// Leave out hooks of `helm test`
    #[arg(long)]
    skip_tests: bool,
    /// Write a file for each object, numbered by the order in which Helm installs kinds, instead of printing
    ///
    /// Hooks and tests get folders of their own. A directory that is not empty is replaced only if emt wrote it.
    #[arg(short, long, value_name = "DIRECTORY")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    // The definition and the values do not depend on one another, and each takes about as long.
    let input = thread::scope(|scope| {
        scope.spawn(tree);
        arguments.selection.input()
    })?;
    let mut manifests = render(&input)?;
    if arguments.no_hooks {
        manifests = manifests.without_hooks();
    }
    if arguments.skip_tests {
        manifests = manifests.without_tests();
    }
    let written = write(&manifests, arguments.output.as_deref(), output);
    // The process ends behind this, and the system frees all at once.
    mem::forget((input, manifests));
    written
}

/// Prints the manifests, or writes them into a directory.
fn write(manifests: &Manifests, directory: Option<&Path>, output: &Output) -> Result<(), Problem> {
    let Some(directory) = directory else { return output.result(manifests.to_yaml()) };
    let files: Vec<_> = manifests.to_files().into_iter().map(|(path, text)| OutputFile::text(path, text)).collect();
    replace_directory(directory, &files)?;
    output.notice(&format!("wrote {} objects to {}", files.len(), directory.display()));
    Ok(())
}
