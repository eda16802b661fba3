//! Values made from the values schema, and what they cover.
//!
//! A case is a function of the seed and its number alone: a failure names both, and `EMT_CASE=NUMBER` runs that case
//! alone in the scenarios that take generated values. What none of the cases does, others are sought for: see `goals.rs`.

mod cases;
mod goals;
mod leaves;
mod pattern;
mod repair;
mod rules;
mod telling;
mod ugly;

use std::env;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use helmwright::coverage::{Branch, Coverage, branches};
use serde_json::Value;

use crate::chart::{chart, committed, schema_validator};
use crate::figures::{self, listed};

pub(crate) use cases::{Generated, RELEASES, Source, least};
pub(crate) use emt_tests::Random;
use goals::{Added, Way, values_for};
pub(crate) use leaves::{ANY, Leaf, Taken, leaves, set, unset};
use repair::Repair;
pub(crate) use rules::{Rules, Text};
pub(crate) use telling::{telling, varied};
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
        let repair = Repair::new(chart(), &leaves(&rules), base.clone());
        Source { rules, committed, base, repair }
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
        in_parallel(&numbers.collect::<Vec<_>>(), |number| Generated::new(source(), *number))
    })
}

/// What the cases do, looked at once for all scenarios.
struct Observed {
    /// The way of each case through the tree, and whether it renders.
    ways: Vec<(Way, bool)>,
    /// All ways together.
    coverage: Coverage,
}

fn observed() -> &'static Observed {
    static OBSERVED: OnceLock<Observed> = OnceLock::new();
    OBSERVED.get_or_init(|| {
        let mut coverage = Coverage::default();
        let ways = cases().iter().map(|case| {
            let mut added = Added { way: Way::default(), to: &mut coverage };
            let renders = chart().observe(case.release, case.namespace, &case.values, &mut added).is_ok();
            (added.way, renders)
        });
        Observed { ways: ways.collect(), coverage }
    })
}

/// The cases for the branches that the others do not take. None if `EMT_CASE` names a case.
pub(crate) fn sought() -> &'static [Generated] {
    static SOUGHT: OnceLock<Vec<Generated>> = OnceLock::new();
    SOUGHT.get_or_init(|| {
        if env::var_os("EMT_CASE").is_some() {
            return Vec::new();
        }
        let Observed { ways, coverage } = observed();
        // Committed values take branches that few cases come near: a release's own annotations are seldom all absent.
        let committed: Vec<(Generated, Way)> = source().committed.iter().map(as_users_wrote_them).collect();
        let mut near: Vec<(&Generated, &Way)> = cases().iter().zip(ways).map(|(case, (way, _))| (case, way)).collect();
        near.truncate(USUAL);
        near.extend(committed.iter().map(|(case, way)| (case, way)));
        let goals: Vec<(usize, Branch)> = coverage.missing(chart().tree).into_iter().enumerate().collect();
        let sought = in_parallel(&goals, |(number, goal)| values_for(goal, *number, source(), &near));
        sought.into_iter().flatten().collect()
    })
}

/// Committed values as a case, and its way.
fn as_users_wrote_them(values: &Value) -> (Generated, Way) {
    let case = Generated { number: 0, goal: None, release: "apim", namespace: "apim", values: values.clone() };
    let mut way = Way::default();
    // A refusal has a way too.
    drop(chart().observe(case.release, case.namespace, &case.values, &mut way));
    (case, way)
}

/// What a function gives for each item, in their order; computed by a few threads, each of which takes the next item.
pub(crate) fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let part = || {
        let mut done = Vec::new();
        while let index = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(index)
        {
            done.push((index, work(item)));
        }
        done
    };
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(part)).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn generated_values_cover_the_chart() {
    let (chart, leaves, cases, sought) = (chart(), all_leaves(), cases(), sought());
    let Observed { ways, coverage } = observed();
    let valid = ways.iter().filter(|(_, renders)| *renders).count();
    let (mut coverage, mut taken, validator) = (coverage.clone(), Taken::default(), schema_validator());
    let mut renders: Vec<bool> = ways.iter().map(|(_, renders)| *renders).collect();
    renders.extend(
        sought.iter().map(|case| chart.observe(case.release, case.namespace, &case.values, &mut coverage).is_ok()),
    );
    for (case, renders) in cases.iter().chain(sought).zip(renders) {
        let merged = chart.merged(&case.values);
        if let Err(error) = validator.validate(&merged) {
            panic!(
                "{}: the generator breaks the schema at {}: {error}\n{}",
                case.name(),
                error.instance_path(),
                case.values
            );
        }
        if renders {
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
            "{} values, {:.1} % valid, and {} for what these do not take; {} of {} leaves with two values or more ({constant} can have only one); {} of {all} \
             branches",
            cases.len(),
            100.0 * valid as f64 / cases.len() as f64,
            sought.len(),
            leaves.len() - constant - poor.len(),
            leaves.len(),
            all - missing.len(),
        ),
    );
    assert!(100 * valid >= 90 * cases.len(), "only {valid} of {} generated values are valid", cases.len());
    assert!(poor.is_empty(), "leaves that the generated values do not try:{}", listed(&poor, 40));
    assert!(missing.is_empty(), "branches that no generated values take:{}", listed(&missing, 400));
}
