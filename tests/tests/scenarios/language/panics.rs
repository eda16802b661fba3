//! No values and no tree make the readings of a tree panic: keys may be missing, types wrong, expressions absurd.
//!
//! Limit: a call has as many arguments as its function takes; nothing checks that but the typed functions.

use helmwright::coverage::{Coverage, branches};
use helmwright::evaluate::{self, Release};
use helmwright::expression::{Builtin, Charset, Expression, Function, Magnitude, ValueType};
use helmwright::impact;
use helmwright::print::print;
use helmwright::shapes;
use helmwright::tree::{ControlId, Document, Entry, File, Item, Key, Node, Refusal, Tree};
use helmwright::values::merge::{coalesce, layer, overlay};
use helmwright_k8s::Kubernetes;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value, json};

use super::chart::tree;
use super::values::LanguageValues;

const RELEASE: Release<'static> = Release { name: "r", namespace: "ns", chart_version: "1", app_version: "2" };

/// Any JSON, with the numbers and texts that casts and cuts stumble over.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|float| json!(float)),
        Just(json!(i64::MIN)),
        Just(json!(1e300)),
        ".{0,8}".prop_map(Value::from),
        Just(json!("é\u{1F600}\n ")),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec(("[a-z0-9.]{0,4}", inner), 0..5)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

/// The chart's default values with something else in some places.
fn bent_values() -> impl Strategy<Value = Value> {
    proptest::collection::vec((any::<u64>(), any_json()), 1..6).prop_map(|changes| {
        let mut values = serde_json::to_value(LanguageValues::default()).unwrap();
        for (choice, change) in changes {
            bend(&mut values, choice, change);
        }
        values
    })
}

/// Replaces, or takes away, what the choices lead to.
fn bend(value: &mut Value, choice: u64, change: Value) {
    let Value::Object(map) = value else {
        *value = change;
        return;
    };
    let keys: Vec<String> = map.keys().cloned().collect();
    let Some(key) = keys.get(choice as usize % keys.len().max(1)) else { return };
    match (choice >> 32) % 4 {
        0 => drop(map.remove(key)),
        1 => drop(map.insert(key.clone(), change)),
        _ => bend(&mut map[key], choice.rotate_left(13), change),
    }
}

/// A call of each function, whatever its arguments are.
fn calls(inner: impl Strategy<Value = Expression> + Clone) -> impl Strategy<Value = Expression> {
    let functions = vec![
        (Function::Concat, 3),
        (Function::FirstOf, 2),
        (Function::Truncate(3), 1),
        (Function::TrimSuffix("x"), 1),
        (Function::Replace("", "é"), 1),
        (Function::Sha256, 1),
        (Function::ToJson, 1),
        (Function::Join(",", Charset::Any), 1),
        (Function::ToText, 1),
        (Function::Add, 2),
        (Function::Subtract, 2),
        (Function::Multiply, 2),
        (Function::Divide, 2),
        (Function::Remainder, 2),
        (Function::Maximum, 2),
        (Function::Minimum, 2),
        (Function::Length, 1),
        (Function::Equal, 2),
        (Function::Less, 2),
        (Function::Before, 2),
        (Function::Contains, 2),
        (Function::OneOf, 2),
        (Function::Not, 1),
        (Function::And, 2),
        (Function::Or, 3),
        (Function::NotEmpty, 1),
        (Function::Ternary, 3),
        (Function::Overlay, 2),
        (Function::Index(ValueType::Text(Charset::Any)), 2),
    ];
    (proptest::sample::select(functions), proptest::collection::vec(inner, 3))
        .prop_map(|((function, arity), arguments)| Expression::call(function, arguments[..arity].to_vec()))
}

/// Any expression.
fn any_expression() -> impl Strategy<Value = Expression> {
    let types = prop_oneof![
        Just(ValueType::Boolean),
        Just(ValueType::Integer(Magnitude::Wide)),
        Just(ValueType::Text(Charset::Any)),
        Just(ValueType::Text(Charset::Label)),
        Just(ValueType::Word),
        Just(ValueType::IntegerOrPercentage),
        Just(ValueType::List),
        Just(ValueType::Map),
        Just(ValueType::Json),
    ];
    let leaf = prop_oneof![
        any_json().prop_map(Expression::Literal),
        Just(Expression::Values),
        Just(Expression::Builtin(Builtin::ReleaseName)),
        ("[a-zA-Z -]{0,6}", types).prop_map(|(key, value_type)| Expression::Values.field(key.leak(), value_type)),
    ];
    leaf.prop_recursive(4, 30, 3, calls)
}

/// A tree with the expressions in every place.
fn absurd(expressions: &[Expression]) -> Tree {
    let one = |number: usize| expressions[number % expressions.len()].clone();
    let field = |key: Key, node: Node| Entry::Field { key, node, location: std::panic::Location::caller() };
    let entries = vec![
        field(Key::Literal("kind".to_owned()), Node::Scalar(one(0))),
        field(Key::Computed(one(1)), Node::Block(one(2))),
        field(Key::Literal("w".to_owned()), Node::Whole(one(3))),
        field(Key::Literal("l".to_owned()), Node::List(vec![Item::Node(Node::Scalar(one(4))), Item::Splice(one(5))])),
        Entry::Splice(one(6)),
    ];
    let refusal = Refusal { id: ControlId::new(), condition: one(7), message: one(8) };
    let documents = vec![Document::Refuse(refusal), Document::Object(entries), Document::Whole(one(9))];
    Tree { files: vec![File { name: "a.yaml", purpose: "Absurd.", documents }], notes: Vec::new() }
}

/// All readings of a tree.
fn read(tree: &Tree, values: &Value) {
    let _ = evaluate::evaluate(tree, values, &RELEASE, &mut Coverage::default());
    let _ = evaluate::notes(tree, values, &RELEASE, &mut Coverage::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn bent_values_do_not_panic(values in bent_values()) {
        read(&tree(), &values);
    }

    #[test]
    fn any_values_do_not_panic(values in any_json()) {
        read(&tree(), &values);
    }

    #[test]
    fn absurd_trees_do_not_panic(expressions in proptest::collection::vec(any_expression(), 1..10), values in any_json()) {
        let tree = absurd(&expressions);
        read(&tree, &values);
        let _ = print(&tree);
        let _ = (impact::impact(&tree), impact::reads(&tree), branches(&tree), shapes::check(&tree, &Kubernetes));
    }

    #[test]
    fn merges_do_not_panic(below in any_json(), above in any_json()) {
        let (merged, laid) = (coalesce(&below, &above), overlay(&below, &above));
        let mut layered = below.clone();
        layer(&mut layered, &above);
        prop_assert_eq!(laid, layered);
        // What is merged again stays.
        prop_assert!(has_null(&above) || coalesce(&merged, &above) == merged);
    }
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(map) => Map::values(map).any(has_null),
        _ => false,
    }
}
