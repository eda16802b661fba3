//! `emt gitops`: the objects by which Argo CD or Flux installs an environment.

use clap::{Args, ValueEnum};
use emt::gitops::{ValuesRepository, argocd, flux, values_keys, values_secret};
use emt::oci::Reference;
use emt::{PackageOptions, package};

use crate::output::Output;
use crate::problem::Problem;
use crate::selection::Directory;

/// Print the objects by which Argo CD or Flux installs an environment: the chart by its digest, the values by their files
///
/// No value is copied into them. Argo CD reads the values files from Git; Flux reads them from a Secret, and the command that
/// makes it is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Environment of environments.yaml
    #[arg(value_name = "ENVIRONMENT")]
    environment: String,
    /// Which of the two
    #[arg(long = "for", value_name = "TOOL", value_enum)]
    tool: Tool,
    /// The chart, as `emt push` prints it; without a version, the one that this emt packs, by its digest
    #[arg(long, value_name = "oci://HOST/PATH/NAME[:TAG][@DIGEST]")]
    chart: Reference,
    /// Git repository with the values files
    #[arg(long, value_name = "URL", required_if_eq("tool", "argocd"))]
    values_repository: Option<String>,
    /// Its branch, tag or commit
    #[arg(long, value_name = "REVISION", default_value = "main")]
    values_revision: String,
    /// Secret with cosign's public key, under the key cosign.pub: only a signed chart is installed (Flux)
    #[arg(long, value_name = "NAME")]
    signed_by: Option<String>,
    #[command(flatten)]
    directory: Directory,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tool {
    /// An Application, for Argo CD 3.1 or newer
    Argocd,
    /// An OCIRepository and a HelmRelease, for Flux 2.6 or newer
    Flux,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let workspace = arguments.directory.open()?;
    let name = &arguments.environment;
    let environment = workspace.environment(name)?;
    let mut chart = arguments.chart.clone();
    if chart.tag.is_none() && chart.digest.is_none() {
        let packed = package(&PackageOptions::default())?;
        chart.digest = Some(packed.digests().manifest);
    }
    let directory = arguments.directory.path().to_string_lossy().replace('\\', "/");
    let objects = match arguments.tool {
        Tool::Argocd => {
            if arguments.signed_by.is_some() {
                return Err(Problem::system("Argo CD verifies no signature of a chart: --signed-by is for Flux"));
            }
            let url = arguments.values_repository.clone().unwrap_or_default();
            let revision = arguments.values_revision.clone();
            vec![argocd(name, environment, &chart, &ValuesRepository { url, revision, directory })]
        }
        Tool::Flux => {
            let secret = values_secret(name, environment);
            let files: Vec<String> =
                values_keys(environment).map(|(key, path)| format!("--from-file={key}={directory}/{path}")).collect();
            let namespace = environment.namespace.as_str();
            output.notice(&format!(
                "the values come from a Secret: kubectl create secret generic {secret} --namespace {namespace} {}",
                files.join(" ")
            ));
            flux(name, environment, &chart, arguments.signed_by.as_deref()).into()
        }
    };
    output.result(emt::yaml::write_documents(&objects))
}
