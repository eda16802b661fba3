//! What a chart is called and says of itself.
//!
//! Must not know how `Chart.yaml` is written.

use std::collections::BTreeMap;

use helmwright::print::PrintProblem;

/// What `Chart.yaml` says. Empty texts and lists are left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartFacts {
    /// The chart's name: lower case letters, digits and `-`.
    pub name: String,
    /// The chart's version by SemVer 2, without build metadata: an OCI tag cannot hold its `+`.
    pub version: String,
    /// The version of the application that the chart installs.
    pub app_version: String,
    /// One sentence.
    pub description: String,
    /// When this version was released, as in RFC 3339: `2030-01-31T00:00:00Z`. A constant of the release, so that the
    /// same version always gives the same bytes; `helm push` then gives the same digest, too.
    pub created: String,
    /// Range of Kubernetes versions, such as `>=1.30.0-0`.
    pub kube_version: String,
    /// Address of the project.
    pub home: String,
    /// Addresses of its sources.
    pub sources: Vec<String>,
    /// Words that it is found by.
    pub keywords: Vec<String>,
    /// Who maintains it.
    pub maintainers: Vec<Maintainer>,
    /// The chart's own licence as an SPDX expression.
    pub license: String,
    /// Whether Artifact Hub shows it as a version before a release.
    pub prerelease: bool,
    /// What this version changes, for Artifact Hub.
    pub changes: Vec<Change>,
    /// Further annotations.
    pub annotations: BTreeMap<String, String>,
}

/// A person or team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maintainer {
    /// The name.
    pub name: String,
    /// The mail address, may be empty.
    pub email: String,
    /// A page, may be empty.
    pub url: String,
}

/// One change of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The change in one sentence.
    pub description: String,
}

/// The kinds of changes that Artifact Hub knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Something new.
    Added,
    /// Something that works differently.
    Changed,
    /// Something that will go.
    Deprecated,
    /// Something that is gone.
    Removed,
    /// Something that was wrong.
    Fixed,
    /// Something that matters for security.
    Security,
}

impl ChangeKind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Changed, Self::Deprecated, Self::Removed, Self::Fixed, Self::Security];

    /// The word that Artifact Hub reads.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Deprecated => "deprecated",
            Self::Removed => "removed",
            Self::Fixed => "fixed",
            Self::Security => "security",
        }
    }
}

/// Annotations that other facts give.
pub(crate) const CREATED: &str = "org.opencontainers.image.created";
pub(crate) const LICENSE: &str = "artifacthub.io/license";
pub(crate) const PRERELEASE: &str = "artifacthub.io/prerelease";
pub(crate) const CHANGES: &str = "artifacthub.io/changes";

impl ChartFacts {
    /// The facts that every chart has; the others are empty.
    pub fn new(
        name: impl Into<String>,
        version: impl Into<String>,
        app_version: impl Into<String>,
        description: impl Into<String>,
        created: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            app_version: app_version.into(),
            description: description.into(),
            created: created.into(),
            kube_version: String::new(),
            home: String::new(),
            sources: Vec::new(),
            keywords: Vec::new(),
            maintainers: Vec::new(),
            license: String::new(),
            prerelease: false,
            changes: Vec::new(),
            annotations: BTreeMap::new(),
        }
    }

    /// What Helm, an OCI registry or Artifact Hub would not take.
    pub(crate) fn problems(&self) -> Vec<PrintProblem> {
        let mut problems = Vec::new();
        let mut check = |holds: bool, message: String| {
            if !holds {
                problems.push(PrintProblem { place: "Chart.yaml".to_owned(), message });
            }
        };
        check(
            is_chart_name(&self.name),
            format!("the name {:?} is not lower case letters, digits and '-', beginning with a letter", self.name),
        );
        check(
            is_release_version(&self.version),
            format!("the version {:?} is not MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH-PRERELEASE", self.version),
        );
        check(
            !self.description.is_empty() && !self.description.contains('\n'),
            "the description is not one line of text".to_owned(),
        );
        check(
            is_utc_time(&self.created),
            format!("the release date {:?} is not a time such as 2030-01-31T00:00:00Z", self.created),
        );
        for key in [CREATED, LICENSE, PRERELEASE, CHANGES] {
            check(!self.annotations.contains_key(key), format!("the annotation {key} is written from another fact"));
        }
        problems
    }
}

fn is_chart_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && !name.ends_with('-')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_release_version(version: &str) -> bool {
    let (numbers, prerelease) =
        version.split_once('-').map_or((version, None), |(numbers, prerelease)| (numbers, Some(prerelease)));
    let is_number = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (text.len() == 1 || !text.starts_with('0'))
    };
    let is_identifier = |text: &str| {
        let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        plain && (is_number(text) || !text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && prerelease.is_none_or(|prerelease| prerelease.split('.').all(is_identifier))
}

/// `YYYY-MM-DDTHH:MM:SSZ`, by its form.
fn is_utc_time(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00Z";
    text.len() == FORM.len()
        && text.bytes().zip(FORM).all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_those_that_a_tag_can_hold() {
        for version in ["0.1.0", "10.20.30", "1.0.0-rc.1", "1.0.0-0a", "1.0.0-x-y"] {
            assert!(is_release_version(version), "{version}");
        }
        for version in
            ["", "1", "1.0", "v1.0.0", "01.0.0", "1.0.0+build", "1.0.0-", "1.0.0-01", "1.0.0-a..b", "1.0.0.0"]
        {
            assert!(!is_release_version(version), "{version}");
        }
    }

    #[test]
    fn every_wrong_fact_is_told() {
        let mut facts = ChartFacts::new("My-chart", "1.0", "1", "", "yesterday");
        facts.annotations.insert(LICENSE.to_owned(), "MIT".to_owned());
        let told: Vec<String> = facts.problems().iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        Chart.yaml: the name "My-chart" is not lower case letters, digits and '-', beginning with a letter
        Chart.yaml: the version "1.0" is not MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH-PRERELEASE
        Chart.yaml: the description is not one line of text
        Chart.yaml: the release date "yesterday" is not a time such as 2030-01-31T00:00:00Z
        Chart.yaml: the annotation artifacthub.io/license is written from another fact
        "#);
        assert!(ChartFacts::new("web", "1.0.0", "1", "A web.", "2030-01-31T00:00:00Z").problems().is_empty());
    }
}
