//! The leaves of the values: each place where a user can set something, by its path in the schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::rules::Rules;

/// Stands in a path for any name of a map's entry.
pub(crate) const ANY: &str = "*";

/// One place of the values.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// The keys that lead there; [`ANY`] for a name of the user's.
    pub(crate) path: Vec<String>,
    /// What may stand there.
    pub(crate) rules: Rules,
    /// Whether it has to be there after the merge.
    pub(crate) required: bool,
}

impl Leaf {
    /// The path as people write it.
    pub(crate) fn name(&self) -> String {
        self.path.join(".")
    }

    /// The map of the user's names that it stands in, the outermost one.
    pub(crate) fn map(&self) -> Option<&[String]> {
        self.path.iter().position(|step| step == ANY).map(|index| &self.path[..index])
    }

    /// Whether only one value is possible.
    pub(crate) fn is_constant(&self) -> bool {
        matches!(&self.rules, Rules::Boolean(Some(_)))
            || matches!(&self.rules, Rules::Text(text) if text.words.len() == 1)
    }

    /// Every value of this leaf in some values, with its full path.
    pub(crate) fn values_in<'v>(&self, values: &'v Value) -> Vec<(Vec<String>, &'v Value)> {
        let mut found = vec![(Vec::new(), values)];
        for step in &self.path {
            let mut next = Vec::new();
            for (path, value) in found {
                let Value::Object(map) = value else { continue };
                let below =
                    |(key, value): (&String, &'v Value)| ([path.as_slice(), std::slice::from_ref(key)].concat(), value);
                if step == ANY {
                    next.extend(map.iter().map(below));
                } else {
                    next.extend(map.get_key_value(step).map(below));
                }
            }
            found = next;
        }
        found
    }
}

/// All leaves: every key of a struct that is none itself, and the same in entries of maps of structs.
pub(crate) fn leaves(rules: &Rules) -> Vec<Leaf> {
    let mut found = Vec::new();
    collect(rules, &mut Vec::new(), true, &mut found);
    found
}

fn collect(rules: &Rules, path: &mut Vec<String>, required: bool, found: &mut Vec<Leaf>) {
    match rules {
        Rules::Struct(keys) => {
            for key in keys {
                path.push(key.name.clone());
                collect(&key.rules, path, key.required, found);
                path.pop();
            }
        }
        Rules::Map(_, entries) if matches!(**entries, Rules::Struct(_)) => {
            path.push(ANY.to_owned());
            collect(entries, path, true, found);
            path.pop();
        }
        other => found.push(Leaf { path: path.clone(), rules: other.clone(), required }),
    }
}

/// What stands at a path of keys.
pub(crate) fn at<'v>(values: &'v Value, path: &[impl AsRef<str>]) -> Option<&'v Value> {
    path.iter().try_fold(values, |value, key| value.get(key.as_ref()))
}

/// Sets a value at a path of keys, making the maps on the way.
pub(crate) fn set(values: &mut Value, path: &[impl AsRef<str>], value: Value) {
    let mut place = values;
    for key in path {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = place.as_object_mut().unwrap().entry(key.as_ref()).or_insert(Value::Null);
    }
    *place = value;
}

/// Takes a key out, if it is there.
pub(crate) fn unset(values: &mut Value, path: &[impl AsRef<str>]) -> Option<Value> {
    let (last, above) = path.split_last()?;
    let map = above.iter().try_fold(values, |place, key| place.get_mut(key.as_ref()))?;
    map.as_object_mut()?.shift_remove(last.as_ref())
}

/// The different values that leaves took.
#[derive(Default)]
pub(crate) struct Taken(BTreeMap<String, BTreeSet<String>>);

impl Taken {
    /// Adds the values of a case.
    pub(crate) fn add(&mut self, leaves: &[Leaf], values: &Value) {
        for leaf in leaves {
            let taken = self.0.entry(leaf.name()).or_default();
            taken.extend(leaf.values_in(values).into_iter().map(|(_, value)| value.to_string()));
        }
    }

    /// How many different values a leaf took.
    pub(crate) fn count(&self, leaf: &Leaf) -> usize {
        self.0.get(&leaf.name()).map_or(0, BTreeSet::len)
    }
}
