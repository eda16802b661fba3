//! The chart as an archive for a registry, with its digests, and what a release must not do.
//!
//! A pure function of its options: no clock, no environment, no file. Must not know registries.

use std::fmt;

use emt_model::names::LabelValue;
use helmwright_chart::{Change, ChangeKind, ChartFacts, ReleaseProblem, VersionedSchema, changes, release_problems};
use helmwright_oci::{ChartArtifact, ChartFile, ChartMetadata, OciError, Timestamp, pack};

use crate::chart::{CREATED, ChartError, chart_of, facts};

/// The annotation with the changes of a version, for Artifact Hub.
const CHANGES: &str = "artifacthub.io/changes";
const SCHEMA: &str = "values.schema.json";

/// What of a release is chosen by whoever releases it.
#[derive(Clone, Debug, Default)]
pub struct PackageOptions {
    /// The chart's version, instead of emt's own.
    pub version: Option<String>,
    /// The version of the application, instead of the reference architecture's.
    pub app_version: Option<String>,
    /// When it was made, instead of the constant of this version of emt.
    pub created: Option<Timestamp>,
    /// The text of a changelog in the form of Keep a Changelog. Any other version than emt's own needs an entry there.
    pub changelog: Option<String>,
    /// The last release: this one must not take fewer values without a major step.
    pub previous: Option<ChartArtifact>,
}

/// One reason why there is no archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageProblem {
    /// One sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Why there is no archive: all reasons at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageError(pub Vec<PackageProblem>);

impl fmt::Display for PackageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.0.iter().map(|problem| problem.message.as_str()).collect();
        formatter.write_str(&messages.join("; "))
    }
}

impl std::error::Error for PackageError {}

impl From<OciError> for PackageError {
    fn from(error: OciError) -> Self {
        Self(vec![PackageProblem { message: error.message, help: error.help.join("; ") }])
    }
}

impl From<ChartError> for PackageError {
    fn from(error: ChartError) -> Self {
        let help = "give a version such as 1.2.3 or 1.2.3-rc.1: a tag cannot hold '+'".to_owned();
        Self(vec![PackageProblem { message: error.to_string(), help }])
    }
}

/// The chart as it will stand in a registry: archive, digests, manifest.
///
/// # Errors
///
/// A version that is no semantic version, has build metadata, has no entry in the changelog, is not later than the last
/// release, or takes fewer values than it without a major step; a version of the application that cannot stand in a label.
pub fn package(options: &PackageOptions) -> Result<ChartArtifact, PackageError> {
    let mut facts = facts();
    let mut problems = Vec::new();
    if let Some(version) = &options.version
        && *version != facts.version
    {
        facts.version.clone_from(version);
        facts.changes = Vec::new();
    }
    facts.prerelease = facts.version.starts_with("0.") || facts.version.contains('-');
    if let Some(version) = &options.app_version {
        // It is the label app.kubernetes.io/version of every object.
        if version.is_empty() || LabelValue::new(version.as_str()).is_err() {
            problems.push(PackageProblem {
                message: format!("the version of the application {version:?} is no value of a label"),
                help: "write at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends, such as 7.7.20250530"
                    .to_owned(),
            });
        }
        facts.app_version.clone_from(version);
    }
    if let Some(created) = options.created {
        facts.created = created.to_rfc3339();
    }
    if let Some(changelog) = &options.changelog {
        facts.changes = changes(changelog, &facts.version);
    }
    if facts.changes.is_empty() {
        problems.push(PackageProblem {
            message: format!("the version {} has no entry in the changelog", facts.version),
            help: format!(
                "write a section \"## {}\" with what is added, changed or fixed, and name the file with --changelog",
                facts.version
            ),
        });
    }
    let chart = build(&facts)?;
    if let Some(previous) = &options.previous {
        problems.extend(compared(previous, &chart, &facts));
    }
    if problems.is_empty() { Ok(chart) } else { Err(PackageError(problems)) }
}

/// The files in which a chart differs from what this version of emt emits for the same facts, each with how; empty if it
/// is the same, byte for byte.
///
/// # Errors
///
/// Facts that emt would never emit.
pub fn differences(chart: &ChartArtifact) -> Result<Vec<String>, PackageError> {
    let metadata = chart.metadata();
    let ours = build(&facts_like(metadata))?;
    if ours.bytes() == chart.bytes() {
        return Ok(Vec::new());
    }
    let files = |chart: &ChartArtifact| -> std::collections::BTreeMap<String, Vec<u8>> {
        chart.archive().files.iter().map(|file| (file.path.clone(), file.bytes.clone())).collect()
    };
    let (theirs, ours) = (files(chart), files(&ours));
    let mut found = Vec::new();
    for (path, bytes) in &theirs {
        match ours.get(path) {
            Some(own) if own == bytes => {}
            Some(_) => found.push(format!("{path} has another content")),
            None => found.push(format!("{path} is not emitted by this version")),
        }
    }
    found.extend(ours.keys().filter(|path| !theirs.contains_key(*path)).map(|path| format!("{path} is missing")));
    if found.is_empty() {
        found.push("the files are the same, but were packed by another program".to_owned());
    }
    Ok(found)
}

fn build(facts: &ChartFacts) -> Result<ChartArtifact, PackageError> {
    let files: Vec<ChartFile> =
        chart_of(facts)?.into_iter().map(|file| ChartFile { path: file.path, bytes: file.bytes }).collect();
    let time = Timestamp::from_rfc3339(&facts.created)?;
    Ok(ChartArtifact::new(pack(&facts.name, &files, time)?, None)?)
}

/// Our facts, with those of a chart that a release chooses.
fn facts_like(metadata: &ChartMetadata) -> ChartFacts {
    let mut facts = facts();
    facts.version.clone_from(&metadata.version);
    facts.app_version.clone_from(&metadata.app_version);
    facts.prerelease = metadata.annotations.contains_key("artifacthub.io/prerelease");
    facts.created = metadata.annotations.get(helmwright_oci::CREATED).cloned().unwrap_or_else(|| CREATED.to_owned());
    let text = metadata.annotations.get(CHANGES).map_or("", String::as_str);
    let mut sources = helmwright_diagnostics::SourceMap::new();
    // `read` takes a map at the top: the list stands below a key.
    let document: String = text.lines().map(|line| format!("  {line}\n")).collect();
    let file = sources.add("changes", format!("changes:\n{document}"));
    let changes = helmwright_yaml::read(&sources, file).ok();
    let changes = changes.map(|document| document.root.to_json()["changes"].clone()).unwrap_or_default();
    let change = |entry: &serde_json::Value| {
        let kind = ChangeKind::ALL.into_iter().find(|kind| entry["kind"] == kind.word())?;
        Some(Change { kind, description: entry["description"].as_str()?.to_owned() })
    };
    facts.changes = changes.as_array().into_iter().flatten().filter_map(change).collect();
    facts
}

/// What a release must not do after another one.
fn compared(previous: &ChartArtifact, chart: &ChartArtifact, facts: &ChartFacts) -> Vec<PackageProblem> {
    let mut problems = Vec::new();
    let mut problem = |message: String, help: String| problems.push(PackageProblem { message, help });
    let (before, now) = (&previous.metadata().version, &chart.metadata().version);
    if previous.metadata().name != chart.metadata().name {
        let (theirs, ours) = (&previous.metadata().name, &chart.metadata().name);
        problem(format!("the last release is of another chart, {theirs}"), format!("name an archive of {ours}"));
        return problems;
    }
    if !helmwright_oci::is_later(now, before) {
        problem(
            format!("the version {now} is not later than the last release, {before}"),
            "give a later one with --version".to_owned(),
        );
    }
    let schema = |chart: &ChartArtifact| -> Option<serde_json::Value> {
        chart.archive().file(SCHEMA).and_then(|text| serde_json::from_slice(text).ok())
    };
    if let (Some(former), Some(new)) = (schema(previous), schema(chart)) {
        let changes = &facts.changes;
        let (before, now) =
            (VersionedSchema { version: before, schema: &former }, VersionedSchema { version: now, schema: &new });
        let found = release_problems(before, now, changes);
        problems.extend(found.into_iter().map(|ReleaseProblem { message, help }| PackageProblem { message, help }));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(options: &PackageOptions) -> String {
        package(options).map_or_else(|error| error.to_string(), |chart| chart.metadata().archive_name())
    }

    const CHANGELOG: &str = "\
# Changelog

## [0.2.0] - 2030-01-31

Some words.

### Added

- Workers: one
  per queue.

### Security

- Nothing.

## 0.1.9

### Removed
";

    #[test]
    fn a_version_needs_an_entry_in_the_changelog() {
        let version = |version: &str| PackageOptions {
            version: Some(version.to_owned()),
            changelog: Some(CHANGELOG.to_owned()),
            ..PackageOptions::default()
        };
        let chart = package(&version("0.2.0")).unwrap();
        let changes = &chart.metadata().annotations[CHANGES];
        assert_eq!(
            changes,
            "- kind: added\n  description: \"Workers: one per queue.\"\n- kind: security\n  description: Nothing.\n"
        );
        assert_eq!(differences(&chart).unwrap(), Vec::<String>::new(), "it can be rebuilt from its own facts");
        for missing in ["0.1.9", "0.2.1", "0.2"] {
            assert!(
                told(&version(missing)).contains(if missing == "0.2" { "MAJOR.MINOR.PATCH" } else { "has no entry" }),
                "{missing}"
            );
        }
        assert!(told(&version("0.2.0+1")).contains("MAJOR.MINOR.PATCH"));
        let other = PackageOptions { version: Some("9.9.9".to_owned()), ..PackageOptions::default() };
        assert!(told(&other).contains("the version 9.9.9 has no entry"));
    }

    #[test]
    fn the_release_is_a_pure_function_of_its_facts() {
        let first = package(&PackageOptions::default()).unwrap();
        assert_eq!(first, package(&PackageOptions::default()).unwrap());
        assert!(first.same_with_helm());
        let created = Timestamp::from_seconds(1_000_000_000).unwrap();
        let other = package(&PackageOptions { created: Some(created), ..PackageOptions::default() }).unwrap();
        assert_eq!(other.created(), created);
        assert_ne!(first.digests(), other.digests());
    }

    #[test]
    fn a_release_takes_what_the_last_one_took() {
        let mut previous = package(&PackageOptions::default()).unwrap();
        let again = |previous: &ChartArtifact, version: &str| {
            let changelog = format!("## {version}\n### Fixed\n- One.\n");
            told(&PackageOptions {
                version: Some(version.to_owned()),
                changelog: Some(changelog),
                previous: Some(previous.clone()),
                ..PackageOptions::default()
            })
        };
        assert_eq!(again(&previous, "0.2.1"), "apim-emt-0.2.1.tgz");
        assert!(again(&previous, "0.1.9").contains("is not later than the last release, 0.2.0"));
        // The last release took one key more.
        let files: Vec<ChartFile> = previous
            .archive()
            .files
            .iter()
            .cloned()
            .map(|mut file| {
                if file.path == SCHEMA {
                    let text = String::from_utf8(file.bytes).unwrap();
                    file.bytes = text
                        .replacen("\"properties\": {", "\"properties\": {\n    \"gone\": { \"type\": \"string\" },", 1)
                        .into_bytes();
                }
                file
            })
            .collect();
        previous =
            ChartArtifact::new(pack("apim-emt", &files, Timestamp::from_seconds(0).unwrap()).unwrap(), None).unwrap();
        assert!(
            again(&previous, "0.2.1").contains("the values of 0.2.0 would be refused: gone is gone"),
            "{}",
            again(&previous, "0.2.1")
        );
        assert_eq!(again(&previous, "0.3.0"), "apim-emt-0.3.0.tgz");
        assert!(differences(&previous).unwrap().contains(&"values.schema.json has another content".to_owned()));
    }
}
