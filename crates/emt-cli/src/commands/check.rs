//! `emt check`: reading, schema, contradictions, rules, and the objects against all supported Kubernetes versions.

use clap::{Args, ValueEnum};
use emt::diagnostics::{counted, human};
use emt::{Refused, Report, check_input};

use crate::output::Output;
use crate::problem::Problem;
use crate::selection::{Directory, Files};

/// Check values by all rules, and the objects that they give against every supported Kubernetes version
#[derive(Args)]
pub(crate) struct Arguments {
    /// Environments of environments.yaml; none: all of them
    #[arg(value_name = "ENVIRONMENT", id = "environment")]
    environments: Vec<String>,
    /// All environments
    #[arg(long, conflicts_with_all = ["environment", "files"])]
    all: bool,
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    directory: Directory,
    /// Fail on warnings too, other than those that an environment takes on
    #[arg(long)]
    deny_warnings: bool,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs; `emt schema --of findings` describes it
    Json,
    /// For code scanning: SARIF 2.1.0
    Sarif,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let report = report(arguments)?;
    output.result(match arguments.format {
        Format::Human => {
            let findings = human(&report.findings, &report.sources, output.style());
            let separator = if findings.is_empty() { "" } else { "\n" };
            format!("{findings}{separator}{}\n", summary(&report))
        }
        Format::Json => report.to_json(),
        Format::Sarif => report.to_sarif(),
    })?;
    let denied = arguments.deny_warnings && report.findings.counts().warnings > 0;
    if report.passed() && !denied { Ok(()) } else { Err(Problem::Reported) }
}

fn report(arguments: &Arguments) -> Result<Report, Problem> {
    if !arguments.files.files.is_empty() {
        // What only an environment can be wrong about, an unreadable file, is a problem of the command line here.
        return match arguments.files.input() {
            Ok(input) => Ok(check_input(&input, None)),
            Err(Problem::Refused(refused)) => Ok(refused_report(refused, 1)),
            Err(problem) => Err(problem),
        };
    }
    if arguments.files.names_release() {
        return Err(Problem::system("--release and --namespace go with --file: an environment has its own"));
    }
    match arguments.directory.open() {
        Ok(mut workspace) => Ok(workspace.check(&arguments.environments)?),
        // A program reads the report and nothing else.
        Err(Problem::Refused(refused)) if !matches!(arguments.format, Format::Human) => Ok(refused_report(refused, 0)),
        Err(problem) => Err(problem),
    }
}

/// The report on files that could not be read.
fn refused_report(refused: Refused, environments: usize) -> Report {
    Report { findings: refused.findings, sources: refused.sources, environments, ..Report::default() }
}

/// The last line: what was found, and in how much.
fn summary(report: &Report) -> String {
    let counts = report.findings.counts();
    let versions = Report::VERSIONS;
    let range = match versions {
        [first, .., last] => format!(" ({first} to {last})"),
        _ => String::new(),
    };
    let mut found = vec![counted(counts.errors, "error"), counted(counts.warnings, "warning")];
    if counts.advice > 0 {
        found.push(counted(counts.advice, "suggestion"));
    }
    if report.accepted > 0 {
        found.push(format!("{} accepted", report.accepted));
    }
    let nothing = if report.objects == 0 { ": there was no object to check" } else { "" };
    format!(
        "checked {} of {} × {} Kubernetes versions{range}: {}{nothing}",
        counted(report.objects, "object"),
        counted(report.environments, "environment"),
        versions.len(),
        found.join(", "),
    )
}
