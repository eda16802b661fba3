//! Sets of values for what chance seldom meets: each branch of the tree that no other generated set takes.
//!
//! Knows no branch by itself. A set that comes near, as it takes another branch of the same control node, is changed in the
//! values that decide there until the branch is taken, and then brought to what refusals want as far as the branch allows:
//! a set that takes a refusal is refused for that alone.

use std::collections::BTreeSet;

use helmwright::coverage::{Branch, Coverage, branches};
use helmwright::evaluate::Observer;
use helmwright::tree::{ControlId, File, Tree};
use serde_json::Value;

use super::cases::{Generated, Source};
use crate::chart::{chart, evaluate_tree, notes_of};
use emt_tests::Random;

/// How many sets a branch is sought from.
const STARTS: usize = 160;

/// How many changes are made to each.
const STEPS: usize = 25;

/// The control nodes and branches that an evaluation takes.
#[derive(Default)]
pub(super) struct Way(BTreeSet<(u32, usize)>);

impl Observer for Way {
    fn branch(&mut self, control: ControlId, branch: usize) {
        self.0.insert((control.number(), branch));
    }
}

/// Is told a way, and adds it to those of other cases.
pub(super) struct Added<'c> {
    pub(super) way: Way,
    pub(super) to: &'c mut Coverage,
}

impl Observer for Added<'_> {
    fn branch(&mut self, control: ControlId, branch: usize) {
        self.way.branch(control, branch);
        self.to.branch(control, branch);
    }
}

impl Way {
    fn takes(&self, goal: &Branch) -> bool {
        self.0.contains(&(goal.control, goal.branch))
    }

    /// How near it comes: none at all, or how many of the conditions before the goal's do not hold.
    fn nearness(&self, goal: &Branch) -> Option<usize> {
        let taken = self.0.range((goal.control, 0)..=(goal.control, usize::MAX)).next_back();
        taken.map(|(_, branch)| (*branch).min(goal.branch + 1))
    }
}

/// Values that take a branch, made from one of these sets, of which the way of each is known.
pub(super) fn values_for(
    goal: &Branch,
    number: usize,
    source: &Source<'_>,
    near: &[(&Generated, &Way)],
) -> Option<Generated> {
    let seeker = Seeker { goal, source, tree: part_with(goal) };
    let nearest = near.iter().map(|(_, way)| way.nearness(goal)).max().flatten();
    let starts = near.iter().filter(|(_, way)| way.nearness(goal) == nearest);
    let starts: Vec<&Generated> = starts.map(|(case, _)| *case).collect();
    let mut refused = None;
    for attempt in 0..STARTS {
        let mut random = Random::of(0x60a1, (number * STARTS + attempt) as u64);
        let start = *random.pick(&starts);
        let Some(values) = seeker.seek(start, &mut random) else { continue };
        let found = Generated { number, goal: Some(*goal), values, ..start.clone() };
        if chart().evaluate(found.release, found.namespace, &found.values).is_ok() {
            return Some(found);
        }
        refused = Some(found);
        // A branch that can be taken without a refusal mostly is after a few tries.
        if attempt >= STARTS / 16 {
            break;
        }
    }
    refused
}

struct Seeker<'s> {
    goal: &'s Branch,
    source: &'s Source<'s>,
    /// The part of the chart that the goal stands in.
    tree: Tree,
}

impl Seeker<'_> {
    fn seek(&self, start: &Generated, random: &mut Random) -> Option<Value> {
        let mut values = start.values.clone();
        let mut nearness = self.way(start, &values).nearness(self.goal);
        for _ in 0..STEPS {
            let before = values.clone();
            self.source.repair.vary(self.goal.control, &mut values, random);
            let way = self.way(start, &values);
            if way.takes(self.goal) {
                let keeps = |values: &Value| self.way(start, values).takes(self.goal);
                self.source.repair.mend_keeping(start.release, &mut values, random, keeps);
                return Some(values);
            }
            if way.nearness(self.goal) < nearness {
                values = before;
            } else {
                nearness = way.nearness(self.goal);
            }
        }
        None
    }

    /// The branches that a case takes with these values, refused or not.
    fn way(&self, case: &Generated, values: &Value) -> Way {
        let mut way = Way::default();
        notes_of(&self.tree, chart(), case.release, case.namespace, values, &mut way);
        drop(evaluate_tree(&self.tree, chart(), case.release, case.namespace, values, &mut way));
        way
    }
}

/// The file of the chart, or the notes, that a branch stands in: evaluating it is quicker than evaluating all.
fn part_with(goal: &Branch) -> Tree {
    let tree = chart().tree;
    let of_file = |file: &File| Tree { files: vec![file.clone()], notes: Vec::new() };
    let parts = tree.files.iter().map(of_file).chain([Tree { files: Vec::new(), notes: tree.notes.clone() }]);
    let holds = |part: &Tree| branches(part).iter().any(|branch| branch.control == goal.control);
    parts.into_iter().find(holds).unwrap_or_else(|| tree.clone())
}
