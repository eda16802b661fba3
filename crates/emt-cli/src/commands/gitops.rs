//! `emt gitops`: the objects by which Argo CD or Flux installs an environment.

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use emt::gitops::{ValuesRepository, argocd, flux, path_in_repository, values_keys, values_secret};
use emt::model::names::ObjectName;
use emt::oci::Reference;
use emt::{PackageOptions, package, render};

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
    #[arg(long, value_name = "URL", required_if_eq("tool", "argocd"), value_parser = NonEmptyStringValueParser::new())]
    values_repository: Option<String>,
    /// Its branch, tag or commit
    #[arg(long, value_name = "REVISION", default_value = "main", value_parser = NonEmptyStringValueParser::new())]
    values_revision: String,
    /// Path of the directory with environments.yaml in it, where that stands in no Git repository here
    #[arg(long, value_name = "PATH")]
    values_path: Option<String>,
    /// Secret with cosign's public key, under the key cosign.pub: only a signed chart is installed (Flux)
    #[arg(long, value_name = "NAME")]
    signed_by: Option<ObjectName>,
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
    let mut workspace = arguments.directory.open()?;
    let name = &arguments.environment;
    // What the chart refuses is installed by neither.
    render(&workspace.input(name)?)?;
    let environment = workspace.environment(name)?;
    let mut chart = arguments.chart.clone();
    if chart.tag.is_none() && chart.digest.is_none() {
        let packed = package(&PackageOptions::default())?;
        chart.digest = Some(packed.digests().manifest);
    }
    let objects =
        match arguments.tool {
            Tool::Argocd => {
                if arguments.signed_by.is_some() {
                    return Err(Problem::system("Argo CD verifies no signature of a chart: --signed-by is for Flux"));
                }
                let url = arguments.values_repository.clone().unwrap_or_default();
                let revision = arguments.values_revision.clone();
                let values = ValuesRepository { url, revision, directory: arguments.path_in_repository()? };
                let application = argocd(name, environment, &chart, &values);
                vec![application.map_err(|error| {
                    Problem::system(error.to_string()).help("Argo CD reads files of one repository")
                })?]
            }
            Tool::Flux => {
                let secret = values_secret(name, environment);
                let files: Vec<String> = values_keys(environment)
                    .map(|(key, path)| {
                        let path = arguments.directory.path().join(path).display().to_string();
                        // Only what no system takes as a path cannot be quoted.
                        let path = shlex::try_quote(&path).unwrap_or_else(|_| path.as_str().into());
                        format!("--from-file={key}={path}")
                    })
                    .collect();
                let namespace = environment.namespace.as_str();
                output.notice(&format!(
                    "the values come from a Secret: kubectl create secret generic {secret} --namespace {namespace} {}",
                    files.join(" ")
                ));
                flux(name, environment, &chart, arguments.signed_by.as_ref().map(ObjectName::as_str)).into()
            }
        };
    output.result(emt::yaml::write_documents(&objects))
}

impl Arguments {
    /// Where the directory of the values stands in its repository.
    fn path_in_repository(&self) -> Result<String, Problem> {
        if let Some(path) = &self.values_path {
            return Ok(path.clone());
        }
        let directory = self.directory.path();
        let cannot = |said: &dyn std::fmt::Display| Problem::system(format!("{}: {said}", directory.display()));
        let found = path_in_repository(directory).map_err(|error| cannot(&error))?;
        let help = "say with --values-path where it stands in the repository that Argo CD reads";
        found.ok_or_else(|| cannot(&"stands in no Git repository").help(help))
    }
}
