//! The review as one page that needs nothing else: no network, no framework, no server.
//!
//! The template escapes all that it prints; style and script stand in the page. What a script adds is filters: without one,
//! everything is there to read.

mod drawing;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use helmwright_diagnostics::counted;

use super::headline::{gravest_object, headline, pods, rollout_text, secret_text};
use super::human::capacity_text;
use super::merged::{self, CauseText, MergedField, MergedObject};
use super::words::{duration, range, value};
use crate::difference::{Change, Sign};
use crate::review::{EnvironmentReview, Kind, Review, State};
use crate::risk::{Class, RULES, Risk};

const TEMPLATE: &str = include_str!("page.html.jinja");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The most bytes that a page may have.
const MOST_BYTES: usize = 500_000;
/// How many fields of an object are shown: if the page grows too large, fewer.
const FIELDS: [usize; 5] = [usize::MAX, 60, 20, 6, 0];
/// Characters of a value, and lines of a text, that are shown.
const LONGEST: usize = 400;
const LINES: usize = 200;

/// The page's template does not fit what it is given, which tests rule out.
#[derive(Debug)]
pub struct PageError(minijinja::Error);

impl std::fmt::Display for PageError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "cannot write the page: {}", self.0)
    }
}

impl std::error::Error for PageError {}

/// The review as an HTML page of at most 500 KB.
///
/// # Errors
///
/// [`PageError`] if the template is at fault.
pub fn page(review: &Review) -> Result<String, PageError> {
    let mut text = String::new();
    for most in FIELDS {
        text = with_fields(review, most).map_err(PageError)?;
        if text.len() <= MOST_BYTES {
            break;
        }
    }
    Ok(text)
}

fn with_fields(review: &Review, most: usize) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
        .set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?);
    let objects = merged::objects(review);
    let mut components: Vec<String> = objects.iter().map(|object| component(object).to_owned()).collect();
    components.sort_unstable();
    components.dedup();
    let present = |class: &Class| objects.iter().any(|object| classes(object).contains(class));
    let (headline, gravest) = (headline(review), gravest_object(review));
    let page = context! {
        style => STYLE,
        script => SCRIPT,
        kind => if review.kind == Kind::Change { "change" } else { "environments" },
        base => &review.base,
        head => &review.head,
        headline => context! { extent => headline.extent, risk => headline.risk, cause => headline.cause },
        gravest => review.gravest().map_or("cosmetic", Class::name),
        limits => &review.limits,
        classes => Class::ALL.iter().filter(|class| present(class)).map(|class| class.name()).collect::<Vec<_>>(),
        rules => RULES.iter().map(|rule| context! {
            name => rule.class.name(), what => rule.what, why => rule.why, advice => rule.advice,
        }).collect::<Vec<_>>(),
        components => components,
        environments => review.environments.iter().map(environment_row).collect::<Vec<_>>(),
        values => merged::values(review).iter().map(|merged| context! {
            place => merged::place_text(merged.value),
            path => &merged.value.path,
            change => change(&merged.value.change),
            effect => merged::effect_text(review, merged),
        }).collect::<Vec<_>>(),
        objects => objects.iter().map(|object| object_entry(review, object, most)).collect::<Vec<_>>(),
        drawings => review.environments.iter().filter(|environment| !environment.objects.is_empty()).map(|environment| context! {
            environment => &environment.name,
            gravest => gravest.is_some_and(|(gravest, _)| gravest.name == environment.name),
            drawing => drawing::drawing(&environment.topology),
        }).collect::<Vec<_>>(),
    };
    environment.render_named_str("page.html", TEMPLATE, page)
}

fn environment_row(environment: &EnvironmentReview) -> Value {
    let of = |class: &Class| environment.objects.iter().filter(|object| object.class == *class).count();
    let (state, reason) = match &environment.state {
        State::Compared if environment.objects.is_empty() => ("unchanged", ""),
        State::Compared => ("", ""),
        State::Added => ("new", ""),
        State::Removed => ("gone", ""),
        State::NotCompared { reason } => ("not compared", reason.as_str()),
    };
    context! {
        name => &environment.name,
        state => state,
        reason => reason,
        gravest => environment.gravest().map_or("", Class::name),
        counts => Class::ALL.iter().map(of).collect::<Vec<_>>(),
        names => Class::ALL.iter().map(|class| class.name()).collect::<Vec<_>>(),
        objects => environment.objects.len(),
        values => environment.values.len(),
        pods => pods(&environment.rollouts).1,
        rollout => rollout_text(&environment.rollouts).unwrap_or_default(),
        rollouts => environment.rollouts.iter().map(|rollout| context! {
            workload => &rollout.workload,
            pods => range(rollout.fewest, rollout.most),
            how => if rollout.gap { "all at once, with a gap".to_owned() } else { format!("{} at a time", rollout.at_a_time) },
            time => duration(rollout.longest_seconds),
        }).collect::<Vec<_>>(),
        capacity => environment.capacity.as_ref().map(capacity_text).unwrap_or_default(),
    }
}

fn component<'a>(object: &'a MergedObject<'_>) -> &'a str {
    if object.component.is_empty() { "other" } else { object.component }
}

/// Every class that is among the risks of an object and its fields.
fn classes(object: &MergedObject<'_>) -> Vec<Class> {
    let own = object.risks.iter().chain(object.fields.iter().flat_map(|field| field.risks));
    let mut classes: Vec<Class> = own.map(|risk| risk.class).chain([object.class]).collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}

fn object_entry(review: &Review, object: &MergedObject<'_>, most: usize) -> Value {
    let classes: Vec<&str> = classes(object).into_iter().map(Class::name).collect();
    let shows_whole = object.fields.is_empty() || !object.fate_text().is_empty();
    context! {
        kind => &object.identity.kind,
        name => &object.identity.name,
        namespace => &object.identity.namespace,
        fate => object.fate_text(),
        class => object.class.name(),
        classes => classes.join(" "),
        component => component(object),
        environments => object.environments.join(" "),
        names => merged::names(review, &object.environments),
        risks => if shows_whole { risks(object.risks) } else { Vec::new() },
        causes => causes(&object.causes),
        extent => if object.fields.is_empty() { String::new() } else { counted(object.fields.len(), "field") },
        fields => object.fields.iter().take(most).map(|field| field_entry(review, object, field)).collect::<Vec<_>>(),
        left_out => object.fields.len().saturating_sub(most),
    }
}

fn field_entry(review: &Review, object: &MergedObject<'_>, field: &MergedField<'_>) -> Value {
    let is_everywhere = field.environments.len() == object.environments.len();
    context! {
        place => &field.place,
        change => change(field.change),
        risks => risks(field.risks),
        causes => causes(&field.causes),
        environments => field.environments.join(" "),
        names => if is_everywhere { String::new() } else { merged::names(review, &field.environments) },
    }
}

fn risks(risks: &[Risk]) -> Vec<Value> {
    risks.iter().map(|risk| context! { class => risk.class.name(), reason => &risk.reason }).collect()
}

fn causes(causes: &[CauseText]) -> Vec<Value> {
    causes.iter().map(|cause| context! { place => &cause.place, path => &cause.path }).collect()
}

/// A change as the template shows it: old and new, or lines, or a word.
fn change(change: &Change) -> Value {
    let (mut old, mut new, mut word, mut lines) = (None, None, "", Vec::new());
    match change {
        Change::Added { .. } | Change::Removed { .. } | Change::Changed { .. } => {
            old = change.old().map(|old| value(old, LONGEST));
            new = change.new_value().map(|new| value(new, LONGEST));
        }
        Change::Order { old: before, new: after } => {
            old = Some(format!("in the order {}", before.join(", ")));
            new = Some(format!("in the order {}", after.join(", ")));
        }
        Change::Secret { now } => word = secret_text(*now),
        Change::Text { lines: all } => {
            lines = all
                .iter()
                .take(LINES)
                .map(|line| {
                    let sign = match line.sign {
                        Sign::Same => "same",
                        Sign::Added => "added",
                        Sign::Removed => "removed",
                    };
                    context! { sign => sign, number => line.number, text => &line.text }
                })
                .collect();
        }
    }
    context! { old => old, new => new, word => word, lines => lines }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::difference::{Fate, FieldChange, FieldPlace, Identity};
    use crate::review::{FieldReview, ObjectReview};

    #[test]
    fn a_page_that_grows_too_large_shows_fewer_fields_and_says_so() {
        let field = |number: usize| FieldReview {
            field: FieldChange {
                place: FieldPlace::default().key(&format!("field{number}")),
                change: Change::Changed { old: json!("a".repeat(50)), new: json!("b".repeat(50)) },
            },
            risks: vec![Risk { class: Class::Restart, reason: "its pods are replaced".to_owned() }],
            causes: Vec::new(),
        };
        let identity =
            Identity { kind: "Deployment".into(), group: "apps".into(), namespace: "n".into(), name: "a".into() };
        let mut environment = EnvironmentReview::not_compared("prod", "");
        environment.state = State::Compared;
        environment.objects = vec![ObjectReview {
            identity,
            fate: Fate::Changed,
            component: String::new(),
            class: Class::Restart,
            risks: Vec::new(),
            causes: Vec::new(),
            fields: (0..3000).map(field).collect(),
        }];
        let review = Review {
            kind: crate::review::Kind::Change,
            base: "a".into(),
            head: "b".into(),
            limits: Vec::new(),
            environments: vec![environment],
        };
        let text = page(&review).unwrap();
        assert!(text.len() <= MOST_BYTES, "{}", text.len());
        assert!(text.contains("2940 more fields have no room on this page"));
    }
}
