//! The sets of values that mutants are tried with: telling ones, all committed ones, and those that are refused.

use helmwright::evaluate::{self, Rendered};
use serde_json::{Value, json};

use crate::chart::{base, chart, committed, facts, layered};
use crate::coverage::refused;
use crate::generate::{set, telling, varied};

/// A set of values, and what the evaluator makes of it.
pub(super) struct Set {
    /// What it is called in failures.
    pub(super) name: String,
    /// The release's name.
    pub(super) release: String,
    /// The release's namespace.
    pub(super) namespace: String,
    /// The values, over the defaults.
    pub(super) merged: Value,
    /// The objects, or why there are none.
    pub(super) outcome: Result<Vec<Rendered>, Vec<String>>,
    /// The text of NOTES.txt.
    pub(super) notes: String,
    /// Whether somebody wrote it, so that every template is tried with it in the end.
    pub(super) is_written: bool,
    /// The set without whose Admin Node Manager, or without whose way to it, this one is: nothing else tells a guard from
    /// none.
    pub(super) less_than: Option<usize>,
}

/// All sets, those with the most telling texts and numbers first.
pub(super) fn sets() -> Vec<Set> {
    let mut sets: Vec<Set> =
        telling().iter().map(|set| made(&set.name, set.release, set.namespace, &set.values)).collect();
    let all = committed();
    for number in 0..2 * all.len() {
        let base = &all[number / 2];
        if let Some(values) = varied(&base.user, &base.release, &base.namespace, number) {
            sets.push(made(&format!("{}, varied", base.name), &base.release, &base.namespace, &values));
        }
    }
    for base in &all {
        let of = sets.len();
        // A namespace of digits has to be quoted.
        let namespace = if base.namespace == "apim" { "2024" } else { &base.namespace };
        sets.push(Set { is_written: true, ..made(&base.name, &base.release, namespace, &base.user) });
        for off in [&["adminNodeManager", "enabled"][..], &["adminNodeManager", "ingress", "enabled"]] {
            let mut without = base.user.clone();
            set(&mut without, off, json!(false));
            let name = format!("{}, without {}", base.name, off.join("."));
            let without = made(&name, &base.release, &base.namespace, &without);
            if without.outcome.is_ok() {
                sets.push(Set { less_than: Some(of), ..without });
            }
        }
    }
    // Names at the lengths from which on they are shortened.
    for (release, namespace) in [(30, 8), (31, 8), (4, 41), (4, 42)] {
        let (release, namespace) = ("r".repeat(release), "n".repeat(namespace));
        let name = format!("a release of {} and a namespace of {} characters", release.len(), namespace.len());
        sets.push(Set { is_written: true, ..made(&name, &release, &namespace, &layered(&[base()])) });
    }
    sets.extend(refused().into_iter().map(|set| made(&set.name, "apim", "apim", &set.user)));
    sets
}

fn made(name: &str, release: &str, namespace: &str, user: &Value) -> Set {
    let merged = chart().merged(user);
    let facts = facts(release, namespace);
    let outcome = evaluate::evaluate(chart().tree, &merged, &facts, &mut ());
    let notes = evaluate::notes(chart().tree, &merged, &facts, &mut ());
    let [name, release, namespace] = [name, release, namespace].map(str::to_owned);
    Set { name, release, namespace, merged, outcome, notes, is_written: false, less_than: None }
}
