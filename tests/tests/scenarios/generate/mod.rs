//! Values made from the values schema, and what they cover.
//!
//! A case is a function of the seed and its number alone: a failure names both, and `EMT_CASE=NUMBER` runs that case
//! alone in the scenarios that take generated values.

mod cases;
mod leaves;
mod pattern;
mod random;
mod repair;
mod rules;
mod ugly;

use std::env;
use std::sync::OnceLock;

use helmwright::coverage::{Coverage, branches};

use crate::chart::{chart, schema_validator};
use crate::figures::{self, listed};

pub(crate) use cases::{Generated, RELEASES};
pub(crate) use leaves::{ANY, Leaf, Taken, leaves, set, unset};
pub(crate) use random::Random;
pub(crate) use repair::{repair, required};
pub(crate) use rules::{Rules, Text};

/// How many sets of values are tried where nothing else is said.
const USUAL: usize = 500;

/// How many sets of values this run tries.
pub(crate) fn count() -> usize {
    env::var("EMT_EQUALITY").ok().and_then(|number| number.parse().ok()).unwrap_or(USUAL)
}

/// The rules of the chart's values.
pub(crate) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::of(&chart().schema))
}

/// The leaves of the chart's values.
pub(crate) fn all_leaves() -> &'static [Leaf] {
    static LEAVES: OnceLock<Vec<Leaf>> = OnceLock::new();
    LEAVES.get_or_init(|| leaves(rules()))
}

/// The cases of this run: the first `count` ones, or the one that `EMT_CASE` names.
pub(crate) fn cases(count: usize) -> Vec<Generated> {
    match env::var("EMT_CASE").ok().and_then(|number| number.parse().ok()) {
        Some(number) => vec![Generated::new(rules(), number)],
        None => (0..count).map(|number| Generated::new(rules(), number)).collect(),
    }
}

#[test]
fn generated_values_cover_the_chart() {
    let (chart, leaves, cases) = (chart(), all_leaves(), cases(count()));
    let validator = schema_validator();
    let (mut coverage, mut taken, mut valid) = (Coverage::default(), Taken::default(), 0);
    for case in &cases {
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
#[test]
fn zz_dump() {
    std::fs::write("/tmp/schema.json", helmwright::describe::schema_text(&chart().schema)).unwrap();
    chart().write_below(std::path::Path::new("/tmp/chart"));
}
#[test]
fn zz_leaves() {
    for l in all_leaves() {
        let k = format!("{:?}", l.rules);
        println!("LEAF {} {}", l.name(), &k[..k.len().min(60)]);
    }
}
