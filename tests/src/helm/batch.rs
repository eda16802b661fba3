//! Many sets of values for the price of few Helm processes.
//!
//! A throw-away parent chart holds the chart once under `charts/` and lists it in `dependencies` once per case, each
//! time with another alias, so that one `helm template` renders a whole batch; the `# Source:` lines tell the cases
//! apart. One more process reads the printed YAML. Batches of one release and namespace run on all cores.
//!
//! When Helm refuses a batch, it names the aliases of the cases that the schema refuses (all of them), or of the first
//! case that a template refuses; these are taken out and the rest is rendered again, in halves. A refusal without a
//! name is searched for by halving.
//!
//! What differs for an aliased chart, by Helm's rules: `.Chart.Name` is the alias, `.Chart.IsRoot` is false, `global`
//! is always there, and `null` deletes other keys than at the root. Therefore cases with a `null` run alone, and the
//! chart must not print the two names.

use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::Value;

use super::{Helm, HelmError, Object, output, template_arguments, values};
use crate::scratch;

/// Cases per Helm process. More gain nothing: the start of Helm is already below a tenth of the run.
const BATCH: usize = 150;

/// The name of the throw-away parent chart.
const PARENT: &str = "batch";

/// What stands before a case's alias in the paths that Helm prints.
const BEFORE_ALIAS: &str = "batch/charts/";

/// One set of values to render.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The release's name.
    pub release: String,
    /// The release's namespace.
    pub namespace: String,
    /// What a user would give with `--values`.
    pub values: Value,
}

impl Case {
    /// A case of the release `apim` in the namespace `apim`.
    pub fn new(values: Value) -> Self {
        Self { release: "apim".to_owned(), namespace: "apim".to_owned(), values }
    }
}

/// The objects of a case, or Helm's words of refusal.
type Outcome = Result<Vec<Object>, String>;

impl Helm {
    /// Renders a chart with each case; the outcomes stand in the order of the cases.
    ///
    /// A refusal reads as if the chart had been rendered alone: aliases are replaced by the chart's name.
    ///
    /// # Errors
    ///
    /// If Helm cannot be asked, or the directory is no chart. A case that Helm refuses is an outcome, not an error.
    pub fn template_many(&self, chart: &Path, cases: &[Case]) -> Result<Vec<Outcome>, HelmError> {
        let name = self.chart_name(chart)?;
        let groups = groups(cases);
        let outcomes: Vec<Mutex<Option<Outcome>>> = cases.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        let work = || -> Result<(), HelmError> {
            let home = scratch::directory()?;
            let run = Run { helm: self, home: home.path(), name: &name, cases, outcomes: &outcomes };
            scratch::copy(chart, &home.path().join(PARENT).join("charts").join(&name))?;
            while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                match group {
                    Group::Together(indices) => run.together(indices)?,
                    Group::Alone(index) => run.alone(*index)?,
                }
            }
            Ok(())
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(groups.len());
        thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            running.into_iter().try_for_each(|thread| {
                thread.join().unwrap_or_else(|_| Err(HelmError::Answer("a rendering thread panicked".to_owned())))
            })
        })?;
        let outcome = |slot: Mutex<Option<Outcome>>| slot.into_inner().ok().flatten();
        let missing = || HelmError::Answer("a case got no outcome".to_owned());
        outcomes.into_iter().map(|slot| outcome(slot).ok_or_else(missing)).collect()
    }
}

/// Cases that one thread renders at a time, by index.
enum Group {
    Together(Vec<usize>),
    Alone(usize),
}

/// Sorts the cases into batches of one release and namespace, and lone ones.
fn groups(cases: &[Case]) -> Vec<Group> {
    let (alone, mut together): (Vec<usize>, Vec<usize>) =
        (0..cases.len()).partition(|&index| values::has_null(&cases[index].values));
    let key = |index: &usize| (cases[*index].release.as_str(), cases[*index].namespace.as_str());
    together.sort_by(|a, b| key(a).cmp(&key(b)));
    let batches = together.chunk_by(|a, b| key(a) == key(b)).flat_map(|same| same.chunks(BATCH));
    let batches = batches.map(|batch| Group::Together(batch.to_vec()));
    batches.chain(alone.into_iter().map(Group::Alone)).collect()
}

/// What the rendering of one group needs.
struct Run<'a> {
    helm: &'a Helm,
    home: &'a Path,
    name: &'a str,
    cases: &'a [Case],
    outcomes: &'a [Mutex<Option<Outcome>>],
}

impl Run<'_> {
    /// Renders cases of one release and namespace, with as many processes as their refusals ask for.
    fn together(&self, indices: &[usize]) -> Result<(), HelmError> {
        let Some(first) = indices.first() else { return Ok(()) };
        let parent = self.home.join(PARENT);
        scratch::write(&parent.join("Chart.yaml"), &parent_chart(self.name, indices.len()))?;
        let file = self.home.join("values.yaml");
        let values: Vec<String> = indices
            .iter()
            .enumerate()
            .map(|(number, &index)| format!("{}: {}\n", alias(number), values::to_yaml(&self.cases[index].values)))
            .collect();
        scratch::write(&file, &values.concat())?;
        let case = &self.cases[*first];
        let arguments = template_arguments(&case.release, &parent, &case.namespace, &[&file]);
        match self.helm.run(self.home, &arguments) {
            Ok(text) => self.accept(indices, &text),
            Err(HelmError::Refused(message)) => self.refuse(indices, &message),
            Err(error) => Err(error),
        }
    }

    /// Renders one case without alias.
    fn alone(&self, index: usize) -> Result<(), HelmError> {
        let case = &self.cases[index];
        let file = self.home.join("values.yaml");
        scratch::write(&file, &values::to_yaml(&case.values))?;
        let chart = self.home.join(PARENT).join("charts").join(self.name);
        let outcome = match self.helm.template(&chart, &case.release, &case.namespace, &[&file], &[]) {
            Ok(rendered) => Ok(rendered.objects),
            Err(HelmError::Refused(message)) => Err(without_heading(&message, self.name)),
            Err(error) => return Err(error),
        };
        self.set(index, outcome);
        Ok(())
    }

    /// Deals the printed documents out to the cases.
    fn accept(&self, indices: &[usize], text: &str) -> Result<(), HelmError> {
        let documents = output::documents(text)?;
        let read = self.helm.read_yaml(&documents.iter().map(|document| document.text).collect::<Vec<_>>())?;
        let mut outcomes: Vec<Outcome> = indices.iter().map(|_| Ok(Vec::new())).collect();
        for (document, value) in documents.iter().zip(read) {
            let place = alias_in(document.source).filter(|(number, _)| *number < indices.len());
            let Some((number, range)) = place else {
                return Err(HelmError::Answer(format!("a document of no case: {}", document.source)));
            };
            let source = document.source[range.end..].to_owned();
            match (&mut outcomes[number], value) {
                (Ok(_), Ok(value)) if output::is_empty(&value) => {}
                (Ok(objects), Ok(value)) => objects.push(Object { source, value }),
                (Ok(_), Err(reason)) => outcomes[number] = Err(format!("{source}: not an object: {reason}")),
                (Err(_), _) => {}
            }
        }
        for (&index, outcome) in indices.iter().zip(outcomes) {
            self.set(index, outcome);
        }
        Ok(())
    }

    /// Takes the refused cases out and renders the others again.
    fn refuse(&self, indices: &[usize], message: &str) -> Result<(), HelmError> {
        if let [index] = indices {
            let named = schema_refusals(message).into_iter().next();
            self.set(*index, Err(named.map_or_else(|| self.plain(message), |(_, text)| text)));
            return Ok(());
        }
        let by_schema = schema_refusals(message);
        if !by_schema.is_empty() {
            let refused = |number: usize| by_schema.iter().find(|(other, _)| *other == number);
            let mut rest = Vec::new();
            for (number, &index) in indices.iter().enumerate() {
                match refused(number) {
                    Some((_, text)) => self.set(index, Err(text.clone())),
                    None => rest.push(index),
                }
            }
            return self.together(&rest);
        }
        let mut rest = indices.to_vec();
        if let Some((number, _)) = alias_in(message).filter(|(number, _)| *number < indices.len()) {
            self.set(rest.remove(number), Err(self.plain(message)));
        }
        let (left, right) = rest.split_at(rest.len() / 2);
        self.together(left)?;
        self.together(right)
    }

    /// A message with the chart's name in the place of every `batch/charts/ALIAS/`.
    fn plain(&self, message: &str) -> String {
        let (mut text, mut rest) = (String::new(), message);
        while let Some((_, range)) = alias_in(rest) {
            text.push_str(&rest[..range.start]);
            text.push_str(self.name);
            text.push('/');
            rest = &rest[range.end..];
        }
        text + rest
    }

    fn set(&self, index: usize, outcome: Outcome) {
        if let Ok(mut slot) = self.outcomes[index].lock() {
            *slot = Some(outcome);
        }
    }
}

/// The alias of a batch's case.
fn alias(number: usize) -> String {
    format!("case{number:05}")
}

/// The number in a text that is an alias and nothing else.
fn alias_number(text: &str) -> Option<usize> {
    let digits = text.strip_prefix("case").filter(|digits| digits.len() == 5)?;
    digits.parse().ok()
}

/// The first `batch/charts/ALIAS/` in a text: the case's number and where it stands.
fn alias_in(text: &str) -> Option<(usize, Range<usize>)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find(BEFORE_ALIAS)?;
        from = start + BEFORE_ALIAS.len();
        if let Some((word, _)) = text[from..].split_once('/')
            && let Some(number) = alias_number(word)
        {
            return Some((number, start..from + word.len() + 1));
        }
    }
}

/// The cases that the schema refuses, with what it says of each. Helm heads each chart's findings with `ALIAS:`.
fn schema_refusals(message: &str) -> Vec<(usize, String)> {
    let mut refusals: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for line in message.lines() {
        let heading = line.strip_suffix(':').filter(|heading| !heading.starts_with('-') && !heading.contains(' '));
        match heading {
            Some(heading) => {
                let number = alias_number(heading);
                open = number.is_some();
                refusals.extend(number.map(|number| (number, String::new())));
            }
            None => {
                if let Some((_, text)) = refusals.last_mut().filter(|_| open && !line.is_empty()) {
                    text.push_str(if text.is_empty() { "" } else { "\n" });
                    text.push_str(line);
                }
            }
        }
    }
    refusals
}

/// A schema's refusal of the chart itself, without Helm's two lines of heading; other messages as they are.
fn without_heading(message: &str, name: &str) -> String {
    let heading = format!("\n{name}:\n");
    match message.split_once(&heading) {
        Some((first, text)) if first.contains("specifications of the schema") => text.to_owned(),
        _ => message.to_owned(),
    }
}

/// The parent's `Chart.yaml`.
fn parent_chart(name: &str, cases: usize) -> String {
    let mut text = format!("apiVersion: v2\nname: {PARENT}\nversion: 0.1.0\ndependencies:\n");
    for number in 0..cases {
        text.push_str(&format!("- {{name: \"{name}\", version: \">=0.0.0-0\", alias: {}}}\n", alias(number)));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn aliases_are_found_in_paths_only() {
        let text = "at (batch/charts/x/y batch/charts/case00012/templates/a.yaml:1)";
        let (number, range) = alias_in(text).unwrap();
        assert_eq!((number, &text[range]), (12, "batch/charts/case00012/"));
        assert_eq!(alias_in("case00012/templates"), None);
    }

    #[test]
    fn schema_refusals_are_told_apart() {
        let message =
            "values don't meet …:\ncase00002:\n- image: short\n- x: y\ncase00003:\n- z\n\nother:\n- not ours\n";
        let expected = [(2, "- image: short\n- x: y".to_owned()), (3, "- z".to_owned())];
        assert_eq!(schema_refusals(message), expected);
        assert_eq!(without_heading("… specifications of the schema(s) …:\nc:\n- z", "c"), "- z");
    }

    #[test]
    fn cases_are_grouped_by_release_and_null() {
        let mut cases: Vec<Case> = (0..2 * BATCH).map(|_| Case::new(json!({}))).collect();
        cases[5].release = "other".to_owned();
        cases[6].values = json!({"a": [null]});
        let sizes: Vec<usize> = groups(&cases)
            .iter()
            .map(|group| match group {
                Group::Together(indices) => indices.len(),
                Group::Alone(_) => 0,
            })
            .collect();
        assert_eq!(sizes, [BATCH, BATCH - 2, 1, 0]);
    }
}
