//! The review for code scanning: a result for each object, class of risk and causing line, at that line.
//!
//! A change is no fault: the four gravest classes are warnings, the others notes. What the review could not compare is told
//! as a failed run.

use helmwright_diagnostics::{Level, SarifLine, SarifResult, SarifRule, SarifTool, sarif_report};

use super::headline::change_text;
use super::merged::{self, CauseText, MergedField, MergedObject};
use crate::rendering::Origin;
use crate::review::{Kind, Review, State};
use crate::risk::{Class, RULES, Risk};

/// Characters of a value at most.
const LONGEST: usize = 200;
/// Fields of a result that are named; the rest is counted.
const MOST_FIELDS: usize = 20;

/// The review as SARIF 2.1.0, with a line break at the end. A value that a Secret is made of is told as changed.
#[must_use]
pub fn sarif(review: &Review) -> String {
    let rule = |rule: &crate::risk::Rule| SarifRule {
        id: rule.class.name().to_owned(),
        title: rule.what.to_owned(),
        description: rule.why.to_owned(),
        help: format!("{}\n\n{}", rule.why, rule.advice),
        level: level(rule.class),
    };
    let tool = SarifTool {
        name: "emt".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rules: RULES.iter().map(rule).collect(),
    };
    let results: Vec<SarifResult> =
        merged::objects(review).iter().flat_map(|object| of_object(review, object)).collect();
    // All of it are texts and numbers: it can always be written.
    sarif_report(&results, &unsaid(review), &tool).unwrap_or_default()
}

fn level(class: Class) -> Level {
    if class >= Class::Exposure { Level::Warning } else { Level::Advice }
}

/// Why the review is not whole.
fn unsaid(review: &Review) -> Vec<String> {
    let told = review.environments.iter().filter_map(|environment| match &environment.state {
        State::NotCompared { reason } => Some(format!("{} was not compared: {reason}", environment.name)),
        _ => None,
    });
    let nothing = (review.compared() == 0).then(|| format!("nothing was compared with {}", review.base));
    told.chain(nothing).collect()
}

/// What happens to an object for the same reason.
struct Group<'a> {
    risk: &'a Risk,
    causes: &'a [CauseText],
    fields: Vec<&'a MergedField<'a>>,
}

fn of_object(review: &Review, object: &MergedObject<'_>) -> Vec<SarifResult> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    if object.fields.is_empty() || !object.fate_text().is_empty() {
        groups.extend(object.risks.iter().map(|risk| Group { risk, causes: &object.causes, fields: Vec::new() }));
    }
    for field in &object.fields {
        for risk in field.risks {
            match groups.iter_mut().find(|known| known.risk == risk && known.causes == field.causes) {
                Some(known) => known.fields.push(field),
                None => groups.push(Group { risk, causes: &field.causes, fields: vec![field] }),
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.risk.class));
    groups.iter().map(|group| of_group(review, object, group)).collect()
}

fn of_group(review: &Review, object: &MergedObject<'_>, group: &Group<'_>) -> SarifResult {
    let (title, class) = (object.identity.title(), group.risk.class);
    let fate = match object.fate_text() {
        fate if fate.is_empty() => fate,
        fate => format!(" ({fate})"),
    };
    let mut text = format!(
        "{}: {title}{fate} in {}: {}",
        class.name(),
        merged::names(review, &object.environments),
        group.risk.reason
    );
    for field in group.fields.iter().take(MOST_FIELDS) {
        text.push_str(&format!("\n{}", field_text(review, object, field)));
    }
    if group.fields.len() > MOST_FIELDS {
        text.push_str(&format!("\nand {} fields more", group.fields.len() - MOST_FIELDS));
    }
    let unplaced = group.causes.iter().filter(|cause| cause.line.is_none());
    for cause in unplaced {
        text.push_str(format!("\nbecause of {} {}", cause.place, cause.path).trim_end());
    }
    SarifResult {
        rule: class.name().to_owned(),
        level: level(class),
        text,
        lines: group.causes.iter().filter_map(|cause| line(review, cause)).collect(),
        subject: title,
    }
}

fn field_text(review: &Review, object: &MergedObject<'_>, field: &MergedField<'_>) -> String {
    let within = match field.environments.len() == object.environments.len() {
        true => String::new(),
        false => format!(" in {}", merged::names(review, &field.environments)),
    };
    format!("{}{within}: {}", field.place, change_text(field.change, LONGEST))
}

/// The line of a cause. Of one that is no longer there the file is named where Git keeps it: today it may have fewer lines.
fn line(review: &Review, cause: &CauseText) -> Option<SarifLine> {
    let (Origin::File { file, line }, former) = cause.line.as_ref()? else { return None };
    let of_git = file.strip_prefix(review.base.split(' ').next()?).and_then(|rest| rest.strip_prefix(':'));
    let text = if *former { format!("{}: no longer set", cause.path) } else { cause.path.clone() };
    Some(match of_git.filter(|_| *former && review.kind == Kind::Change) {
        Some(today) => SarifLine { file: today.to_owned(), line: None, text },
        None => SarifLine { file: file.clone(), line: Some(*line), text },
    })
}
