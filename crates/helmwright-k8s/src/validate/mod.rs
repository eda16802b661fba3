//! Structural validation of Kubernetes objects against the table, for one version.
//!
//! Purpose: what a server with strict field validation refuses before it looks at meaning: unknown fields, wrong types,
//! missing fields, unknown values, malformed quantities, nulls (which the server drops, and which no chart should print).
//!
//! Limits: no names, labels, rules between fields, defaults or admission. Problems name places and types, never the text
//! found there, unless it stands where only a word of a list or a quantity can stand: an object may hold secrets.

pub(crate) mod grammar;
mod problem;

pub use problem::{Problem, Reason};

use crate::suggest::nearest;
use crate::table::{self, FieldInfo, Kind, ObjectType, Shape};
use crate::version::Version;
use serde_json::{Map, Value};

/// Validates a whole object, whose `apiVersion` and `kind` say what it is. Empty: nothing is wrong with it.
///
/// Problems come in the object's own order; missing fields follow the fields that are there.
#[must_use]
pub fn validate(object: &Value, version: Version) -> Vec<Problem> {
    let mut walk = Walk::new(version);
    match object {
        Value::Object(members) => match named_kind(members) {
            Ok(object_type) => walk.object(object_type, object),
            Err(problem) => walk.problems.push(problem),
        },
        other => walk.wrong_type("a Kubernetes object", other),
    }
    walk.problems
}

/// Validates a part of an object as a value of this type.
#[must_use]
pub fn validate_as(object_type: &'static ObjectType, value: &Value, version: Version) -> Vec<Problem> {
    let mut walk = Walk::new(version);
    walk.object(object_type, value);
    walk.problems
}

/// Validates a part of an object as a value of this shape, such as a list of tolerations.
#[must_use]
pub fn validate_shape(shape: &Shape, value: &Value, version: Version) -> Vec<Problem> {
    let mut walk = Walk::new(version);
    walk.value(shape, None, value);
    walk.problems
}

/// The type that `apiVersion` and `kind` name.
fn named_kind(members: &Map<String, Value>) -> Result<&'static ObjectType, Problem> {
    let text = |key: &str| {
        let problem = || Problem::new("", Reason::Missing, format!("`{key}` is required in a Kubernetes object"));
        members.get(key).and_then(Value::as_str).ok_or_else(problem)
    };
    let (api_version, kind) = (text("apiVersion")?, text("kind")?);
    table::kind(api_version, kind).ok_or_else(|| {
        let known = |found: &Kind| format!("`{}` is a kind of `{}`", found.kind, found.api_version);
        let same_kind = table::kinds().filter_map(|found| found.kind.as_ref()).find(|found| found.kind == kind);
        let near = || nearest(kind, table::kinds().filter_map(|found| found.kind).map(|found| found.kind));
        let hint = same_kind.map(known).or_else(|| near().map(|near| format!("did you mean `{near}`?")));
        Problem::new("/kind", Reason::UnknownKind, format!("`{kind}` of `{api_version}` is no known kind")).hint(hint)
    })
}

/// One pass over a value.
struct Walk {
    version: Version,
    /// JSON pointer of the value at hand.
    pointer: String,
    problems: Vec<Problem>,
}

impl Walk {
    fn new(version: Version) -> Self {
        Walk { version, pointer: String::new(), problems: Vec::new() }
    }

    fn push(&mut self, reason: Reason, message: String, hint: Option<String>) {
        self.problems.push(Problem::new(&self.pointer, reason, message).hint(hint));
    }

    fn wrong_type(&mut self, expected: &str, found: &Value) {
        if found.is_null() {
            let hint = Some("leave the field out".to_owned());
            self.push(Reason::Null, format!("expected {expected}, found null"), hint);
        } else {
            self.push(Reason::WrongType, format!("expected {expected}, found {}", describe(found)), None);
        }
    }

    /// Runs `inner` with the pointer one step deeper.
    fn below(&mut self, key: &str, inner: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        inner(self);
        self.pointer.truncate(length);
    }

    fn object(&mut self, object_type: &'static ObjectType, value: &Value) {
        let Value::Object(members) = value else { return self.wrong_type(&article(object_type.name), value) };
        for (key, value) in members {
            self.below(key, |walk| walk.member(object_type, key, value));
        }
        for field in object_type.fields.iter() {
            if field.required_in(self.version) && !members.contains_key(field.name) {
                let message = format!("`{}` is required in {}", field.name, object_type.name);
                self.push(Reason::Missing, message, None);
            }
        }
    }

    fn member(&mut self, object_type: &'static ObjectType, key: &str, value: &Value) {
        let version = self.version;
        if let Some(kind) = &object_type.kind {
            match key {
                "apiVersion" => return self.fixed(kind.api_version, value),
                "kind" => return self.fixed(kind.kind, value),
                "status" => {
                    let message = format!("`status` of {} is written by the cluster", object_type.name);
                    return self.push(Reason::UnknownField, message, Some("leave it out".to_owned()));
                }
                _ => {}
            }
        }
        match object_type.field(key) {
            Some(field) if field.versions.contains(version) => self.value(&field.shape, Some(field), value),
            Some(field) => {
                let message = if version < field.since() {
                    format!("`{key}` exists since Kubernetes {}, not in {version}", field.since())
                } else {
                    format!("`{key}` exists up to Kubernetes {}, not in {version}", field.versions.last)
                };
                self.push(Reason::OtherVersion, message, None);
            }
            None if object_type.open => {}
            None => {
                let known =
                    object_type.fields.iter().filter(|field| field.versions.contains(version)).map(|field| field.name);
                let hint = nearest(key, known.clone()).map(|near| format!("did you mean `{near}`?"));
                let hint = hint.or_else(|| one_of("its fields are", known));
                self.push(Reason::UnknownField, format!("`{key}` is no field of {}", object_type.name), hint);
            }
        }
    }

    /// `apiVersion` or `kind` of a kind.
    fn fixed(&mut self, expected: &str, value: &Value) {
        match value.as_str() {
            Some(found) if found == expected => {}
            Some(found) => self.push(Reason::NotAllowed, format!("expected `{expected}`, found `{found}`"), None),
            None => self.wrong_type(&format!("`{expected}`"), value),
        }
    }

    fn value(&mut self, shape: &Shape, field: Option<&FieldInfo>, value: &Value) {
        match (shape, value) {
            (Shape::Json, _) => {}
            (Shape::Object(object_type), _) => self.object(object_type.get(), value),
            (Shape::List(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.below(&index.to_string(), |walk| walk.value(inner, field, item));
                }
            }
            (Shape::Map(inner), Value::Object(members)) => {
                for (key, value) in members {
                    self.below(key, |walk| walk.value(inner, field, value));
                }
            }
            (Shape::String, Value::String(text)) => self.enumeration(field, text),
            (Shape::Boolean, Value::Bool(_)) | (Shape::Number, Value::Number(_)) => {}
            (Shape::Quantity, Value::Number(_)) | (Shape::IntOrString, Value::String(_)) => {}
            (Shape::Integer { bits }, Value::Number(number)) => self.integer(*bits, number, "an integer", value),
            (Shape::IntOrString, Value::Number(number)) => self.integer(32, number, "an integer or a string", value),
            (Shape::Quantity, Value::String(text)) if grammar::quantity(text) => {}
            (Shape::Quantity, Value::String(text)) => {
                let hint = grammar::quantity_hint(text).map(str::to_owned);
                self.push(Reason::Malformed, format!("`{text}` is no quantity"), hint);
            }
            (Shape::Time, Value::String(text)) => {
                if !grammar::time(text) {
                    let hint = Some("such as `2030-01-31T12:00:00Z`".to_owned());
                    self.push(Reason::Malformed, "expected a time as in RFC 3339".to_owned(), hint);
                }
            }
            (Shape::Bytes, Value::String(text)) => {
                if !grammar::base64(text) {
                    let hint = Some("`stringData` of a Secret takes plain text".to_owned());
                    self.push(Reason::Malformed, "expected text in base64".to_owned(), hint);
                }
            }
            _ => self.wrong_type(expected(shape), value),
        }
    }

    fn integer(&mut self, bits: u8, number: &serde_json::Number, expected: &str, value: &Value) {
        let whole = number.as_f64().is_some_and(|float| float.fract() == 0.0);
        let integer = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
        // A whole float, such as 1.0 or 1e3, is an integer to Kubernetes.
        #[allow(clippy::cast_possible_truncation, reason = "whole; what is out of range saturates")]
        let integer = integer.or(if whole { number.as_f64().map(|float| float as i128) } else { None });
        let limit = 1_i128 << (bits - 1);
        match integer {
            Some(integer) if (-limit..limit).contains(&integer) => {}
            Some(integer) => self.push(Reason::OutOfRange, format!("{integer} does not fit in {bits} bits"), None),
            None => self.wrong_type(expected, value),
        }
    }

    fn enumeration(&mut self, field: Option<&FieldInfo>, text: &str) {
        let Some(field) = field.filter(|field| !field.enumeration.is_empty()) else { return };
        let version = self.version;
        match field.enumeration.iter().find(|allowed| allowed.value == text) {
            Some(allowed) if allowed.since <= version => {}
            Some(allowed) => {
                let message = format!("`{text}` is allowed since Kubernetes {}, not in {version}", allowed.since);
                self.push(Reason::OtherVersion, message, None);
            }
            None => {
                let values =
                    field.enumeration.iter().filter(|allowed| allowed.since <= version).map(|allowed| allowed.value);
                let hint = nearest(text, values.clone()).map(|near| format!("did you mean `{near}`?"));
                let hint = hint.or_else(|| one_of("allowed are", values));
                self.push(Reason::NotAllowed, format!("`{text}` is no value of `{}`", field.name), hint);
            }
        }
    }
}

/// `its fields are `a`, `b``; nothing if there are too many to read.
fn one_of<'a>(start: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    (1..=8).contains(&names.len()).then(|| format!("{start} {}", names.join(", ")))
}

fn article(name: &str) -> String {
    let vowel = name.starts_with(['A', 'E', 'I', 'O']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}

/// What a value is, without saying its text.
fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a fraction",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

fn expected(shape: &Shape) -> &'static str {
    match shape {
        Shape::String => "a string",
        Shape::Bytes => "a string in base64",
        Shape::Time => "a time as a string",
        Shape::Integer { .. } => "an integer",
        Shape::Number => "a number",
        Shape::Boolean => "a boolean",
        Shape::IntOrString => "an integer or a string",
        Shape::Quantity => "a quantity",
        Shape::Json => "any value",
        Shape::List(_) => "a list",
        Shape::Map(_) | Shape::Object(_) => "a map",
    }
}
