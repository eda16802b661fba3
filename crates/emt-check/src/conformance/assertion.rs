//! Assertions on rendered objects: which objects, where in them, and what has to stand there.

use std::fmt;

use serde_json::Value;

use super::path::{Step, find, parse};
use crate::quantity::billionths;

/// Which of the selected objects have to meet the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantifier {
    /// All, and there is at least one.
    Each,
    /// At least one.
    Some,
    /// There is no such object.
    No,
}

/// What has to stand at the path. Where it leads to several values, one that meets the test is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// This text, number or boolean.
    Equals(String),
    /// A number or quantity of at least this.
    AtLeast(String),
    /// A number or quantity of at most this.
    AtMost(String),
    /// A text with this part, or a list with this element.
    Contains(String),
    /// One of these.
    OneOf(Vec<String>),
    /// A text of at least so many words.
    Words(usize),
    /// Anything.
    Exists,
    /// Nothing.
    Absent,
    /// The same in every selected object.
    Same,
}

/// An assertion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assertion {
    pub(super) quantifier: Quantifier,
    pub(super) kind: String,
    /// Label `app.kubernetes.io/component`; `*` for any.
    pub(super) component: String,
    pub(super) steps: Vec<Step>,
    pub(super) test: Test,
    text: String,
}

/// What an assertion came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It holds.
    Holds,
    /// No object of the kind and component was rendered.
    NoObject,
    /// It does not hold; what was found instead.
    Fails(String),
}

impl Assertion {
    /// Reads `each Deployment traffic: container.resources.limits.cpu = 2`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (select, test) = text.split_once(": ").unwrap_or((text, ""));
        let mut words = select.split_whitespace();
        let quantifier = match words.next()? {
            "each" => Quantifier::Each,
            "some" => Quantifier::Some,
            "no" => Quantifier::No,
            _ => return None,
        };
        let (kind, component) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (steps, test) = if quantifier == Quantifier::No {
            (Vec::new(), Test::Absent)
        } else {
            let (path, rest) = test.split_once(' ')?;
            let (operator, operand) = rest.split_once(' ').unwrap_or((rest, ""));
            let operand = operand.trim().to_owned();
            let test = match operator {
                "=" => Test::Equals(operand),
                ">=" => Test::AtLeast(operand),
                "<=" => Test::AtMost(operand),
                "contains" => Test::Contains(operand),
                "in" => Test::OneOf(operand.split(',').map(|word| word.trim().to_owned()).collect()),
                "words" => Test::Words(operand.parse().ok()?),
                "exists" => Test::Exists,
                "absent" => Test::Absent,
                "same" => Test::Same,
                _ => return None,
            };
            (parse(path, &component), test)
        };
        Some(Self { quantifier, kind, component, steps, test, text: text.to_owned() })
    }

    /// Whether the object is one that the assertion is about.
    pub(super) fn selects(&self, object: &Value) -> bool {
        let component = &object["metadata"]["labels"]["app.kubernetes.io/component"];
        object["kind"] == self.kind.as_str() && (self.component == "*" || component == self.component.as_str())
    }

    /// What it comes to on these objects.
    pub(super) fn evaluate<'v>(&self, objects: impl IntoIterator<Item = &'v Value>) -> Outcome {
        let selected: Vec<&Value> = objects.into_iter().filter(|object| self.selects(object)).collect();
        if self.quantifier == Quantifier::No {
            return match selected.first() {
                Some(object) => Outcome::Fails(format!("there is {}", name(object))),
                None => Outcome::Holds,
            };
        }
        let Some(first) = selected.first() else { return Outcome::NoObject };
        if self.test == Test::Same {
            let all: Vec<_> = selected.iter().map(|object| self.values(object)).collect();
            return match all.iter().find(|values| values.is_empty() || **values != all[0]) {
                Some(_) => Outcome::Fails("they differ".to_owned()),
                None => Outcome::Holds,
            };
        }
        let failing = selected.iter().find(|object| !self.holds_in(object));
        match (self.quantifier, failing) {
            (_, None) => Outcome::Holds,
            (Quantifier::Some, Some(_)) if selected.iter().any(|object| self.holds_in(object)) => Outcome::Holds,
            (Quantifier::Each, Some(object)) => Outcome::Fails(self.found(object)),
            _ => Outcome::Fails(self.found(first)),
        }
    }

    fn values<'v>(&self, object: &'v Value) -> Vec<&'v Value> {
        find(object, &self.steps).into_iter().map(|(_, value)| value).collect()
    }

    pub(super) fn holds_in(&self, object: &Value) -> bool {
        let values = self.values(object);
        match &self.test {
            Test::Absent => values.is_empty(),
            Test::Exists | Test::Same => !values.is_empty(),
            test => values.iter().any(|value| meets(test, value)),
        }
    }

    fn found(&self, object: &Value) -> String {
        let values = self.values(object);
        let texts: Vec<String> = values.iter().take(4).map(|value| plain(value)).collect();
        let found = if texts.is_empty() { "nothing".to_owned() } else { texts.join(", ") };
        format!("{} has {found}", name(object))
    }
}

impl fmt::Display for Assertion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

fn name(object: &Value) -> String {
    format!("{}/{}", plain(&object["kind"]), plain(&object["metadata"]["name"]))
}

/// A scalar as people write it, anything else as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether one value meets a test.
pub(super) fn meets(test: &Test, value: &Value) -> bool {
    let text = plain(value);
    match test {
        Test::Equals(wanted) => text == *wanted,
        Test::AtLeast(wanted) => matches!((billionths(&text), billionths(wanted)), (Some(a), Some(b)) if a >= b),
        Test::AtMost(wanted) => matches!((billionths(&text), billionths(wanted)), (Some(a), Some(b)) if a <= b),
        Test::Contains(part) => match value {
            Value::Array(list) => list.iter().any(|element| plain(element) == *part),
            _ => text.contains(part.as_str()),
        },
        Test::OneOf(words) => words.contains(&text),
        Test::Words(count) => text.split([' ', ',']).filter(|word| !word.is_empty()).count() >= *count,
        Test::Exists | Test::Same => true,
        Test::Absent => false,
    }
}
