//! In which order a template is tried with the sets: those first that take branches which no earlier one takes, then those
//! whose objects hold something new, then those whose guards alone keep the template from rendering, and at last all that
//! somebody wrote.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use helmwright::evaluate::{self, Observer};
use helmwright::tree::{ControlId, File, Tree};
use serde_json::Value;

use super::sets::Set;
use crate::chart::{chart, facts};

/// So many sets are tried beyond those that take new branches.
const FURTHER: usize = 60;

/// The sets of a template, in order.
pub(super) struct Plan {
    /// All of them.
    pub(super) sets: Vec<usize>,
    /// How many come first: those behind them tell something of this template's guards alone.
    pub(super) first: usize,
}

/// The sets of each of these templates, by the template's file name.
pub(super) fn plans<'f>(sets: &[Set], files: impl IntoIterator<Item = &'f String>) -> BTreeMap<String, Plan> {
    let files: Vec<&String> = files.into_iter().collect();
    let (next, plans) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        while let Some(name) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let found = match chart().tree.files.iter().find(|file| file.name == **name) {
                Some(file) => {
                    let tree = Tree { files: vec![file.clone()], notes: Vec::new() };
                    plan(sets, &tree, |set| leaves(set, file))
                }
                None => {
                    let tree = Tree { files: Vec::new(), notes: chart().tree.notes.clone() };
                    plan(sets, &tree, |set| [set.notes.clone()].into())
                }
            };
            plans.lock().unwrap().insert((*name).clone(), found);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    plans.into_inner().unwrap()
}

fn plan(sets: &[Set], tree: &Tree, content: impl Fn(&Set) -> BTreeSet<String>) -> Plan {
    let branches = |set: &Set| {
        let mut taken = Branches(BTreeSet::new());
        let facts = facts(&set.release, &set.namespace);
        evaluate::notes(tree, &set.merged, &facts, &mut taken);
        drop(evaluate::evaluate(tree, &set.merged, &facts, &mut taken));
        taken.0
    };
    // What a refused set makes beside the refusal, nobody sees.
    let refuses = tree.files.first().is_some_and(|file| file.name.starts_with(REFUSING));
    let possible: Vec<usize> = (0..sets.len()).filter(|set| refuses || sets[*set].outcome.is_ok()).collect();
    let mut order = Vec::new();
    greedy(&possible, &mut order, sets.len(), |set| branches(&sets[set]));
    if refuses {
        // Each set says of each refusal that it holds or does not.
        let others: Vec<usize> = possible.into_iter().filter(|set| !order.contains(set)).collect();
        let sets = [order, others].concat();
        return Plan { first: sets.len(), sets };
    }
    let most = order.len() + FURTHER;
    greedy(&possible, &mut order, most, |set| content(&sets[set]));
    let guarded = |set: &usize| {
        let more = sets[*set].less_than.is_some_and(|more| !content(&sets[more]).is_empty());
        more && content(&sets[*set]).is_empty()
    };
    let guarded: Vec<usize> = possible.iter().copied().filter(guarded).filter(|set| !order.contains(set)).collect();
    let first = [order, guarded].concat();
    let written = possible.into_iter().filter(|set| sets[*set].is_written && !first.contains(set)).collect();
    Plan { first: first.len(), sets: [first, written].concat() }
}

/// What the names of templates begin with that render nothing.
pub(super) const REFUSING: &str = "refused-";

/// Adds the sets that bring something new, the one with most first, until there are so many.
fn greedy<T: Ord + Clone>(
    possible: &[usize],
    order: &mut Vec<usize>,
    most: usize,
    features: impl Fn(usize) -> BTreeSet<T>,
) {
    let mut left: Vec<(usize, BTreeSet<T>)> = possible.iter().map(|set| (*set, features(*set))).collect();
    let mut known: BTreeSet<T> = BTreeSet::new();
    left.retain(|(set, features)| {
        let chosen = order.contains(set);
        if chosen {
            known.extend(features.iter().cloned());
        }
        !chosen
    });
    while order.len() < most {
        let fresh = |features: &BTreeSet<T>| features.difference(&known).count();
        let best = left.iter().enumerate().max_by_key(|(index, (_, features))| (fresh(features), usize::MAX - index));
        let Some(index) = best.filter(|(_, (_, features))| fresh(features) > 0).map(|(index, _)| index) else { return };
        let (set, features) = left.swap_remove(index);
        known.extend(features);
        order.push(set);
    }
}

struct Branches(BTreeSet<(u32, usize)>);

impl Observer for Branches {
    fn branch(&mut self, control: ControlId, branch: usize) {
        self.0.insert((control.number(), branch));
    }
}

/// The leaves of the objects that a template makes, with their places.
fn leaves(set: &Set, file: &File) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rendered in set.outcome.iter().flatten().filter(|rendered| rendered.file == file.name) {
        collect(&rendered.object, &mut String::new(), &mut found);
    }
    found
}

fn collect(value: &Value, at: &mut String, found: &mut BTreeSet<String>) {
    let length = at.len();
    let mut below = |key: &str, value: &Value| {
        at.push('/');
        at.push_str(key);
        collect(value, at, found);
        at.truncate(length);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => items.iter().for_each(|value| below("", value)),
        leaf => drop(found.insert(format!("{at} {leaf}"))),
    }
}
