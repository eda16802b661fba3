//! Helm's merges, ported: each against the original, on hundreds of random pairs of values, `null` included.
//!
//! Each pair is the value of a key at the root, in the chart's `values.yaml` and in the user's files, so that one Helm
//! process tries all of them.

use std::fs;
use std::path::Path;

use emt_tests::{Helm, helms};
use helmwright::values::merge::{coalesce, layer, overlay};
use serde_json::{Map, Value, json};

use crate::generate::Random;

/// Pairs of one run.
const PAIRS: usize = 400;

/// What stands at the ends of values: falsy and truthy of every kind.
fn leaf(random: &mut Random, null: bool) -> Value {
    let leaves = [
        json!(0),
        json!(1),
        json!(""),
        json!("x"),
        json!(false),
        json!(true),
        json!([]),
        json!([0, {"a": null}]),
        json!({}),
        json!(2.5),
    ];
    if null && random.chance(30) { Value::Null } else { random.pick(&leaves).clone() }
}

/// A map of a few keys, the same ones everywhere.
fn map(random: &mut Random, depth: usize, null: bool) -> Value {
    let mut map = Map::new();
    for key in ["a", "b", "c", "d"] {
        if random.chance(60) {
            let value =
                if depth > 0 && random.chance(60) { self::map(random, depth - 1, null) } else { leaf(random, null) };
            map.insert(key.to_owned(), value);
        }
    }
    Value::Object(map)
}

/// One value for each key of the root.
fn values(stream: u64, null: bool) -> Value {
    let mut random = Random::of(7, stream);
    let value = |number: usize| {
        let value = if random.chance(80) { map(&mut random, 3, null) } else { leaf(&mut random, null) };
        (format!("k{number}"), value)
    };
    Value::Object((0..PAIRS).map(value).collect())
}

fn write(directory: &Path, name: &str, text: &str) -> std::path::PathBuf {
    let file = directory.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

/// What Helm merges: the defaults of a chart, and the user's files.
fn helm_merges(helm: &Helm, template: &str, defaults: &Value, files: &[&Value]) -> Value {
    let scratch = tempfile::tempdir().unwrap();
    let chart = scratch.path().join("merge");
    write(&chart, "Chart.yaml", "apiVersion: v2\nname: merge\nversion: 0.1.0\n");
    write(&chart, "values.yaml", &helmwright_yaml::write(defaults));
    write(&chart, "templates/values.yaml", template);
    let files: Vec<_> = files
        .iter()
        .enumerate()
        .map(|(number, file)| write(scratch.path(), &format!("{number}.yaml"), &helmwright_yaml::write(file)))
        .collect();
    let files: Vec<&Path> = files.iter().map(|file| file.as_path()).collect();
    let rendered = helm.template(&chart, "r", "ns", &files, &[]).unwrap();
    serde_json::from_str(rendered.objects[0].value["json"].as_str().unwrap()).unwrap()
}

const VALUES: &str = "json: {{ .Values | toJson | quote }}\n";

/// Fails with the first keys whose values differ.
fn assert_same(
    helm: &Helm,
    theirs: &Value,
    ours: &Value,
    skip: impl Fn(&str) -> bool,
    of: impl Fn(&str) -> [Value; 2],
) -> usize {
    let (theirs, ours) = (theirs.as_object().unwrap(), ours.as_object().unwrap());
    let mut compared = 0;
    for key in theirs.keys().chain(ours.keys()).filter(|key| !skip(key)) {
        let text = |side: &Map<String, Value>| side.get(key).map(Value::to_string);
        let [below, above] = of(key);
        assert_eq!(
            theirs.get(key),
            ours.get(key),
            "Helm {}: {above}\nover {below}\n{:?}\n{:?}",
            helm.version,
            text(theirs),
            text(ours)
        );
        compared += 1;
    }
    compared
}

/// Whether a null stands over a null somewhere below: there Helm 4 does otherwise.
fn null_over_null(below: &Value, above: &Value) -> bool {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => below.iter().any(|(key, below)| match above.get(key) {
            Some(above) => (below.is_null() && above.is_null()) || null_over_null(below, above),
            None => false,
        }),
        _ => false,
    }
}

#[test]
fn user_values_over_defaults() {
    for null in [false, true] {
        let (defaults, user) = (values(1, null), values(2, null));
        let ours = coalesce(&defaults, &user);
        for helm in helms() {
            let theirs = helm_merges(&helm, VALUES, &defaults, &[&user]);
            let skip = |key: &str| helm.version.starts_with("4.") && null_over_null(&defaults[key], &user[key]);
            let compared = assert_same(&helm, &theirs, &ours, skip, |key| [defaults[key].clone(), user[key].clone()]);
            println!("language: Helm {}: {} merges of user values over defaults", helm.version, compared / 2);
        }
    }
}

#[test]
fn files_over_files() {
    let (defaults, files) = (values(3, true), [values(4, true), values(5, true), values(6, true)]);
    let mut layered = files[0].clone();
    for above in &files[1..] {
        layer(&mut layered, above);
    }
    let ours = coalesce(&defaults, &layered);
    for helm in helms() {
        let theirs = helm_merges(&helm, VALUES, &defaults, &files.iter().collect::<Vec<_>>());
        let skip = |key: &str| helm.version.starts_with("4.") && null_over_null(&defaults[key], &layered[key]);
        let compared = assert_same(&helm, &theirs, &ours, skip, |key| [defaults[key].clone(), layered[key].clone()]);
        println!("language: Helm {}: {} merges of three files", helm.version, compared / 2);
    }
}

/// What the two Helms do with a null, one by one: the table of `helmwright::values::merge`.
#[test]
fn null() {
    let defaults = json!({ "a": 1, "b": null, "c": null, "below": { "a": 1, "b": null, "c": null } });
    let user = json!({ "a": null, "b": null, "d": null, "below": { "a": null, "b": null, "d": null } });
    let ours = json!({ "c": null, "d": null, "below": { "c": null, "d": null } });
    assert_eq!(coalesce(&defaults, &user), ours);
    for helm in helms() {
        let mut expected = ours.clone();
        if helm.version.starts_with("4.") {
            expected["below"]["b"] = Value::Null;
        }
        assert_eq!(helm_merges(&helm, VALUES, &defaults, &[&user]), expected, "Helm {}", helm.version);
    }
}

#[test]
fn entries_over_defaults_in_templates() {
    let template = "{{- $all := dict }}\n{{- range $key, $pair := .Values.pairs }}\n\
        {{- $_ := set $all $key (mergeOverwrite (deepCopy $pair.d) $pair.e) }}\n{{- end }}\njson: {{ $all | toJson | quote }}\n";
    let (defaults, entries) = (values(8, false), values(9, false));
    let keys =
        defaults.as_object().unwrap().keys().filter(|key| defaults[*key].is_object() && entries[*key].is_object());
    let keys: Vec<_> = keys.cloned().collect();
    let pairs: Map<String, Value> =
        keys.iter().map(|key| (key.clone(), json!({ "d": defaults[key], "e": entries[key] }))).collect();
    let ours = keys.iter().map(|key| (key.clone(), overlay(&defaults[key], &entries[key]))).collect();
    let ours = Value::Object(ours);
    for helm in helms() {
        let theirs = helm_merges(&helm, template, &json!({}), &[&json!({ "pairs": pairs })]);
        let compared =
            assert_same(&helm, &theirs, &ours, |_| false, |key| [defaults[key].clone(), entries[key].clone()]);
        println!("language: Helm {}: {} entries over defaults", helm.version, compared / 2);
    }
}
