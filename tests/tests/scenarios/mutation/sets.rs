//! The sets of values that mutants are tried with: telling ones, all committed ones, and those that are refused.

use helmwright::evaluate::{self, Rendered};
use serde_json::Value;

use crate::chart::{chart, committed, facts};
use crate::coverage::refused;
use crate::generate::telling;

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
}

/// All sets.
pub(super) fn sets() -> Vec<Set> {
    let telling = telling().iter().map(|set| made(&set.name, set.release, set.namespace, &set.values));
    let committed = committed().into_iter().map(|set| made(&set.name, &set.release, &set.namespace, &set.user));
    let refused = refused().into_iter().map(|set| made(&set.name, "apim", "apim", &set.user));
    telling.chain(committed).chain(refused).collect()
}

fn made(name: &str, release: &str, namespace: &str, user: &Value) -> Set {
    let merged = chart().merged(user);
    let facts = facts(release, namespace);
    let outcome = evaluate::evaluate(chart().tree, &merged, &facts, &mut ());
    let notes = evaluate::notes(chart().tree, &merged, &facts, &mut ());
    let [name, release, namespace] = [name, release, namespace].map(str::to_owned);
    Set { name, release, namespace, merged, outcome, notes }
}
