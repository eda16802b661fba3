//! `emt completions`: completion scripts for shells.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::CommandLine;
use crate::output::Output;
use crate::problem::Problem;

/// Print a completion script for a shell
#[derive(Args)]
pub(crate) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let mut script = Vec::new();
    generate(arguments.shell, &mut CommandLine::command(), "emt", &mut script);
    output.result(script)
}
