//! `emt explain`: what a value does, or where a field of an object comes from.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use emt::checks::{Decides, Effect};
use emt::{DecidingValue, ExplainError, ExplainedField, ExplainedValue, Input, Origin, explain_field, explain_value};
use serde_json::{Value, json};

use crate::output::Output;
use crate::problem::Problem;
use crate::selection::OptionalSelection;

/// How many fields of an object are listed; `--all` lists the others too.
const MOST: usize = 8;

/// Say what a value means and does, or where a field of an object comes from
#[derive(Args)]
pub(crate) struct Arguments {
    /// Path of a value, `*` for any entry of a map: gatewayGroups.*.traffic.replicas; or an object, or a field of it, of an
    /// environment: Deployment/apim-main-traffic.spec.replicas
    #[arg(value_name = "PATH|KIND/NAME[.FIELD]")]
    subject: String,
    #[command(flatten)]
    selection: OptionalSelection,
    /// List every field that a value decides
    #[arg(long)]
    all: bool,
    /// How to print the explanation
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let subject = arguments.subject.as_str();
    let input = arguments.selection.input()?;
    let text = if subject.contains('/') && !subject.contains('"') {
        let input = input.ok_or_else(|| {
            Problem::system("a field belongs to the objects of an environment")
                .help("name the environment, or files with --file")
        })?;
        let field = explain_field(&input, subject).map_err(problem)?;
        match arguments.format {
            Format::Human => field_text(&field),
            Format::Json => format!("{:#}\n", field_json(&field)),
        }
    } else {
        let value = explain_value(subject).map_err(problem)?;
        match arguments.format {
            Format::Human => value_text(&value, input.as_ref(), if arguments.all { usize::MAX } else { MOST }),
            Format::Json => format!("{:#}\n", value_json(&value)),
        }
    };
    output.result(text)
}

fn problem(error: ExplainError) -> Problem {
    if let ExplainError::Refused(refused) = error {
        return Problem::Refused(refused);
    }
    error.help().into_iter().fold(Problem::system(error.to_string()), Problem::help)
}

fn value_text(value: &ExplainedValue, input: Option<&Input>, most: usize) -> String {
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
    if let Some(input) = input {
        let _ = writeln!(text, "\nHere\n{}", set_here(&row.path, input));
    }
    decided(&mut text, "Decides whether there is", value, most, |decides| {
        decides.existence.then(|| vec![decides.kind.clone()])
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

/// What the value is in an environment, and who said so.
fn set_here(path: &str, input: &Input) -> String {
    let Some(segments) = emt::yaml::parse_path(path) else { return String::new() };
    let shown = input.shown();
    let found = segments.iter().try_fold(&shown, |value, segment| value.get(segment.to_string()));
    let Some(found) = found else { return "  nothing: no file sets it".to_owned() };
    let place = match (input.origin(&segments), input.sources()) {
        (Some(Origin::File(span)), Some(sources)) => {
            let position = sources.start(span);
            format!("{}:{}:{}", sources.name(span.source), position.line, position.column)
        }
        _ => "default".to_owned(),
    };
    format!("  {}  ({place})", short(found))
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
        let Some(fields) = fields(decides).filter(|fields| !fields.is_empty()) else { continue };
        if is_first {
            let _ = writeln!(text, "\n{title}");
            is_first = false;
        }
        if fields == [decides.kind.clone()] {
            let _ = writeln!(text, "  {}  ({})", decides.kind, decides.template);
            continue;
        }
        let _ = writeln!(text, "  {}  ({})", decides.kind, decides.template);
        for field in fields.iter().take(most) {
            let _ = writeln!(text, "    {field}");
        }
        if fields.len() > most {
            let _ = writeln!(text, "    and {} more: --all", fields.len() - most);
        }
    }
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

/// For programs: fields are added, never renamed or removed within a major version.
fn value_json(value: &ExplainedValue) -> Value {
    let row = &value.row;
    let shared = value.shared_default.as_ref().map(|(path, value)| json!({ "path": path, "value": value }));
    json!({
        "path": row.path,
        "type": row.type_,
        "expected": row.expected,
        "default": row.default,
        "sharedDefault": shared,
        "required": row.required,
        "description": row.description,
        "rows": row.seed,
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
        "field": field.field,
        "value": field.value,
        "content": values(&field.content),
        "conditions": values(&field.conditions),
        "existence": values(&field.existence),
        "facts": field.facts,
    })
}
