//! The description of the values: schema, defaults, `values.yaml`, reference.

use std::collections::BTreeSet;

use emt_model::names::Registry;
use emt_model::secrecy::may_be_secret;
use emt_model::{REQUIRED, Values};
use helmwright::describe;
use helmwright::read::Reader;
use helmwright_diagnostics::{SourceMap, Style, human};
use serde_json::Value;

type Failure = Box<dyn std::error::Error>;

fn described() -> Result<(Value, Value), Failure> {
    let defaults = describe::defaults(&Values::new(Registry::constant("")), REQUIRED)?;
    let mut schema = describe::schema::<Values>("Values of the chart", Some("https://example.com/values.schema.json"));
    describe::add_defaults(&mut schema, &defaults);
    Ok((schema, defaults))
}

#[test]
fn the_required_keys_are_all_that_a_user_has_to_set() -> Result<(), Failure> {
    let (_, defaults) = described()?;
    let reader = Reader::<Values>::new(defaults);
    let mut sources = SourceMap::new();
    let text = "acceptGeneralConditions: true\nimage:\n  registry: registry.example.com/apim\n";
    if let Err(findings) = reader.read(&mut sources, [("least.yaml", text)]) {
        panic!("{}", human(&findings, &sources, Style::default()));
    }
    let missing = reader.read(&mut sources, [("empty.yaml", "")]).err().unwrap_or_default();
    let missing: Vec<&str> = missing.iter().filter_map(|finding| finding.path.as_deref()).collect();
    assert_eq!(missing, REQUIRED.iter().map(|path| path.join(".")).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn every_reader_can_use_the_schema() -> Result<(), Failure> {
    let (schema, _) = described()?;
    assert_eq!(describe::unportable(&schema), Vec::<String>::new());
    let text = describe::schema_text(&schema);
    assert_eq!(serde_json::from_str::<Value>(&text)?, schema);
    println!("the schema has {} KB", text.len() / 1024);
    Ok(())
}

/// The names of all keys of a schema.
fn keys<'s>(schema: &'s Value, known: &mut BTreeSet<&'s str>) {
    match schema {
        Value::Object(entries) => {
            known.extend(
                entries.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(key, _)| &**key),
            );
            entries.values().for_each(|entry| keys(entry, known));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, known)),
        _ => {}
    }
}

#[test]
fn no_key_of_the_schema_is_taken_for_a_secret() -> Result<(), Failure> {
    let (schema, _) = described()?;
    let mut known = BTreeSet::new();
    keys(&schema, &mut known);
    // The name of a variable, under `variables` alone.
    assert!(known.remove("password"));
    let hidden = |key: &&&str| may_be_secret(&Value::Null, &["cassandra", key]);
    assert_eq!(known.iter().filter(hidden).collect::<Vec<_>>(), Vec::<&&str>::new());
    Ok(())
}

#[test]
fn every_key_has_a_description() -> Result<(), Failure> {
    let (schema, defaults) = described()?;
    let rows = describe::table(&schema, &defaults);
    let without: Vec<&str> =
        rows.iter().filter(|row| row.description.is_empty()).map(|row| row.path.as_str()).collect();
    assert_eq!(without, Vec::<&str>::new());
    let required: Vec<&str> = rows.iter().filter(|row| row.required).map(|row| row.path.as_str()).collect();
    assert_eq!(required, REQUIRED.iter().map(|path| path.join(".")).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn values_yaml_reads_back_as_the_defaults() -> Result<(), Failure> {
    let (schema, defaults) = described()?;
    let text = describe::values_yaml(&schema, &defaults, REQUIRED, "Values of the chart.");
    let mut sources = SourceMap::new();
    let file = sources.add("values.yaml", &text);
    match helmwright_yaml::read(&sources, file) {
        Ok(document) => assert_eq!(document.root.to_json(), defaults),
        Err(findings) => panic!("{}", human(&findings, &sources, Style::default())),
    }
    assert!(text.lines().all(|line| line.chars().count() <= 120 && line.trim_end() == line), "a line is too long");
    Ok(())
}

#[test]
fn the_block_of_required_keys_can_be_uncommented() -> Result<(), Failure> {
    let (schema, defaults) = described()?;
    let text = describe::values_yaml(&schema, &defaults, REQUIRED, "Values of the chart.");
    let block = text.split("\n\n").find(|block| block.starts_with("# You must set")).unwrap_or_default();
    let lines = block.lines().skip(1).map(|line| line.trim_start_matches('#').strip_prefix(' ').unwrap_or_default());
    let user = lines.collect::<Vec<_>>().join("\n");
    let mut sources = SourceMap::new();
    let read = Reader::<Values>::new(defaults).read(&mut sources, [("user.yaml", &user)]);
    if let Err(findings) = read {
        panic!("{}", human(&findings, &sources, Style::default()));
    }
    Ok(())
}
