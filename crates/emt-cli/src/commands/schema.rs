//! `emt schema`: the JSON schemas of what goes in and of what comes out.

use clap::{Args, ValueEnum};
use emt::{environments_schema_text, findings_schema, schema_text};

use crate::output::Output;
use crate::problem::Problem;

/// Print the JSON schema of the values, as the chart ships it, of environments.yaml, or of a report
#[derive(Args)]
pub(crate) struct Arguments {
    /// What the schema is of
    #[arg(long, value_enum, default_value_t = Of::Values)]
    of: Of,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// The values of the chart
    Values,
    /// environments.yaml
    Environments,
    /// The JSON report of `emt check`
    Findings,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    output.result(match arguments.of {
        Of::Values => schema_text(),
        Of::Environments => environments_schema_text(),
        Of::Findings => format!("{:#}\n", findings_schema()),
    })
}
