//! Which mutants live: each is tried with one set of values after the other, until what it prints means something else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use emt_tests::{Helm, differences};
use helmwright::print::Template;
use serde_json::Value;

use super::bench::{Bench, Printed, Trial};
use super::operators::Mutant;
use super::plans::{Plan, REFUSING, plans};
use super::sets::Set;
use crate::chart::objects;

/// Trials of one Helm process.
const BATCH: usize = 120;

/// So many of the templates that call a helper are tried with every set.
const SMALLEST: usize = 3;

/// The same for mutants that often fail, each of which costs one more process.
const SMALL_BATCH: usize = 10;

const OFTEN_FAIL: &[&str] = &["wrong dot", "wrong variable", "other function", "drop stage", "bare integer"];

/// A mutant of a template.
pub(super) struct Place {
    /// The template's file name.
    pub(super) file: String,
    /// What was changed.
    pub(super) mutant: Mutant,
}

impl Place {
    /// Whether Helm is likely to fail on it.
    fn often_fails(&self) -> bool {
        let Mutant { operator, before, .. } = &self.mutant;
        let in_arguments = before.starts_with('(') || before.contains("(dict ");
        OFTEN_FAIL.contains(operator) || in_arguments && ["change text", "drop line"].contains(operator)
    }
}

/// What a template gives unchanged with a set.
struct Unchanged {
    text: String,
    /// Its documents as Helm reads them; none of templates that print a text.
    documents: Vec<Value>,
}

/// What the templates are, and what they give unchanged.
pub(super) struct Trials<'s> {
    templates: BTreeMap<String, String>,
    helpers: String,
    sets: &'s [Set],
    /// The sets that each template is tried with, in order.
    plans: BTreeMap<String, Plan>,
    bench: Bench<'s>,
    helm: Helm,
    unchanged: BTreeMap<(String, usize), Unchanged>,
}

/// The name of the template that prints what Helm prints after an installation.
const NOTES: &str = "NOTES.txt";

/// The file that holds the helpers.
pub(super) const HELPERS: &str = "_helpers.tpl";

/// Whether a template prints a text and no objects.
fn prints_text(file: &str) -> bool {
    file == NOTES || file.starts_with(REFUSING)
}

impl<'s> Trials<'s> {
    /// Renders the templates of these places unchanged, and compares that with the evaluator.
    pub(super) fn new(helm: Helm, templates: &[Template], sets: &'s [Set], places: &[Place]) -> Self {
        let named =
            |template: &Template| (template.path.trim_start_matches("templates/").to_owned(), template.text.clone());
        let mut templates: BTreeMap<String, String> = templates.iter().map(named).collect();
        let helpers = templates.remove(HELPERS).unwrap_or_default();
        let users = |file: &String| {
            let mut lines = places.iter().filter(|place| place.file == HELPERS).map(|place| place.mutant.line);
            lines.any(|line| calls(&templates[file], &helpers, line))
        };
        let wanted: BTreeSet<String> = templates
            .keys()
            .filter(|file| places.iter().any(|place| place.file == **file) || users(file))
            .cloned()
            .collect();
        templates.retain(|file, _| wanted.contains(file));
        let bench = Bench::new(helm.clone(), &helpers, sets);
        let plans = plans(sets, templates.keys());
        let mut trials = Self { templates, helpers, sets, plans, bench, helm, unchanged: BTreeMap::new() };
        trials.unchanged = trials.render_unchanged();
        trials
    }

    fn render_unchanged(&self) -> BTreeMap<(String, usize), Unchanged> {
        let keys = |file| self.plans[file].sets.iter().map(move |set| (file, *set));
        let keys: Vec<(&String, usize)> = self.templates.keys().flat_map(keys).collect();
        let trial = |(file, set): &(&String, usize)| Trial {
            template: tamed(&self.templates[*file]),
            helpers: None,
            set: *set,
            changes_values: false,
        };
        let printed = self.in_parallel(&keys.iter().map(trial).collect::<Vec<_>>(), BATCH);
        let texts = keys
            .iter()
            .zip(printed)
            .map(|((file, _), printed)| printed.unwrap_or_else(|message| panic!("{file} fails unchanged: {message}")));
        let texts: Vec<String> = texts.collect();
        let read = self.read(&texts);
        let mut unchanged = BTreeMap::new();
        for (((file, set), text), values) in keys.into_iter().zip(texts).zip(read) {
            let documents = if prints_text(file) { Vec::new() } else { values.unwrap() };
            let given = Unchanged { text, documents };
            self.compare_unchanged(file, set, &given);
            unchanged.insert((file.clone(), set), given);
        }
        unchanged
    }

    /// The bench gives what the evaluator gives, or no kill is worth anything.
    fn compare_unchanged(&self, file: &str, set: usize, given: &Unchanged) {
        let Set { name, outcome, notes, .. } = &self.sets[set];
        match outcome {
            _ if file == NOTES => assert_eq!(given.text.trim(), notes.trim(), "{name}: NOTES.txt"),
            Err(messages) => {
                let told = |line: &str| messages.iter().any(|message| plain(message) == plain(line));
                let lines = given.text.lines().filter(|line| !line.trim().is_empty());
                let other: Vec<&str> = lines.filter(|line| !told(line)).collect();
                assert_eq!(other, [""; 0], "{name}: {file}");
            }
            Ok(_) if prints_text(file) => assert_eq!(plain(&given.text), "", "{name}: {file}"),
            Ok(ours) => {
                let ours = objects(ours.iter().filter(|rendered| rendered.file == file).cloned().collect());
                assert_eq!(differences(&given.documents, &ours), [""; 0], "{name}: {file}");
            }
        }
    }

    /// The documents of texts as Helm reads them, all in one process; `Err` where it cannot. Empty ones are left out.
    fn read(&self, texts: &[String]) -> Vec<Result<Vec<Value>, String>> {
        let documents: Vec<Vec<String>> = texts.iter().map(|text| documents(text)).collect();
        let all: Vec<&str> = documents.iter().flatten().map(String::as_str).collect();
        let mut read = self.helm.read_yaml(&all).unwrap().into_iter();
        let values = |documents: &Vec<String>| {
            // All of a text's documents are taken, or those behind a broken one would be the next text's.
            let own: Vec<Result<Value, String>> = read.by_ref().take(documents.len()).collect();
            let values: Result<Vec<Value>, String> = own.into_iter().collect();
            values.map(|values| values.into_iter().filter(|value| !is_nothing(value)).collect())
        };
        documents.iter().map(values).collect()
    }

    /// The indices of the mutants that no set of values kills, and how many Helm trials that took.
    pub(super) fn survivors(&self, places: &[Place]) -> (Vec<usize>, usize) {
        let plans: Vec<Vec<(String, usize)>> = places.iter().map(|place| self.plan(place)).collect();
        let mut living: Vec<usize> = (0..places.len()).collect();
        let mut tried = 0;
        for round in 0.. {
            let trying: Vec<usize> = living.iter().copied().filter(|index| round < plans[*index].len()).collect();
            if trying.is_empty() {
                return (living, tried);
            }
            tried += trying.len();
            let killed = self.round(places, &plans, &trying, round);
            living.retain(|index| !killed.contains(index));
        }
        (living, tried)
    }

    /// The templates and sets with which a mutant is tried, in order.
    fn plan(&self, place: &Place) -> Vec<(String, usize)> {
        if place.file != HELPERS {
            return self.plans[&place.file].sets.iter().map(|set| (place.file.clone(), *set)).collect();
        }
        let mut users: Vec<&String> = self
            .templates
            .keys()
            .filter(|file| calls(&self.templates[*file], &self.helpers, place.mutant.line))
            .collect();
        users.sort_by_key(|file| self.templates[*file].len());
        let longest = users.iter().map(|file| self.plans[*file].sets.len()).max().unwrap_or(0);
        let at = |index: usize| {
            // What is tried last is tried with the smallest templates alone: there may be a hundred of them.
            users.iter().enumerate().filter_map(move |(number, file)| {
                let plan = &self.plans[*file];
                let set = plan.sets.get(index).filter(|_| index < plan.first || number < SMALLEST)?;
                Some(((*file).clone(), *set))
            })
        };
        (0..longest).flat_map(at).collect()
    }

    /// One trial of each of these mutants; which of them are killed.
    fn round(
        &self,
        places: &[Place],
        plans: &[Vec<(String, usize)>],
        trying: &[usize],
        round: usize,
    ) -> BTreeSet<usize> {
        let mut trying = trying.to_vec();
        // Few sets in a process: their values have to be read.
        trying.sort_by_key(|index| (plans[*index][round].1, *index));
        let (often, seldom): (Vec<usize>, Vec<usize>) = trying.iter().partition(|index| places[**index].often_fails());
        let mut killed = BTreeSet::new();
        for (indices, batch) in [(often, SMALL_BATCH), (seldom, BATCH)] {
            let trial = |index: &usize| {
                let (place, (file, set)) = (&places[*index], &plans[*index][round]);
                let (template, helpers) = if place.file == HELPERS {
                    (tamed(&self.templates[file]), Some(Cow::Owned(place.mutant.apply(&self.helpers))))
                } else {
                    (Cow::Owned(tamed(&place.mutant.apply(&self.templates[file])).into_owned()), None)
                };
                Trial { template, helpers, set: *set, changes_values: place.mutant.operator == "drop deepCopy" }
            };
            // Not all at once: the texts of all mutants together are large.
            for part in indices.chunks(2000) {
                let printed = self.in_parallel(&part.iter().map(trial).collect::<Vec<_>>(), batch);
                killed.extend(self.judge(part, plans, round, printed));
            }
        }
        killed
    }

    /// Which mutants print something else than the unchanged template.
    fn judge(
        &self,
        indices: &[usize],
        plans: &[Vec<(String, usize)>],
        round: usize,
        printed: Vec<Printed>,
    ) -> BTreeSet<usize> {
        let mut killed = BTreeSet::new();
        let mut unclear: Vec<(usize, String)> = Vec::new();
        for (index, printed) in indices.iter().zip(printed) {
            let unchanged = &self.unchanged[&plans[*index][round]].text;
            match printed {
                Err(_) => drop(killed.insert(*index)),
                Ok(text) if text == *unchanged => {}
                Ok(text) if prints_text(&plans[*index][round].0) => {
                    let is_notes = plans[*index][round].0 == NOTES;
                    let same =
                        if is_notes { text.trim() == unchanged.trim() } else { plain(&text) == plain(unchanged) };
                    if !same {
                        killed.insert(*index);
                    }
                }
                Ok(text) => unclear.push((*index, text)),
            }
        }
        // What only looks different is told by reading it.
        let (unclear, texts): (Vec<usize>, Vec<String>) = unclear.into_iter().unzip();
        for (index, values) in unclear.into_iter().zip(self.read(&texts)) {
            if values.as_ref() != Ok(&self.unchanged[&plans[index][round]].documents) {
                killed.insert(index);
            }
        }
        killed
    }

    /// Renders trials on all cores, in batches.
    fn in_parallel(&self, trials: &[Trial<'_>], batch: usize) -> Vec<Printed> {
        let batches: Vec<&[Trial<'_>]> = trials.chunks(batch).collect();
        let results: Vec<Mutex<Vec<Printed>>> = batches.iter().map(|_| Mutex::new(Vec::new())).collect();
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    while let Some(batch) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let at = batches.iter().position(|other| std::ptr::eq(*other, *batch)).unwrap();
                        *results[at].lock().unwrap() = self.bench.render(batch);
                    }
                });
            }
        });
        results.into_iter().flat_map(|result| result.into_inner().unwrap()).collect()
    }
}

/// A refusal stops Helm; here it prints its message instead, so that all of them can be compared.
fn tamed(text: &str) -> Cow<'_, str> {
    if text.contains("{{- fail ") { text.replace("{{- fail ", "{{ print ").into() } else { text.into() }
}

/// A text's words.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The documents of a text, as Helm splits, trims and prints them.
fn documents(text: &str) -> Vec<String> {
    let documents = text.split("\n---\n").map(str::trim).filter(|document| !document.is_empty());
    documents.map(|document| format!("{document}\n")).collect()
}

fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// Whether a template calls, itself or through others, the helper that holds this line.
fn calls(template: &str, helpers: &str, line: usize) -> bool {
    let mut bodies: BTreeMap<&str, String> = BTreeMap::new();
    let (mut current, mut wanted) = ("", "");
    for (number, text) in helpers.lines().enumerate() {
        if let Some(name) = text.strip_prefix("{{- define \"").and_then(|rest| rest.split('"').next()) {
            current = name;
        }
        bodies.entry(current).or_default().push_str(text);
        if number + 1 == line {
            wanted = current;
        }
    }
    let mut seen = BTreeSet::new();
    let mut open = vec![template.to_owned()];
    while let Some(text) = open.pop() {
        for name in text.split("include \"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if name == wanted {
                return true;
            }
            if seen.insert(name.to_owned())
                && let Some(body) = bodies.get(name)
            {
                open.push(body.clone());
            }
        }
    }
    false
}
