//! Paths into objects, as the tables write them: `spec.template.spec.containers[traffic].ports[*].containerPort`.
//!
//! `[name]` is the element of that name, `[key=value]` one by another key, `[*]` any element; a key with dots stands in
//! quotes. `pod` is short for the pod's spec, `container` for the component's own container, `env(NAME)` and `waits(NAME)`
//! for the value of a variable of it or of its prechecks.

use serde_json::{Map, Value};

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A key of a map.
    Key(String),
    /// Elements of a list that have this value at this key.
    Where(String, String),
    /// Any element of a list.
    Any,
}

/// Reads a path. `component` is what `container` stands for.
pub(super) fn parse(text: &str, component: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if let Some(quoted) = rest.strip_prefix('"') {
            let (key, behind) = quoted.split_once('"').unwrap_or((quoted, ""));
            steps.push(Step::Key(key.to_owned()));
            rest = behind;
        } else if let Some(inside) = rest.strip_prefix('[') {
            let (inside, behind) = inside.split_once(']').unwrap_or((inside, ""));
            steps.push(match inside.split_once('=') {
                _ if inside == "*" => Step::Any,
                Some((key, value)) => Step::Where(key.to_owned(), value.to_owned()),
                None => Step::Where("name".to_owned(), inside.to_owned()),
            });
            rest = behind;
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (key, behind) = rest.split_at(end);
            steps.extend(expand(key, component));
            rest = behind;
        }
    }
    steps
}

/// The steps of a key, or of what it is short for.
fn expand(key: &str, component: &str) -> Vec<Step> {
    let keys = |keys: &[&str]| keys.iter().map(|key| Step::Key((*key).to_owned())).collect::<Vec<_>>();
    let named = |name: &str| Step::Where("name".to_owned(), name.to_owned());
    let pod = || keys(&["spec", "template", "spec"]);
    let of_list = |list: &str, container: &str, variable: Option<&str>| {
        let mut steps = pod();
        steps.extend(keys(&[list]));
        steps.push(named(container));
        if let Some(variable) = variable {
            steps.extend([Step::Key("env".to_owned()), named(variable), Step::Key("value".to_owned())]);
        }
        steps
    };
    let argument = |prefix: &str| key.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(')'));
    if let Some(variable) = argument("env(") {
        of_list("containers", component, Some(variable))
    } else if let Some(variable) = argument("waits(") {
        of_list("initContainers", "prechecks", Some(variable))
    } else {
        match key {
            "pod" => pod(),
            "container" => of_list("containers", component, None),
            _ => keys(&[key]),
        }
    }
}

/// The values that a path leads to, each with its JSON pointer.
pub(super) fn find<'v>(value: &'v Value, steps: &[Step]) -> Vec<(String, &'v Value)> {
    let mut found = vec![(String::new(), value)];
    for step in steps {
        let mut next = Vec::new();
        for (at, value) in found {
            match step {
                Step::Key(key) => {
                    let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                    next.extend(value.get(key).map(|inner| (pointer, inner)));
                }
                Step::Where(key, wanted) => {
                    let elements = value.as_array().into_iter().flatten().enumerate();
                    let matching = elements.filter(|(_, element)| element[key.as_str()] == wanted.as_str());
                    next.extend(matching.map(|(index, element)| (format!("{at}/{index}"), element)));
                }
                Step::Any => {
                    let elements = value.as_array().into_iter().flatten().enumerate();
                    next.extend(elements.map(|(index, element)| (format!("{at}/{index}"), element)));
                }
            }
        }
        found = next;
    }
    found
}

/// Puts a value where a path leads, and everything on the way.
pub(super) fn insert(value: &mut Value, steps: &[Step], new: Value) {
    let Some((step, rest)) = steps.split_first() else {
        *value = new;
        return;
    };
    match step {
        Step::Key(key) => {
            if !value.is_object() {
                *value = Value::Object(Map::new());
            }
            if let Some(map) = value.as_object_mut() {
                insert(map.entry(key.clone()).or_insert(Value::Null), rest, new);
            }
        }
        Step::Where(..) | Step::Any => {
            if !value.is_array() {
                *value = Value::Array(Vec::new());
            }
            if let Some(list) = value.as_array_mut() {
                let found = match step {
                    Step::Where(key, wanted) => list.iter().position(|one| one[key.as_str()] == wanted.as_str()),
                    _ => list.len().checked_sub(1),
                };
                let index = found.unwrap_or_else(|| {
                    let mut element = Map::new();
                    if let Step::Where(key, wanted) = step {
                        element.insert(key.clone(), Value::from(wanted.as_str()));
                    }
                    list.push(Value::Object(element));
                    list.len() - 1
                });
                // An element that was made to be found is all that is wanted.
                if !(rest.is_empty() && matches!(step, Step::Where(..))) {
                    insert(&mut list[index], rest, new);
                }
            }
        }
    }
}

/// Takes away what a pointer leads to.
pub(super) fn remove(value: &mut Value, pointer: &str) {
    let Some((above, key)) = pointer.rsplit_once('/') else { return };
    match value.pointer_mut(above) {
        Some(Value::Object(map)) => {
            map.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        Some(Value::Array(list)) => {
            if let Ok(index) = key.parse::<usize>() {
                list.remove(index);
            }
        }
        _ => {}
    }
}
