//! The three lines that every report begins with: how much changes, the gravest risk, the line that caused it.

use helmwright_diagnostics::counted;

use super::merged::{self, cause_text, place_text};
use super::words::{duration, value};
use crate::cause::Cause;
use crate::difference::{Change, Fate, SecretChange};
use crate::review::{EnvironmentReview, Kind, ObjectReview, Review, State};
use crate::risk::{Class, Rollout};

/// Characters of a value in a headline.
const LONGEST: usize = 48;

/// What tells the whole in three lines.
pub(crate) struct Headline {
    pub(crate) extent: String,
    pub(crate) risk: String,
    pub(crate) cause: String,
}

pub(crate) fn headline(review: &Review) -> Headline {
    let gravest = gravest_object(review);
    Headline {
        extent: extent(review),
        risk: match gravest {
            Some((environment, object)) => risk(review, environment, object),
            None if review.compared() == 0 => "not known: nothing could be compared".to_owned(),
            None => match not_compared(review) {
                0 => "none: no object changes".to_owned(),
                missing => format!("none known: {} could not be compared", counted(missing, "environment")),
            },
        },
        cause: match gravest {
            Some((environment, object)) => cause(environment, object),
            None if review.environments.iter().any(|environment| !environment.values.is_empty()) => {
                "the changed values have no effect on any object".to_owned()
            }
            None if not_compared(review) > 0 => "not known".to_owned(),
            None => "no value changes".to_owned(),
        },
    }
}

fn extent(review: &Review) -> String {
    let all = review.environments.len();
    let changing = review.environments.iter().filter(|environment| !environment.objects.is_empty()).count();
    let objects: usize = review.environments.iter().map(|environment| environment.objects.len()).sum();
    let fields: usize =
        review.environments.iter().flat_map(|environment| &environment.objects).map(|object| object.fields.len()).sum();
    let compared = format!("{} compared with {}", counted(review.compared(), "object"), review.base);
    let not_compared = not_compared(review);
    let missing = match not_compared {
        0 => String::new(),
        missing => format!("; {} could not be compared", counted(missing, "environment")),
    };
    if review.compared() == 0 {
        return format!("nothing was compared with {}{missing}", review.base);
    }
    if changing == 0 {
        return format!("no object changes in {} ({compared}){missing}", counted(all - not_compared, "environment"));
    }
    if review.kind == Kind::Environments {
        let (from, to) = (&review.base, &review.head);
        let (objects, fields) = (counted(objects, "object"), counted(fields, "field"));
        return format!(
            "{from} and {to} differ in {objects}, {fields} ({} compared)",
            counted(review.compared(), "object")
        );
    }
    let which = match (changing, all) {
        (1, 1) => format!("{} changes", review.environments[0].name),
        (1, _) => format!("1 of {all} environments changes"),
        _ => format!("{changing} of {all} environments change"),
    };
    format!("{which}: {}, {} ({compared}){missing}", counted(objects, "object"), counted(fields, "field"))
}

/// How many environments could not be compared.
fn not_compared(review: &Review) -> usize {
    review.environments.iter().filter(|environment| matches!(environment.state, State::NotCompared { .. })).count()
}

/// The object that is changed most gravely, in the environment in which most pods are replaced.
pub(crate) fn gravest_object(review: &Review) -> Option<(&EnvironmentReview, &ObjectReview)> {
    let gravest = review.gravest()?;
    let with = review.environments.iter().filter(|environment| environment.gravest() == Some(gravest));
    let environment = with.rev().max_by_key(|environment| pods(&environment.rollouts).1)?;
    let mut objects = environment.objects.iter().filter(|object| object.class == gravest);
    // What answers callers says more than what only guards it, such as the budget of a workload that goes as well.
    let guards = |object: &&ObjectReview| object.identity.kind == "PodDisruptionBudget";
    let first = objects.clone().find(|object| !guards(object));
    Some((environment, first.or_else(|| objects.next())?))
}

/// Pods that are replaced, at least and at most.
pub(crate) fn pods(rollouts: &[Rollout]) -> (i64, i64) {
    (rollouts.iter().map(|rollout| rollout.fewest).sum(), rollouts.iter().map(|rollout| rollout.most).sum())
}

fn risk(review: &Review, environment: &EnvironmentReview, object: &ObjectReview) -> String {
    let class = object.class;
    let place = if review.environments.len() == 1 { String::new() } else { format!(" in {}", environment.name) };
    let mut parts = Vec::new();
    if class != Class::Restart || review.kind == Kind::Environments {
        let risks = object.risks.iter().chain(object.fields.iter().flat_map(|field| &field.risks));
        let reason = risks.into_iter().find(|risk| risk.class == class).map(|risk| risk.reason.as_str());
        parts.push(format!("{}: {}", object.identity.title(), reason.unwrap_or_default()));
    }
    let rollouts = rollout_text(&environment.rollouts);
    let workloads = workloads_text(environment);
    match rollouts {
        _ if review.kind == Kind::Environments => {}
        Some(text) => parts.push(text),
        None if !workloads.is_empty() => {}
        None if class == Class::Restart => parts.push(format!("{}, but no pod is replaced", object.identity.title())),
        None => parts.push("no pod is replaced".to_owned()),
    }
    if review.kind != Kind::Environments {
        parts.extend(workloads);
    }
    format!("{}{place}: {}", class.name(), parts.join("; "))
}

/// The workloads whose pods all end: `2 workloads are gone`, `1 workload is made anew`.
pub(crate) fn workloads_text(environment: &EnvironmentReview) -> Vec<String> {
    let count = |is_meant: fn(&Fate) -> bool| {
        environment.objects.iter().filter(|object| object.identity.is_workload() && is_meant(&object.fate)).count()
    };
    let gone = count(|fate| *fate == Fate::Removed);
    let anew = count(|fate| matches!(fate, Fate::Renamed { .. }));
    let told = |count: usize, what| {
        let verb = if count == 1 { "is" } else { "are" };
        (count > 0).then(|| format!("{} {verb} {what}", counted(count, "workload")))
    };
    [told(gone, "gone"), told(anew, "made anew")].into_iter().flatten().collect()
}

/// `6 to 18 pods of 3 workloads are replaced, within 2 h 5 min`; none if there are none.
pub(crate) fn rollout_text(rollouts: &[Rollout]) -> Option<String> {
    let longest = rollouts.iter().map(|rollout| rollout.longest_seconds).max()?;
    let (fewest, most) = pods(rollouts);
    let pods = if most == 1 { "1 pod".to_owned() } else { format!("{} pods", super::words::range(fewest, most)) };
    let verb = if most == 1 { "is" } else { "are" };
    Some(format!("{pods} of {} {verb} replaced, within {}", counted(rollouts.len(), "workload"), duration(longest)))
}

fn cause(environment: &EnvironmentReview, object: &ObjectReview) -> String {
    let grave = object.fields.iter().filter(|field| field.risks.iter().any(|risk| risk.class == object.class));
    let mut causes: Vec<&Cause> = object.causes.iter().chain(grave.flat_map(|field| &field.causes)).collect();
    if causes.is_empty() {
        // What happens to the object as a whole has its cause in its fields: a name.
        causes.extend(object.fields.iter().flat_map(|field| &field.causes));
    }
    let Some(first) = causes.first() else {
        return match environment.state {
            State::Added => format!("{} is new", environment.name),
            State::Removed => format!("{} is gone", environment.name),
            _ => "no changed value".to_owned(),
        };
    };
    let others = causes.iter().filter(|cause| *cause != first).collect::<std::collections::BTreeSet<_>>().len();
    let more = if others == 0 { String::new() } else { format!(" (and {others} more)") };
    match first {
        Cause::Value { index } => match environment.values.get(*index) {
            Some(changed) => {
                format!("{} {}: {}{more}", place_text(changed), changed.path, change_text(&changed.change, LONGEST))
            }
            None => more,
        },
        other => format!("{}{more}", cause_text(environment, other).place),
    }
}

/// A change on one line: `old → new`.
pub(crate) fn change_text(change: &Change, longest: usize) -> String {
    match change {
        Change::Added { new } => format!("new: {}", value(new, longest)),
        Change::Removed { old } => format!("gone: {}", value(old, longest)),
        Change::Changed { old, new } => format!("{} → {}", value(old, longest), value(new, longest)),
        Change::Text { lines } => {
            let of = |wanted| lines.iter().filter(|line| line.sign == wanted).count();
            let (added, removed) = (of(crate::Sign::Added), of(crate::Sign::Removed));
            format!("text, {} added, {removed} removed", counted(added, "line"))
        }
        Change::Order { old, new } => format!("order {} → {}", old.join(", "), new.join(", ")),
        Change::Secret { now } => secret_text(*now).to_owned(),
    }
}

pub(crate) fn secret_text(now: SecretChange) -> &'static str {
    match now {
        SecretChange::Added => "secret, new",
        SecretChange::Removed => "secret, gone",
        SecretChange::Changed => "secret, changed",
    }
}

/// The environments in which nothing changes.
pub(crate) fn unchanged(review: &Review) -> Option<String> {
    let names: Vec<&str> = review
        .environments
        .iter()
        .filter(|environment| environment.state == State::Compared && environment.objects.is_empty())
        .map(|environment| environment.name.as_str())
        .collect();
    (!names.is_empty()).then(|| merged::names(review, &names))
}
