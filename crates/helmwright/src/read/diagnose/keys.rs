//! Faults of keys: unknown, missing, with a name that is not allowed.

use std::collections::HashMap;

use helmwright_diagnostics::{Finding, similar};
use helmwright_yaml::{PathSegment, display_path, keys, write};
use serde_json::{Map, Value};

use super::Case;
use super::{meant, places};
use crate::describe::view::View;
use crate::describe::{example, words};
use crate::read::faults::Fault;
use crate::read::rules;
use crate::values::Renamed;

/// Places that are named at most for a key that stands elsewhere.
const MAX_ELSEWHERE: usize = 3;

impl Case<'_> {
    /// A key that the struct at `parent` does not have.
    pub(super) fn unknown_key(self, parent: &[PathSegment], key: &str) -> Fault {
        let path = below(parent, key);
        if let Some(Renamed { to, since, .. }) = self.renames.find(parent, key) {
            let finding = rules::RENAMED.finding(format!("`{key}` is called `{to}` since {since}"));
            return Fault::new(&path, self.mark_key(&path, finding, "").help(self.renames.advice));
        }
        let known: Vec<&str> = match self.schema.find(parent) {
            Some(view) => view.properties().map(|(known, _)| known).filter(|known| *known != key).collect(),
            None => Vec::new(),
        };
        let finding = rules::UNKNOWN_KEY.finding(format!("unknown key `{key}`"));
        if let Some(meant) = similar(key, known.iter().copied()) {
            return Fault::new(&path, self.mark_key(&path, finding, format!("did you mean `{meant}`?")));
        }
        let mut finding = self.mark_key(&path, finding, "");
        if !known.is_empty() {
            finding = finding.note(keys_of(parent, &known));
        }
        if self.is_secret(&path, key) {
            let help = "the value of a secret belongs in a Secret, and here the name of that one";
            return Fault::new(&path, finding.help(help));
        }
        let elsewhere = self.elsewhere(parent, key);
        if !elsewhere.is_empty() {
            finding = finding.help(format!("`{key}` is a key of {}", words::alternatives(&elsewhere)));
        }
        Fault::new(&path, finding)
    }

    /// Whether what stands at a key that there is not may be a secret, by the key's own name.
    fn is_secret(self, path: &[PathSegment], key: &str) -> bool {
        (self.secrets.may_follow)(key) && (self.secrets.may_be)(self.merged, &keys(path))
    }

    /// The structs that have such a key, those near `parent` first.
    fn elsewhere(self, parent: &[PathSegment], key: &str) -> Vec<String> {
        let places = self.places.get_or_init(|| {
            let mut places = KeyPlaces::new();
            collect_keys(self.schema, &mut Vec::new(), &mut Vec::new(), &mut places);
            places
        });
        let found = places.get(key).into_iter().flatten();
        let mut found: Vec<(usize, String)> = found.map(|steps| shown_near(steps, parent)).collect();
        // Stable: of equally near ones the first of the schema comes first.
        found.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
        found.dedup();
        found.into_iter().take(MAX_ELSEWHERE).map(|(_, place)| place).collect()
    }

    /// A key that the struct at `parent` has to have.
    pub(super) fn missing_key(self, parent: &[PathSegment], key: &str) -> Fault {
        let path = below(parent, key);
        let property = self.schema.find(&path);
        let mut finding = rules::MISSING_KEY.finding(format!("missing key `{}`", display_path(&path)));
        if let Some(span) = places::around(self.layers, &path) {
            let label = match places::key(self.layers, parent) {
                Some(_) => format!("`{key}` is missing here"),
                None => format!("nothing sets `{}`", display_path(&path)),
            };
            finding = finding.at(span, label);
        }
        if let Some(description) = property.map(View::description).filter(|description| !description.is_empty()) {
            finding = finding.note(description.lines().collect::<Vec<_>>().join(" "));
        }
        let value = property.map_or(Value::String(String::new()), example::any);
        let lines = write(&nested(&path, value));
        let lines: String = lines.trim_end().lines().map(|line| format!("\n  {line}")).collect();
        Fault::new(&path, finding.help(format!("add{lines}")))
    }

    /// An entry of the map at `parent` whose name does not follow the rules for its keys.
    pub(super) fn entry_name(self, parent: &[PathSegment], name: &str, taken: bool) -> Fault {
        let path = below(parent, name);
        let names = self.schema.find(parent).and_then(View::keys);
        let label = names.map(expectation).unwrap_or_default();
        if taken {
            let finding = rules::TAKEN.finding(meant::taken(name));
            return Fault::new(&path, self.mark_key(&path, finding, label));
        }
        let message = format!("`{name}` is no name for an entry of `{}`", display_path(parent));
        let mut finding = self.mark_key(&path, rules::ENTRY_NAME.finding(message), label);
        if let Some(renamed) = names.and_then(|names| meant::renamed(names, name)) {
            finding = finding.help(format!("write `{renamed}`"));
        }
        Fault::new(&path, finding)
    }

    /// Points at the key at `path`.
    fn mark_key(self, path: &[PathSegment], finding: Finding, label: impl Into<String>) -> Finding {
        match places::key(self.layers, path) {
            Some(span) => finding.at(span, label),
            None => self.layers.mark(path, finding, label),
        }
    }
}

fn expectation(view: View<'_>) -> String {
    format!("expected {}", words::expected(view))
}

fn below(parent: &[PathSegment], key: &str) -> Vec<PathSegment> {
    parent.iter().cloned().chain([PathSegment::from(key)]).collect()
}

fn keys_of(parent: &[PathSegment], known: &[&str]) -> String {
    let known = known.join(", ");
    match parent {
        [] => format!("the keys at the top are {known}"),
        parent => format!("the keys of `{}` are {known}", display_path(parent)),
    }
}

/// A value with the keys that lead to it. Inside a list, the keys since the last item.
fn nested(path: &[PathSegment], value: Value) -> Value {
    path.iter()
        .rev()
        .map_while(|segment| match segment {
            PathSegment::Key(key) => Some(key),
            PathSegment::Index(_) => None,
        })
        .fold(value, |value, key| Value::Object(Map::from_iter([(key.clone(), value)])))
}

/// One step from a struct to those below.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    Key(String),
    Entry,
    Item,
}

/// The paths of the structs that have a key, by the key's name.
pub(super) type KeyPlaces = HashMap<String, Vec<Vec<Step>>>;

/// Collects the keys of all structs, the innermost structs first.
fn collect_keys(view: View<'_>, path: &mut Vec<Step>, open: &mut Vec<String>, places: &mut KeyPlaces) {
    // A definition inside itself has the same keys.
    let definition = view.definition().map(str::to_owned);
    if definition.as_ref().is_some_and(|definition| open.contains(definition)) {
        return;
    }
    open.extend(definition.clone());
    let mut visit = |step: Step, below: View<'_>| {
        path.push(step);
        collect_keys(below, path, open, places);
        path.pop();
    };
    for (name, property) in view.properties() {
        visit(Step::Key(name.to_owned()), property);
    }
    if let Some(entries) = view.entries() {
        visit(Step::Entry, entries);
    }
    if let Some(items) = view.items() {
        visit(Step::Item, items);
    }
    for (name, _) in view.properties() {
        places.entry(name.to_owned()).or_default().push(path.clone());
    }
    if definition.is_some() {
        open.pop();
    }
}

/// A struct's path as people write it, and how many steps it shares with `near`, from which the names of entries come.
fn shown_near(steps: &[Step], near: &[PathSegment]) -> (usize, String) {
    let (mut shared, mut together, mut path) = (0, true, String::new());
    for (index, step) in steps.iter().enumerate() {
        let actual = near.get(index).filter(|_| together);
        together = match (step, actual) {
            (Step::Key(key), Some(PathSegment::Key(actual))) => key == actual,
            (Step::Entry, Some(PathSegment::Key(_))) | (Step::Item, Some(PathSegment::Index(_))) => true,
            _ => false,
        };
        shared += usize::from(together);
        let dot = if path.is_empty() { "" } else { "." };
        match (step, actual) {
            (Step::Key(key), _) => path.push_str(&format!("{dot}{key}")),
            (Step::Entry, Some(PathSegment::Key(actual))) => path.push_str(&format!("{dot}{actual}")),
            (Step::Entry, _) => path.push_str(&format!("{dot}<name>")),
            (Step::Item, _) => path.push_str("[]"),
        }
    }
    (shared, if path.is_empty() { "the top".to_owned() } else { format!("`{path}`") })
}
