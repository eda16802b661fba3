//! Every field in which two runs of real `helm template` differ is in the review, and no other.
//!
//! The judge flattens what Helm prints to leaves, without regard to the order of lists, and adds up what the review says:
//! what stood there before, less what is told as old, plus what is told as new, has to be what stands there now.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use emt::Workspace;
use emt::review::json;
use emt_tests::{Helm, helms};
use serde_json::Value;

use super::Seeded;
use super::seeds::SEEDS;
use crate::chart::chart;
use crate::figures;

/// How often a leaf stands at a place: `kind name path = value`.
type Leaves = BTreeMap<String, i64>;

fn flatten(value: &Value, path: &str, sign: i64, leaves: &mut Leaves) {
    let is_word = |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, entry) in entries {
                let below = if is_word(key) { format!("{path}.{key}") } else { format!("{path}[{key:?}]") };
                flatten(entry, &below, sign, leaves);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().for_each(|item| flatten(item, &format!("{path}[]"), sign, leaves));
        }
        scalar => *leaves.entry(format!("{path} = {scalar}")).or_default() += sign,
    }
}

/// A place of the review as leaves have it: names and numbers of items do not count.
fn place(text: &str) -> String {
    let mut plain = String::from(".");
    let mut rest = text;
    while let Some(start) = rest.find('[') {
        plain.push_str(&rest[..start]);
        let quoted = rest[start..].starts_with("[\"");
        let end = start + rest[start..].find(if quoted { "\"]" } else { "]" }).unwrap() + if quoted { 2 } else { 1 };
        plain.push_str(if quoted { &rest[start..end] } else { "[]" });
        rest = &rest[end..];
    }
    plain + rest
}

/// What Helm prints, by kind and name.
fn printed(helm: &Helm, chart: &Path, directory: PathBuf, environment: &str) -> BTreeMap<String, Value> {
    let workspace = Workspace::open(&directory).unwrap();
    let environment = workspace.environment(environment).unwrap();
    let files: Vec<PathBuf> = environment.files.iter().map(|path| directory.join(path.as_str())).collect();
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let release = environment.release();
    let printed = helm.template(chart, release.name.as_str(), release.namespace.as_str(), &files, &[]).unwrap();
    let name = |object: &Value| {
        format!("{} {}", object["kind"].as_str().unwrap(), object["metadata"]["name"].as_str().unwrap())
    };
    printed.values().into_iter().map(|object| (name(&object), object)).collect()
}

/// What a review says of objects that are there on both sides, in leaves; and the others with what happens to them.
struct Told {
    leaves: Leaves,
    texts: BTreeSet<String>,
    come: BTreeSet<String>,
    gone: BTreeSet<String>,
    /// New name to old.
    renamed: BTreeMap<String, String>,
}

fn told(review: &Value) -> Told {
    let (mut leaves, mut texts) = (Leaves::new(), BTreeSet::new());
    let (mut come, mut gone, mut renamed) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    for object in review["environments"][0]["objects"].as_array().unwrap() {
        let kind = object["kind"].as_str().unwrap();
        let title = format!("{kind} {}", object["name"].as_str().unwrap());
        match object["fate"].as_str().unwrap() {
            "added" => drop(come.insert(title.clone())),
            "removed" => drop(gone.insert(title.clone())),
            "renamed" => drop(renamed.insert(title.clone(), format!("{kind} {}", object["from"].as_str().unwrap()))),
            _ => assert!(!object["fields"].as_array().unwrap().is_empty(), "{title} changes in no field"),
        }
        for field in object["fields"].as_array().unwrap() {
            let at = format!("{title} {}", place(field["place"].as_str().unwrap()));
            match field["what"].as_str().unwrap() {
                "text" => drop(texts.insert(at)),
                "order" => {}
                _ => {
                    assert_ne!(field["old"], field["new"], "{at} is told and does not change");
                    for (key, sign) in [("old", -1), ("new", 1)] {
                        if let Some(value) = field.get(key) {
                            flatten(value, &at, sign, &mut leaves);
                        }
                    }
                }
            }
        }
    }
    Told { leaves, texts, come, gone, renamed }
}

#[test]
fn the_review_tells_what_helm_prints_otherwise_and_nothing_else() {
    let Some(helm) = helms().pop() else { return };
    let home = tempfile::tempdir().unwrap();
    let chart = chart().write_below(home.path());
    let (mut fields, mut objects) = (0, 0);
    for seed in SEEDS.iter().filter(|seed| !seed.respelled) {
        let seeded = Seeded::new(seed.environment, seed.files[0], seed.files[1]);
        let review: Value = serde_json::from_str(&json(&seeded.review(seed.environment))).unwrap();
        let told = told(&review);
        let [before, after] =
            ["before", "values"].map(|side| printed(&helm, &chart, seeded.directory(side), seed.environment));

        let was = |title: &String| told.renamed.get(title).unwrap_or(title).clone();
        let missing = |one: &BTreeMap<String, Value>, other: BTreeSet<String>| -> BTreeSet<String> {
            one.keys().filter(|title| !other.contains(*title)).cloned().collect()
        };
        assert_eq!(
            told.come,
            missing(&after, after.keys().filter(|title| before.contains_key(&was(title))).cloned().collect()),
            "{}",
            seed.what
        );
        assert_eq!(told.gone, missing(&before, after.keys().map(was).collect()), "{}", seed.what);

        let mut expected = Leaves::new();
        for (title, object) in after.iter().filter(|(title, _)| !told.come.contains(*title)) {
            flatten(object, &format!("{title} "), 1, &mut expected);
            flatten(&before[&was(title)], &format!("{title} "), -1, &mut expected);
        }
        let is_text = |leaf: &String| told.texts.iter().any(|text| leaf.starts_with(&format!("{text} = ")));
        for text in &told.texts {
            let differs = expected.iter().any(|(leaf, count)| *count != 0 && leaf.starts_with(&format!("{text} = ")));
            assert!(differs, "{}: {text} is told and does not change", seed.what);
        }
        let differing = |leaves: Leaves| -> Leaves {
            leaves.into_iter().filter(|(leaf, count)| *count != 0 && !is_text(leaf)).collect()
        };
        fields += told.leaves.len() + told.texts.len();
        objects += told.come.len() + told.gone.len();
        assert_eq!(differing(told.leaves.clone()), differing(expected), "{}", seed.what);
    }
    figures::print(
        "review",
        "equality",
        &format!(
            "{} changes, {fields} differing leaves and {objects} objects told as Helm {} prints them",
            SEEDS.len(),
            helm.version
        ),
    );
    assert!(fields > 100 && objects > 10, "the changes do not change much");
}
