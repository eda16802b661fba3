//! `emt schema`: the JSON schema of the values.

use clap::Args;
use emt::schema_text;

use crate::output::Output;
use crate::problem::Problem;

/// Print the JSON schema of the values, as the chart ships it
#[derive(Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(_: &Arguments, output: &Output) -> Result<(), Problem> {
    output.result(schema_text())
}
