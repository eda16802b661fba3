//! The report for programs: JSON with a published schema, and SARIF.

use helmwright_diagnostics::{Counts, Record, SarifRule, SarifTool, records, sarif};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::Report;
use crate::render::CHART_VERSION;
use crate::rule_book::rule_book;

/// The report of `emt check`. Fields are added, never renamed or removed within a major version.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct CheckRecord {
    /// Whether there is no error, and something was looked at.
    passed: bool,
    /// How much was looked at.
    checked: Checked,
    /// How many findings of each level there are.
    counts: Counts,
    /// How many warnings environments take on.
    accepted: usize,
    /// The findings, by file and place.
    findings: Vec<Record>,
}

/// How much was looked at.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Checked {
    /// Sets of values.
    environments: usize,
    /// Objects that they gave together.
    objects: usize,
    /// Versions of Kubernetes that each object was checked against.
    kubernetes_versions: Vec<String>,
}

impl Report {
    /// The report as JSON, as [`findings_schema`] describes it, with a line break at the end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let record = CheckRecord {
            passed: self.passed(),
            checked: Checked {
                environments: self.environments,
                objects: self.objects,
                kubernetes_versions: Self::VERSIONS.iter().map(ToString::to_string).collect(),
            },
            counts: self.findings.counts(),
            accepted: self.accepted,
            findings: records(&self.findings, &self.sources),
        };
        // Texts, numbers and lists of them can be written as JSON.
        serde_json::to_string_pretty(&record).unwrap_or_default() + "\n"
    }

    /// The report as SARIF 2.1.0, with all rules.
    #[must_use]
    pub fn to_sarif(&self) -> String {
        let rule = |entry: crate::rule_book::RuleEntry| SarifRule {
            id: entry.id.to_owned(),
            help: entry.to_markdown(),
            level: entry.level,
            title: entry.title,
            description: entry.why,
        };
        let rules = rule_book().into_iter().map(rule).collect();
        let tool = SarifTool { name: "emt".to_owned(), version: CHART_VERSION.to_owned(), rules };
        sarif(&self.findings, &self.sources, &tool).unwrap_or_default()
    }
}

/// The schema of the report as JSON, draft-07.
#[must_use]
pub fn findings_schema() -> Value {
    let mut schema =
        SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<CheckRecord>().to_value();
    schema["title"] = "Report of emt check".into();
    schema
}
