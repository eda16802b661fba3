//! Conformance with the reference architecture: its inventory, row by row, each answered by evidence.
//!
//! The inventory is data (`rows/`); this module only judges it. A row without an answer says so: it does not hold.

mod assertion;
mod calculations;
mod mutate;
mod page;
mod path;
mod report;
mod table;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::Rendered;
use assertion::Outcome;
use table::Evidence;

pub use mutate::{Mutants, mutants};
pub use page::reference_page;
pub use table::{Check, Level, Row, TableError, rows};

/// What answers a row, in an environment.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The row.
    pub row: &'static Row,
    /// object, rule, calculation, document, outside or missing.
    pub kind: &'static str,
    /// What was looked at: assertions, values, anchors.
    pub evidence: Vec<String>,
    /// Whether all of it holds.
    pub holds: bool,
    /// What was found instead, where something does not hold.
    pub found: Option<String>,
    /// Whether what it needs was not rendered or is not there at all.
    pub missing: bool,
    /// Why the environment deviates from the row on purpose.
    pub accepted: Option<String>,
}

/// The answers of an environment.
#[derive(Clone, Debug)]
pub struct Conformance {
    /// One for each row.
    pub answers: Vec<Answer>,
}

/// Answers every row. `accepted` are rows from which the environment deviates on purpose, with the reason.
#[must_use]
pub fn conformance(rendered: &Rendered<'_>, accepted: &BTreeMap<String, String>) -> Conformance {
    let refusals = refusals();
    let answer = |row: &'static Row| {
        let mut answer = Answer {
            row,
            kind: row.evidence.first().map_or("missing", kind),
            evidence: Vec::new(),
            holds: true,
            found: None,
            missing: false,
            accepted: accepted.get(row.id).cloned(),
        };
        for evidence in &row.evidence {
            let (said, outcome) = judge(row, evidence, rendered, &refusals);
            answer.evidence.push(said);
            let found = match outcome {
                Outcome::Holds => continue,
                Outcome::NoObject => {
                    answer.missing = true;
                    "no such object".to_owned()
                }
                Outcome::Fails(found) => found,
            };
            answer.holds = false;
            answer.missing |= matches!(evidence, Evidence::Missing(_));
            answer.found.get_or_insert(found);
        }
        answer
    };
    Conformance { answers: rows().iter().map(answer).collect() }
}

fn kind(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Object(_) => "object",
        Evidence::Value(_) | Evidence::Refusal(_) => "rule",
        Evidence::Calculation { .. } => "calculation",
        Evidence::Document(_) => "document",
        Evidence::Outside(_) => "outside",
        Evidence::Missing(_) => "missing",
    }
}

fn judge(row: &Row, evidence: &Evidence, rendered: &Rendered<'_>, refusals: &[String]) -> (String, Outcome) {
    let if_else = |holds: bool, found: &str| if holds { Outcome::Holds } else { Outcome::Fails(found.to_owned()) };
    match evidence {
        Evidence::Object(assertion) => (assertion.to_string(), assertion.evaluate(rendered.objects.iter().copied())),
        Evidence::Value(path) => {
            (format!("value {path}"), if_else(value_at(rendered.values, path).is_some(), "there is no such value"))
        }
        Evidence::Refusal(path) => {
            let is_refused = refusals.iter().any(|message| message.starts_with(path));
            (format!("refused: {path}"), if_else(is_refused, "nothing is refused with that"))
        }
        Evidence::Calculation { name, result } => {
            let found = calculations::calculate(name, rendered).unwrap_or_else(|| "nothing".to_owned());
            (format!("{name} = {result}"), if_else(found == *result, &found))
        }
        Evidence::Document(term) => {
            let place = format!("{}#{}", page::PAGE, page::anchor(row));
            (place, if_else(row.title.to_lowercase().contains(&term.to_lowercase()), "the page does not say so"))
        }
        Evidence::Outside(reason) => ((*reason).to_owned(), Outcome::Holds),
        Evidence::Missing(what) => ((*what).to_owned(), Outcome::Fails("nothing answers it yet".to_owned())),
    }
}

/// The value at a dotted path.
fn value_at<'v>(values: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(values, |value, key| value.get(key))
}

/// Beginnings of the messages with which the chart refuses values; what values decide of a message is `*`.
fn refusals() -> Vec<String> {
    use helmwright::tree::{Control, Document};
    fn collect(documents: &[Document], messages: &mut Vec<String>) {
        for document in documents {
            match document {
                Document::Object(_) | Document::Whole(_) => {}
                Document::Refuse(refusal) => messages.push(literal(&refusal.message)),
                Document::Control(Control::If { branches, otherwise, .. }) => {
                    for (_, body) in branches {
                        collect(body, messages);
                    }
                    collect(otherwise, messages);
                }
                Document::Control(
                    Control::With { body, .. } | Control::Range { body, .. } | Control::Let { body, .. },
                ) => collect(body, messages),
            }
        }
    }
    let mut messages = Vec::new();
    for file in emt_chart::tree().files {
        collect(&file.documents, &mut messages);
    }
    messages
}

/// The constant parts of a text.
fn literal(expression: &helmwright::expression::Expression) -> String {
    use helmwright::expression::{Expression, Function};
    match expression {
        Expression::Literal(Value::String(text)) => text.clone(),
        Expression::Call(Function::Concat, parts) => parts.iter().map(literal).collect(),
        _ => "*".to_owned(),
    }
}
