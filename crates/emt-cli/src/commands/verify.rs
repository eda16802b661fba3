//! `emt verify`: whether a chart is what it says, who signed it, and whether this version of emt emits it.

use std::path::{Path, PathBuf};

use clap::Args;
use emt::differences;
use emt::oci::{ChartArtifact, Digest, PublicKey, Reference, Registry, SCHEME, pull, read_file, verify_signature};
use serde_json::json;

use super::package::Format;
use super::push::read_chart;
use crate::output::Output;
use crate::problem::Problem;
use crate::registry::RegistryArguments;

const MOST_KEY_BYTES: u64 = 64 * 1024;
/// Differences that are listed; the rest is counted.
const MOST_DIFFERENCES: usize = 20;

/// Check a chart in a registry or a file: digests, media types, signature, and that this version of emt emits it
#[derive(Args)]
pub(crate) struct Arguments {
    /// oci://HOST/PATH:TAG, oci://HOST/PATH@sha256:…, or an archive
    #[arg(value_name = "REFERENCE|ARCHIVE")]
    chart: String,
    /// Public key of the publisher, such as cosign.pub
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Do not compare with what this version of emt emits: for other charts, and other versions
    #[arg(long)]
    no_rebuild: bool,
    /// How to print what was checked
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    registry: RegistryArguments,
}

/// One thing that was checked.
struct Check {
    what: &'static str,
    holds: bool,
    detail: String,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let mut checks = Vec::new();
    let chart = if arguments.chart.starts_with(SCHEME) {
        in_registry(arguments, &mut checks)?
    } else {
        if arguments.key.is_some() {
            return Err(Problem::system(
                "a signature stands in a registry: name the chart by oci://…, or leave out --key",
            ));
        }
        let chart = read_chart(Path::new(&arguments.chart))?;
        let detail = format!("manifest {}", chart.digests().manifest);
        checks.push(Check { what: "archive", holds: true, detail });
        chart
    };
    if !arguments.no_rebuild {
        checks.push(rebuilt(&chart)?);
    }
    output.result(match arguments.format {
        Format::Human => checks
            .iter()
            .map(|check| {
                format!("{} {}: {}\n", if check.holds { "ok    " } else { "FAILED" }, check.what, check.detail)
            })
            .collect::<String>(),
        Format::Json => {
            let rows =
                checks.iter().map(|check| json!({ "check": check.what, "holds": check.holds, "detail": check.detail }));
            let rows: Vec<_> = rows.collect();
            let passed = checks.iter().all(|check| check.holds);
            format!("{:#}\n", json!({ "passed": passed, "digests": chart.digests(), "checks": rows }))
        }
    })?;
    if checks.iter().all(|check| check.holds) { Ok(()) } else { Err(Problem::Reported) }
}

fn in_registry(arguments: &Arguments, checks: &mut Vec<Check>) -> Result<ChartArtifact, Problem> {
    let reference: Reference = arguments.chart.parse()?;
    let mut registry = arguments.registry.open(&reference.repository)?;
    let pulled = pull(&mut registry, &reference)?;
    checks.push(Check { what: "digests and media types", holds: true, detail: format!("manifest {}", pulled.digest) });
    checks.push(Check {
        what: "manifest",
        holds: pulled.canonical || !pulled.chart.same_with_helm(),
        detail: match (pulled.canonical, pulled.chart.same_with_helm()) {
            (true, _) => "byte for byte what emt and Helm push of the archive".to_owned(),
            (false, true) => {
                let expected = pulled.chart.digests().manifest;
                format!("not what emt and Helm push of the archive, which would be {expected}")
            }
            (false, false) => "the chart names no time, so that each push gives another one".to_owned(),
        },
    });
    if let Some(key) = &arguments.key {
        let signature = check_signature(&mut registry, &pulled.digest, key);
        let (holds, detail) = match signature {
            Ok(digest) => (true, format!("made with {}: {digest}", key.display())),
            Err(Problem::Verdict { message, .. }) => (false, message),
            Err(problem) => return Err(problem),
        };
        checks.push(Check { what: "signature", holds, detail });
    }
    Ok(pulled.chart)
}

/// The signature of a digest that a key made; a [`Problem::Verdict`] if there is none.
pub(crate) fn check_signature(registry: &mut Registry, digest: &Digest, key: &Path) -> Result<Digest, Problem> {
    let text = String::from_utf8(read_file(key, MOST_KEY_BYTES)?);
    let text = text.map_err(|_| Problem::system(format!("{} is no key in PEM", key.display())))?;
    let report = verify_signature(registry, digest, &PublicKey::from_pem(&text)?)?;
    report.verified_by.ok_or_else(|| Problem::Verdict {
        message: match report.refused.as_slice() {
            [] => format!("{digest} is not signed"),
            refused => format!("no signature of {digest} holds: {}", refused.join("; ")),
        },
        help: vec!["check the key; if it is right, do not use the chart".to_owned()],
    })
}

fn rebuilt(chart: &ChartArtifact) -> Result<Check, Problem> {
    let found = if chart.metadata().name == emt::NAME {
        differences(chart)?
    } else {
        vec![format!("{} is no chart of emt (--no-rebuild leaves this check out)", chart.metadata().name)]
    };
    let mut detail = found.iter().take(MOST_DIFFERENCES).map(String::as_str).collect::<Vec<_>>().join("; ");
    if found.is_empty() {
        detail = format!("byte for byte what emt {} emits", env!("CARGO_PKG_VERSION"));
    } else if found.len() > MOST_DIFFERENCES {
        detail = format!("{detail}; and {} more", found.len() - MOST_DIFFERENCES);
    }
    Ok(Check { what: "rebuilt", holds: found.is_empty(), detail })
}
