//! The impact map tells the truth: a change of a value moves no field that the map does not predict, and nearly every pair
//! that it predicts is moved by some change.
//!
//! One value of a set is changed at a time, and the objects before and after are compared field by field, in all committed
//! sets and then in generated ones. A change in the first, which sets most, is looked at in every template, later on only
//! where a prediction is still without a change that bears it out, but for a sample.

mod changes;
mod moved;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use helmwright::evaluate::{Rendered, evaluate};
use helmwright::impact::{FieldPath, Paths, Row, concerns, impact, reads};
use helmwright::tree::Tree;
use serde_json::Value;

use crate::chart::{Committed, chart, committed, facts};
use crate::figures::{self, listed, thousands};
use crate::generate::{Generated, cases};
use changes::{Place, places, values};
use moved::moved;

/// How many generated sets are tried after the committed ones.
const GENERATED: usize = 120;

/// In all sets but the first, every template is looked at after the changes of every so many-th value.
const STRIDE: usize = 16;

/// A field of a kind in a template, and the values that are said to decide it.
struct Predicted {
    file: &'static str,
    kind: String,
    field: FieldPath,
    paths: Paths,
}

impl Predicted {
    fn covers(&self, kind: &str, field: &FieldPath) -> bool {
        (self.kind == kind || self.kind == Row::ANY_KIND) && self.field.covers(field)
    }
}

/// All predictions: several rows of one field are one.
fn predictions() -> Vec<Predicted> {
    let mut fields: BTreeMap<(&'static str, String, FieldPath), Paths> = BTreeMap::new();
    for Row { file, kind, field, content, conditions } in impact(chart().tree) {
        let paths = content.into_iter().chain(conditions).filter(|path| !path.starts_with('@'));
        fields.entry((file, kind, field)).or_default().extend(paths);
    }
    let predicted = |((file, kind, field), paths)| Predicted { file, kind, field, paths };
    fields.into_iter().map(predicted).collect()
}

/// A value, and the fields that it is said to decide.
struct Pairs {
    place: Place,
    /// Number of the prediction, and whether some change bore it out.
    pairs: BTreeMap<usize, AtomicBool>,
}

impl Pairs {
    fn open(&self) -> impl Iterator<Item = usize> {
        self.pairs.iter().filter(|(_, moved)| !moved.load(Ordering::Relaxed)).map(|(number, _)| *number)
    }
}

/// Values that changes are made in.
struct Base {
    release: String,
    namespace: String,
    user: Value,
}

impl From<Committed> for Base {
    fn from(committed: Committed) -> Self {
        Self { release: committed.release, namespace: committed.namespace, user: committed.user }
    }
}

impl From<&Generated> for Base {
    fn from(case: &Generated) -> Self {
        Self { release: case.release.to_owned(), namespace: case.namespace.to_owned(), user: case.values.clone() }
    }
}

/// What is shared by all threads.
struct Trial {
    predictions: Vec<Predicted>,
    pairs: Vec<Pairs>,
    /// A tree for each template.
    trees: BTreeMap<&'static str, Tree>,
    unsound: Mutex<BTreeSet<String>>,
    changes: AtomicUsize,
    fields: AtomicUsize,
}

#[test]
fn changes_move_what_is_predicted_and_nothing_else() {
    let predictions = predictions();
    let decided_by = |place: &Place| {
        let concerned =
            |(_, predicted): &(usize, &Predicted)| predicted.paths.iter().any(|path| concerns(&place.name, path));
        let pairs = predictions.iter().enumerate().filter(concerned);
        pairs.map(|(number, _)| (number, AtomicBool::new(false))).collect()
    };
    let pairs = places().into_iter().map(|place| Pairs { pairs: decided_by(&place), place }).collect();
    let tree = |file: &helmwright::tree::File| (file.name, Tree { files: vec![file.clone()], notes: Vec::new() });
    let trial = Trial {
        pairs,
        predictions,
        trees: chart().tree.files.iter().map(tree).collect(),
        unsound: Mutex::default(),
        changes: AtomicUsize::new(0),
        fields: AtomicUsize::new(0),
    };
    let mut bases: Vec<Base> = committed().into_iter().map(Base::from).collect();
    // Those that set most come first.
    bases.sort_by_key(|base| std::cmp::Reverse(base.user.to_string().len()));
    bases.extend(cases().iter().take(GENERATED).map(Base::from));
    for (number, base) in bases.iter().enumerate() {
        let next = AtomicUsize::new(0);
        let Some(before) = trial.objects(base, &base.user, trial.trees.keys()) else { continue };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    loop {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        let Some(pairs) = trial.pairs.get(index) else { break };
                        trial.change(base, &before, pairs, number == 0 || (index + number).is_multiple_of(STRIDE));
                    }
                });
            }
        });
    }
    conclude(&trial, bases.len());
}

fn conclude(trial: &Trial, bases: usize) {
    let mut still: Vec<String> = Vec::new();
    let all: usize = trial.pairs.iter().map(|pairs| pairs.pairs.len()).sum();
    for Pairs { place, pairs } in &trial.pairs {
        for (number, _) in pairs.iter().filter(|(_, moved)| !moved.load(Ordering::Relaxed)) {
            let Predicted { file, kind, field, .. } = &trial.predictions[*number];
            still.push(format!("{} -> {file}: {kind}{field}", place.name));
        }
    }
    let unsound: Vec<String> = trial.unsound.lock().unwrap().iter().cloned().collect();
    figures::print(
        "impact",
        "",
        &format!(
            "{} changes in {bases} sets moved {} fields, {} of them not predicted; {} of {} predicted pairs of value and \
             field moved ({:.1} %)",
            thousands(trial.changes.load(Ordering::Relaxed)),
            thousands(trial.fields.load(Ordering::Relaxed)),
            unsound.len(),
            thousands(all - still.len()),
            thousands(all),
            trial.share(),
        ),
    );
    println!("pairs that no change moved:{}", listed(&still, 100_000));
    assert!(unsound.is_empty(), "fields that moved without being predicted:{}", listed(&unsound, 40));
    assert!(trial.share() >= 95.0, "only {:.1} % of the predicted pairs are moved", trial.share());
}

impl Trial {
    /// The share of the predicted pairs that some change moved, in percent.
    fn share(&self) -> f64 {
        let (mut open, mut all) = (0, 0);
        for pairs in &self.pairs {
            open += pairs.open().count();
            all += pairs.pairs.len();
        }
        100.0 * (all - open) as f64 / all as f64
    }

    /// The objects of these templates for a user's values; none if they are refused.
    fn objects<'f>(
        &self,
        base: &Base,
        user: &Value,
        files: impl IntoIterator<Item = &'f &'static str>,
    ) -> Option<BTreeMap<&'static str, Vec<Rendered>>> {
        let (merged, facts) = (chart().merged(user), facts(&base.release, &base.namespace));
        let made = |file: &'f &'static str| {
            evaluate(&self.trees[*file], &merged, &facts, &mut ()).ok().map(|objects| (*file, objects))
        };
        files.into_iter().map(made).collect()
    }

    /// Changes one value in every way, wherever the base has it.
    fn change(&self, base: &Base, before: &BTreeMap<&'static str, Vec<Rendered>>, pairs: &Pairs, whole: bool) {
        for (path, value) in values(&pairs.place, &base.user) {
            let open: BTreeSet<&'static str> = pairs.open().map(|number| self.predictions[number].file).collect();
            if open.is_empty() && !whole {
                return;
            }
            let mut user = base.user.clone();
            changes::apply(&mut user, &path, value);
            let wanted = |file: &&&'static str| !refuses(file) && (whole || open.contains(*file));
            let Some(after) = self.objects(base, &user, self.trees.keys().filter(wanted)) else { continue };
            let moved = |(file, objects): (&&'static str, &Vec<Rendered>)| {
                moved(&before[file], objects).into_iter().map(|(kind, field)| (*file, kind, field)).collect::<Vec<_>>()
            };
            let moved: Vec<_> = after.iter().flat_map(moved).collect();
            // Values that are refused move nothing.
            let refusing = self.trees.keys().filter(|file| refuses(file));
            if moved.is_empty() || self.objects(base, &user, refusing).is_none() {
                continue;
            }
            self.changes.fetch_add(1, Ordering::Relaxed);
            self.fields.fetch_add(moved.len(), Ordering::Relaxed);
            for (file, kind, field) in moved {
                self.judge(pairs, file, &kind, &field);
            }
        }
    }

    /// A field moved: was that predicted?
    fn judge(&self, pairs: &Pairs, file: &str, kind: &str, field: &FieldPath) {
        let mut predicted = false;
        for (number, moved) in &pairs.pairs {
            let prediction = &self.predictions[*number];
            if prediction.file == file && prediction.covers(kind, field) {
                moved.store(true, Ordering::Relaxed);
                predicted = true;
            }
        }
        if !predicted {
            let place = &pairs.place.name;
            self.unsound.lock().unwrap().insert(format!("{place} -> {file}: {kind}{field}"));
        }
    }
}

/// Whether a template renders nothing and refuses values.
fn refuses(file: &str) -> bool {
    file.starts_with("refused-")
}

#[test]
fn no_value_is_unused() {
    let read = reads(chart().tree);
    let places = places();
    let unused: Vec<&str> = places
        .iter()
        .filter(|place| !read.iter().any(|path| !path.is_empty() && concerns(&place.name, path)))
        .map(|place| place.name.as_str())
        .collect();
    figures::print("impact", "unused", &format!("{} of {} values are read by nothing", unused.len(), places.len()));
    assert_eq!(unused, [""; 0]);
}
