//! The reading of the tree that gives a chart: its printing as Go templates.
//!
//! What is printed is to look as a careful maintainer writes it. Only three forms of template lines occur: control on a
//! line of its own (`{{- if … }}`), a scalar behind a key (`key: {{ … }}`), and a passed-through or included piece
//! (`{{- toYaml … | nindent 8 }}`); each is safe against the whitespace traps of Go templates.
//!
//! This module knows the functions of Helm, not what they compute: that is `evaluate`'s part.

mod expression;
mod helpers;
mod scalar;
mod scope;
mod structure;
mod width;
mod written;

use std::fmt;

use crate::tree::{Helper, Tree};
use std::sync::Arc;

use scope::Scope;
use written::Record;

pub use written::{Written, written};

/// A template file of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its path below the chart's folder, such as `templates/_helpers.tpl`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Something in the tree that has no faithful printed form.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintProblem {
    /// The file or helper.
    pub place: String,
    /// What is wrong, and what to write instead.
    pub message: String,
}

impl fmt::Display for PrintProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for PrintProblem {}

/// Prints all templates: one for each file of the tree, `_helpers.tpl`, and `NOTES.txt`.
///
/// # Errors
///
/// All parts of the tree that have no faithful printed form.
pub fn print(tree: &Tree) -> Result<Vec<Template>, Vec<PrintProblem>> {
    let mut printer = Printer::default();
    let mut templates = Vec::new();
    for file in &tree.files {
        printer.place = file.name.to_owned();
        let text = printer.file(file);
        templates.push(Template { path: format!("templates/{}", file.name), text });
    }
    printer.place = "NOTES.txt".to_owned();
    let notes = printer.notes(&tree.notes);
    let helpers = printer.helper_file();
    templates.push(Template { path: "templates/_helpers.tpl".to_owned(), text: helpers });
    if !notes.is_empty() {
        templates.push(Template { path: "templates/NOTES.txt".to_owned(), text: notes });
    }
    if printer.problems.is_empty() { Ok(templates) } else { Err(printer.problems) }
}

/// Prints one template at a time; collects the helpers that they call.
#[derive(Default)]
struct Printer {
    out: String,
    scope: Scope,
    helpers: Vec<Arc<Helper>>,
    place: String,
    problems: Vec<PrintProblem>,
    /// Where fields are written, if that is wanted.
    record: Option<Record>,
}

impl Printer {
    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.out.push_str(text);
        }
        self.out.push('\n');
    }

    fn control_line(&mut self, indent: usize, action: &str) {
        self.wrapped(indent, &format!("{{{{- {action} }}}}"));
    }

    /// A line; one that is too long is broken inside its actions.
    fn wrapped(&mut self, indent: usize, line: &str) {
        // Deeper than what a control line or a key holds, and behind the dash of a list's element.
        let deeper = if line.starts_with("- ") { indent + 6 } else { indent + 4 };
        let (mut rest, mut at) = (line, indent);
        while let Some(end) = width::break_of(at, rest, at != indent) {
            let (head, behind) = rest.split_at(end);
            self.line(at, head);
            (rest, at) = (behind.trim_start(), deeper);
        }
        self.line(at, rest);
    }

    fn problem(&mut self, message: impl Into<String>) {
        self.problems.push(PrintProblem { place: self.place.clone(), message: message.into() });
    }
}
