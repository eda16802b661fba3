//! Faults of values: another type, another form, no choice, out of range, taken.

use helmwright_diagnostics::{Finding, similar};
use helmwright_yaml::PathSegment;
use serde_json::Value;

use super::meant;
use super::{Case, short};
use crate::describe::view::View;
use crate::describe::words;
use crate::read::faults::Fault;
use crate::read::rules::{self, Rule};

impl Case<'_> {
    pub(super) fn wrong_type(self, path: &[PathSegment], found: &Value) -> Fault {
        let help = self.schema.find(path).and_then(|view| meant::converted(view, found, self.layers.node(path)));
        self.at_value(rules::WRONG_TYPE, path, &format!("this is {}", kind(found)), help)
    }

    pub(super) fn text(self, path: &[PathSegment], found: &Value) -> Fault {
        let text = found.as_str().unwrap_or_default();
        let mended = self.schema.find(path).and_then(|view| meant::mended(view, text));
        let label = if text.is_empty() { "this is empty" } else { "" };
        self.at_value(rules::TEXT, path, label, mended.map(|mended| format!("write {}", Value::from(mended))))
    }

    pub(super) fn choice(self, path: &[PathSegment], found: &Value) -> Fault {
        let choices = self.schema.find(path).and_then(words::choices).unwrap_or_default();
        let meant = found.as_str().and_then(|found| similar(found, choices.iter().map(String::as_str)));
        let label = meant.map(|meant| format!("did you mean {meant}?")).unwrap_or_default();
        self.at_value(rules::CHOICE, path, &label, None)
    }

    pub(super) fn range(self, path: &[PathSegment], label: &str) -> Fault {
        self.at_value(rules::RANGE, path, label, None)
    }

    pub(super) fn taken(self, path: &[PathSegment], found: &Value) -> Fault {
        let finding = rules::TAKEN.finding(meant::taken(found.as_str().unwrap_or_default()));
        let label = self.schema.find(path).map(words::expected).map(|words| format!("expected {words}"));
        Fault::new(path, self.layers.mark(path, finding, label.unwrap_or_default()))
    }

    fn at_value(self, rule: Rule, path: &[PathSegment], label: &str, help: Option<String>) -> Fault {
        let expected = self.schema.find(path).map_or_else(|| "something else".to_owned(), words::expected);
        let name = if path.is_empty() { "the values".to_owned() } else { format!("`{}`", short(path)) };
        let finding = rule.finding(format!("{name} must be {expected}"));
        let finding: Finding = self.layers.mark(path, finding, label);
        Fault::new(
            path,
            match help {
                Some(help) => finding.help(help),
                None => finding,
            },
        )
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "an integer",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "a map",
    }
}

/// Whether a schema allows one type alone.
pub(super) fn is_only(view: View<'_>, name: &str) -> bool {
    view.types() == [name]
}
