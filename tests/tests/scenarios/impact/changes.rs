//! What can be changed in a set of values, and into what.

use serde_json::{Map, Value, json};

use crate::generate::{ANY, Random, Rules, all_leaves, set, source, unset};

/// A value that can be changed.
pub(super) struct Place {
    /// Its path, as the impact map writes it.
    pub(super) name: String,
    path: Vec<String>,
    /// What may stand there; none for an entry of a map as a whole.
    rules: Option<Rules>,
}

/// All leaves, and the entries of maps of structs.
pub(super) fn places() -> Vec<Place> {
    let leaf = |leaf: &crate::generate::Leaf| Place {
        name: leaf.name(),
        path: leaf.path.clone(),
        rules: (!leaf.is_constant()).then(|| leaf.rules.clone()),
    };
    let leaves = all_leaves().iter().filter(|leaf| !leaf.is_constant()).map(leaf);
    let mut entries = Vec::new();
    collect(&source().rules, &mut Vec::new(), &mut entries);
    leaves.chain(entries).collect()
}

/// The maps whose entries are structs.
fn collect(rules: &Rules, path: &mut Vec<String>, found: &mut Vec<Place>) {
    let mut below = |name: &str, rules: &Rules| {
        path.push(name.to_owned());
        collect(rules, path, found);
        path.pop();
    };
    match rules {
        Rules::Struct(keys) => keys.iter().for_each(|key| below(&key.name, &key.rules)),
        Rules::Map(_, entries) if matches!(**entries, Rules::Struct(_)) => {
            below(ANY, entries);
            let path = [path.as_slice(), &[ANY.to_owned()]].concat();
            found.push(Place { name: path.join("."), path, rules: None });
        }
        _ => {}
    }
}

/// The concrete places of a set of values, each with what may be put there; no value: the key goes.
pub(super) fn values(place: &Place, user: &Value) -> Vec<(Vec<String>, Option<Value>)> {
    let Some(rules) = &place.rules else { return entries(place, user) };
    let mut found = Vec::new();
    for path in concrete(&place.path, user) {
        let now = path.iter().try_fold(user, |value, key| value.get(key));
        for value in different(rules, now) {
            found.push((path.clone(), Some(value)));
        }
        if now.is_some() {
            found.push((path, None));
        }
    }
    found
}

/// Puts a value in its place, or takes the key out.
pub(super) fn apply(user: &mut Value, path: &[String], value: Option<Value>) {
    match value {
        Some(value) => set(user, path, value),
        None => drop(unset(user, path)),
    }
}

/// One entry less, one entry more.
fn entries(place: &Place, user: &Value) -> Vec<(Vec<String>, Option<Value>)> {
    let above = &place.path[..place.path.len() - 1];
    let mut found = Vec::new();
    for path in concrete(above, user) {
        let map = path.iter().try_fold(user, |value, key| value.get(key)).and_then(Value::as_object);
        for (key, entry) in map.into_iter().flatten() {
            found.push(([path.as_slice(), std::slice::from_ref(key)].concat(), None));
            found.push(([path.as_slice(), &[format!("{key}x")]].concat(), Some(entry.clone())));
        }
    }
    found
}

/// The paths that a path with [`ANY`] stands for.
fn concrete(path: &[String], user: &Value) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = vec![Vec::new()];
    for step in path {
        let steps = |place: Vec<String>| -> Vec<Vec<String>> {
            if step != ANY {
                return vec![[place.as_slice(), std::slice::from_ref(step)].concat()];
            }
            let map = place.iter().try_fold(user, |value, key| value.get(key)).and_then(Value::as_object);
            map.into_iter()
                .flat_map(Map::keys)
                .map(|key| [place.as_slice(), std::slice::from_ref(key)].concat())
                .collect()
        };
        found = found.into_iter().flat_map(steps).collect();
    }
    found
}

/// Values other than the present one.
fn different(rules: &Rules, now: Option<&Value>) -> Vec<Value> {
    let mut random = Random::of(0x1a9ac7, 0);
    let mut found: Vec<Value> = match rules {
        Rules::Boolean(_) => vec![json!(true), json!(false)],
        Rules::Integer(minimum, maximum) => {
            let next = now.and_then(Value::as_i64).map(|now| now + 1).filter(|next| next <= maximum);
            vec![json!(next.unwrap_or(*minimum)), json!(maximum), json!(minimum)]
        }
        Rules::Text(text) if text.is_choice() => text.words.iter().map(|word| json!(word)).collect(),
        Rules::Text(text) => {
            let plain = ["changed", "changed.example.com", "7", "7Gi", "192.0.2.0/24", "/changed"];
            let plain = plain.iter().find(|plain| text.allows(plain)).map(|plain| json!(plain));
            let empty = text.allows("").then(|| json!(""));
            plain.into_iter().chain(empty).chain([rules.value(&mut random)]).collect()
        }
        Rules::List(_) | Rules::Map(..) | Rules::Block(_) => {
            let made = (0..20).map(|_| rules.value(&mut random)).find(|made| *made != rules.empty());
            made.into_iter().chain([rules.empty()]).collect()
        }
        rules => (0..3).map(|_| rules.value(&mut random)).collect(),
    };
    found.retain(|value| Some(value) != now);
    found.dedup();
    found
}
