//! The same change in several environments, told once.
//!
//! Must not know how it is written down.

use helmwright_diagnostics::counted;

use crate::cause::{Cause, Effect, ValueChange};
use crate::difference::{Change, Fate, Identity};
use crate::rendering::Origin;
use crate::review::{EnvironmentReview, ObjectReview, Review};
use crate::risk::{Class, Risk};

/// An object that differs in some environments.
pub(crate) struct MergedObject<'a> {
    pub(crate) identity: &'a Identity,
    pub(crate) fate: &'a Fate,
    pub(crate) component: &'a str,
    pub(crate) class: Class,
    pub(crate) environments: Vec<&'a str>,
    pub(crate) risks: &'a [Risk],
    pub(crate) causes: Vec<CauseText>,
    pub(crate) fields: Vec<MergedField<'a>>,
}

/// A field that differs in the same way in some environments.
pub(crate) struct MergedField<'a> {
    pub(crate) place: String,
    pub(crate) change: &'a Change,
    pub(crate) risks: &'a [Risk],
    pub(crate) causes: Vec<CauseText>,
    pub(crate) environments: Vec<&'a str>,
}

/// A value that differs in the same way in some environments.
pub(crate) struct MergedValue<'a> {
    pub(crate) value: &'a ValueChange,
    /// Each environment with the number of objects that the value changes there.
    pub(crate) environments: Vec<(&'a str, &'a Effect)>,
}

/// A cause, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CauseText {
    /// The line, or what else it is.
    pub(crate) place: String,
    /// The path of the value; empty for what is none.
    pub(crate) path: String,
    /// The line, where it is one, and whether it is one of before.
    pub(crate) line: Option<(Origin, bool)>,
}

/// The objects that differ, the gravest first.
pub(crate) fn objects(review: &Review) -> Vec<MergedObject<'_>> {
    let mut merged: Vec<MergedObject<'_>> = Vec::new();
    for environment in &review.environments {
        for object in &environment.objects {
            let known = merged.iter_mut().find(|known| {
                (known.fate, &known.identity.kind, &known.identity.name)
                    == (&object.fate, &object.identity.kind, &object.identity.name)
                    && known.risks == object.risks
            });
            match known {
                Some(known) => known.add(environment, object),
                None => {
                    let mut new = MergedObject {
                        identity: &object.identity,
                        fate: &object.fate,
                        component: &object.component,
                        class: object.class,
                        environments: Vec::new(),
                        risks: &object.risks,
                        causes: Vec::new(),
                        fields: Vec::new(),
                    };
                    new.add(environment, object);
                    merged.push(new);
                }
            }
        }
    }
    merged.sort_by_key(|object| std::cmp::Reverse(object.class));
    merged
}

impl<'a> MergedObject<'a> {
    fn add(&mut self, environment: &'a EnvironmentReview, object: &'a ObjectReview) {
        self.environments.push(&environment.name);
        self.class = self.class.max(object.class);
        extend(&mut self.causes, causes(environment, &object.causes));
        for field in &object.fields {
            let place = field.field.place.to_string();
            let known = self.fields.iter_mut().find(|known| {
                known.place == place && *known.change == field.field.change && known.risks == field.risks
            });
            let found = causes(environment, &field.causes);
            match known {
                Some(known) => {
                    known.environments.push(&environment.name);
                    extend(&mut known.causes, found);
                }
                None => self.fields.push(MergedField {
                    place,
                    change: &field.field.change,
                    risks: &field.risks,
                    causes: found,
                    environments: vec![&environment.name],
                }),
            }
        }
    }

    /// What happens to the object, in a word or a few.
    pub(crate) fn fate_text(&self) -> String {
        match self.fate {
            Fate::Added => "new".to_owned(),
            Fate::Removed => "gone".to_owned(),
            Fate::Changed => String::new(),
            Fate::Renamed { from } => format!("was {from}"),
        }
    }
}

fn extend(known: &mut Vec<CauseText>, more: Vec<CauseText>) {
    for cause in more {
        if !known.contains(&cause) {
            known.push(cause);
        }
    }
}

fn causes(environment: &EnvironmentReview, causes: &[Cause]) -> Vec<CauseText> {
    causes.iter().map(|cause| cause_text(environment, cause)).collect()
}

/// A cause in words.
pub(crate) fn cause_text(environment: &EnvironmentReview, cause: &Cause) -> CauseText {
    let bare = |place: String| CauseText { place, path: String::new(), line: None };
    match cause {
        Cause::Value { index } => match environment.values.get(*index) {
            Some(value) => CauseText { place: place_text(value), path: value.path.clone(), line: line_of(value) },
            None => bare(String::new()),
        },
        Cause::Chart { from, to } => bare(format!("chart {from} → {to}")),
        Cause::Release { from, to } => bare(format!("release {from} → {to}")),
        Cause::Namespace { from, to } => bare(format!("namespace {from} → {to}")),
        Cause::Definition => bare("no changed value: the objects are defined otherwise".to_owned()),
    }
}

/// Where a changed value stands: the line that sets it, or the one that no longer does.
pub(crate) fn place_text(value: &ValueChange) -> String {
    match (line_of(value), value.place()) {
        (Some((former, true)), _) => format!("no longer in {former}"),
        (Some((origin, false)), _) => origin.to_string(),
        (None, origin) => origin.map(Origin::to_string).unwrap_or_default(),
    }
}

/// The line of a changed value, and whether it is one of before.
fn line_of(value: &ValueChange) -> Option<(Origin, bool)> {
    let file = |origin: &Option<Origin>| origin.clone().filter(|origin| matches!(origin, Origin::File { .. }));
    let former = || file(&value.former_origin).map(|origin| (origin, true));
    file(&value.origin).map(|origin| (origin, false)).or_else(former)
}

/// The values that differ, in the order of the environments.
pub(crate) fn values(review: &Review) -> Vec<MergedValue<'_>> {
    let mut merged: Vec<MergedValue<'_>> = Vec::new();
    for environment in &review.environments {
        for value in &environment.values {
            let is_same = |known: &&mut MergedValue<'_>| {
                known.value.path == value.path
                    && known.value.change == value.change
                    && known.value.origin == value.origin
                    && known.value.former_origin == value.former_origin
            };
            let entry = (environment.name.as_str(), &value.effect);
            match merged.iter_mut().find(is_same) {
                Some(known) => known.environments.push(entry),
                None => merged.push(MergedValue { value, environments: vec![entry] }),
            }
        }
    }
    merged
}

/// Names of environments; `all` if every one that was compared is among them.
pub(crate) fn names(review: &Review, names: &[&str]) -> String {
    if review.environments.len() > 2 && names.len() == review.environments.len() {
        return "all environments".to_owned();
    }
    names.join(", ")
}

/// Where, if there are several environments.
fn within(review: &Review, found: &[&str]) -> String {
    if review.environments.len() == 1 { String::new() } else { format!(" in {}", names(review, found)) }
}

/// What a value does, in words: how many objects, in which environments.
pub(crate) fn effect_text(review: &Review, value: &MergedValue<'_>) -> String {
    let mut parts = Vec::new();
    let of = |wanted: &dyn Fn(&Effect) -> bool| -> Vec<&str> {
        value.environments.iter().filter(|(_, effect)| wanted(effect)).map(|(name, _)| *name).collect()
    };
    let mut counts: Vec<usize> = value
        .environments
        .iter()
        .filter_map(|(_, effect)| if let Effect::Objects { count } = effect { Some(*count) } else { None })
        .collect();
    counts.sort_unstable();
    counts.dedup();
    for count in counts.into_iter().rev() {
        let found = of(&|effect| *effect == Effect::Objects { count });
        parts.push(format!("{}{}", counted(count, "object"), within(review, &found)));
    }
    let idle = of(&|effect| *effect == Effect::None);
    if !idle.is_empty() {
        parts.push(format!("no effect{}", within(review, &idle)));
    }
    let mut overriding: Vec<&Origin> = value
        .environments
        .iter()
        .filter_map(|(_, effect)| if let Effect::Overridden { by } = effect { Some(by) } else { None })
        .collect();
    overriding.sort();
    overriding.dedup();
    for by in overriding {
        let found = of(&|effect| *effect == Effect::Overridden { by: by.clone() });
        parts.push(format!("no effect{}: {by} says otherwise", within(review, &found)));
    }
    parts.join("; ")
}
