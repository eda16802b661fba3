//! Trees that nobody would write: random expressions of every function inside random controls, with Helm as the judge.
//!
//! The chart's values are those of the language chart, its cases a part of the hard ones. What the typed builder does
//! not let an author write is not generated either.
//!
//! `EMT_LANGUAGE_SEED` names another seed.
//!
//! Limit: integers stay below 2^53, beyond which Helm's reader of YAML loses digits.

mod expressions;
mod nodes;

use emt_tests::{Case, helms};
use helmwright::tree::Tree;

use super::cases::cases;
use super::printed::Printed;
use super::values::LanguageValues;
use crate::generate::Random;

/// Template files of the chart.
const FILES: usize = 20;

/// One of so many hard cases is rendered.
const EVERY: usize = 9;

fn tree(seed: u64) -> Tree {
    let files = (0..FILES).map(|number| nodes::Generator::new(Random::of(seed, number as u64)).file(number)).collect();
    Tree { files, notes: Vec::new() }
}

#[test]
fn random_trees_are_the_same() {
    let seed = std::env::var("EMT_LANGUAGE_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let defaults = serde_json::to_value(LanguageValues::default()).unwrap();
    let chart = Printed::new("random", tree(seed), defaults);
    // Loops in loops over many keys make much of the same, and `index` is for keys that exist.
    let few = |case: &Case| {
        case.values["labels"].as_object().is_none_or(|labels| labels.len() < 4)
            && !case.values.to_string().contains("null}")
    };
    let cases: Vec<_> = cases().into_iter().filter(few).step_by(EVERY).collect();
    for helm in helms() {
        let (found, objects) = chart.compare(&helm, &cases);
        println!(
            "language: Helm {}: {FILES} random files, {} cases, {objects} objects, {} differences",
            helm.version,
            cases.len(),
            found.len()
        );
        assert!(found.is_empty(), "the first of them:\n{}", found[..found.len().min(10)].join("\n"));
        assert!(objects > FILES * cases.len() / 2, "most cases are refused");
    }
}
