//! Explanations, as text and as JSON.

use std::fmt::Write as _;

use emt_check::{Decides, Effect};
use helmwright::impact;
use serde_json::{Value, json};

use super::{DecidingValue, ExplainedField, ExplainedValue, Here, TemplateLine};

impl ExplainedValue {
    /// For people. Of the fields in an object `most` are listed.
    #[must_use]
    pub fn to_text(&self, most: usize) -> String {
        value_text(self, most)
    }

    /// For programs: fields are added, never renamed or removed within a major version.
    #[must_use]
    pub fn to_json(&self) -> Value {
        value_json(self)
    }
}

impl ExplainedField {
    /// For people.
    #[must_use]
    pub fn to_text(&self) -> String {
        field_text(self)
    }

    /// For programs: fields are added, never renamed or removed within a major version.
    #[must_use]
    pub fn to_json(&self) -> Value {
        field_json(self)
    }
}

fn value_text(value: &ExplainedValue, most: usize) -> String {
    let row = &value.row;
    let mut text = format!("{}\n  {}", row.path, row.type_);
    if !row.expected.is_empty() {
        text.push_str(&format!(", {}", row.expected));
    }
    // Writing to a text cannot fail.
    let _ = match (&row.default, &value.shared_default) {
        (Some(default), _) => writeln!(text, "; default {}", short(default)),
        (None, Some((path, default))) => writeln!(text, "; where an entry does not say it, {path}: {}", short(default)),
        (None, None) if row.required => writeln!(text, "; everybody has to set it"),
        (None, None) => writeln!(text),
    };
    if !row.description.is_empty() {
        let _ = writeln!(text, "\n{}", indented(&row.description));
    }
    if !row.seed.is_empty() {
        let _ = writeln!(text, "  Reference architecture: {}", row.seed.join(", "));
    }
    match &value.here {
        Some(Here { value: Some(value), inherited, place }) => {
            let from = inherited.as_ref().map(|path| format!("from {path}: ")).unwrap_or_default();
            let _ = writeln!(text, "\nHere\n  {}  ({from}{})", short(value), place.as_deref().unwrap_or("default"));
        }
        Some(Here { value: None, .. }) => text.push_str("\nHere\n  nothing: no file sets it\n"),
        None => {}
    }
    if !value.rules.is_empty() {
        text.push_str("\nRules\n");
        value.rules.iter().for_each(|(id, title)| text.push_str(&format!("  {id}  {title}\n")));
    }
    if !value.refusals.is_empty() {
        text.push_str("\nRefused, with other values\n");
        value.refusals.iter().for_each(|message| text.push_str(&format!("  {message}\n")));
    }
    decided(&mut text, "Decides whether there is", value, most, |decides| {
        decides.existence.then(|| vec![String::new()])
    });
    decided(&mut text, "Goes into", value, most, |decides| Some(decides.content.clone()));
    decided(&mut text, "Decides whether these stand there", value, most, |decides| Some(decides.presence.clone()));
    if value.explanation.decides.is_empty() {
        text.push_str("\nNo field is made of it: refusals or the notes read it.\n");
    }
    let effect = match value.explanation.effect {
        None => return text,
        Some(Effect::InPlace) => "objects change in place; nothing that runs is replaced.",
        Some(Effect::Scales) => "pods come or go; those that run stay.",
        Some(Effect::ReplacesPods) => "pods are replaced, wave after wave.",
        Some(Effect::Refused) => {
            "Kubernetes refuses some of it on objects that are there: these have to be deleted first."
        }
    };
    let _ = writeln!(text, "\nA change\n  {effect}");
    text
}

/// A list of fields by template, under a title; nothing if there are none.
fn decided(
    text: &mut String,
    title: &str,
    value: &ExplainedValue,
    most: usize,
    fields: impl Fn(&Decides) -> Option<Vec<String>>,
) {
    let mut is_first = true;
    for decides in &value.explanation.decides {
        let Some(mut fields) = fields(decides).filter(|fields| !fields.is_empty()) else { continue };
        // The object as a whole.
        fields.retain(|field| !field.is_empty());
        if is_first {
            let _ = writeln!(text, "\n{title}");
            is_first = false;
        }
        let _ = writeln!(text, "  {}  ({})", kind(decides), decides.template);
        for field in fields.iter().take(most) {
            let _ = writeln!(text, "    {field}");
        }
        if fields.len() > most {
            let _ = writeln!(text, "    and {} more: --all", fields.len() - most);
        }
    }
}

/// What the objects are called; those that stand whole in the values may be of any kind.
fn kind(decides: &Decides) -> &str {
    if decides.kind == impact::Row::ANY_KIND { "any object" } else { &decides.kind }
}

fn field_text(field: &ExplainedField) -> String {
    let dot = if field.field.is_empty() || field.field.starts_with('[') { "" } else { "." };
    let mut text = format!(
        "{}/{}{dot}{}\n  {}\n  made by templates/{}\n",
        field.kind,
        field.name,
        field.field,
        short(&field.value),
        field.template
    );
    for TemplateLine { line, text: written } in &field.written {
        let margin = format!("    {line} | ");
        let continued = format!("\n{:width$}| ", "", width = margin.len() - 2);
        let _ = writeln!(text, "{margin}{}", written.replace('\n', &continued));
    }
    let facts = field.facts.iter().map(|fact| (fact.clone(), String::new(), "the release and the chart".to_owned()));
    let lines = |values: &[DecidingValue]| {
        let line = |value: &DecidingValue| {
            let place = value.place.clone().unwrap_or_else(|| "default".to_owned());
            (value.path.clone(), value.value.as_ref().map_or("an entry".to_owned(), short), place)
        };
        values.iter().map(line).collect::<Vec<_>>()
    };
    listed(&mut text, "Made of", lines(&field.content).into_iter().chain(facts).collect());
    if field.content.is_empty() && field.facts.is_empty() {
        text.push_str("\nMade of\n  nothing: the architecture says so, for all values\n");
    }
    listed(&mut text, "Stands there because of", lines(&field.conditions));
    listed(&mut text, "The object is there because of", lines(&field.existence));
    text
}

fn listed(text: &mut String, title: &str, lines: Vec<(String, String, String)>) {
    if lines.is_empty() {
        return;
    }
    let width = lines.iter().map(|(path, ..)| path.chars().count()).max().unwrap_or(0);
    let _ = writeln!(text, "\n{title}");
    for (path, value, place) in lines {
        let value = if value.is_empty() { value } else { format!("{value}  ") };
        let _ = writeln!(text, "  {path:width$}  {value}({place})");
    }
}

/// A value on one line, cut where it is long.
fn short(value: &Value) -> String {
    const LONGEST: usize = 80;
    let written = value.to_string();
    if written.chars().count() <= LONGEST {
        return written;
    }
    format!("{} …", written.chars().take(LONGEST).collect::<String>())
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| if line.is_empty() { String::new() } else { format!("  {line}") })
        .collect::<Vec<_>>()
        .join("\n")
}

fn value_json(value: &ExplainedValue) -> Value {
    let row = &value.row;
    let shared = value.shared_default.as_ref().map(|(path, value)| json!({ "path": path, "value": value }));
    json!({
        "path": row.path,
        "type": row.type_,
        "expected": row.expected,
        "default": row.default,
        "sharedDefault": shared,
        "here": value.here.as_ref().map(|here| {
            json!({ "value": here.value, "inherited": here.inherited, "place": here.place })
        }),
        "required": row.required,
        "description": row.description,
        "rows": row.seed,
        "checks": value.rules.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        "refusals": value.refusals,
        "impact": value.explanation.to_json(),
    })
}

fn field_json(field: &ExplainedField) -> Value {
    let values = |values: &[DecidingValue]| {
        let value = |value: &DecidingValue| json!({ "path": value.path, "value": value.value, "place": value.place });
        values.iter().map(value).collect::<Vec<_>>()
    };
    json!({
        "kind": field.kind,
        "name": field.name,
        "template": field.template,
        "written": field.written.iter().map(|line| json!({ "line": line.line, "text": line.text })).collect::<Vec<_>>(),
        "field": field.field,
        "value": field.value,
        "content": values(&field.content),
        "conditions": values(&field.conditions),
        "existence": values(&field.existence),
        "facts": field.facts,
    })
}
