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

/// The findings as SARIF 2.1.0, in the order of reports, each once, with a line break at the end.
///
/// A finding's fingerprint does not depend on where in its file it stands: it is the same finding after lines were added
/// above it.
///
/// # Errors
///
/// Those of `serde_json`; what is written here has none in practice.
pub fn sarif(findings: &Findings, sources: &SourceMap, tool: &SarifTool) -> serde_json::Result<String> {
    let indices: BTreeMap<&str, usize> =
        tool.rules.iter().enumerate().map(|(index, rule)| (rule.id.as_str(), index)).collect();
    let mut seen = BTreeMap::new();
    let results: Vec<Value> = findings
        .ordered(sources)
        .into_iter()
        .map(|finding| {
            let hash = fingerprint(&finding, sources);
            let count = seen.entry(hash.clone()).and_modify(|count| *count += 1).or_insert(1);
            result(&finding, sources, indices.get(finding.rule.as_ref()), &format!("{hash}:{count}"))
        })
        .collect();
    let rule = |rule: &SarifRule| {
        json!({
            "id": rule.id,
            "shortDescription": { "text": rule.title },
            "fullDescription": { "text": rule.description },
            "help": { "text": rule.description, "markdown": rule.help },
            "defaultConfiguration": { "level": level(rule.level) },
        })
    };
    let log = json!({
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
    let mut text = serde_json::to_string_pretty(&log)?;
    text.push('\n');
    Ok(text)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Advice => "note",
    }
}

fn result(finding: &Finding, sources: &SourceMap, rule: Option<&usize>, fingerprint: &str) -> Value {
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
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.level),
        "message": { "text": text },
        "locations": locations,
        "partialFingerprints": { "finding/v1": fingerprint },
    });
    if let Some(index) = rule {
        result["ruleIndex"] = json!(index);
    }
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

/// What a finding is, without where in its file it stands.
fn fingerprint(finding: &Finding, sources: &SourceMap) -> String {
    let file = finding.place().map_or("", |label| sources.name(label.span.source));
    let path = finding.path.as_deref().unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [finding.rule.as_ref(), file, path, &finding.message] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(16).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
