//! The writer for code scanning: findings as SARIF 2.1.0, which code hosts and editors show at their lines.
//!
//! Must not know which tool finds what; the caller brings the rules. Limit: one run, no fixes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::finding::{Finding, Label, Level};
use crate::findings::Findings;
use crate::source::SourceMap;

/// The tool whose findings they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SarifTool {
    /// Its name.
    pub name: String,
    /// Its version, as of semantic versioning.
    pub version: String,
    /// Its rules. Findings of others are written without a description.
    pub rules: Vec<SarifRule>,
}

/// What is told of a rule beside its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SarifRule {
    /// Its id.
    pub id: String,
    /// What it finds, in a few words.
    pub title: String,
    /// Why that matters.
    pub description: String,
    /// Its page, in Markdown.
    pub help: String,
    /// How grave its findings are, as a rule.
    pub level: Level,
}

/// A result that is no finding: what happens because of a line, as far as a report knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SarifResult {
    /// Id of its rule.
    pub rule: String,
    /// How grave it is.
    pub level: Level,
    /// What is said.
    pub text: String,
    /// The lines that it is about, the first one first.
    pub lines: Vec<SarifLine>,
    /// What it is about beside lines, such as an object.
    pub subject: String,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SarifLine {
    /// The path of the file.
    pub file: String,
    /// Its number, from 1; none for the file as a whole.
    pub line: Option<usize>,
    /// What stands there; may be empty.
    pub text: String,
}

/// The findings as SARIF 2.1.0, in the order of reports, each once, with a line break at the end.
///
/// A finding's fingerprint does not depend on where in its file it stands: it is the same finding after lines were added
/// above it.
///
/// # Errors
///
/// Those of `serde_json`; what is written here has none in practice.
pub fn sarif(findings: &Findings, sources: &SourceMap, tool: &SarifTool) -> serde_json::Result<String> {
    let mut prints = Fingerprints::default();
    let results = findings.ordered(sources).into_iter().map(|finding| {
        let file = finding.place().map_or("", |label| sources.name(label.span.source));
        let parts = [finding.rule.as_ref(), file, finding.path.as_deref().unwrap_or_default(), &finding.message];
        let print = prints.of(&parts);
        result(&finding, sources, tool, &print)
    });
    log(tool, results.collect(), None)
}

/// Results of a report as SARIF 2.1.0, in their order, with a line break at the end. `unsaid` is why the report may not be
/// whole: with any of it, the run counts as failed.
///
/// A result's fingerprint is its rule, subject, and the text and file of its lines.
///
/// # Errors
///
/// As of [`sarif`].
pub fn sarif_report(results: &[SarifResult], unsaid: &[String], tool: &SarifTool) -> serde_json::Result<String> {
    let mut prints = Fingerprints::default();
    let results = results.iter().map(|one| {
        let lines = one.lines.iter().flat_map(|line| [line.file.as_str(), &line.text]);
        let print = prints.of(&[one.rule.as_str(), &one.subject].into_iter().chain(lines).collect::<Vec<_>>());
        let mut locations: Vec<Value> = one.lines.iter().map(line_location).collect();
        let logical = json!([{ "fullyQualifiedName": one.subject }]);
        match locations.first_mut() {
            Some(first) => first["logicalLocations"] = logical,
            None => locations.push(json!({ "logicalLocations": logical })),
        }
        let related = locations.split_off(1);
        let mut result = head(&one.rule, one.level, &one.text, locations, tool, &print);
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        result
    });
    log(tool, results.collect(), Some(unsaid))
}

fn line_location(SarifLine { file, line, text }: &SarifLine) -> Value {
    let mut place = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(file) } } });
    if let Some(line) = line {
        place["physicalLocation"]["region"] = json!({ "startLine": line });
    }
    if !text.is_empty() {
        place["message"] = json!({ "text": text });
    }
    place
}

/// One run with its results.
fn log(tool: &SarifTool, results: Vec<Value>, unsaid: Option<&[String]>) -> serde_json::Result<String> {
    let rule = |rule: &SarifRule| {
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.title },
            "fullDescription": { "text": rule.description },
            "help": { "text": rule.description, "markdown": rule.help },
            "defaultConfiguration": { "level": level(rule.level) },
        })
    };
    let mut log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": tool.name,
                "semanticVersion": tool.version,
                "rules": tool.rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    if let Some(unsaid) = unsaid {
        let notifications: Vec<Value> =
            unsaid.iter().map(|text| json!({ "level": "error", "message": { "text": text } })).collect();
        log["runs"][0]["invocations"] =
            json!([{ "executionSuccessful": unsaid.is_empty(), "toolExecutionNotifications": notifications }]);
    }
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok(text)
}

/// What all results have.
fn head(rule: &str, grave: Level, text: &str, locations: Vec<Value>, tool: &SarifTool, fingerprint: &str) -> Value {
    let mut result = json!({
        "ruleId": rule,
        "level": level(grave),
        "message": { "text": text },
        "locations": locations,
        "partialFingerprints": { "finding/v1": fingerprint },
    });
    if let Some(index) = tool.rules.iter().position(|known| known.id == rule) {
        result["ruleIndex"] = json!(index);
    }
    result
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "note",
    }
}

fn result(finding: &Finding, sources: &SourceMap, tool: &SarifTool, fingerprint: &str) -> Value {
    let (primary, other): (Vec<&Label>, Vec<&Label>) = finding.labels.iter().partition(|label| label.primary);
    let mut locations: Vec<Value> = primary.into_iter().map(|label| location(label, sources)).collect();
    if let Some(path) = &finding.path {
        let logical = json!([{ "fullyQualifiedName": path }]);
        match locations.first_mut() {
            Some(first) => first["logicalLocations"] = logical,
            None => locations.push(json!({ "logicalLocations": logical })),
        }
    }
    let mut text = finding.message.clone();
    let notes = finding.notes.iter().map(|note| format!("\nnote: {note}"));
    text.extend(notes.chain(finding.help.iter().map(|help| format!("\nhelp: {help}"))));
    let mut result = head(&finding.rule, finding.level, &text, locations, tool, fingerprint);
    if !other.is_empty() {
        result["relatedLocations"] = other.into_iter().map(|label| location(label, sources)).collect();
    }
    if !finding.rows.is_empty() {
        result["properties"] = json!({ "rows": finding.rows });
    }
    result
}

fn location(label: &Label, sources: &SourceMap) -> Value {
    let (start, end) = (sources.start(label.span), sources.end(label.span));
    let mut location = json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(sources.name(label.span.source)) },
        "region": {
            "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
        },
    } });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

/// A path as a reference of RFC 3986: relative as it is, absolute as a file of this host.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// Tells results apart by what they are, without where in its file each stands.
#[derive(Default)]
struct Fingerprints(BTreeMap<String, usize>);

impl Fingerprints {
    /// The fingerprint of one more result that consists of these parts.
    fn of(&mut self, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        let hash = hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let count = self.0.entry(hash.clone()).and_modify(|count| *count += 1).or_insert(1);
        format!("{hash}:{count}")
    }
}
