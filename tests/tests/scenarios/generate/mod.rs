//! Values made from the values schema, and what they cover.
//!
//! A case is a function of the seed and its number alone: a failure names both, and `EMT_CASE=NUMBER` runs that case
//! alone in the scenarios that take generated values.

#![allow(
    dead_code,
    unused_imports,
    reason = "the scenarios acceptance and impact, which are not written yet, use the rest"
)]

mod cases;
mod leaves;
mod pattern;
mod random;
mod repair;
mod rules;
mod telling;
mod ugly;

use std::env;
use std::sync::OnceLock;

use helmwright::coverage::{Coverage, branches};
use serde_json::Value;

use crate::chart::{chart, committed, schema_validator};
use crate::figures::{self, listed};

pub(crate) use cases::{Generated, RELEASES, Source};
pub(crate) use leaves::{ANY, Leaf, Taken, leaves, set, unset};
pub(crate) use random::Random;
use repair::Repair;
pub(crate) use rules::{Rules, Text};
pub(crate) use telling::{Telling, telling, varied};
pub(crate) use ugly::UGLY;

/// How many sets of values are tried where nothing else is said.
const USUAL: usize = 500;

/// How many sets of values this run tries.
pub(crate) fn count() -> usize {
    env::var("EMT_EQUALITY").ok().and_then(|number| number.parse().ok()).unwrap_or(USUAL)
}

/// What cases are made from: the chart's schema and the committed values.
pub(crate) fn source() -> &'static Source<'static> {
    static SOURCE: OnceLock<Source<'static>> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let rules = Rules::of(&chart().schema);
        let committed = committed_values().to_vec();
        let base = committed.iter().min_by_key(|values| values.to_string().len()).cloned().unwrap_or_default();
        let repair = Repair::new(chart(), &leaves(&rules), base);
        Source { rules, committed, repair }
    })
}

/// The values of all committed files, without their names.
fn committed_values() -> &'static [Value] {
    static VALUES: OnceLock<Vec<Value>> = OnceLock::new();
    VALUES.get_or_init(|| committed().into_iter().map(|committed| committed.user).collect())
}

/// The leaves of the chart's values.
pub(crate) fn all_leaves() -> &'static [Leaf] {
    static LEAVES: OnceLock<Vec<Leaf>> = OnceLock::new();
    LEAVES.get_or_init(|| leaves(&source().rules))
}

/// The cases of this run, made once for all its scenarios: the first [`count`] ones, or the one that `EMT_CASE` names.
pub(crate) fn cases() -> &'static [Generated] {
    static CASES: OnceLock<Vec<Generated>> = OnceLock::new();
    CASES.get_or_init(|| {
        let one = env::var("EMT_CASE").ok().and_then(|number| number.parse().ok());
        let numbers = one.map_or(0..count(), |number: usize| number..number + 1);
        numbers.map(|number| Generated::new(source(), number)).collect()
    })
}

#[test]
fn generated_values_cover_the_chart() {
    let (chart, leaves, cases) = (chart(), all_leaves(), cases());
    let validator = schema_validator();
    let (mut coverage, mut taken, mut valid) = (Coverage::default(), Taken::default(), 0);
    for case in cases {
        let merged = chart.merged(&case.values);
        if let Err(error) = validator.validate(&merged) {
            panic!(
                "{}: the generator breaks the schema at {}: {error}\n{}",
                case.name(),
                error.instance_path(),
                case.values
            );
        }
        if chart.observe(case.release, case.namespace, &case.values, &mut coverage).is_ok() {
            valid += 1;
            taken.add(leaves, &merged);
        }
    }
    let constant = leaves.iter().filter(|leaf| leaf.is_constant()).count();
    let poor: Vec<String> = leaves
        .iter()
        .filter(|leaf| !leaf.is_constant() && taken.count(leaf) < 2)
        .map(|leaf| format!("{} took {} values", leaf.name(), taken.count(leaf)))
        .collect();
    let (all, missing) = (branches(chart.tree).len(), chart.missing(&coverage));
    figures::print(
        "generate",
        "",
        &format!(
            "{} values, {:.1} % valid; {} of {} leaves with two values or more ({constant} can have only one); {} of {all} \
             branches",
            cases.len(),
            100.0 * valid as f64 / cases.len() as f64,
            leaves.len() - constant - poor.len(),
            leaves.len(),
            all - missing.len(),
        ),
    );
    assert!(100 * valid >= 90 * cases.len(), "only {valid} of {} generated values are valid", cases.len());
    assert!(poor.is_empty(), "leaves that the generated values do not try:{}", listed(&poor, 40));
    assert!(missing.is_empty(), "branches that no generated values take:{}", listed(&missing, 40));
}
