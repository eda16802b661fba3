//! `emt review`: what a change of the values does, in every environment.

use std::path::{Path, PathBuf};

use clap::Args;
use emt::ENVIRONMENTS;
use emt::review::{Base, Class, Review, ReviewError, human, json, markdown, page, review, sarif};

use crate::output::Output;
use crate::problem::Problem;
use crate::report_file::{ReportFormat, ReportOutput};
use crate::selection::Directory;

/// Say what a change of the values does: objects and fields that change, how grave that is, and which line causes it
///
/// The working values are compared with what they were, environment by environment, offline. The first three lines tell the
/// whole. Secrets are told as changed or unchanged, never shown.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Environments; none: all, those that come or go included
    #[arg(value_name = "ENVIRONMENT")]
    environments: Vec<String>,
    /// What to compare with: a Git revision, a directory with environments.yaml, or a packaged chart for an upgrade of it
    #[arg(long, value_name = "REVISION|DIRECTORY|CHART.tgz", default_value = "HEAD")]
    base: String,
    /// Exit with 1 if a change is of this class or a graver one: recreate, data, outage, exposure, restart, capacity,
    /// cosmetic
    #[arg(long, value_name = "CLASS", value_parser = class)]
    fail_on: Option<Class>,
    #[command(flatten)]
    output: ReportOutput,
    #[command(flatten)]
    directory: Directory,
}

fn class(name: &str) -> Result<Class, String> {
    let names = || Class::ALL.map(Class::name).join(", ");
    Class::named(name).ok_or_else(|| format!("the classes are {}", names()))
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let mut workspace = arguments.directory.open()?;
    let review = review(&mut workspace, base(&arguments.base)?, &arguments.environments).map_err(|error| {
        let is_directory = matches!(error, ReviewError::Git(_)) && Path::new(&arguments.base).is_dir();
        let problem = Problem::from(error);
        match is_directory {
            true => problem.help(format!("as a directory, {} holds no {ENVIRONMENTS}", arguments.base)),
            false => problem,
        }
    })?;
    let text = text(&review, &arguments.output, output)?;
    arguments.output.write(output, &text)?;
    let is_grave = arguments.fail_on.is_some_and(|class| review.gravest() >= Some(class));
    if review.is_whole() && !is_grave { Ok(()) } else { Err(Problem::Reported) }
}

/// The review in the chosen format.
pub(crate) fn text(review: &Review, chosen: &ReportOutput, output: &Output) -> Result<String, Problem> {
    Ok(match chosen.format {
        ReportFormat::Human => human(review, output.style().color && chosen.is_printed()),
        ReportFormat::Markdown => markdown(review),
        ReportFormat::Json => json(review),
        ReportFormat::Sarif => sarif(review),
        ReportFormat::Html => page(review).map_err(|error| Problem::system(error.to_string()))?,
    })
}

/// What a base is: by its name, and by what is there.
fn base(name: &str) -> Result<Base, Problem> {
    let path = Path::new(name);
    if path.is_dir() && path.join(ENVIRONMENTS).is_file() {
        return Ok(Base::Directory(PathBuf::from(name)));
    }
    if name.ends_with(".tgz") {
        return chart(path);
    }
    Ok(Base::Revision(name.to_owned()))
}

#[cfg(feature = "oci")]
fn chart(path: &Path) -> Result<Base, Problem> {
    let bytes = emt::oci::read_file(path, emt::oci::MOST_ARCHIVE_BYTES)?;
    Ok(Base::Chart(Box::new(emt::oci::ChartArtifact::new(bytes, None)?)))
}

#[cfg(not(feature = "oci"))]
fn chart(_: &Path) -> Result<Base, Problem> {
    Err(Problem::system("this emt was built without the feature oci: it reads no packaged chart"))
}
