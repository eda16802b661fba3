//! `emt package`: the chart as an archive, with the digests that it will have in every registry.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use emt::oci::{ChartArtifact, MOST_ARCHIVE_BYTES, OciError, Timestamp, read_file, write_file};
use emt::{PackageOptions, package};
use serde_json::json;

use crate::output::Output;
use crate::problem::Problem;

/// A changelog is text that somebody wrote.
const MOST_CHANGELOG_BYTES: u64 = 4 * 1024 * 1024;

/// Pack the chart for a registry, and say which digests it will have there
///
/// The same version always gives the same bytes. SOURCE_DATE_EPOCH, where it is set, is when the chart says it was made.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Directory that the archive is written to
    #[arg(short, long, value_name = "DIRECTORY", default_value = ".")]
    output: PathBuf,
    /// The chart's version, instead of emt's own
    #[arg(long, value_name = "VERSION", requires = "changelog")]
    version: Option<String>,
    /// The version of the application, instead of the reference architecture's
    #[arg(long, value_name = "VERSION")]
    app_version: Option<String>,
    /// Changelog with a section for the version, in the form of Keep a Changelog
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// Archive of the last release: this one must take all values that it took, unless it is a major step
    #[arg(long, value_name = "ARCHIVE")]
    previous: Option<PathBuf>,
    /// How to print the digests
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// For people or for programs.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let chart = package(&options(arguments)?)?;
    let path = arguments.output.join(chart.metadata().archive_name());
    write_file(&path, chart.bytes(), |bytes| match ChartArtifact::new(bytes, None)? == chart {
        true => Ok(()),
        false => {
            Err(OciError::new(emt::oci::ErrorKind::System, format!("{} does not read back as written", path.display())))
        }
    })?;
    let digests = chart.digests();
    output.result(match arguments.format {
        Format::Human => format!(
            "wrote {}, {} files\nfile      {}\nconfig    {}\nlayer     {}\nmanifest  {}\n",
            path.display(),
            chart.archive().files.len(),
            digests.layer,
            digests.config,
            digests.layer,
            digests.manifest
        ),
        Format::Json => {
            let digests = json!({
                "file": digests.layer, "config": digests.config, "layer": digests.layer, "manifest": digests.manifest,
            });
            let metadata = chart.metadata();
            let record = json!({
                "name": metadata.name,
                "version": metadata.version,
                "appVersion": metadata.app_version,
                "path": path.display().to_string(),
                "digests": digests,
            });
            format!("{record:#}\n")
        }
    })
}

fn options(arguments: &Arguments) -> Result<PackageOptions, Problem> {
    let changelog = match &arguments.changelog {
        Some(path) => {
            let text = String::from_utf8(read_file(path, MOST_CHANGELOG_BYTES)?);
            Some(text.map_err(|_| Problem::system(format!("{} is not UTF-8", path.display())))?)
        }
        None => None,
    };
    let previous = match &arguments.previous {
        Some(path) => Some(ChartArtifact::new(read_file(path, MOST_ARCHIVE_BYTES)?, None)?),
        None => None,
    };
    let version = arguments.version.clone();
    Ok(PackageOptions { version, app_version: arguments.app_version.clone(), created: created()?, changelog, previous })
}

/// The time that `SOURCE_DATE_EPOCH` names.
fn created() -> Result<Option<Timestamp>, Problem> {
    let Some(text) = std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty()) else { return Ok(None) };
    let seconds = text.parse().map_err(|_| {
        Problem::system(format!("SOURCE_DATE_EPOCH is {text:?}, not a number of seconds since 1970"))
            .help("set it to what `git log -1 --format=%ct` prints, or unset it")
    })?;
    Ok(Some(Timestamp::from_seconds(seconds)?))
}
