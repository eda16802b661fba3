//! Real Helm as the judge: what does it make of a chart and values?
//!
//! - [`Helm::template`]: one chart, one set of values, as a user calls it;
//! - [`Helm::template_many`]: thousands of sets of values at a fraction of the price (see `batch.rs`);
//! - [`Helm::read_yaml`]: YAML text read by Helm itself, so that no judgement hangs on a Rust parser (see `reader.rs`);
//! - [`Helm::notes`], [`Helm::lint`], [`Helm::package`].
//!
//! Helm runs with an empty environment and a home of its own, so that neither plugins, repositories, clusters nor
//! `HELM_…` variables of the person at the keyboard change an outcome.
//!
//! Limits: integers beyond 2⁵³ lose digits when Helm reads YAML; nothing here talks to a cluster or a registry.

mod batch;
mod output;
mod reader;
mod values;

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

pub use batch::Case;

use crate::scratch;
use crate::tools::{HELM_3, HELM_4, Tools};

/// Both Helms, 3 first. Empty or shorter where a Helm is missing and this run does not require it.
///
/// # Panics
///
/// If a Helm is missing although `EMT_TOOLS` is set; see [`Tools::need`].
pub fn helms() -> Vec<Helm> {
    static HELMS: OnceLock<Vec<Helm>> = OnceLock::new();
    HELMS
        .get_or_init(|| {
            let tools = Tools::locate();
            let found = [HELM_3, HELM_4].into_iter().filter_map(|tool| tools.need(&tool));
            found.map(|found| Helm { binary: found.program, version: found.version }).collect()
        })
        .clone()
}

/// A Helm program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helm {
    /// The program.
    pub binary: PathBuf,
    /// Its version, such as `4.1.4`.
    pub version: String,
}

/// One object that Helm printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The template file that made it, relative to the chart: `templates/deployment.yaml`.
    pub source: String,
    /// The object, as Helm reads its own output.
    pub value: Value,
}

/// One document that Helm printed, not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The template file that made it, relative to the chart: `templates/deployment.yaml`.
    pub source: String,
    /// The document, without separator and source line.
    pub text: String,
}

/// What `helm template` printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The objects in Helm's order; hooks and tests come last. Documents without content are left out.
    pub objects: Vec<Object>,
    /// The printed text, byte for byte.
    pub text: String,
}

impl Rendered {
    /// The objects without the names of their templates.
    pub fn values(&self) -> Vec<Value> {
        self.objects.iter().map(|object| object.value.clone()).collect()
    }
}

/// Why there is no answer from Helm, or a negative one.
#[derive(Debug, thiserror::Error)]
pub enum HelmError {
    /// Helm refused: the schema, a `fail`, a broken template, a lint finding. Holds Helm's words.
    #[error("{0}")]
    Refused(String),
    /// Helm could not be started.
    #[error("cannot start {}: {source}. Run `cargo xtask doctor` to see which Helm is there", program.display())]
    Start {
        /// The program tried.
        program: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The throw-away directory of a run could not be written.
    #[error("cannot prepare the input of a Helm run: {0}")]
    Scratch(#[from] io::Error),
    /// The chart is not a directory with a `Chart.yaml` that names it.
    #[error("{} is not a chart directory: {reason}", chart.display())]
    Chart {
        /// The directory tried.
        chart: PathBuf,
        /// What is missing.
        reason: String,
    },
    /// Helm's answer could not be understood: a fault of this library or a change in Helm.
    #[error("cannot read what Helm printed: {0}")]
    Answer(String),
}

impl Helm {
    /// `helm template RELEASE CHART --namespace NAMESPACE -f VALUES…`, with further arguments.
    ///
    /// # Errors
    ///
    /// [`HelmError::Refused`] if Helm does not render the chart with these values; other kinds if Helm cannot be asked.
    pub fn template(
        &self,
        chart: &Path,
        release: &str,
        namespace: &str,
        values: &[&Path],
        extra: &[&str],
    ) -> Result<Rendered, HelmError> {
        let home = scratch::directory()?;
        let mut arguments = template_arguments(release, chart, namespace, values);
        arguments.extend(extra.iter().map(OsString::from));
        let text = self.run(home.path(), &arguments)?;
        let documents = output::documents(&text)?;
        let read = self.read_yaml(&documents.iter().map(|document| document.text).collect::<Vec<_>>())?;
        let mut objects = Vec::with_capacity(documents.len());
        for (document, value) in documents.iter().zip(read) {
            let source = output::below_chart(document.source);
            let value = value.map_err(|reason| HelmError::Refused(format!("{source}: not an object: {reason}")))?;
            if !output::is_empty(&value) {
                objects.push(Object { source: source.to_owned(), value });
            }
        }
        Ok(Rendered { objects, text })
    }

    /// As [`Helm::template`], without reading what is printed: half the price, for a chart that is tried in many variants.
    ///
    /// # Errors
    ///
    /// As [`Helm::template`].
    pub fn print(
        &self,
        chart: &Path,
        release: &str,
        namespace: &str,
        values: &[&Path],
    ) -> Result<Vec<Printed>, HelmError> {
        let home = scratch::directory()?;
        let text = self.run(home.path(), &template_arguments(release, chart, namespace, values))?;
        let printed = |document: &output::Document<'_>| Printed {
            source: output::below_chart(document.source).to_owned(),
            text: document.text.to_owned(),
        };
        Ok(output::documents(&text)?.iter().map(printed).collect())
    }

    /// The chart's `NOTES.txt`, rendered, untrimmed.
    ///
    /// `helm template` does not print it, so a copy of the chart with one more template is rendered, which includes it.
    ///
    /// # Errors
    ///
    /// As [`Helm::template`].
    pub fn notes(&self, chart: &Path, release: &str, namespace: &str, values: &[&Path]) -> Result<String, HelmError> {
        const TEMPLATE: &str = "templates/emt-tests-notes.yaml";
        let home = scratch::directory()?;
        let copy = home.path().join("chart");
        scratch::copy(chart, &copy)?;
        let include = "# {{ include (print .Template.BasePath \"/NOTES.txt\") . | b64enc }}\n";
        scratch::write(&copy.join(TEMPLATE), include)?;
        let mut arguments = template_arguments(release, &copy, namespace, values);
        arguments.extend(["--show-only", TEMPLATE].map(OsString::from));
        let text = self.run(home.path(), &arguments)?;
        let encoded = text.lines().find_map(|line| line.strip_prefix("# ").filter(|rest| !rest.starts_with("Source:")));
        reader::decode(encoded.unwrap_or_default())
    }

    /// `helm lint`, with `--strict` where asked. Gives Helm's report.
    ///
    /// # Errors
    ///
    /// [`HelmError::Refused`] with the report if the chart fails.
    pub fn lint(&self, chart: &Path, values: &[&Path], strict: bool) -> Result<String, HelmError> {
        let home = scratch::directory()?;
        let mut arguments = vec![OsString::from("lint"), chart.into()];
        if strict {
            arguments.push("--strict".into());
        }
        add_values(&mut arguments, values);
        let output = self.output(home.path(), &arguments)?;
        let report = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if output.status.success() { Ok(report) } else { Err(HelmError::Refused(report)) }
    }

    /// `helm package`: packs a chart into a directory. Gives the path of the archive.
    ///
    /// # Errors
    ///
    /// [`HelmError::Refused`] if Helm does not pack it.
    pub fn package(&self, chart: &Path, destination: &Path) -> Result<PathBuf, HelmError> {
        let home = scratch::directory()?;
        let arguments = ["package".as_ref(), chart.as_os_str(), "--destination".as_ref(), destination.as_os_str()];
        let text = self.run(home.path(), &arguments.map(OsStr::to_owned))?;
        let path = text.trim().rsplit_once("saved it to: ").map(|(_, path)| PathBuf::from(path));
        path.filter(|path| path.is_file()).ok_or(HelmError::Answer(text))
    }

    /// The name that the chart's `Chart.yaml` gives it. Reads a plain `name:` line, which is what charts have.
    fn chart_name(&self, chart: &Path) -> Result<String, HelmError> {
        let wrong = |reason: String| HelmError::Chart { chart: chart.to_owned(), reason };
        let text =
            fs::read_to_string(chart.join("Chart.yaml")).map_err(|error| wrong(format!("Chart.yaml: {error}")))?;
        let name = text.lines().find_map(|line| line.strip_prefix("name:"));
        let name = name.map(|name| name.trim().trim_matches(['"', '\'']).to_owned());
        name.filter(|name| !name.is_empty()).ok_or_else(|| wrong("Chart.yaml has no line `name: …`".to_owned()))
    }

    /// Runs Helm and gives what it printed.
    fn run(&self, home: &Path, arguments: &[OsString]) -> Result<String, HelmError> {
        let output = self.output(home, arguments)?;
        if !output.status.success() {
            return Err(HelmError::Refused(output::refusal(&String::from_utf8_lossy(&output.stderr))));
        }
        String::from_utf8(output.stdout).map_err(|error| HelmError::Answer(error.to_string()))
    }

    /// Runs Helm with an empty environment; `home` receives whatever it wants to store.
    fn output(&self, home: &Path, arguments: &[OsString]) -> Result<Output, HelmError> {
        Command::new(&self.binary)
            .args(arguments)
            .env_clear()
            .env("HOME", home)
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .stdin(Stdio::null())
            .output()
            .map_err(|source| HelmError::Start { program: self.binary.clone(), source })
    }
}

/// The arguments of `helm template`.
fn template_arguments(release: &str, chart: &Path, namespace: &str, values: &[&Path]) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["template".into(), release.into(), chart.into()];
    arguments.extend(["--namespace".into(), namespace.into()]);
    add_values(&mut arguments, values);
    arguments
}

fn add_values(arguments: &mut Vec<OsString>, values: &[&Path]) {
    for file in values {
        arguments.extend(["--values".into(), file.as_os_str().to_owned()]);
    }
}
