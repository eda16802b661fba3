//! `emt chart`: the Helm chart.

use std::path::PathBuf;

use clap::Args;
use emt::{CHART_VERSION, NAME, chart, replace_directory};

use crate::output::Output;
use crate::problem::Problem;

/// Write the Helm chart
#[derive(Args)]
pub(crate) struct Arguments {
    /// Directory that becomes the chart; one that is not empty is replaced only if emt wrote it
    #[arg(short, long, value_name = "DIRECTORY")]
    output: PathBuf,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let files = chart().map_err(|error| Problem::system(error.to_string()))?;
    replace_directory(&arguments.output, &files)?;
    let (count, directory) = (files.len(), arguments.output.display());
    output.notice(&format!("wrote {NAME} {CHART_VERSION}, {count} files, to {directory}"));
    Ok(())
}
