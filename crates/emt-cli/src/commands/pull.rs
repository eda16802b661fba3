//! `emt pull`: a chart from a registry, checked.

use std::path::PathBuf;

use clap::Args;
use emt::oci::{Reference, pull, write_file};
use serde_json::json;

use super::package::Format;
use super::verify::check_signature;
use crate::output::Output;
use crate::problem::Problem;
use crate::registry::RegistryArguments;

/// Get a chart from a registry, with all digests checked
#[derive(Args)]
pub(crate) struct Arguments {
    /// The chart: oci://HOST/PATH:TAG, or @sha256:… for certain bytes
    #[arg(value_name = "REFERENCE")]
    reference: Reference,
    /// Directory that the archive is written to
    #[arg(short, long, value_name = "DIRECTORY", default_value = ".")]
    output: PathBuf,
    /// Public key of the publisher: only what it signed is written
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// How to print what came
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    registry: RegistryArguments,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let mut registry = arguments.registry.open(&arguments.reference.repository)?;
    let pulled = pull(&mut registry, &arguments.reference)?;
    if let Some(key) = &arguments.key {
        check_signature(&mut registry, &pulled.digest, key)?;
    }
    let path = arguments.output.join(pulled.chart.metadata().archive_name());
    write_file(&path, pulled.chart.bytes(), |_| Ok(()))?;
    let digests = pulled.chart.digests();
    output.result(match arguments.format {
        Format::Human => {
            format!("wrote {}\nmanifest  {}\nlayer     {}\n", path.display(), pulled.digest, digests.layer)
        }
        Format::Json => {
            let record = json!({
                "name": pulled.chart.metadata().name,
                "version": pulled.chart.metadata().version,
                "path": path.display().to_string(),
                "digests": { "manifest": pulled.digest, "config": digests.config, "layer": digests.layer },
            });
            format!("{record:#}\n")
        }
    })
}
