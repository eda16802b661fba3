//! The facade and the table say the same.

#![allow(clippy::unwrap_used, reason = "tests")]

use helmwright::typed::ObjectType as _;
use helmwright_k8s::table::{self, Shape};
use helmwright_k8s::types;
use std::collections::BTreeMap;
use std::path::Path;

/// Type → field → marker, read from the generated sources: members of a struct cannot be listed by a program.
fn facade() -> (BTreeMap<String, BTreeMap<String, String>>, Vec<String>) {
    let mut types: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut left_out = Vec::new();
    let mut current = String::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated/types")).unwrap() {
        for line in std::fs::read_to_string(entry.unwrap().path()).unwrap().lines() {
            let line = line.trim();
            if let Some(name) = line.strip_prefix("pub struct ") {
                current = name.trim_end_matches(['{', '}', ' ']).to_owned();
                assert!(types.insert(current.clone(), BTreeMap::new()).is_none(), "{current} twice");
            } else if let Some(field) = line.strip_prefix("//! - `") {
                left_out.push(field.trim_end_matches('`').to_owned());
            } else if let Some((member, name)) = line.strip_suffix("\",").and_then(|line| line.split_once(" = \"")) {
                let (identifier, marker) = member.split_once(": ").unwrap();
                assert_eq!(identifier.trim_start_matches("r#"), name);
                types.get_mut(&current).unwrap().insert(name.to_owned(), marker.to_owned());
            }
        }
    }
    (types, left_out)
}

fn marker(shape: &Shape) -> String {
    match shape {
        Shape::String | Shape::Bytes | Shape::Time => "Text".to_owned(),
        Shape::Integer { .. } => "Integer".to_owned(),
        Shape::Boolean => "Boolean".to_owned(),
        Shape::IntOrString => "IntOrString".to_owned(),
        Shape::Quantity => "Quantity".to_owned(),
        Shape::Number | Shape::Json => "Json".to_owned(),
        Shape::List(inner) => format!("List<{}>", marker(inner)),
        Shape::Map(inner) => format!("Map<{}>", marker(inner)),
        Shape::Object(object_type) => object_type.name.to_owned(),
    }
}

#[test]
fn every_member_is_a_field_of_the_table_and_every_field_a_member() {
    let (facade, left_out) = facade();
    assert_eq!(facade.len(), table::all().len());
    for object_type in table::all() {
        let members = &facade[object_type.name];
        let mut fields = BTreeMap::new();
        for field in object_type.fields.iter() {
            if !left_out.contains(&format!("{}.{}", object_type.name, field.name)) {
                fields.insert(field.name.to_owned(), marker(&field.shape));
            }
        }
        assert_eq!(*members, fields, "{}", object_type.name);
    }
}

#[test]
fn the_facade_compiles_to_names() {
    let fields = types::DeploymentSpec::FIELDS;
    assert_eq!(fields.replicas.name(), "replicas");
    assert_eq!(types::DeploymentStrategy::FIELDS.r#type.name(), "type");
    assert_eq!(table::of::<types::PodSpec>().map(|found| found.name), Some("PodSpec"));
}

#[test]
fn kinds_agree() {
    fn check<T: helmwright::typed::Kind>() {
        let kind = table::kind(T::API_VERSION, T::KIND).unwrap();
        assert_eq!(kind.name, T::NAME);
    }
    check::<types::Deployment>();
    check::<types::Service>();
    check::<types::Ingress>();
    check::<types::HorizontalPodAutoscaler>();
}
