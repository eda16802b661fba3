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
use std::sync::OnceLock;

use emt_chart::ingress::administrator_duties;
use emt_model::choices::IngressController;
use helmwright::values::merge::overlay;
use serde::Deserialize as _;
use serde_json::Value;

use crate::Rendered;
use crate::plan::{controllers, is_of_controller};
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
    /// Deviations that are none.
    pub needless: Vec<Needless>,
}

/// A row from which an environment says to deviate, and does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needless {
    /// There is no such row.
    Unknown(String),
    /// The row holds.
    Holds(&'static Row),
}

impl std::fmt::Display for Needless {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown(id) => write!(formatter, "there is no row {id}"),
            Self::Holds(row) => write!(formatter, "{} holds here: {}", row.id, row.title),
        }
    }
}

/// Answers every row. `deviations` are rows from which the environment deviates on purpose, with the reason; `accepted`
/// those that warnings rest on which it has taken on.
#[must_use]
pub fn conformance(
    rendered: &Rendered<'_>,
    deviations: &BTreeMap<String, String>,
    accepted: &BTreeMap<String, String>,
) -> Conformance {
    let judge = Judge::new(rendered);
    let answer = |row: &'static Row| {
        let reason = deviations.get(row.id).or_else(|| accepted.get(row.id));
        judge.answer(row, reason.cloned())
    };
    let answers: Vec<Answer> = rows().iter().map(answer).collect();
    Conformance { needless: judge.needless(deviations), answers }
}

/// The deviations that are none. No other row is answered.
#[must_use]
pub fn needless(rendered: &Rendered<'_>, deviations: &BTreeMap<String, String>) -> Vec<Needless> {
    Judge::new(rendered).needless(deviations)
}

fn kind(evidence: &Evidence) -> &'static str {
    match evidence.inner() {
        Evidence::Object(_) => "object",
        Evidence::Value(_)
        | Evidence::Refusal(_)
        | Evidence::Required(_)
        | Evidence::Invalid(_)
        | Evidence::Rule(_) => "rule",
        Evidence::Calculation { .. } => "calculation",
        Evidence::Document(_) | Evidence::Administrator(_) => "document",
        Evidence::Outside(_) => "outside",
        Evidence::Missing(_) | Evidence::With { .. } => "missing",
    }
}

/// What evidence is looked for in.
struct Judge<'a> {
    rendered: &'a Rendered<'a>,
    /// The ingress controllers that publish hosts.
    controllers: Vec<IngressController>,
}

impl<'a> Judge<'a> {
    fn new(rendered: &'a Rendered<'a>) -> Self {
        Self { rendered, controllers: controllers(rendered) }
    }

    fn needless(&self, deviations: &BTreeMap<String, String>) -> Vec<Needless> {
        let needless = deviations.keys().filter_map(|id| match rows().iter().find(|row| row.id == id) {
            Some(row) => self.answer(row, None).holds.then_some(Needless::Holds(row)),
            None => Some(Needless::Unknown(id.clone())),
        });
        needless.collect()
    }

    fn answer(&self, row: &'static Row, accepted: Option<String>) -> Answer {
        let looked: Vec<_> = row.evidence.iter().filter(|evidence| self.is_of_here(evidence)).collect();
        let mut answer = Answer {
            row,
            kind: looked.first().or(row.evidence.first().as_ref()).map_or("missing", |evidence| kind(evidence)),
            evidence: Vec::new(),
            holds: true,
            found: None,
            missing: false,
            accepted,
        };
        let judged = looked.iter().map(|evidence| self.judge(row, evidence));
        for (said, outcome) in judged.chain(self.unanswered(row)) {
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
            answer.found.get_or_insert(found);
        }
        answer.missing |= looked.iter().any(|evidence| matches!(evidence.inner(), Evidence::Missing(_)));
        answer
    }

    /// Whether evidence is about this environment: about whatever stands in it, or a controller that is in use.
    fn is_of_here(&self, evidence: &Evidence) -> bool {
        match evidence {
            Evidence::With { controllers, .. } => self.controllers.iter().any(|one| controllers.contains(one)),
            _ => true,
        }
    }

    /// What a row says of some controllers and not of one in use, or of controllers where none is.
    fn unanswered(&self, row: &Row) -> Option<(String, Outcome)> {
        let known = row.evidence.iter().filter_map(|evidence| match evidence {
            Evidence::With { controllers, .. } => Some(controllers),
            _ => None,
        });
        let first = known.clone().next()?;
        if self.controllers.is_empty() {
            let words: Vec<_> = first.iter().map(|one| one.as_str()).collect();
            return Some((
                format!("hosts that {} or another controller publishes", words.join(", ")),
                Outcome::NoObject,
            ));
        }
        let missing = self.controllers.iter().find(|one| !known.clone().any(|listed| listed.contains(one)))?;
        Some((
            format!("with {}", missing.as_str()),
            Outcome::Fails("nothing answers it for this controller".to_owned()),
        ))
    }

    fn judge(&self, row: &Row, evidence: &Evidence) -> (String, Outcome) {
        let if_else = |holds: bool, found: &str| if holds { Outcome::Holds } else { Outcome::Fails(found.to_owned()) };
        match evidence {
            Evidence::With { controllers, evidence } => match &**evidence {
                Evidence::Object(assertion) => {
                    let of_another = |object: &Value| {
                        let others = self.controllers.iter().filter(|one| !controllers.contains(one));
                        others.into_iter().any(|one| is_of_controller(*one, object))
                    };
                    let objects = self.rendered.objects.iter().copied().filter(|object| !of_another(object));
                    let outcome = match assertion.evaluate(objects) {
                        // Another controller may publish the component.
                        Outcome::NoObject if self.controllers.len() > 1 => Outcome::Holds,
                        outcome => outcome,
                    };
                    (assertion.to_string(), outcome)
                }
                Evidence::Administrator(need) => {
                    let here = self.controllers.iter().filter(|one| controllers.contains(one));
                    let duties = here.flat_map(|one| administrator_duties(*one)).filter(|duty| duty.need == *need);
                    let said: Vec<_> = duties.map(|duty| format!("{}: {}", duty.place, duty.setting)).collect();
                    let outcome = if_else(!said.is_empty(), "the administrator's list does not say so");
                    (format!("for the administrator: {}", said.join("; ")), outcome)
                }
                evidence => self.judge(row, evidence),
            },
            Evidence::Administrator(need) => {
                (format!("administrator: {need:?}"), Outcome::Fails("of no controller".to_owned()))
            }
            Evidence::Object(assertion) => {
                (assertion.to_string(), assertion.evaluate(self.rendered.objects.iter().copied()))
            }
            Evidence::Value(path) => {
                let stands = value_at(self.rendered.values, path).is_some();
                (format!("value {path}"), if_else(stands, "there is no such value"))
            }
            Evidence::Refusal(path) => {
                let is_refused = refusals().iter().any(|message| message.starts_with(path));
                (format!("refused: {path}"), if_else(is_refused, "nothing is refused with that"))
            }
            Evidence::Required(path) => {
                let keys: Vec<&str> = path.split('.').collect();
                let is_required = emt_model::REQUIRED.contains(&keys.as_slice());
                (format!("required: {path}"), if_else(is_required, "nothing asks for it"))
            }
            Evidence::Invalid(values) => {
                let laid_over = overlay(self.rendered.values, values);
                let is_refused = emt_model::Values::deserialize(laid_over).is_err();
                (format!("refused: {values}"), if_else(is_refused, "it is taken"))
            }
            Evidence::Rule(id) => {
                let rule = crate::rules::rules().iter().find(|rule| rule.id == *id);
                let title = rule.map(|rule| rule.documentation.title.as_str()).unwrap_or_default();
                let names_it = rule.is_some_and(|rule| rule.rows.contains(&row.id));
                (format!("rule {id}: {title}"), if_else(names_it, "no such rule is about this row"))
            }
            Evidence::Calculation { name, result } => {
                let found = calculations::calculate(name, self.rendered).unwrap_or_else(|| "nothing".to_owned());
                (format!("{name} = {result}"), if_else(found == *result, &found))
            }
            Evidence::Document(term) => {
                let place = format!("{}#{}", page::PAGE, page::anchor(row));
                let says_so = row.title.to_lowercase().contains(&term.to_lowercase());
                (place, if_else(says_so, "the page does not say so"))
            }
            Evidence::Outside(reason) => ((*reason).to_owned(), Outcome::Holds),
            Evidence::Missing(what) => ((*what).to_owned(), Outcome::Fails("nothing answers it yet".to_owned())),
        }
    }
}

/// The value at a dotted path.
fn value_at<'v>(values: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(values, |value, key| value.get(key))
}

/// Beginnings of the messages with which the chart refuses values; what values decide of a message is `*`.
fn refusals() -> &'static [String] {
    static REFUSALS: OnceLock<Vec<String>> = OnceLock::new();
    REFUSALS.get_or_init(read_refusals)
}

fn read_refusals() -> Vec<String> {
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
