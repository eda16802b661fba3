//! Generated sets of values: each overrides a random part of the leaves, for a release of some name.

use helmwright::coverage::Branch;
use helmwright::values::merge::layer;
use serde_json::{Map, Value, json};

use super::repair::Repair;
use super::rules::Rules;
use emt_tests::{Random, SEED};

/// Releases and their namespaces: usual ones, and those that names have to be cut, mended or quoted for.
pub(crate) const RELEASES: &[(&str, &str)] = &[
    ("apim", "apim"),
    ("a-release-name-of-fifty-three-characters-in-all-its-x", "apim"),
    ("1st.release", "123"),
    ("release-of-twenty-on-e.and-more", "1e3"),
    ("123", "on"),
    ("y", "a-namespace-of-sixty-three-characters-which-is-the-most-possibl"),
    ("release-of-thirty-characters-x", "null"),
];

/// The share of cases, in percent, that are brought to what refusals want.
const REPAIRED: usize = 96;

/// The share of cases, in percent, that begin with committed values.
const COMMITTED: usize = 40;

/// What cases are made from.
pub(crate) struct Source<'c> {
    /// What the schema allows.
    pub(crate) rules: Rules,
    /// Values that render, from which some cases begin.
    pub(crate) committed: Vec<Value>,
    /// Those of them that say the least.
    pub(crate) base: Value,
    /// What brings values to what refusals want.
    pub(crate) repair: Repair<'c>,
}

/// One generated set of values.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    /// Its number, by which it can be made again.
    pub(crate) number: usize,
    /// The branch that it was made for, if it was.
    pub(crate) goal: Option<Branch>,
    /// The release's name.
    pub(crate) release: &'static str,
    /// The release's namespace.
    pub(crate) namespace: &'static str,
    /// What a user sets.
    pub(crate) values: Value,
}

impl Generated {
    /// The case of this number.
    pub(crate) fn new(source: &Source<'_>, number: usize) -> Self {
        let mut random = Random::of_case(number);
        let (release, namespace) = RELEASES[number % RELEASES.len()];
        let mut values = Value::Object(Map::new());
        if random.chance(COMMITTED) {
            values = random.pick(&source.committed).clone();
        }
        if let Rules::Struct(sections) = &source.rules {
            for section in sections {
                // Where all is said at once, each section hides what another one does.
                let density = *random.pick(&[2, 10, 30, 60]);
                if let Some(value) = overrides(&section.rules, density, false, &mut random) {
                    layer(&mut values, &json!({ section.name.as_str(): value }));
                }
            }
        }
        if random.chance(REPAIRED) {
            source.repair.mend(release, &mut values, &mut random);
        } else {
            source.repair.required(&mut values);
        }
        Self { number, goal: None, release, namespace, values }
    }

    /// How a failure names the case.
    pub(crate) fn name(&self) -> String {
        let Self { number, release, namespace, .. } = self;
        let what = match &self.goal {
            Some(goal) => format!("the case for {} branch {}", goal.location, goal.branch),
            None => format!("case {number}"),
        };
        format!("{what} of seed {SEED:#x} (release {release}, namespace {namespace})")
    }
}

/// An entry that says no more than it has to.
pub(crate) fn least(rules: &Rules, random: &mut Random) -> Value {
    overrides(rules, 0, true, random).unwrap_or_else(|| Value::Object(Map::new()))
}

/// Values for so many percent of the keys below these rules; `None` for none. What an entry of a map needs has no
/// default, and is always there.
fn overrides(rules: &Rules, density: usize, in_entry: bool, random: &mut Random) -> Option<Value> {
    match rules {
        Rules::Struct(keys) => {
            let mut values = Map::new();
            for key in keys {
                let value = overrides(&key.rules, density, in_entry, random);
                let value =
                    if in_entry && key.required { value.or_else(|| Some(key.rules.value(random))) } else { value };
                values.extend(value.map(|value| (key.name.clone(), value)));
            }
            // An empty map says nothing, and is written now and then all the same.
            (!values.is_empty() || random.chance(5)).then_some(Value::Object(values))
        }
        Rules::Map(names, entries) if matches!(**entries, Rules::Struct(_)) => {
            let count = *random.pick(&[0, 1, 1, 2, 3]);
            let mut values = Map::new();
            for _ in 0..count {
                let entry = overrides(entries, density, true, random);
                values.insert(names.value(random), entry.unwrap_or_else(|| Value::Object(Map::new())));
            }
            (count > 0).then_some(Value::Object(values))
        }
        leaf => random.chance(density).then(|| leaf.value(random)),
    }
}
