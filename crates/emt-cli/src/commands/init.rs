//! `emt init`: a values directory to start from.

use std::path::PathBuf;

use clap::Args;
use emt::{new_directory, starter};

use crate::output::Output;
use crate::problem::Problem;

/// Write a values directory to start from: environments dev and prod, which pass every check
#[derive(Args)]
pub(crate) struct Arguments {
    /// The new directory
    #[arg(value_name = "DIRECTORY", default_value = "values")]
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let (files, directory) = (starter(), arguments.directory.display());
    new_directory(&arguments.directory, &files)?;
    output
        .notice(&format!("wrote {} files to {directory}; emt check --values-dir {directory} checks them", files.len()));
    Ok(())
}
