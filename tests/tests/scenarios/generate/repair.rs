//! Brings generated values to what the chart's refusals want, so that most of them render.
//!
//! Knows no refusal by itself: each tells which values its condition reads. Some of these take the values of the base, a
//! set of values that renders, or others that the schema allows, until nothing is refused.

use std::collections::BTreeSet;

use helmwright::evaluate::Observer;
use helmwright::expression::Expression;
use helmwright::impact;
use helmwright::tree::{Control, ControlId, Document, File, Tree};
use serde_json::{Map, Value};

use super::leaves::{ANY, Leaf, set, unset};
use super::random::Random;
use crate::chart::{Chart, evaluate_tree};

/// How often refused values are changed before all that a refusal reads is taken from the base, and at last whole sections.
const PATIENCE: usize = 12;

/// What repairs values.
pub(crate) struct Repair<'c> {
    chart: &'c Chart,
    /// The refusals alone, which is all that has to be evaluated.
    refusing: Tree,
    /// Number of the refusal, and the leaves that its condition reads.
    reads: Vec<(u32, Vec<Leaf>)>,
    /// Values that render.
    base: Value,
}

impl<'c> Repair<'c> {
    /// What repairs values of this chart, whose leaves these are, by the base's.
    pub(crate) fn new(chart: &'c Chart, leaves: &[Leaf], base: Value) -> Self {
        let refuses = |file: &&File| file.documents.iter().any(refuses);
        let refusing = Tree { files: chart.tree.files.iter().filter(refuses).cloned().collect(), notes: Vec::new() };
        let read_by = |paths: &impact::Paths| {
            let read = |leaf: &&Leaf| paths.iter().any(|path| !path.is_empty() && impact::concerns(&leaf.name(), path));
            leaves.iter().filter(read).cloned().collect()
        };
        let reads = impact::refusals(chart.tree).iter().map(|(id, paths)| (id.number(), read_by(paths))).collect();
        Self { chart, refusing, reads, base }
    }

    /// Sets what all users have to set.
    pub(crate) fn required(&self, values: &mut Value) {
        for path in emt::REQUIRED {
            let pointer = format!("/{}", path.join("/"));
            if values.pointer(&pointer).is_none() {
                set(values, path, self.base.pointer(&pointer).cloned().unwrap_or_default());
            }
        }
    }

    /// Changes values until nothing is refused, or what is refused reads no leaf.
    pub(crate) fn mend(&self, release: &str, values: &mut Value, random: &mut Random) {
        self.required(values);
        for round in 0..3 * PATIENCE {
            let fired = self.fired(release, values);
            if fired.is_empty() {
                return;
            }
            for (_, leaves) in self.reads.iter().filter(|(number, _)| fired.contains(number)) {
                for leaf in leaves {
                    if round >= 2 * PATIENCE {
                        self.take_section(values, leaf);
                    } else if round >= PATIENCE || random.chance(100 / leaves.len().clamp(2, 100)) {
                        self.change(values, leaf, round < PATIENCE / 2, random);
                    }
                }
            }
        }
    }

    /// The refusals whose condition holds.
    fn fired(&self, release: &str, values: &Value) -> BTreeSet<u32> {
        let mut fired = Fired(BTreeSet::new());
        // The messages do not matter, and every refusal that holds is told.
        drop(evaluate_tree(&self.refusing, self.chart, release, "apim", values, &mut fired));
        self.reads.iter().map(|(number, _)| *number).filter(|number| fired.0.contains(number)).collect()
    }

    /// Takes the whole section that a leaf stands in from the base.
    fn take_section(&self, values: &mut Value, leaf: &Leaf) {
        let section = &leaf.path[..1];
        match self.base.get(&section[0]) {
            Some(based) => set(values, section, based.clone()),
            None => drop(unset(values, section)),
        }
    }

    /// Gives a leaf the base's value wherever it stands, or now and then any other.
    fn change(&self, values: &mut Value, leaf: &Leaf, freely: bool, random: &mut Random) {
        let places = places(values, &leaf.path);
        let based = leaf.values_in(&self.base).into_iter().next().map(|(_, value)| value.clone());
        for place in places {
            if freely && random.chance(40) {
                set(values, &place, leaf.rules.value(random));
            } else if let Some(based) = &based {
                set(values, &place, based.clone());
            } else {
                unset(values, &place);
            }
        }
        // What the base has in a map that these values leave empty.
        if based.is_some() && leaf.path.iter().any(|step| step == ANY) && leaf.values_in(values).is_empty() {
            let above: Vec<&String> = leaf.path.iter().take_while(|step| *step != ANY).collect();
            let pointer = above.iter().map(|step| format!("/{step}")).collect::<String>();
            if values.pointer(&pointer).and_then(Value::as_object).is_none_or(Map::is_empty) {
                set(values, &above, self.base.pointer(&pointer).cloned().unwrap_or_default());
            }
        }
    }
}

/// The places in some values that a path with [`ANY`] stands for.
fn places(values: &Value, path: &[String]) -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    for step in path {
        let mut next = Vec::new();
        for place in found {
            if step == ANY {
                let map =
                    place.iter().try_fold(values, |value, key: &String| value.get(key)).and_then(Value::as_object);
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

struct Fired(BTreeSet<u32>);

impl Observer for Fired {
    fn branch(&mut self, control: ControlId, branch: usize) {
        if branch == 0 {
            self.0.insert(control.number());
        }
    }
}

/// Whether a refusal stands in a document.
fn refuses(document: &Document) -> bool {
    match document {
        Document::Refuse(_) => true,
        Document::Object(_) | Document::Whole(_) => false,
        Document::Control(control) => match control {
            Control::If { branches, otherwise, .. } => {
                branches.iter().map(|(_, parts): &(Expression, _)| parts).chain([otherwise]).flatten().any(refuses)
            }
            Control::With { body, .. } | Control::Range { body, .. } | Control::Let { body, .. } => {
                body.iter().any(refuses)
            }
        },
    }
}
