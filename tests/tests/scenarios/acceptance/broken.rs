//! Values that are broken in one place: every rule of the schema, at every place where it stands.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::generate::{Random, Rules, Text, least, set, source};

/// A name that no struct has.
const UNKNOWN: &str = "noSuchKey";

/// Texts one of which nearly every rule excludes.
const WRONG_TEXTS: &[&str] = &["", "no such word", "\u{e9}", "a b", "/", "-", "\u{1}", "\u{feff}"];

/// All breaks.
pub(super) struct Broken {
    pub(super) breaks: Vec<Break>,
    /// The places that are broken.
    pub(super) places: usize,
}

/// Values with one fault.
pub(super) struct Break {
    /// What is wrong, and where.
    pub(super) name: String,
    pub(super) values: Value,
}

/// Every break of the values that say the least.
pub(super) fn all() -> Broken {
    let mut maker = Maker { base: source().base.clone(), random: Random::of(0xb8ea, 0), breaks: Vec::new(), places: 0 };
    maker.visit(&source().rules, &mut Vec::new(), &source().base);
    Broken { breaks: maker.breaks, places: maker.places }
}

/// The keywords of a schema that can refuse something.
pub(super) fn keywords(schema: &Value) -> BTreeSet<String> {
    const REFUSING: &[&str] = &[
        "type",
        "const",
        "enum",
        "minimum",
        "maximum",
        "pattern",
        "minLength",
        "maxLength",
        "not",
        "required",
        "items",
        "minItems",
        "maxItems",
        "uniqueItems",
        "additionalProperties",
        "propertyNames",
        "minProperties",
        "maxProperties",
        "anyOf",
        "oneOf",
        "dependencies",
    ];
    let mut found = BTreeSet::new();
    collect(schema, &mut found);
    found.retain(|keyword| REFUSING.contains(&keyword.as_str()));
    // What it refuses is told of what stands below it.
    found.remove("items");
    found
}

fn collect(schema: &Value, found: &mut BTreeSet<String>) {
    let Value::Object(keywords) = schema else { return };
    for (keyword, value) in keywords {
        match (keyword.as_str(), value) {
            ("properties" | "definitions" | "patternProperties", Value::Object(named)) => {
                named.values().for_each(|below| collect(below, found));
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => parts.iter().for_each(|part| collect(part, found)),
            ("default" | "examples" | "enum" | "const", _) => {}
            _ => collect(value, found),
        }
        // A map that is open says so without refusing.
        if value != &json!(true) {
            found.insert(keyword.clone());
        }
    }
}

struct Maker {
    base: Value,
    random: Random,
    breaks: Vec<Break>,
    places: usize,
}

impl Maker {
    /// Breaks what stands at a place, and all below. `here` is what sound values have there.
    fn visit(&mut self, rules: &Rules, place: &mut Vec<String>, here: &Value) {
        self.places += 1;
        let wrong: Vec<Value> = self.wrong(rules);
        for value in wrong {
            self.put(place, value);
        }
        match rules {
            Rules::Struct(keys) => {
                self.put(&[place.as_slice(), &[UNKNOWN.to_owned()]].concat(), json!(1));
                for key in keys {
                    let below = here.get(&key.name).cloned().unwrap_or_else(|| self.sound(&key.rules));
                    place.push(key.name.clone());
                    self.visit(&key.rules, place, &below);
                    place.pop();
                }
            }
            Rules::Map(names, entries) => {
                let entry = self.sound(entries);
                for name in WRONG_TEXTS.iter().map(|text| (*text).to_owned()).chain(names.taken().to_vec()) {
                    if !names.allows(&name) {
                        self.put(place, json!({ name: entry.clone() }));
                    }
                }
                if let Some(most) = names.most() {
                    let mut many = serde_json::Map::new();
                    while many.len() <= most {
                        many.insert(names.value(&mut self.random), entry.clone());
                    }
                    self.put(place, Value::Object(many));
                }
                let existing = here.as_object().and_then(|map| map.keys().next().cloned());
                let name = existing.unwrap_or_else(|| names.value(&mut self.random));
                let below = here.get(&name).cloned().unwrap_or(entry);
                self.without_each(entries, &below, |entry| json!({ name.clone(): entry }), place);
                place.push(name);
                self.visit(entries, place, &below);
                place.pop();
            }
            Rules::List(items) => {
                for wrong in self.wrong(items) {
                    self.put(place, json!([wrong]));
                }
                let item = self.sound(items);
                self.without_each(items, &item, |item| json!([item]), place);
            }
            Rules::Block(block) => {
                let sound = self.sound(block);
                self.without_each(block, &sound, |value| value, place);
                self.put(place, json!({ UNKNOWN: 1 }));
                let Rules::Struct(keys) = &**block else { return };
                for key in keys.iter().filter(|key| key.required) {
                    for wrong in self.wrong(&key.rules) {
                        let mut entries = sound.clone();
                        set(&mut entries, &[&key.name], wrong);
                        self.put(place, entries);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes each required key out of a struct.
    fn without_each(&mut self, rules: &Rules, sound: &Value, whole: impl Fn(Value) -> Value, place: &[String]) {
        let (Rules::Struct(keys), Value::Object(sound)) = (rules.unwrapped(), sound) else { return };
        for key in keys.iter().filter(|key| key.required) {
            let mut without = sound.clone();
            if without.shift_remove(&key.name).is_some() {
                self.put(place, whole(Value::Object(without)));
            }
        }
    }

    /// A value that keeps the rules and says the least.
    fn sound(&mut self, rules: &Rules) -> Value {
        match rules.unwrapped() {
            Rules::Struct(_) => least(rules.unwrapped(), &mut self.random),
            Rules::List(_) | Rules::Map(..) => rules.empty(),
            other => other.value(&mut self.random),
        }
    }

    /// Values of other types, beyond the range, of another form.
    fn wrong(&self, rules: &Rules) -> Vec<Value> {
        let texts = |text: &Text| -> Vec<Value> {
            let wrong = WRONG_TEXTS.iter().map(|wrong| (*wrong).to_owned()).chain(text.taken().to_vec());
            wrong.filter(|wrong| !text.allows(wrong)).map(Value::from).collect()
        };
        let beyond = |minimum: i64, maximum: i64| {
            let most = (1 << 53) - 1;
            let numbers = [minimum.checked_sub(1), maximum.checked_add(1)].into_iter().flatten();
            numbers.filter(|number| number.abs() <= most).map(Value::from).collect::<Vec<_>>()
        };
        let mut wrong = vec![Value::Null];
        match rules {
            Rules::Boolean(only) => {
                wrong.extend([json!("true"), json!(1), json!([])]);
                wrong.extend(only.map(|only| json!(!only)));
            }
            Rules::Integer(minimum, maximum) => {
                wrong.extend([json!("1"), json!(1.5), json!(true)]);
                wrong.extend(beyond(*minimum, *maximum));
            }
            Rules::Text(text) => {
                wrong.extend([json!(7), json!(true), json!([])]);
                wrong.extend(texts(text));
            }
            Rules::IntegerOrText(minimum, maximum, text) => {
                wrong.extend([json!(true), json!(1.5), json!({})]);
                wrong.extend(beyond(*minimum, *maximum));
                wrong.extend(texts(text));
            }
            Rules::NumberOrText(text) => {
                wrong.extend([json!(true), json!([])]);
                wrong.extend(texts(text));
            }
            Rules::List(_) => wrong.extend([json!({}), json!("a"), json!([null])]),
            Rules::Map(..) | Rules::Struct(_) | Rules::Block(_) => wrong.extend([json!([]), json!("a"), json!(0)]),
            Rules::Anything => {}
        }
        wrong
    }

    /// The base with a value at a place.
    fn put(&mut self, place: &[impl AsRef<str>], value: Value) {
        let mut values = self.base.clone();
        let path: Vec<&str> = place.iter().map(AsRef::as_ref).collect();
        let shown = value.to_string().chars().take(60).collect::<String>();
        if path.is_empty() {
            return;
        }
        set(&mut values, &path, value);
        self.breaks.push(Break { name: format!("{}: {shown}", path.join(".")), values });
    }
}
