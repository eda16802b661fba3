//! `emt values`: the merged values, and who set them.

use clap::Args;

use crate::origins::with_origins;
use crate::output::Output;
use crate::problem::Problem;
use crate::selection::Selection;

/// Print the values after the merge of all files over the chart's defaults, without secrets
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Say behind each value which file and line set it
    #[arg(long)]
    origin: bool,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let input = arguments.selection.input()?;
    let text = emt::yaml::write(&input.shown());
    output.result(if arguments.origin { with_origins(&text, &input) } else { text })
}
