//! `emt diff`: two environments, or all beside one another.

use clap::Args;
use emt::review::{compare, human_matrix, json_matrix, markdown_matrix, matrix};

use crate::commands::review::text;
use crate::output::Output;
use crate::problem::Problem;
use crate::report_file::{ReportFormat, ReportOutput};
use crate::selection::Directory;

/// Compare two environments: their values and what they render to; or all environments by value
///
/// With two environments, what going from the first to the second would change. Otherwise a matrix: each value that differs,
/// with the environments that have it.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Environments of environments.yaml: two, or with --matrix any number; none: all of them
    #[arg(value_name = "ENVIRONMENT")]
    environments: Vec<String>,
    /// Print the matrix of values, even of two environments
    #[arg(long)]
    matrix: bool,
    #[command(flatten)]
    output: ReportOutput,
    #[command(flatten)]
    directory: Directory,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let mut workspace = arguments.directory.open()?;
    let written = match arguments.environments.as_slice() {
        [from, to] if !arguments.matrix => {
            let comparison = compare(&mut workspace, from, to)?;
            text(&comparison, &arguments.output, output)?
        }
        [only] => {
            return Err(Problem::system(format!("{only:?} alone cannot be compared"))
                .help("name two environments, or none for all; emt review compares with what an environment was"));
        }
        names => {
            let matrix = matrix(&mut workspace, names)?;
            match arguments.output.format {
                ReportFormat::Human => human_matrix(&matrix, output.style().color && arguments.output.is_printed()),
                ReportFormat::Markdown => markdown_matrix(&matrix),
                ReportFormat::Json => json_matrix(&matrix),
                ReportFormat::Html | ReportFormat::Sarif => {
                    let form =
                        if arguments.output.format == ReportFormat::Html { "page" } else { "form for code scanning" };
                    return Err(Problem::system(format!("the matrix has no {form}"))
                        .help("choose --format markdown, or name two environments"));
                }
            }
        }
    };
    arguments.output.write(output, &written)
}
