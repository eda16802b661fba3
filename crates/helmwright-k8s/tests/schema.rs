//! The JSON schemas of types agree with validation, on generated values.

#![allow(clippy::unwrap_used, reason = "tests")]

use helmwright_k8s::table::{ObjectType, Shape, object_type};
use helmwright_k8s::{SUPPORTED, json_schema, json_schema_of, json_schema_terse, validate_as};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn compile(schema: &Value) -> Validator {
    jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(schema).unwrap()
}

fn known(name: &str) -> &'static ObjectType {
    object_type(name).unwrap()
}

/// A source of choices: numbers that proptest made, round and round.
struct Choices<'a> {
    numbers: &'a [u32],
    at: usize,
}

impl Choices<'_> {
    fn below(&mut self, limit: usize) -> usize {
        self.at += 1;
        self.numbers[self.at % self.numbers.len()].wrapping_mul(2_654_435_761).wrapping_add(self.at as u32) as usize
            % limit
    }

    fn pick<'v>(&mut self, values: &'v [Value]) -> &'v Value {
        &values[self.below(values.len())]
    }

    /// A value of this shape, now and then a wrong one.
    fn value(&mut self, shape: &Shape, words: &[&str], depth: usize, slips: usize) -> Value {
        if self.below(100) < slips {
            let odd = [
                json!(null),
                json!(1.5),
                json!(2.0),
                json!(true),
                json!("x"),
                json!(""),
                json!([]),
                json!({}),
                json!(u64::MAX),
            ];
            return self.pick(&odd).clone();
        }
        match shape {
            Shape::String if !words.is_empty() => json!(words[self.below(words.len())]),
            Shape::String => self.pick(&[json!("a"), json!(""), json!("on"), json!("1")]).clone(),
            Shape::Bytes => self.pick(&[json!("YQ=="), json!("a b")]).clone(),
            Shape::Time => self.pick(&[json!("2030-01-31T12:00:00Z"), json!("2030-01-31")]).clone(),
            Shape::Integer { .. } => self
                .pick(&[
                    json!(0),
                    json!(1),
                    json!(-1),
                    json!(8080),
                    json!(1e3),
                    json!(2_147_483_647),
                    json!(2_147_483_648_u32),
                ])
                .clone(),
            Shape::Number => json!(0.5),
            Shape::Boolean => json!(self.below(2) == 0),
            Shape::IntOrString => self.pick(&[json!(1), json!("25%"), json!(2_147_483_648_u32)]).clone(),
            Shape::Quantity => {
                self.pick(&[json!("500m"), json!(2), json!(0.5), json!("2Gi"), json!("1e3"), json!("2GB")]).clone()
            }
            Shape::Json => json!({ "any": [null] }),
            Shape::List(inner) => (0..self.below(3)).map(|_| self.value(inner, words, depth, slips)).collect(),
            Shape::Map(inner) => (0..self.below(3))
                .map(|index| (format!("k{index}"), self.value(inner, words, depth, slips)))
                .collect::<Map<_, _>>()
                .into(),
            Shape::Object(found) => self.object(found.get(), depth, slips),
        }
    }

    fn object(&mut self, object_type: &'static ObjectType, depth: usize, slips: usize) -> Value {
        let mut members = Map::new();
        for field in object_type.fields.iter() {
            let wanted =
                if field.required.is_some() { self.below(100) >= slips } else { depth > 0 && self.below(6) == 0 };
            if wanted {
                let mut words: Vec<&str> = field.enumeration.iter().map(|allowed| allowed.value).collect();
                if !words.is_empty() && self.below(100) < slips {
                    words = vec!["Wrong"];
                }
                members.insert(field.name.to_owned(), self.value(&field.shape, &words, depth.saturating_sub(1), slips));
            }
        }
        if self.below(100) < slips {
            members.insert("typo".to_owned(), json!(1));
        }
        members.into()
    }
}

/// The schema accepts exactly what validation accepts for all supported versions. Returns whether it accepted.
fn agree(name: &str, validator: &Validator, value: &Value) -> bool {
    let problems: Vec<String> = SUPPORTED
        .iter()
        .flat_map(|version| validate_as(known(name), value, *version))
        .map(|problem| problem.to_string())
        .collect();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(
        errors.is_empty(),
        problems.is_empty(),
        "{name} {value}\nschema: {errors:#?}\nvalidation: {problems:#?}"
    );
    problems.is_empty()
}

#[test]
fn schemas_agree_with_validation() {
    for name in
        ["Toleration", "Container", "Volume", "Affinity", "Deployment", "PersistentVolumeClaim", "NetworkPolicySpec"]
    {
        let validator = compile(&json_schema(known(name)));
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let (mut accepted, mut refused) = (0, 0);
        for slips in [0, 1, 8] {
            for _ in 0..150 {
                let tree = prop::collection::vec(any::<u32>(), 32..64).new_tree(&mut runner).unwrap();
                let numbers = proptest::strategy::ValueTree::current(&tree);
                let value = Choices { numbers: &numbers, at: 0 }.object(known(name), 5, slips);
                *(if agree(name, &validator, &value) { &mut accepted } else { &mut refused }) += 1;
            }
        }
        assert!(accepted > 20 && refused > 20, "{name}: {accepted} accepted, {refused} refused");
    }
}

#[test]
fn schemas_agree_on_chosen_values() {
    let cases = [
        ("Toleration", json!({ "key": "a", "operator": "Exists" }), true),
        ("Toleration", json!({ "key": "a", "operator": "Gt" }), false),
        ("Toleration", json!({ "key": 1 }), false),
        ("Toleration", json!({ "tolerationSeconds": 9_223_372_036_854_775_807_i64 }), true),
        ("Toleration", json!({ "tolerationSeconds": 9_223_372_036_854_775_808_u64 }), false),
        ("Toleration", json!({ "keys": "a" }), false),
        ("Toleration", json!(null), false),
        ("Toleration", json!([]), false),
        ("Container", json!({ "name": "a" }), true),
        ("Container", json!({}), false),
        ("Container", json!({ "name": "a", "restartPolicyRules": [] }), false),
        ("Container", json!({ "name": "a", "restartPolicy": "Always" }), true),
        ("Container", json!({ "name": "a", "restartPolicy": "Never" }), false),
        ("Container", json!({ "name": "a", "ports": [{ "containerPort": 80.0 }] }), true),
        ("Container", json!({ "name": "a", "livenessProbe": { "httpGet": { "port": "http" } } }), true),
        ("Container", json!({ "name": "a", "livenessProbe": { "httpGet": { "port": 80.5 } } }), false),
        ("Container", json!({ "name": "a", "resources": { "limits": { "memory": "2GB" } } }), false),
        (
            "Deployment",
            json!({ "apiVersion": "apps/v1", "kind": "Job", "metadata": {}, "spec": { "selector": {}, "template": {} } }),
            false,
        ),
        ("Deployment", json!({ "metadata": {}, "spec": { "selector": {}, "template": {} } }), true),
    ];
    for (name, value, accepted) in cases {
        assert_eq!(agree(name, &compile(&json_schema(known(name))), &value), accepted, "{name} {value}");
        assert_eq!(compile(&json_schema_terse(known(name))).is_valid(&value), accepted, "terse {name} {value}");
    }
}

#[test]
fn every_type_compiles_and_holds_no_regex_that_helm_cannot_read() {
    for object_type in helmwright_k8s::table::all() {
        let schema = json_schema(object_type);
        compile(&schema);
        let text = schema.to_string();
        for refused in ["\\\\d", "\\\\w", "\\\\s", "(?", "\\\\b"] {
            assert!(!text.contains(refused), "{} holds {refused}", object_type.name);
        }
    }
}

#[test]
fn a_list_has_a_schema() {
    let pod = known("PodSpec");
    let validator = compile(&json_schema_of(&pod.field("volumes").unwrap().shape));
    assert!(validator.is_valid(&json!([{ "name": "a", "emptyDir": {} }])));
    assert!(!validator.is_valid(&json!([{ "nam": "a" }])));
    assert!(!validator.is_valid(&json!({})));
}
