//! A tree as a chart directory, and its two readings side by side: what Helm makes of it, and what the evaluator does.

use std::fs;
use std::path::{Path, PathBuf};

use emt_tests::{Case, Helm, HelmError, differences};
use helmwright::coverage::Coverage;
use helmwright::describe;
use helmwright::evaluate::{self, Release, Rendered};
use helmwright::print::print;
use helmwright::tree::Tree;
use helmwright::values::merge::coalesce;
use schemars::JsonSchema;
use serde_json::Value;
use tempfile::TempDir;

const VERSION: &str = "1.2.3";
const APP_VERSION: &str = "7.7";

/// A chart on disk together with its definition.
pub(super) struct Printed {
    tree: Tree,
    defaults: Value,
    scratch: TempDir,
    name: &'static str,
}

impl Printed {
    /// Prints a tree; its values are checked against the schema of `V`.
    pub(super) fn with_schema<V: JsonSchema>(name: &'static str, tree: Tree, defaults: Value) -> Self {
        let printed = Self::new(name, tree, defaults);
        let schema = describe::schema::<V>("Values", None);
        fs::write(printed.path().join("values.schema.json"), describe::schema_text(&schema)).unwrap();
        printed
    }

    /// Prints a tree whose values no schema checks.
    pub(super) fn new(name: &'static str, tree: Tree, defaults: Value) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let directory = scratch.path().join(name);
        fs::create_dir_all(directory.join("templates")).unwrap();
        let facts = format!("apiVersion: v2\nname: {name}\nversion: {VERSION}\nappVersion: \"{APP_VERSION}\"\n");
        fs::write(directory.join("Chart.yaml"), facts).unwrap();
        fs::write(directory.join("values.yaml"), helmwright_yaml::write(&defaults)).unwrap();
        for template in print(&tree).unwrap() {
            fs::write(directory.join(&template.path), &template.text).unwrap();
        }
        Self { tree, defaults, scratch, name }
    }

    /// The chart's directory.
    pub(super) fn path(&self) -> PathBuf {
        self.scratch.path().join(self.name)
    }

    /// The one definition.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The text of a template.
    pub(super) fn template(&self, name: &str) -> String {
        fs::read_to_string(self.path().join("templates").join(name)).unwrap()
    }

    /// What the evaluator makes of a case.
    pub(super) fn evaluate(&self, case: &Case, coverage: &mut Coverage) -> Result<Vec<Rendered>, Vec<String>> {
        let merged = coalesce(&self.defaults, &case.values);
        evaluate::evaluate(&self.tree, &merged, &release(case), coverage)
    }

    /// What the evaluator makes of NOTES.txt.
    pub(super) fn notes(&self, case: &Case, coverage: &mut Coverage) -> String {
        evaluate::notes(&self.tree, &coalesce(&self.defaults, &case.values), &release(case), coverage)
    }

    /// What Helm makes of NOTES.txt.
    pub(super) fn helm_notes(&self, helm: &Helm, case: &Case) -> Result<String, HelmError> {
        let scratch = tempfile::tempdir().unwrap();
        let file = write_values(scratch.path(), &case.values);
        helm.notes(&self.path(), &case.release, &case.namespace, &[&file])
    }

    /// Every difference between Helm and the evaluator over some cases, and the number of objects that were compared.
    pub(super) fn compare(&self, helm: &Helm, cases: &[Case]) -> (Vec<String>, usize) {
        let (mut found, mut objects) = (Vec::new(), 0);
        let outcomes = helm.template_many(&self.path(), cases).unwrap();
        for (number, (case, outcome)) in cases.iter().zip(outcomes).enumerate() {
            let mut report = |line: String| found.push(format!("Helm {}, case {number}: {line}", helm.version));
            match (outcome, self.evaluate(case, &mut Coverage::default())) {
                (Ok(helms), Ok(ours)) => {
                    objects += ours.len();
                    let key = |file: &str, object: &Value| (file.to_owned(), object.clone());
                    let helms: Vec<_> = helms
                        .iter()
                        .map(|object| key(object.source.trim_start_matches("templates/"), &object.value))
                        .collect();
                    let ours: Vec<_> = ours.iter().map(|rendered| key(rendered.file, &rendered.object)).collect();
                    for file in files(&helms, &ours) {
                        let of = |side: &[(String, Value)]| -> Vec<Value> {
                            side.iter()
                                .filter(|(source, _)| *source == file)
                                .map(|(_, object)| object.clone())
                                .collect()
                        };
                        for line in differences(&of(&helms), &of(&ours)) {
                            report(format!("{file}: {line}"));
                        }
                    }
                }
                (Err(message), Err(refusals)) => {
                    if !refusals.iter().any(|refusal| message.ends_with(refusal.as_str())) {
                        report(format!("refused with {message:?}, by the evaluator with {refusals:?}"));
                    }
                }
                (Err(message), Ok(_)) => report(format!("refused by Helm alone: {message}")),
                (Ok(_), Err(refusals)) => report(format!("refused by the evaluator alone: {refusals:?}")),
            }
        }
        (found, objects)
    }
}

/// The files of both sides, each once.
fn files(left: &[(String, Value)], right: &[(String, Value)]) -> Vec<String> {
    let mut files: Vec<String> = left.iter().chain(right).map(|(file, _)| file.clone()).collect();
    files.sort();
    files.dedup();
    files
}

fn release(case: &Case) -> Release<'_> {
    Release { name: &case.release, namespace: &case.namespace, chart_version: VERSION, app_version: APP_VERSION }
}

/// Writes values to a file that Helm reads.
pub(super) fn write_values(directory: &Path, values: &Value) -> PathBuf {
    let file = directory.join("values.yaml");
    fs::write(&file, helmwright_yaml::write(values)).unwrap();
    file
}
