//! The command `emt`: wiring between the command line and the library.
//!
//! Each command has a file below `commands`; this one chooses among them. What may be printed goes through `output`,
//! what went wrong is a `Problem`. No logic of charts, values or objects belongs here.
//!
//! Exit status: 0 fine, 1 something is wrong with the values or with a chart in a registry, 2 the command line, the file
//! system or the network.

mod commands;
mod file;
mod origins;
mod output;
mod problem;
#[cfg(feature = "oci")]
mod registry;
#[cfg(feature = "review")]
mod report_file;
mod selection;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{
    chart, check, completions, conformance, explain, init, man, migrate, plan, render, rules, schema, values,
};
#[cfg(feature = "review")]
use commands::{diff, review};
#[cfg(feature = "oci")]
use commands::{gitops, images, package, pull, push, verify};
use output::Output;

/// Charts and manifests of Amplify API Management in Kubernetes
///
/// One typed definition of the reference architecture gives a Helm chart and the raw manifests of each environment, equal
/// to what Helm renders from the chart. Independent work, neither made nor endorsed by Axway.
#[derive(Parser)]
#[command(name = "emt", version, max_term_width = 100, disable_help_subcommand = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Arguments),
    Render(render::Arguments),
    Chart(chart::Arguments),
    Check(check::Arguments),
    #[cfg(feature = "review")]
    Diff(diff::Arguments),
    #[cfg(feature = "review")]
    Review(review::Arguments),
    Explain(explain::Arguments),
    Rules(rules::Arguments),
    Plan(plan::Arguments),
    Conformance(conformance::Arguments),
    Values(values::Arguments),
    Schema(schema::Arguments),
    Migrate(migrate::Arguments),
    #[cfg(feature = "oci")]
    Package(package::Arguments),
    #[cfg(feature = "oci")]
    Push(push::Arguments),
    #[cfg(feature = "oci")]
    Pull(pull::Arguments),
    #[cfg(feature = "oci")]
    Verify(verify::Arguments),
    #[cfg(feature = "oci")]
    Images(images::Arguments),
    #[cfg(feature = "oci")]
    Gitops(gitops::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

fn main() -> ExitCode {
    let command_line = CommandLine::parse();
    let output = Output::of_process();
    let result = match command_line.command {
        Command::Init(arguments) => init::run(&arguments, &output),
        Command::Render(arguments) => render::run(&arguments, &output),
        Command::Chart(arguments) => chart::run(&arguments, &output),
        Command::Check(arguments) => check::run(&arguments, &output),
        #[cfg(feature = "review")]
        Command::Diff(arguments) => diff::run(&arguments, &output),
        #[cfg(feature = "review")]
        Command::Review(arguments) => review::run(&arguments, &output),
        Command::Explain(arguments) => explain::run(&arguments, &output),
        Command::Rules(arguments) => rules::run(&arguments, &output),
        Command::Plan(arguments) => plan::run(&arguments, &output),
        Command::Conformance(arguments) => conformance::run(&arguments, &output),
        Command::Values(arguments) => values::run(&arguments, &output),
        Command::Schema(arguments) => schema::run(&arguments, &output),
        Command::Migrate(arguments) => migrate::run(&arguments, &output),
        #[cfg(feature = "oci")]
        Command::Package(arguments) => package::run(&arguments, &output),
        #[cfg(feature = "oci")]
        Command::Push(arguments) => push::run(&arguments, &output),
        #[cfg(feature = "oci")]
        Command::Pull(arguments) => pull::run(&arguments, &output),
        #[cfg(feature = "oci")]
        Command::Verify(arguments) => verify::run(&arguments, &output),
        #[cfg(feature = "oci")]
        Command::Images(arguments) => images::run(&arguments, &output),
        #[cfg(feature = "oci")]
        Command::Gitops(arguments) => gitops::run(&arguments, &output),
        Command::Completions(arguments) => completions::run(&arguments, &output),
        Command::Man(arguments) => man::run(&arguments, &output),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            output.problem(&problem);
            problem.exit_code()
        }
    }
}
