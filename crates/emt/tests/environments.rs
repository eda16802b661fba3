//! The schema of `environments.yaml` takes what emt takes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![cfg(feature = "diagnose")]

use emt::diagnostics::SourceMap;
use emt::{environments_schema, yaml};
use serde_json::Value;

fn read(text: &str) -> Value {
    let mut sources = SourceMap::new();
    let id = sources.add("environments.yaml", text);
    yaml::read(&sources, id).unwrap().root.to_json()
}

#[test]
fn the_schema_takes_the_committed_environments_and_the_starters() {
    let schema = jsonschema::validator_for(&environments_schema()).unwrap();
    for text in [include_str!("../../../values/environments.yaml"), include_str!("../starter/environments.yaml")] {
        let wrong: Vec<String> = schema.iter_errors(&read(text)).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}

#[test]
fn the_schema_refuses_what_emt_refuses() {
    let schema = jsonschema::validator_for(&environments_schema()).unwrap();
    let environment = "environments:\n  prod:\n    files: [a.yaml]\n    release: apim\n    namespace: apim\n";
    assert!(schema.is_valid(&read(environment)));
    for more in ["    stages: test\n", "    stage: prod\n", "    nodes: { a: { type: m5.large, count: 0 } }\n"] {
        assert!(!schema.is_valid(&read(&format!("{environment}{more}"))), "{more}");
    }
    assert!(!schema.is_valid(&read(&environment.replace("    release: apim\n", ""))));
}
