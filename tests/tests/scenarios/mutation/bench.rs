//! Hundreds of variants of a template, rendered by one Helm process.
//!
//! Starting Helm costs more than rendering a template twenty times. So each variant becomes a named template of a
//! throw-away chart, and one more template prints, for each variant and set of values, what the variant gives, in base64
//! behind `#`, because what a variant prints need not be YAML. The values are merged beforehand; `.Values`, `.Release`
//! and `.Chart` are those of the set.
//!
//! Helm stops at the first template that fails and names it: that variant is told apart and the others run again.
//!
//! Limit: `.Capabilities`, `.Files` and `.Template` are not there; our charts do not use them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use emt_tests::{Helm, HelmError};
use serde_json::json;

use super::sets::Set;

/// What the chart's own helpers are called.
const PREFIX: &str = "\"apim-emt.";

/// Stands behind what is printed where a template changes its values.
const CHANGED: &str = "\n---\nvalues: changed\n";

/// A text to render.
#[derive(Clone, Debug)]
pub(super) struct Trial<'t> {
    /// The template.
    pub(super) template: Cow<'t, str>,
    /// Its helpers, where they are not the chart's own.
    pub(super) helpers: Option<Cow<'t, str>>,
    /// Number of the set of values.
    pub(super) set: usize,
    /// Whether it may change the values that it is given, which other templates would see.
    pub(super) changes_values: bool,
}

/// What a text gave, or Helm's words.
pub(super) type Printed = Result<String, String>;

/// Renders trials.
pub(super) struct Bench<'s> {
    helm: Helm,
    helpers: String,
    sets: &'s [Set],
    /// The merged values of each set, as a line of YAML below the key of its number.
    values: Vec<String>,
}

impl<'s> Bench<'s> {
    /// A bench with these helpers and sets of values.
    pub(super) fn new(helm: Helm, helpers: &str, sets: &'s [Set]) -> Self {
        let merged = |(number, set): (usize, &Set)| json!({ (format!("c{number}")): set.merged });
        let values = sets.iter().enumerate().map(|set| helmwright_yaml::write(&merged(set))).collect();
        Self { helm, helpers: helpers.to_owned(), sets, values }
    }

    /// Renders all trials, in as many processes as their failures ask for. The outcomes stand in their order.
    pub(super) fn render(&self, trials: &[Trial<'_>]) -> Vec<Printed> {
        let mut outcomes: BTreeMap<usize, Printed> = BTreeMap::new();
        let mut waiting: Vec<Vec<usize>> = vec![(0..trials.len()).collect()];
        while let Some(batch) = waiting.pop() {
            if batch.is_empty() {
                continue;
            }
            match self.run(trials, &batch) {
                Ok(texts) => outcomes.extend(batch.into_iter().zip(texts.into_iter().map(Ok))),
                Err(message) => match named(&message).filter(|index| batch.contains(index)) {
                    Some(failed) => {
                        outcomes.insert(failed, Err(message));
                        waiting.push(batch.into_iter().filter(|index| *index != failed).collect());
                    }
                    None if batch.len() == 1 => drop(outcomes.insert(batch[0], Err(message))),
                    None => {
                        let (left, right) = batch.split_at(batch.len() / 2);
                        waiting.extend([left.to_vec(), right.to_vec()]);
                    }
                },
            }
        }
        outcomes.into_values().collect()
    }

    /// One Helm process.
    fn run(&self, trials: &[Trial<'_>], batch: &[usize]) -> Result<Vec<String>, String> {
        let scratch = tempfile::tempdir().unwrap();
        let directory = scratch.path().join("bench");
        fs::create_dir_all(directory.join("templates")).unwrap();
        let facts = format!(
            "apiVersion: v2\nname: bench\nversion: {}\nappVersion: \"{}\"\n",
            emt::CHART_VERSION,
            emt::APP_VERSION
        );
        fs::write(directory.join("Chart.yaml"), facts).unwrap();
        let used: BTreeSet<usize> = batch.iter().map(|index| trials[*index].set).collect();
        let values: String = used.into_iter().map(|set| self.values[set].as_str()).collect();
        fs::write(directory.join("values.yaml"), values).unwrap();
        fs::write(directory.join("templates/_helpers.tpl"), &self.helpers).unwrap();
        let mut output = String::new();
        for index in batch {
            let (trial, name) = (&trials[*index], variant(*index));
            let own = trial.helpers.as_ref().map(|helpers| helpers.replace(PREFIX, &format!("\"{name}.")));
            let template = match own {
                Some(_) => trial.template.replace(PREFIX, &format!("\"{name}.")),
                None => trial.template.clone().into_owned(),
            };
            let text = format!("{}{{{{ define \"{name}\" }}}}{template}{{{{ end }}}}", own.unwrap_or_default());
            fs::write(directory.join(format!("templates/_{name}.tpl")), text).unwrap();
            let set = &self.sets[trial.set];
            let release =
                format!("(dict \"Name\" {:?} \"Namespace\" {:?} \"Service\" \"Helm\")", set.release, set.namespace);
            let given = format!(".Values.c{}", trial.set);
            let root = |values: &str| format!("(dict \"Values\" {values} \"Release\" {release} \"Chart\" $chart)");
            if trial.changes_values {
                let (root, changed) = (root("$values"), format!("(eq (toJson $values) (toJson {given}))"));
                writeln!(
                    output,
                    "{{{{- $values := deepCopy {given} }}}}\n{{{{- $text := include \"{name}\" {root} }}}}"
                )
                .unwrap();
                writeln!(output, "# {{{{ print $text (ternary \"\" {CHANGED:?} {changed}) | b64enc }}}}").unwrap();
            } else {
                writeln!(output, "# {{{{ include \"{name}\" {} | b64enc }}}}", root(&given)).unwrap();
            }
        }
        let chart =
            format!("{{{{- $chart := dict \"Version\" .Chart.Version \"AppVersion\" .Chart.AppVersion }}}}\n{output}");
        fs::write(directory.join("templates/output.yaml"), chart).unwrap();
        match self.helm.print(&directory, "bench", "bench", &[]) {
            Ok(printed) => {
                let lines = printed.iter().flat_map(|document| document.text.lines());
                let texts = lines.filter_map(|line| line.strip_prefix("# ").or_else(|| (line == "#").then_some("")));
                let texts: Vec<String> =
                    texts.map(|line| String::from_utf8(STANDARD.decode(line).unwrap()).unwrap()).collect();
                assert_eq!(texts.len(), batch.len(), "each trial gives one line");
                Ok(texts)
            }
            Err(HelmError::Refused(message)) => Err(message),
            Err(error) => panic!("{error}"),
        }
    }
}

/// The name of a trial's template.
fn variant(index: usize) -> String {
    format!("variant{index:06}")
}

/// The trial that Helm's words name.
fn named(message: &str) -> Option<usize> {
    let at = message.find("variant")? + "variant".len();
    message.get(at..at + 6)?.parse().ok()
}
