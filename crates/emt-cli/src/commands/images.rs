//! `emt images`: the images that an environment runs.

use clap::Args;
use emt::images;
use serde_json::json;

use super::package::Format;
use crate::output::Output;
use crate::problem::Problem;
use crate::selection::Selection;

/// List the images that an environment runs, a reference each line, with digests where the values give them
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// How to print the images
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let images = images(&arguments.selection.input()?)?;
    output.result(match arguments.format {
        Format::Human => images.iter().map(|image| format!("{}\n", image.reference)).collect::<String>(),
        Format::Json => format!("{:#}\n", json!({ "images": images })),
    })
}
