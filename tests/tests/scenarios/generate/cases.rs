//! Generated sets of values: each overrides a random part of the leaves, for a release of some name.

use serde_json::{Map, Value};

use super::random::{Random, SEED};
use super::repair::{repair, required};
use super::rules::Rules;

/// Releases and their namespaces: usual ones, and those that names have to be cut, mended or quoted for.
pub(crate) const RELEASES: &[(&str, &str)] = &[
    ("apim", "apim"),
    ("a-release-name-of-fifty-three-characters-in-all-its-x", "apim"),
    ("1st.release", "123"),
    ("release-of-twenty-on-e.and-more", "1e3"),
    ("123", "on"),
    ("y", "a-namespace-of-sixty-three-characters-which-is-the-most-possible"),
    ("release-of-thirty-characters-x", "null"),
];

/// The longest namespace is 63 characters.
const NAMESPACE_LIMIT: usize = 63;

/// The share of cases, in percent, that get what refusals want.
const REPAIRED: usize = 95;

/// One generated set of values.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    /// Its number, by which it can be made again.
    pub(crate) number: usize,
    /// The release's name.
    pub(crate) release: &'static str,
    /// The release's namespace.
    pub(crate) namespace: &'static str,
    /// What a user sets.
    pub(crate) values: Value,
}

impl Generated {
    /// The case of this number.
    pub(crate) fn new(rules: &Rules, number: usize) -> Self {
        let mut random = Random::of_case(number);
        let (release, namespace) = RELEASES[number % RELEASES.len()];
        let density = *random.pick(&[2, 10, 30, 60]);
        let mut values = overrides(rules, density, false, &mut random).unwrap_or_else(|| Value::Object(Map::new()));
        if random.chance(REPAIRED) {
            repair(&mut values, &mut random);
        } else {
            required(&mut values, &mut random);
        }
        Self { number, release, namespace: &namespace[..namespace.len().min(NAMESPACE_LIMIT)], values }
    }

    /// How a failure names the case.
    pub(crate) fn name(&self) -> String {
        format!("case {} of seed {SEED:#x} (release {}, namespace {})", self.number, self.release, self.namespace)
    }
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
