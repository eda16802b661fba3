//! Brings generated values to what the chart's refusals want, so that most of them render.
//!
//! Knows no refusal by itself. A refusal tells which values its condition reads and, in its message, the place that it is
//! about: what stands there takes another value that the schema allows, or that of the base, a set of values that renders,
//! or its default. A change is kept if no more is refused than before.

use std::collections::{BTreeMap, BTreeSet};

use helmwright::evaluate::Observer;
use helmwright::impact;
use helmwright::tree::{Control, ControlId, Document, File, Tree};
use serde_json::{Map, Value, json};

use super::leaves::{ANY, Leaf, at, set, unset};
use crate::chart::{Chart, evaluate_tree};
use emt_tests::Random;

/// How often everything that is refused is changed at once, which is quick while much is refused.
const SWEEPS: usize = 4;

/// How often one value is changed after that.
const PATIENCE: usize = 150;

/// What repairs values.
pub(crate) struct Repair<'c> {
    chart: &'c Chart,
    /// The files with refusals alone, which is all that has to be evaluated.
    refusing: Tree,
    /// The refusals' numbers.
    refusals: BTreeSet<u32>,
    /// The leaves that decide which branch of a control node is taken, by its number.
    decisive: BTreeMap<u32, Vec<Leaf>>,
    /// Values that render.
    base: Value,
}

/// A refusal that holds: its number and its message.
struct Fault {
    refusal: u32,
    message: String,
}

/// A leaf and a place in some values where it stands or may stand.
type Place<'l> = (&'l Leaf, Vec<String>);

impl<'c> Repair<'c> {
    /// What repairs values of this chart, whose leaves these are, by the base's.
    pub(crate) fn new(chart: &'c Chart, leaves: &[Leaf], base: Value) -> Self {
        let mut refusals = BTreeSet::new();
        let mut refuses = |file: &&File| {
            let before = refusals.len();
            file.documents.iter().for_each(|document| add_refusals(document, &mut refusals));
            refusals.len() > before
        };
        let files = chart.tree.files.iter().filter(&mut refuses).cloned().collect();
        let refusing = Tree { files, notes: Vec::new() };
        let mut paths: BTreeMap<u32, impact::Paths> = BTreeMap::new();
        for (id, mut read) in impact::decisions(chart.tree) {
            paths.entry(id.number()).or_default().append(&mut read);
        }
        let read_by = |paths: &impact::Paths| {
            let read = |leaf: &&Leaf| paths.iter().any(|path| !path.is_empty() && impact::concerns(&leaf.name(), path));
            leaves.iter().filter(read).cloned().collect()
        };
        let decisive = paths.iter().map(|(number, paths)| (*number, read_by(paths))).collect();
        Self { chart, refusing, refusals, decisive, base }
    }

    /// Sets what all users have to set.
    pub(crate) fn required(&self, values: &mut Value) {
        for path in emt::REQUIRED {
            if at(values, path).is_none() {
                set(values, path, at(&self.base, path).cloned().unwrap_or_default());
            }
        }
    }

    /// Changes values until nothing is refused, or patience is at its end.
    pub(crate) fn mend(&self, release: &str, values: &mut Value, random: &mut Random) {
        self.required(values);
        for _ in 0..SWEEPS {
            for fault in self.faults(release, values) {
                self.change(values, &fault, random);
            }
        }
        self.mend_keeping(release, values, random, |_| true);
    }

    /// Changes one value after the other as long as something is refused and patience lasts, and keeps what has to be kept.
    pub(super) fn mend_keeping(
        &self,
        release: &str,
        values: &mut Value,
        random: &mut Random,
        is_kept: impl Fn(&Value) -> bool,
    ) {
        let mut faults = self.faults(release, values);
        for _ in 0..PATIENCE {
            if faults.is_empty() {
                return;
            }
            let before = values.clone();
            self.change(values, random.pick(&faults), random);
            let after = self.faults(release, values);
            if after.len() > faults.len() || !is_kept(values) {
                *values = before;
            } else {
                faults = after;
            }
        }
    }

    /// Changes one value that decides which branch a control node takes, now and then to what another such value or an
    /// entry's name is; or empties a map that such values stand in.
    pub(super) fn vary(&self, control: u32, values: &mut Value, random: &mut Random) {
        let places = self.places(control, values);
        let maps = self.decisive.get(&control).into_iter().flatten().filter_map(Leaf::map);
        let maps: BTreeSet<&[String]> = maps.filter(|map| at(values, map).is_some()).collect();
        if random.chance(10) && !maps.is_empty() {
            let maps: Vec<_> = maps.into_iter().collect();
            let map: &&[String] = random.pick(&maps);
            return set(values, map, json!({}));
        }
        if places.is_empty() {
            return;
        }
        let (leaf, place) = random.pick(&places);
        let merged = self.chart.merged(values);
        let names = |(read, other): &Place<'_>| -> Vec<Value> {
            other.iter().zip(&read.path).filter(|(_, step)| *step == ANY).map(|(name, _)| json!(name)).collect()
        };
        let known: Vec<Value> = match random.below(8) {
            0 => places.iter().flat_map(names).collect(),
            1 => places.iter().filter_map(|(_, other)| at(&merged, other)).cloned().collect(),
            2 => return self.reset(values, leaf, place, random),
            _ => Vec::new(),
        };
        let mut fitting: Vec<&Value> = Vec::new();
        for value in &known {
            if leaf.rules.takes(value) && !fitting.contains(&value) {
                fitting.push(value);
            }
        }
        let value = if fitting.is_empty() { leaf.rules.value(random) } else { (*random.pick(&fitting)).clone() };
        set(values, place, value);
    }

    /// The refusals whose condition holds.
    fn faults(&self, release: &str, values: &Value) -> Vec<Fault> {
        let mut fired = Fired { refusals: &self.refusals, numbers: Vec::new() };
        let messages = evaluate_tree(&self.refusing, self.chart, release, "apim", values, &mut fired).err();
        let faults = fired.numbers.into_iter().zip(messages.unwrap_or_default());
        faults.map(|(refusal, message)| Fault { refusal, message }).collect()
    }

    /// The places in some values that decide which branch a control node takes.
    fn places(&self, control: u32, values: &Value) -> Vec<Place<'_>> {
        let leaves = self.decisive.get(&control).into_iter().flatten();
        leaves.flat_map(|leaf| places(values, &leaf.path).into_iter().map(move |place| (leaf, place))).collect()
    }

    /// Changes one value that a refusal reads: mostly one at the place that its message names.
    fn change(&self, values: &mut Value, fault: &Fault, random: &mut Random) {
        if self.fill(values, fault) {
            return;
        }
        let places = self.places(fault.refusal, values);
        let named: Vec<&Place<'_>> = places.iter().filter(|(_, place)| fault.is_about(place)).collect();
        let (leaf, place) = match named.as_slice() {
            [] if places.is_empty() => return,
            [_, ..] if random.chance(70) => *random.pick(&named),
            _ => random.pick(&places),
        };
        if let Some(word) = leaf.rules.words().iter().find(|word| fault.advises(word) && random.chance(40)) {
            set(values, place, json!(word));
        } else if random.chance(50) {
            self.reset(values, leaf, place, random);
        } else {
            set(values, place, leaf.rules.value(random));
        }
    }

    /// Gives a place the base's value or that of the defaults; any, where neither has one.
    fn reset(&self, values: &mut Value, leaf: &Leaf, place: &[String], random: &mut Random) {
        let based = leaf.values_in(&self.base).into_iter().next().map(|(_, value)| value.clone());
        let is_needed = leaf.required && at(&self.chart.defaults, place).is_none();
        match based {
            Some(based) if random.chance(50) => set(values, place, based),
            _ if is_needed => set(values, place, leaf.rules.value(random)),
            _ => drop(unset(values, place)),
        }
    }

    /// Takes the base's entries into a map that has none and that the message is about.
    fn fill(&self, values: &mut Value, fault: &Fault) -> bool {
        let map: Vec<&str> = fault.place().split('.').collect();
        let entries = |values| at(values, &map).and_then(Value::as_object).filter(|map: &&Map<_, _>| !map.is_empty());
        match entries(&self.base) {
            Some(based) if entries(values).is_none() => set(values, &map, Value::Object(based.clone())),
            _ => return false,
        }
        true
    }
}

impl Fault {
    /// The place that the message names.
    fn place(&self) -> &str {
        self.message.split(": ").next().unwrap_or_default()
    }

    /// Whether the message, after the place, holds this word.
    fn advises(&self, word: &str) -> bool {
        let advice = self.message.split_once(": ").map_or("", |(_, advice)| advice);
        advice.split(|character: char| !character.is_ascii_alphanumeric()).any(|said| said == word)
    }

    /// Whether the message names this place, one above or one below it.
    fn is_about(&self, place: &[String]) -> bool {
        let named = self.place();
        let place = place.join(".");
        let below = |below: &str, above: &str| {
            below.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        below(&place, named) || below(named, &place)
    }
}

/// The places in some values that a path with [`ANY`] stands for.
fn places(values: &Value, path: &[String]) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    for step in path {
        let mut next = Vec::new();
        for place in found {
            if step == ANY {
                let map = at(values, &place).and_then(Value::as_object);
                next.extend(
                    map.into_iter()
                        .flat_map(Map::keys)
                        .map(|key| [place.as_slice(), std::slice::from_ref(key)].concat()),
                );
            } else {
                next.push([place.as_slice(), std::slice::from_ref(step)].concat());
            }
        }
        found = next;
    }
    found
}

/// Collects the refusals that hold, in their order.
struct Fired<'r> {
    refusals: &'r BTreeSet<u32>,
    numbers: Vec<u32>,
}

impl Observer for Fired<'_> {
    fn branch(&mut self, control: ControlId, branch: usize) {
        if branch == 0 && self.refusals.contains(&control.number()) {
            self.numbers.push(control.number());
        }
    }
}

/// Adds the numbers of the refusals in a document.
fn add_refusals(document: &Document, numbers: &mut BTreeSet<u32>) {
    let mut add_all = |parts: &[Document]| parts.iter().for_each(|part| add_refusals(part, numbers));
    match document {
        Document::Refuse(refusal) => drop(numbers.insert(refusal.id.number())),
        Document::Object(_) | Document::Whole(_) => {}
        Document::Control(Control::If { branches, otherwise, .. }) => {
            branches.iter().for_each(|(_, parts)| add_all(parts));
            add_all(otherwise);
        }
        Document::Control(Control::With { body, .. } | Control::Range { body, .. } | Control::Let { body, .. }) => {
            add_all(body);
        }
    }
}
