//! What each function of the expression language gives.
//!
//! Knows single values alone: neither the tree nor what an object ends in.

use std::borrow::Cow;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::go_json::go_json;
use super::{Evaluator, NULL};
use crate::expression::{Expression, Function};
use crate::values::merge;

impl<'a> Evaluator<'a> {
    pub(super) fn call(&mut self, function: Function, arguments: &'a [Expression]) -> &'a Value {
        let result: Value = match function {
            Function::Concat => {
                let mut joined = String::new();
                for part in arguments {
                    match part {
                        Expression::Literal(Value::String(constant)) => joined.push_str(constant),
                        other => joined.push_str(&self.text(other)),
                    }
                }
                joined.into()
            }
            Function::FirstOf => {
                let first = self.expression(&arguments[0]);
                return if is_empty(first) { self.expression(&arguments[1]) } else { first };
            }
            Function::Truncate(count) => {
                // Bytes; of texts that hold more than ASCII nothing is printed.
                let text = self.text(&arguments[0]);
                text[..text.floor_char_boundary(count as usize)].into()
            }
            Function::TrimSuffix(suffix) => {
                let text = self.text(&arguments[0]);
                text.strip_suffix(suffix).unwrap_or(&text).into()
            }
            Function::Replace(from, to) => self.text(&arguments[0]).replace(from, to).into(),
            Function::Sha256 => hexadecimal(&Sha256::digest(self.text(&arguments[0]).as_bytes())).into(),
            Function::ToJson => go_json(self.expression(&arguments[0])).into(),
            Function::Join(separator, _) => {
                let list = self.expression(&arguments[0]).as_array().into_iter().flatten();
                list.map(text).collect::<Vec<_>>().join(separator).into()
            }
            Function::ToText => self.text(&arguments[0]).into_owned().into(),
            Function::Add => self.integer(&arguments[0]).wrapping_add(self.integer(&arguments[1])).into(),
            Function::Subtract => self.integer(&arguments[0]).wrapping_sub(self.integer(&arguments[1])).into(),
            Function::Multiply => self.integer(&arguments[0]).wrapping_mul(self.integer(&arguments[1])).into(),
            Function::Divide => {
                self.integer(&arguments[0]).checked_div(self.integer(&arguments[1])).unwrap_or(0).into()
            }
            Function::Remainder => {
                self.integer(&arguments[0]).checked_rem(self.integer(&arguments[1])).unwrap_or(0).into()
            }
            Function::Maximum => self.integer(&arguments[0]).max(self.integer(&arguments[1])).into(),
            Function::Minimum => self.integer(&arguments[0]).min(self.integer(&arguments[1])).into(),
            Function::Length => self.text(&arguments[0]).len().into(),
            Function::Equal => {
                let (left, right) = (self.expression(&arguments[0]), self.expression(&arguments[1]));
                (left == right
                    || matches!((left, right), (Value::Number(_), Value::Number(_))) && integer(left) == integer(right))
                .into()
            }
            Function::Less => (self.integer(&arguments[0]) < self.integer(&arguments[1])).into(),
            Function::Before => (self.text(&arguments[0]) < self.text(&arguments[1])).into(),
            Function::Contains => {
                let part = self.text(&arguments[1]);
                self.text(&arguments[0]).contains(&*part).into()
            }
            Function::OneOf => {
                let text = self.expression(&arguments[0]);
                self.expression(&arguments[1]).as_array().is_some_and(|list| list.contains(text)).into()
            }
            Function::Not => (!self.holds(&arguments[0])).into(),
            Function::And => arguments.iter().all(|condition| self.holds(condition)).into(),
            Function::Or => arguments.iter().any(|condition| self.holds(condition)).into(),
            Function::NotEmpty => (!is_empty(self.expression(&arguments[0]))).into(),
            Function::Ternary => {
                let chosen = if self.holds(&arguments[0]) { &arguments[1] } else { &arguments[2] };
                return self.expression(chosen);
            }
            Function::Overlay => {
                let (defaults, entry) = (self.expression(&arguments[0]), self.expression(&arguments[1]));
                if let Some(known) = self.memory.overlay(defaults, entry) {
                    return known;
                }
                let result = self.keep(merge::overlay(defaults, entry));
                self.memory.keep_overlay(defaults, entry, result);
                return result;
            }
            Function::Index(_) => {
                let key = self.text(&arguments[1]);
                return self.expression(&arguments[0]).get(&*key).unwrap_or(&NULL);
            }
        };
        self.keep(result)
    }
}

/// Go's idea of an empty text, list or map.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Go's `int64` of a number: towards zero.
pub(super) fn integer(value: &Value) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    value.as_i64().or_else(|| value.as_f64().map(|float| float as i64)).unwrap_or(0)
}

/// A value as Go prints it in a text.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        Value::Number(_) => integer(value).to_string().into(),
        other => other.to_string().into(),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
