//! `emt push`: a packed chart to a registry, all of it or nothing.

use std::path::{Path, PathBuf};

use clap::Args;
use emt::images;
use emt::oci::{
    ChartArtifact, Generator, MOST_ARCHIVE_BYTES, Progress, PushOptions, Repository, Secret, Signer, Tag,
    chart_repository, push, read_file, sbom, write_file,
};

use super::package::Format;
use crate::output::Output;
use crate::problem::Problem;
use crate::registry::RegistryArguments;
use crate::selection::Directory;

/// A key is small.
const MOST_KEY_BYTES: u64 = 64 * 1024;
/// The passphrase of the key, by cosign's own name.
const PASSPHRASE_VARIABLE: &str = "COSIGN_PASSWORD";

/// Push a packed chart to a registry, sign it, and attach its parts list
///
/// The tag comes last: a push that ends early has changed nothing that anybody sees, and a repeated one sends what is missing.
/// A version that is there already with the same digest is left alone; with another one it is refused.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Archive, as `emt package` or `helm package` writes it
    #[arg(value_name = "ARCHIVE")]
    archive: PathBuf,
    /// Where to: the chart's name and version are added, as Helm adds them
    #[arg(value_name = "oci://HOST/PATH")]
    repository: Repository,
    /// A further tag, such as 1.2 or stable; it moves if it names another chart
    #[arg(long, value_name = "TAG")]
    also_tag: Vec<Tag>,
    /// Replace a chart of the same version
    #[arg(long)]
    force: bool,
    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Sign with this key of cosign, whose passphrase is in COSIGN_PASSWORD; no network but the registry is used
    #[arg(long, value_name = "FILE")]
    sign_key: Option<PathBuf>,
    /// Attach the list of the chart's parts (CycloneDX)
    #[arg(long)]
    sbom: bool,
    /// Add the images of this environment to the list of parts
    #[arg(long, value_name = "ENVIRONMENT", requires = "sbom")]
    images: Vec<String>,
    #[command(flatten)]
    directory: Directory,
    /// Write the record of the release to this file: references, digests, signature, parts list
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// How to print the record
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    registry: RegistryArguments,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let chart = read_chart(&arguments.archive)?;
    let repository = chart_repository(&arguments.repository, &chart)?;
    let signer = arguments.sign_key.as_deref().map(signer).transpose()?;
    let parts = match arguments.sbom {
        true => {
            let generator = Generator { name: "emt", version: env!("CARGO_PKG_VERSION") };
            Some(sbom(&chart, generator, &environment_images(arguments)?)?)
        }
        false => None,
    };
    let mut registry = arguments.registry.open(&repository)?;
    output.notice(&format!("login: {}", registry.login_source()));
    let options = PushOptions {
        also_tag: &arguments.also_tag,
        force: arguments.force,
        dry_run: arguments.dry_run,
        signer: signer.as_ref(),
        sbom: parts.as_ref(),
    };
    let pushed = push(&mut registry, &chart, &options, &mut |step| output.progress(&told(&step)));
    output.progress_ends();
    let record = pushed?;
    let json = format!("{:#}\n", serde_json::to_value(&record).map_err(|error| Problem::system(error.to_string()))?);
    if let Some(path) = arguments.record.as_deref().filter(|_| !arguments.dry_run) {
        write_file(path, json.as_bytes(), |_| Ok(()))?;
    }
    let done = match (arguments.dry_run, record.changed) {
        (true, true) => "would push",
        (false, true) => "pushed",
        (_, false) => "is there already:",
    };
    output.result(match arguments.format {
        Format::Human => format!("{done} {}\n", record.reference),
        Format::Json => json,
    })
}

fn told(step: &Progress) -> String {
    match step {
        Progress::Skipped(blob) => format!("there already: {} ({} bytes)", blob.digest, blob.size),
        Progress::Sent(blob) => format!("sent {} ({} bytes)", blob.digest, blob.size),
        Progress::Stands(digest) => format!("stands and reads back: {digest}"),
        Progress::Attached(what, digest) => format!("attached the {what}: {digest}"),
        Progress::Tagged(tag) => format!("tagged {tag}"),
        Progress::Unchanged(tag) => format!("named so already: {tag}"),
        _ => String::new(),
    }
}

/// The chart of an archive, with the `.prov` file beside it if there is one, as Helm takes it.
pub(crate) fn read_chart(archive: &Path) -> Result<ChartArtifact, Problem> {
    let mut provenance = archive.as_os_str().to_owned();
    provenance.push(".prov");
    let provenance = PathBuf::from(provenance);
    let provenance = if provenance.is_file() { Some(read_file(&provenance, MOST_KEY_BYTES)?) } else { None };
    Ok(ChartArtifact::new(read_file(archive, MOST_ARCHIVE_BYTES)?, provenance)?)
}

fn signer(path: &Path) -> Result<Signer, Problem> {
    let text = String::from_utf8(read_file(path, MOST_KEY_BYTES)?);
    let text = text.map_err(|_| Problem::system(format!("{} is no key in PEM", path.display())))?;
    let passphrase = std::env::var(PASSPHRASE_VARIABLE).ok().map(Secret::new);
    Ok(Signer::from_pem(&text, passphrase.as_ref())?)
}

fn environment_images(arguments: &Arguments) -> Result<Vec<String>, Problem> {
    let mut all = Vec::new();
    if arguments.images.is_empty() {
        return Ok(all);
    }
    let mut workspace = arguments.directory.open()?;
    for name in &arguments.images {
        all.extend(images(&workspace.input(name)?)?.into_iter().map(|image| image.reference));
    }
    Ok(all)
}
