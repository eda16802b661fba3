//! Where in the templates the fields of objects are written.
//!
//! Must not know how anything is printed: the printer says when it begins and ends a field.

use super::{PrintProblem, Printer};
use crate::tree::{Entry, FieldPath, Helper, HelperBody, Key, Segment, Tree};

/// The lines of a template that write a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The template file.
    pub file: &'static str,
    /// The object's kind; [`ANY_KIND`](crate::impact::Row::ANY_KIND) for an object that stands whole in the values.
    pub kind: String,
    /// The field.
    pub field: FieldPath,
    /// The number of the first line, from 1.
    pub line: usize,
    /// The lines, without the indentation of the first. Of a map or list that is written here, its key.
    pub text: String,
}

/// Where every field is written. A field of several branches stands there several times.
///
/// # Errors
///
/// As [`print`](super::print).
pub fn written(tree: &Tree) -> Result<Vec<Written>, Vec<PrintProblem>> {
    let mut printer = Printer { record: Some(Record::default()), ..Printer::default() };
    for file in &tree.files {
        printer.place = file.name.to_owned();
        if let Some(record) = &mut printer.record {
            record.file = file.name;
        }
        printer.file(file);
    }
    let written = printer.record.map(|record| record.written).unwrap_or_default();
    if printer.problems.is_empty() { Ok(written) } else { Err(printer.problems) }
}

/// What is recorded, and where the printer is.
#[derive(Default)]
pub(super) struct Record {
    written: Vec<Written>,
    file: &'static str,
    kind: String,
    at: FieldPath,
}

impl Printer {
    /// The kind of the object that is printed from here on.
    pub(super) fn of_kind(&mut self, kind: &str) {
        if let Some(record) = &mut self.record {
            kind.clone_into(&mut record.kind);
        }
    }

    /// Prints a field that lies one step below the present one, by `body`.
    pub(super) fn step(&mut self, step: Segment, is_whole: bool, body: impl FnOnce(&mut Self)) {
        if let Some(record) = &mut self.record {
            record.at.0.push(step);
        }
        self.recorded(is_whole, body);
        if let Some(record) = &mut self.record {
            record.at.0.pop();
        }
    }

    /// Prints the present field by `body`: all of it, or what opens it.
    pub(super) fn recorded(&mut self, is_whole: bool, body: impl FnOnce(&mut Self)) {
        let begin = self.out.len();
        let index = self.record.as_ref().map(|record| record.written.len());
        body(self);
        let (Some(record), Some(index)) = (&mut self.record, index) else { return };
        let text = self.out[begin..].trim_end();
        let text = if is_whole { text } else { text.lines().next().unwrap_or_default() };
        let indentation = text.len() - text.trim_start().len();
        let lines = text.lines().map(|line| line.get(indentation..).unwrap_or_else(|| line.trim_start()));
        let written = Written {
            file: record.file,
            kind: record.kind.clone(),
            field: record.at.clone(),
            line: self.out[..begin].matches('\n').count() + 1,
            text: lines.collect::<Vec<_>>().join("\n"),
        };
        // Before what stands in it.
        record.written.insert(index, written);
    }

    /// Prints the call of a helper, which writes some keys of the present map, by `body`.
    pub(super) fn included(&mut self, helper: &Helper, body: impl FnOnce(&mut Self)) {
        let Some(record) = &self.record else { return body(self) };
        let from = record.written.len();
        self.step(Segment::AnyKey, true, body);
        let (Some(record), HelperBody::Fragment(entries)) = (&mut self.record, &helper.body) else { return };
        if record.written.len() == from + 1 {
            let call = record.written.remove(from);
            record.written.extend(keys(entries).into_iter().map(|key| {
                let mut field = record.at.clone();
                field.0.push(Segment::Key(key));
                Written { field, ..call.clone() }
            }));
        }
    }
}

/// The constant keys that entries write, those of helpers in them included.
fn keys(entries: &[Entry]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in entries {
        match entry {
            Entry::Field { key: Key::Literal(key), .. } => found.push(key.clone()),
            Entry::Include(helper, _) => {
                if let HelperBody::Fragment(body) = &helper.body {
                    found.extend(keys(body));
                }
            }
            Entry::Control(control) => {
                control.bodies().into_iter().for_each(|body| found.extend(keys(body)));
            }
            _ => {}
        }
    }
    found
}
