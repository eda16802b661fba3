//! The writer for programs: findings as JSON.
//!
//! The shape is an interface: fields are added, never renamed or removed within a major version. Must not know where
//! the text goes.

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::{Finding, Label, Level};
use crate::findings::Findings;
use crate::source::SourceMap;

/// One finding as programs see it. Absent things are `null` or an empty list, so every field is always there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Record {
    /// The id of the rule.
    pub rule: String,
    /// `error`, `warning` or `advice`.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// The value path, or `null`.
    pub path: Option<String>,
    /// Where: primary places first.
    pub places: Vec<Place>,
    /// Facts that explain the message.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
    /// Rows of the requirements inventory.
    pub rows: Vec<String>,
}

/// A place in a source text. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The name of the text, usually a path as the user wrote it.
    pub file: String,
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the position after the last character.
    pub end_line: usize,
    /// Column of the position after the last character.
    pub end_column: usize,
    /// The remark on this place, may be empty.
    pub label: String,
}

/// The findings as records, in the order of reports, each once.
pub fn records(findings: &Findings, sources: &SourceMap) -> Vec<Record> {
    findings.ordered(sources).into_iter().map(|finding| record(&finding, sources)).collect()
}

/// The findings as an indented JSON list of [`Record`]s with a line break at its end.
///
/// # Errors
///
/// Those of `serde_json`; a list of records has none in practice.
pub fn json(findings: &Findings, sources: &SourceMap) -> serde_json::Result<String> {
    let mut text = serde_json::to_string_pretty(&records(findings, sources))?;
    text.push('\n');
    Ok(text)
}

fn record(finding: &Finding, sources: &SourceMap) -> Record {
    let (primary, other): (Vec<&Label>, Vec<&Label>) = finding.labels.iter().partition(|label| label.primary);
    Record {
        rule: finding.rule.to_string(),
        level: finding.level,
        message: finding.message.clone(),
        path: finding.path.clone(),
        places: primary.into_iter().chain(other).map(|label| place(label, sources)).collect(),
        notes: finding.notes.clone(),
        help: finding.help.clone(),
        rows: finding.rows.iter().map(|row| (*row).to_owned()).collect(),
    }
}

fn place(label: &Label, sources: &SourceMap) -> Place {
    let start = sources.start(label.span);
    let end = sources.end(label.span);
    Place {
        file: sources.name(label.span.source).to_owned(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: label.text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::json;
    use crate::{Finding, Findings, SourceMap, Span};

    #[test]
    fn records_have_every_field() {
        let mut sources = SourceMap::new();
        let file = sources.add("values/prod.yaml", "a: 1\nüb: 2\na: 3\n");
        let mut findings = Findings::new();
        findings.push(Finding::warning("W002", "no place").path("a.b"));
        findings.push(
            Finding::error("E001", "twice")
                .also(Span::new(file, 0, 1), "first here")
                .at(Span::new(file, 12, 13), "again")
                .note("why")
                .help("remove one")
                .row("S12"),
        );
        insta::assert_snapshot!(json(&findings, &sources).unwrap(), @r#"
        [
          {
            "rule": "E001",
            "level": "error",
            "message": "twice",
            "path": null,
            "places": [
              {
                "file": "values/prod.yaml",
                "line": 3,
                "column": 1,
                "endLine": 3,
                "endColumn": 2,
                "label": "again"
              },
              {
                "file": "values/prod.yaml",
                "line": 1,
                "column": 1,
                "endLine": 1,
                "endColumn": 2,
                "label": "first here"
              }
            ],
            "notes": [
              "why"
            ],
            "help": [
              "remove one"
            ],
            "rows": [
              "S12"
            ]
          },
          {
            "rule": "W002",
            "level": "warning",
            "message": "no place",
            "path": "a.b",
            "places": [],
            "notes": [],
            "help": [],
            "rows": []
          }
        ]
        "#);
    }
}
