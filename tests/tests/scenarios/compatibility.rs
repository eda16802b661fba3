//! Does this version take what the last release took, or say that it does not? The schema of each release stands in
//! `schema/released`; the one of this version is compared with the last of them, and with the changelog.
//!
//! Limit: what a rule or a refusal no longer takes is not seen here: those tell it in words of their own.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};

use emt::{CHART_VERSION, Input, Release, oci};
use emt_tests::{HelmError, helms};
use helmwright_chart::{Change, VersionedSchema, changes, is_major_step, release_problems};
use serde_json::{Value, json};

use crate::chart::chart;

const SUFFIX: &str = ".schema.json";

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn changelog() -> String {
    fs::read_to_string(repository().join("CHANGELOG.md")).unwrap()
}

/// The schemas of the releases, by version, the last one last.
fn released() -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(repository().join("schema/released")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let version = name.strip_suffix(SUFFIX).unwrap_or_else(|| panic!("{name} is no VERSION{SUFFIX}"));
        found.push((version.to_owned(), serde_json::from_slice(&fs::read(&path).unwrap()).unwrap()));
    }
    found.sort_by(|(one, _), (other, _)| if oci::is_later(one, other) { Ordering::Greater } else { Ordering::Less });
    found
}

/// Why a schema must not be this version's after a release.
fn problems(last: &(String, Value), version: &str, schema: &Value) -> Vec<String> {
    let before = VersionedSchema { version: &last.0, schema: &last.1 };
    let told: Vec<Change> = changes(&changelog(), CHART_VERSION);
    let found = release_problems(before, VersionedSchema { version, schema }, &told);
    found.into_iter().map(|problem| format!("{}: {}", problem.message, problem.help)).collect()
}

#[test]
fn this_version_may_follow_the_last_release() {
    let (released, schema) = (released(), emt::published_schema());
    let last = released.last().unwrap();
    let found = problems(last, CHART_VERSION, &schema);
    assert!(found.is_empty(), "{}", found.join("\n"));
    assert!(
        last.0 != CHART_VERSION && oci::is_later(CHART_VERSION, &last.0) || last.1 == schema,
        "{} is released: raise the version in Cargo.toml before the values change",
        last.0
    );
    println!(
        "compatibility: {CHART_VERSION} after {} of {} releases, a {} step",
        last.0,
        released.len(),
        if is_major_step(&last.0, CHART_VERSION) { "major" } else { "minor" }
    );
}

#[test]
fn every_release_of_the_changelog_has_its_schema() {
    let known: Vec<String> = released().into_iter().map(|(version, _)| version).collect();
    let changelog = changelog();
    let titles = changelog.lines().filter_map(|line| line.strip_prefix("## "));
    let versions: Vec<&str> = titles.map(|title| title.split(' ').next().unwrap_or_default()).collect();
    assert_eq!(versions.first(), Some(&CHART_VERSION), "the first section is this version's");
    let missing: Vec<_> = versions[1..].iter().filter(|version| !known.iter().any(|known| known == *version)).collect();
    assert!(missing.is_empty(), "copy schema/values.schema.json of {missing:?} to schema/released/VERSION{SUFFIX}");
}

/// A change of the schema at one place, and what the gate says of it.
fn changed(pointer: &str, change: impl Fn(&mut Value)) -> impl Fn(&str) -> Vec<String> {
    let schema = emt::published_schema();
    let mut other = schema.clone();
    change(other.pointer_mut(pointer).unwrap_or_else(|| panic!("the schema has no {pointer}")));
    assert_ne!(schema, other, "{pointer}");
    move |version| problems(&(CHART_VERSION.to_owned(), schema.clone()), version, &other)
}

/// The next versions after this one, `0.y` being a major one.
fn next() -> [String; 2] {
    let numbers: Vec<u64> = CHART_VERSION.split('.').map(|number| number.parse().unwrap()).collect();
    let [major, minor, patch] = numbers[..] else { panic!("{CHART_VERSION}") };
    let raised = if major == 0 { format!("0.{}.0", minor + 1) } else { format!("{}.0.0", major + 1) };
    [format!("{major}.{minor}.{}", patch + 1), raised]
}

#[test]
fn a_narrowing_of_the_real_schema_takes_a_major_version() {
    let remove = |key: &'static str| {
        move |node: &mut Value| {
            node.as_object_mut().unwrap().remove(key);
        }
    };
    let set = |value: Value| move |node: &mut Value| *node = value.clone();
    type Narrowing = Box<dyn Fn(&str) -> Vec<String>>;
    let narrowings: [(&str, Narrowing); 6] = [
        ("cassandra.port is gone", Box::new(changed("/definitions/Cassandra/properties", remove("port")))),
        (
            "events.headroomReplicas has the maximum 1 now",
            Box::new(changed("/definitions/Events/properties/headroomReplicas", |node| {
                *node = json!({ "type": "integer", "minimum": 0, "maximum": 1, "default": node["default"] });
            })),
        ),
        (
            "fipsMode was \"boolean\" and is \"string\"",
            Box::new(changed("/properties/fipsMode/type", set(json!("string")))),
        ),
        (
            "gatewayGroups.*.traffic.autoscaling.enabled must be set now",
            Box::new(changed("/definitions/AutoscalingPartial", |node| node["required"] = json!(["enabled"]))),
        ),
        (
            "rbac.viewers.users[] has another pattern",
            Box::new(changed("/definitions/Subject/pattern", set(json!("^a$")))),
        ),
        (
            "ingress.controller no longer takes \"nginx\"",
            Box::new(changed("/definitions/Ingress/properties/controller/enum", |node| {
                node.as_array_mut().unwrap().retain(|word| word != "nginx")
            })),
        ),
    ];
    let [patch, major] = next();
    for (expected, gate) in &narrowings {
        let said = gate(&patch).join("\n");
        assert!(said.contains(expected) && said.contains("make a major step"), "{expected}: {said}");
        assert!(!gate(&major).join("\n").contains("would be refused"), "{expected} with {major}");
    }
}

#[test]
fn a_widening_of_the_real_schema_takes_no_major_version() {
    let [patch, _] = next();
    let key = changed("/definitions/Cassandra/properties", |node| {
        node["another"] = json!({ "type": "string", "default": "" });
    });
    let word = changed("/definitions/Ingress/properties/controller/enum", |node| {
        node.as_array_mut().unwrap().push(json!("another"))
    });
    let bound = changed("/definitions/UsageLog/properties/intervalSeconds", |node| {
        *node = json!({ "type": "integer", "default": node["default"] });
    });
    for gate in [&key as &dyn Fn(&str) -> Vec<String>, &word, &bound] {
        assert_eq!(gate(&patch), Vec::<String>::new());
    }
}

#[test]
fn a_changed_default_has_to_be_told() {
    let gate = changed("/definitions/Topology/properties/pollIntervalSeconds/default", |node| *node = json!(31));
    let said = gate(&next()[1]).join("\n");
    assert!(said.starts_with("the default of topology.pollIntervalSeconds is 31 and was 30 in "), "{said}");
}

/// The values of a key under its former name, at each place where it was: the place, and the values.
fn former_names() -> Vec<(Vec<String>, &'static str, Value)> {
    let mut found = Vec::new();
    for renamed in emt::model::RENAMED {
        let entries = ["main", "scaleUp", "scaleDown"];
        let mut paths = vec![Vec::new()];
        for step in renamed.within {
            let names = entries.iter().filter(|name| match step {
                // An entry of a map, or the keys of a struct.
                &"*" => (**name == "main") == (paths[0].len() == 1),
                _ => false,
            });
            let names: Vec<&str> = if *step == "*" { names.copied().collect() } else { vec![step] };
            let below = |path: &Vec<&'static str>| {
                names.iter().map(|name| [path.as_slice(), &[*name]].concat()).collect::<Vec<_>>()
            };
            let next: Vec<Vec<&str>> = paths.iter().flat_map(below).collect();
            paths = next;
        }
        for path in paths {
            let path: Vec<String> = path.into_iter().chain([renamed.from]).map(str::to_owned).collect();
            let values = path.iter().rev().fold(json!(60), |below, key| json!({ key.as_str(): below }));
            found.push((path, renamed.to, values));
        }
    }
    found
}

#[test]
fn plain_helm_names_the_new_key() {
    let scratch = tempfile::tempdir().unwrap();
    let path = chart().write_below(scratch.path());
    let base = fs::read_to_string(repository().join("crates/emt/ci/minimal-values.yaml")).unwrap();
    let places = former_names();
    assert!(places.len() >= 4, "{places:?}");
    for (key, to, values) in places {
        let own = helmwright_yaml::write(&values);
        let files = [("base.yaml", base.as_str()), ("own.yaml", &own)];
        let refused = Input::from_files(files, Release::new("apim", "apim").unwrap()).unwrap_err().to_string();
        let from = key.last().unwrap();
        assert!(refused.contains(&format!("`{from}` is called `{to}` since")), "{refused}");
        for helm in helms() {
            let paths = [("base.yaml", &base), ("own.yaml", &own)].map(|(name, text)| {
                let path = scratch.path().join(name);
                fs::write(&path, text).unwrap();
                path
            });
            let outcome = helm.print(&path, "apim", "apim", &[&paths[0], &paths[1]]);
            let Err(HelmError::Refused(said)) = outcome else { panic!("Helm {} takes {key:?}", helm.version) };
            let spelt = [key.join("."), key.join("/")];
            assert!(spelt.iter().any(|path| said.contains(path.as_str())), "{said}");
            let words = format!("renamed to {to} in ");
            assert!(said.contains(&words) && said.contains("emt migrate"), "Helm {}: {said}", helm.version);
        }
    }
}
