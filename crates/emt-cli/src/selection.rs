//! Which values a command works on: an environment, or files named on the command line.
//!
//! Must not know what is done with them.

use std::path::PathBuf;

use clap::{ArgGroup, Args};
use emt::{ENVIRONMENTS, Input, LoadError, Namespace, Release, ReleaseName, Workspace};

use crate::problem::Problem;

/// What a release is called where no environment says so.
const RELEASE: &str = "apim";
const NAMESPACE: &str = "default";

/// One environment, or values files.
#[derive(Args)]
#[command(group = ArgGroup::new("values").args(["environment", "files"]).required(true))]
pub(crate) struct Selection {
    #[command(flatten)]
    named: OptionalSelection,
}

/// One environment, values files, or neither.
#[derive(Args)]
pub(crate) struct OptionalSelection {
    /// Environment of environments.yaml
    #[arg(value_name = "ENVIRONMENT")]
    environment: Option<String>,
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    directory: Directory,
}

impl OptionalSelection {
    /// The values, read; none if nothing was named.
    pub(crate) fn input(&self) -> Result<Option<Input>, Problem> {
        match &self.environment {
            Some(name) => Ok(Some(self.files.of_release(self.directory.open()?.input(name)?))),
            None if self.files.files.is_empty() => Ok(None),
            None => self.files.input().map(Some),
        }
    }
}

/// An environment where it is listed.
pub(crate) struct Listed<'a> {
    pub(crate) workspace: Workspace,
    pub(crate) name: &'a str,
}

/// Values files and the release that they are for.
#[derive(Args)]
pub(crate) struct Files {
    /// Values file, the last one wins; `-` is standard input. Instead of an environment
    #[arg(short = 'f', long = "file", value_name = "FILE", conflicts_with = "environment")]
    pub(crate) files: Vec<PathBuf>,
    /// Name of the release, instead of the environment's or `apim`
    #[arg(long, value_name = "NAME")]
    release: Option<ReleaseName>,
    /// Namespace of the release, instead of the environment's or `default`
    #[arg(long, short = 'n', value_name = "NAME")]
    namespace: Option<Namespace>,
}

/// Where the environments are.
#[derive(Args)]
pub(crate) struct Directory {
    /// Directory with environments.yaml
    #[arg(long = "values-dir", value_name = "DIRECTORY", default_value = "values")]
    path: PathBuf,
}

impl Selection {
    /// The values, read.
    pub(crate) fn input(&self) -> Result<Input, Problem> {
        match self.named.input()? {
            Some(input) => Ok(input),
            // The command line lets nobody name neither.
            None => self.named.files.input(),
        }
    }

    /// The values, read, and the environment that they are of; none for files of the command line.
    pub(crate) fn input_of(&self) -> Result<(Input, Option<Listed<'_>>), Problem> {
        let Some(name) = &self.named.environment else { return Ok((self.input()?, None)) };
        let mut workspace = self.named.directory.open()?;
        let input = self.named.files.of_release(workspace.input(name)?);
        Ok((input, Some(Listed { workspace, name })))
    }
}

impl Files {
    /// The files, read as one set of values.
    pub(crate) fn input(&self) -> Result<Input, Problem> {
        let usual = Release::new(RELEASE, NAMESPACE).map_err(|error| Problem::system(error.to_string()))?;
        let release = self.release_or(usual.name, usual.namespace);
        Ok(Input::from_paths(&self.files, release)?)
    }

    /// Whether a release or a namespace is named.
    pub(crate) fn names_release(&self) -> bool {
        self.release.is_some() || self.namespace.is_some()
    }

    /// An environment's values, for the release that is named here, if one is.
    fn of_release(&self, input: Input) -> Input {
        let Release { name, namespace } = input.release().clone();
        let release = self.release_or(name, namespace);
        input.with_release(release)
    }

    fn release_or(&self, name: ReleaseName, namespace: Namespace) -> Release {
        Release { name: self.release.clone().unwrap_or(name), namespace: self.namespace.clone().unwrap_or(namespace) }
    }
}

impl Directory {
    /// The directory, as named.
    #[cfg(feature = "oci")]
    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// The environments.
    pub(crate) fn open(&self) -> Result<Workspace, Problem> {
        Workspace::open(&self.path).map_err(|error| {
            let missing = matches!(error, LoadError::File { .. });
            let problem = Problem::from(error);
            if !missing {
                return problem;
            }
            problem.help(format!(
                "name the directory that holds {ENVIRONMENTS} with --values-dir, or give values files with --file"
            ))
        })
    }
}
