//! The description of the values: defaults, schema, commented `values.yaml`, reference.
//!
//! Everything is printed from the Rust types of `emt-model`.

use emt_model::names::Registry;
use emt_model::{REQUIRED, Values};
use helmwright::describe::{self, NamedType, Row};
use helmwright::values::Renames;
use serde_json::Value;

use crate::environment::EnvironmentsFile;

/// The comment at the top of `values.yaml`.
const HEADER: &str = "\
Values of apim-emt: Axway Amplify API Management in externally managed topology.

The defaults are the reference architecture's. Set what differs in a file of your own, and give it
with --values. Every key is checked against values.schema.json.";

/// What the page on `environments.yaml` says before its tables.
const ENVIRONMENTS_PAGE: &str = "\
The file in the directory of values that names the environments: which values files make each of them, and where it runs.
Only `files`, `release` and `namespace` decide what is rendered; all else is for checks, reviews and plans. An editor completes
and checks the file by the schema that `emt schema --of environments` prints.";

/// The renamed keys, and what renames them for users.
pub(crate) const RENAMES: Renames =
    Renames { keys: emt_model::RENAMED, advice: "emt migrate renames it in values files" };

/// What the templates ask for beyond the keys without a default: each may be set, or made needless.
pub(crate) const ASKED_FOR: [(&str, &str); 5] = [
    ("domain", "DNS domain of all hosts; or ingress.enabled: false."),
    ("gatewayGroups", "At least one group, with image.tag and cassandra.keyspace."),
    (
        "adminNodeManager.image.tag",
        "Tag of its image; or adminNodeManager.enabled: false and topology.externalAdminNodeManagers.",
    ),
    (
        "cassandra.hosts",
        "Hosts of Apache Cassandra; or cassandra.enabled: false, and manager.enabled: false of the groups.",
    ),
    ("metricsDatabase.host", "Host of the metrics database; or metricsDatabase.enabled: false."),
];

/// The default values: `values.yaml` as JSON, without the keys that every user has to set.
#[must_use]
pub fn defaults() -> Value {
    let values = Values::new(Registry::constant("registry.example.com"));
    // All types below `Values` can be written as JSON; a test says so.
    describe::defaults(&values, REQUIRED).unwrap_or_default()
}

/// The schema of the values after Helm's merge, draft-07, with descriptions and defaults.
#[must_use]
pub fn schema() -> Value {
    let mut schema = describe::schema::<Values>("Values of apim-emt", None);
    describe::add_defaults(&mut schema, &defaults());
    schema
}

/// The schema as it is published: with the former names of renamed keys too, which it refuses with the names of today.
#[must_use]
pub fn published_schema() -> Value {
    let mut schema = schema();
    describe::add_renames(&mut schema, &RENAMES);
    schema
}

/// The published schema as the text of `values.schema.json`.
#[must_use]
pub fn schema_text() -> String {
    describe::schema_text(&published_schema())
}

/// The schema of `environments.yaml`, draft-07.
#[must_use]
pub fn environments_schema() -> Value {
    let mut schema = describe::schema::<EnvironmentsFile>("environments.yaml of emt", None);
    // What a parent chart gives to values, and to no other file.
    if let Some(properties) = schema["properties"].as_object_mut() {
        properties.remove("global");
    }
    schema
}

/// That schema as a text.
#[must_use]
pub fn environments_schema_text() -> String {
    describe::schema_text(&environments_schema())
}

/// The reference of `environments.yaml` as a page of Markdown.
#[must_use]
pub fn environments_page() -> String {
    let (schema, none) = (environments_schema(), Value::Object(serde_json::Map::new()));
    format!(
        "<!-- Written by `cargo xtask codegen` from the types of emt. Do not edit. -->\n\n\
         # environments.yaml\n\n{ENVIRONMENTS_PAGE}\n\n## Keys\n\n{}\n## Types\n\n{}\n",
        describe::markdown_table(&describe::table(&schema, &none)),
        describe::markdown_types(&describe::types(&schema, &none))
    )
}

/// The commented `values.yaml`.
#[must_use]
pub fn values_yaml() -> String {
    let asked: String = ASKED_FOR.iter().map(|(path, what)| format!("\n- {path}: {what}")).collect();
    let header = format!("{HEADER}\n\nThe chart also asks for these, or for what stands in their place:\n{asked}");
    describe::values_yaml(&schema(), &defaults(), REQUIRED, &header)
}

/// The reference of all values.
#[must_use]
pub fn reference() -> Vec<Row> {
    describe::table(&schema(), &defaults())
}

/// The types that the reference names.
#[must_use]
pub fn reference_types() -> Vec<NamedType> {
    describe::types(&schema(), &defaults())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_all_but_what_must_be_set() {
        let defaults = defaults();
        assert_eq!(defaults["gatewayGroupDefaults"]["traffic"]["heapSizeMiB"], 1512);
        for path in REQUIRED {
            assert!(path.iter().try_fold(&defaults, |value, key| value.get(key)).is_none(), "{path:?}");
        }
    }

    #[test]
    fn every_renamed_key_has_its_name_of_today() {
        let (schema, published) = (schema(), published_schema());
        assert!(!schema.to_string().contains("x-renamed-to"));
        for renamed in RENAMES.keys {
            let advice = format!("renamed to {} in {}; {}", renamed.to, renamed.since, RENAMES.advice);
            let mut alone = schema.clone();
            describe::add_renames(&mut alone, &Renames { keys: std::slice::from_ref(renamed), ..RENAMES });
            assert!(alone.to_string().contains(&advice), "no struct has the key of {renamed:?}");
            assert!(published.to_string().contains(&advice));
        }
    }
}
