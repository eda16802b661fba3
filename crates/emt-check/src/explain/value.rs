//! One value: the objects and fields that it decides, and what a change of it does.

use std::collections::BTreeSet;

use helmwright::impact::{Row, concerns, existence};
use serde_json::{Value, json};

use super::{Effect, by_object, shown};

/// What one value decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueExplanation {
    /// What it decides, by template.
    pub decides: Vec<Decides>,
    /// The gravest thing that a change does, where it does not make or remove objects.
    pub effect: Option<Effect>,
}

/// What a value decides in the objects of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decides {
    /// The template.
    pub template: &'static str,
    /// The kind of the objects.
    pub kind: String,
    /// Whether there is an object at all.
    pub existence: bool,
    /// Fields that hold it, or what is made of it.
    pub content: Vec<String>,
    /// Fields that stand there because of it.
    pub presence: Vec<String>,
}

/// What a value decides; `path` as the impact map writes it, with `*` or a name for the entries of maps.
#[must_use]
pub fn explain_value(rows: &[Row], path: &str) -> ValueExplanation {
    let reads = |paths: &BTreeSet<String>| paths.iter().any(|read| concerns(path, read));
    let (mut decides, mut effect) = (Vec::new(), None);
    for ((template, kind), rows) in by_object(rows) {
        let existence = existence(&rows);
        let decided = Decides {
            template,
            kind: kind.to_owned(),
            existence: reads(&existence),
            content: fields(rows.iter().filter(|row| reads(&row.content))),
            presence: fields(rows.iter().filter(|row| {
                let own = row.conditions.iter().filter(|read| !existence.contains(*read));
                !reads(&row.content) && own.into_iter().any(|read| concerns(path, read))
            })),
        };
        if !(decided.existence || !decided.content.is_empty() || !decided.presence.is_empty()) {
            continue;
        }
        let touched = rows.iter().filter(|row| {
            reads(&row.content) || row.conditions.iter().any(|read| !existence.contains(read) && concerns(path, read))
        });
        effect = effect.max(touched.map(|row| Effect::of(kind, &row.field)).max());
        decides.push(decided);
    }
    ValueExplanation { decides, effect }
}

fn fields<'r>(rows: impl Iterator<Item = &'r &'r Row>) -> Vec<String> {
    let mut fields: Vec<String> = Vec::new();
    for field in rows.map(|row| shown(&row.field)) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

impl ValueExplanation {
    /// For programs.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let decided = |decided: &Decides| {
            json!({
                "template": decided.template,
                "kind": decided.kind,
                "existence": decided.existence,
                "content": decided.content,
                "presence": decided.presence,
            })
        };
        json!({
            "decides": self.decides.iter().map(decided).collect::<Vec<_>>(),
            "effect": self.effect.map(Effect::word),
        })
    }
}
