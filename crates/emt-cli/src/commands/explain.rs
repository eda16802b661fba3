//! `emt explain`: what a value does, or where a field of an object comes from.

use clap::{Args, ValueEnum};
use emt::{ExplainError, explain_field, explain_value};

use crate::output::Output;
use crate::problem::Problem;
use crate::selection::OptionalSelection;

/// How many fields of an object are listed; `--all` lists the others too.
const MOST: usize = 8;

/// Say what a value means and does, or where a field of an object comes from
#[derive(Args)]
pub(crate) struct Arguments {
    /// Path of a value, `*` for any entry of a map: gatewayGroups.*.traffic.replicas; or an object, or a field of it, of an
    /// environment: HorizontalPodAutoscaler/apim-main-traffic.spec.maxReplicas
    #[arg(value_name = "PATH|KIND/NAME[.FIELD]")]
    subject: String,
    #[command(flatten)]
    selection: OptionalSelection,
    /// List every field that a value decides
    #[arg(long)]
    all: bool,
    /// How to print the explanation
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let subject = arguments.subject.as_str();
    let input = arguments.selection.input()?;
    // A value's key may hold a slash too, and then stands in brackets.
    let is_field = subject.split('[').next().is_some_and(|plain| plain.contains('/'));
    let text = if is_field {
        let input = input.ok_or_else(|| {
            Problem::system("a field belongs to the objects of an environment")
                .help("name the environment, or files with --file")
        })?;
        let field = explain_field(&input, subject).map_err(problem)?;
        match arguments.format {
            Format::Human => field.to_text(),
            Format::Json => format!("{:#}\n", field.to_json()),
        }
    } else {
        let value = explain_value(subject, input.as_ref()).map_err(problem)?;
        match arguments.format {
            Format::Human => value.to_text(if arguments.all { usize::MAX } else { MOST }),
            Format::Json => format!("{:#}\n", value.to_json()),
        }
    };
    output.result(text)
}

fn problem(error: ExplainError) -> Problem {
    if let ExplainError::Refused(refused) = error {
        return Problem::Refused(refused);
    }
    error.help().into_iter().fold(Problem::system(error.to_string()), Problem::help)
}
