//! `emt conformance`: the reference architecture row by row, with the evidence.

use std::path::PathBuf;

use clap::Args;
use emt::{Workspace, conformance, conformance_mutants, reference_input};

use crate::output::{Output, TextFormat};
use crate::problem::Problem;

/// Answer the reference architecture row by row, with the evidence
///
/// Without an environment the chart's own defaults are measured. A row that neither holds nor is one of the deviations in
/// environments.yaml makes the exit status 1, and so does a deviation from a row that holds.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Environment of environments.yaml
    #[arg(value_name = "ENVIRONMENT")]
    environment: Option<String>,
    /// Directory with environments.yaml
    #[arg(long = "values-dir", value_name = "DIRECTORY", default_value = "values")]
    directory: PathBuf,
    /// Print rows that hold, too
    #[arg(long)]
    all: bool,
    /// Change each number and field that a row is about, and say how many changes the rows notice
    #[arg(long)]
    mutants: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = TextFormat::Human)]
    format: TextFormat,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let (input, environment) = match &arguments.environment {
        Some(name) => {
            let mut workspace = Workspace::open(&arguments.directory)?;
            (workspace.input(name)?, Some(workspace.environment(name)?.clone()))
        }
        None => (reference_input()?, None),
    };
    if arguments.mutants {
        let mutants = conformance_mutants(&input)?;
        let survivors: String = mutants.survivors.iter().map(|survivor| format!("{survivor}\n")).collect();
        let (killed, total) = (mutants.killed(), mutants.total);
        output.result(format!("{survivors}{killed} of {total} changes noticed, in {} rows\n", mutants.rows))?;
        return if killed == total && total > 0 { Ok(()) } else { Err(Problem::Reported) };
    }
    let report = conformance(&input, environment.as_ref())?;
    output.result(match arguments.format {
        TextFormat::Human => report.to_text(arguments.all),
        TextFormat::Markdown => report.to_markdown(),
        TextFormat::Json => format!("{:#}\n", report.to_json()),
    })?;
    if report.passed() { Ok(()) } else { Err(Problem::Reported) }
}
