//! What `Chart.yaml` says, and the config blob that Helm makes of it.
//!
//! Fields and their order are those of Helm's `chart.Metadata`; unknown keys are left out as Helm leaves them out.
//!
//! Limit: numbers and booleans where Helm wants text are read as Helm prints short ones; a `Chart.yaml` with the scalars
//! that `helmwright-yaml` refuses is refused here.

use std::collections::BTreeMap;

use helmwright_diagnostics::SourceMap;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::error::OciError;
use crate::go_json;

/// The annotation that says when a chart was made. In `Chart.yaml` it wins over the time at which `helm push` runs.
pub const CREATED: &str = "org.opencontainers.image.created";

/// What a chart says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ChartMetadata {
    /// The chart's name.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub name: String,
    /// Address of the project.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub home: String,
    /// Addresses of the sources.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "texts")]
    pub sources: Vec<String>,
    /// The chart's version.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub version: String,
    /// One sentence.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub description: String,
    /// Words that it is found by.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "texts")]
    pub keywords: Vec<String>,
    /// Who maintains it.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub maintainers: Vec<Maintainer>,
    /// Address of a picture.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub icon: String,
    /// `v2`, or `v1` for charts of Helm 2.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub api_version: String,
    /// Values that switch it on where it is a dependency.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub condition: String,
    /// Tags that switch it on where it is a dependency.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub tags: String,
    /// The version of the application.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub app_version: String,
    /// Whether it should no longer be used.
    #[serde(skip_serializing_if = "std::ops::Not::not", deserialize_with = "or_default")]
    pub deprecated: bool,
    /// Annotations.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "text_map")]
    pub annotations: BTreeMap<String, String>,
    /// Range of Kubernetes versions.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub kube_version: String,
    /// Charts that it needs.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub dependencies: Vec<Dependency>,
    /// `application` or `library`.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub kind: String,
}

/// A person or team.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Maintainer {
    /// The name.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub name: String,
    /// The mail address.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub email: String,
    /// A page.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub url: String,
}

/// A chart that another one needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Dependency {
    /// The chart's name.
    #[serde(deserialize_with = "text")]
    pub name: String,
    /// Range of its versions.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub version: String,
    /// Where it stands.
    #[serde(deserialize_with = "text")]
    pub repository: String,
    /// Value that switches it on.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub condition: String,
    /// Tags that switch it on.
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "texts")]
    pub tags: Vec<String>,
    /// Whether it is on.
    #[serde(skip_serializing_if = "std::ops::Not::not", deserialize_with = "or_default")]
    pub enabled: bool,
    /// Values that come up to the parent.
    #[serde(rename = "import-values", skip_serializing_if = "Vec::is_empty", deserialize_with = "or_default")]
    pub import_values: Vec<Value>,
    /// Another name.
    #[serde(skip_serializing_if = "String::is_empty", deserialize_with = "text")]
    pub alias: String,
}

impl ChartMetadata {
    /// Reads the text of a `Chart.yaml`, and checks what Helm checks when it reads a chart.
    ///
    /// # Errors
    ///
    /// What cannot be read, and every fact that Helm or a registry would refuse, in one message.
    pub fn read(chart_yaml: &[u8]) -> Result<Self, OciError> {
        let mut sources = SourceMap::new();
        let document = helmwright_yaml::read_bytes(&mut sources, "Chart.yaml", chart_yaml).map_err(|findings| {
            let said: Vec<String> = findings.iter().map(|finding| finding.message.clone()).collect();
            OciError::input(format!("Chart.yaml cannot be read: {}", said.join("; ")))
        })?;
        let mut metadata: Self = serde_json::from_value(document.root.to_json())
            .map_err(|error| OciError::input(format!("Chart.yaml cannot be read: {error}")))?;
        metadata.clean();
        let problems = metadata.problems();
        if problems.is_empty() {
            return Ok(metadata);
        }
        Err(OciError::input(format!("Chart.yaml: {}", problems.join("; "))))
    }

    /// The config blob, as Helm writes it.
    ///
    /// # Errors
    ///
    /// None in practice: all fields have a text.
    pub fn to_config(&self) -> Result<Vec<u8>, OciError> {
        go_json::to_vec(self)
    }

    /// The name of the archive: `NAME-VERSION.tgz`.
    #[must_use]
    pub fn archive_name(&self) -> String {
        format!("{}-{}.tgz", self.name, self.version)
    }

    /// The annotations of the manifest, as Helm writes them. `created` stands only where the chart says nothing.
    pub(crate) fn manifest_annotations(&self, created: &str) -> BTreeMap<String, String> {
        let authors: Vec<String> = self.maintainers.iter().map(Maintainer::author).collect();
        let said = [
            ("org.opencontainers.image.description", self.description.as_str()),
            ("org.opencontainers.image.title", &self.name),
            ("org.opencontainers.image.version", &self.version),
            ("org.opencontainers.image.url", &self.home),
            (CREATED, created),
            ("org.opencontainers.image.source", self.sources.first().map_or("", String::as_str)),
            ("org.opencontainers.image.authors", &authors.join(", ")),
        ];
        let said = said.into_iter().filter(|(_, text)| !text.trim().is_empty());
        let mut all: BTreeMap<String, String> = said.map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
        let fixed = ["org.opencontainers.image.title", "org.opencontainers.image.version"];
        let own = self.annotations.iter().filter(|(key, _)| !fixed.contains(&key.as_str()));
        all.extend(own.map(|(key, text)| (key.clone(), text.clone())));
        all
    }

    /// Helm turns white space into spaces and drops what cannot be printed.
    fn clean(&mut self) {
        let texts = [
            &mut self.name,
            &mut self.description,
            &mut self.home,
            &mut self.icon,
            &mut self.condition,
            &mut self.tags,
            &mut self.app_version,
            &mut self.kube_version,
        ];
        let lists = self.sources.iter_mut().chain(&mut self.keywords);
        let maintainers = self.maintainers.iter_mut().flat_map(|one| [&mut one.name, &mut one.email, &mut one.url]);
        let dependencies = self.dependencies.iter_mut().flat_map(|one| {
            let texts = [&mut one.name, &mut one.version, &mut one.repository, &mut one.condition];
            texts.into_iter().chain(&mut one.tags)
        });
        for text in texts.into_iter().chain(lists).chain(maintainers).chain(dependencies) {
            let spaced = text.chars().map(|character| if character.is_whitespace() { ' ' } else { character });
            *text = spaced.filter(|character| !character.is_control()).collect();
        }
    }

    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |holds: bool, message: String| {
            if !holds {
                problems.push(message);
            }
        };
        check(matches!(self.api_version.as_str(), "v1" | "v2"), "apiVersion is neither v1 nor v2".to_owned());
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let is_name = !self.name.is_empty() && self.name.bytes().all(plain) && !self.name.starts_with('.');
        check(is_name, format!("the name {:?} is not letters, digits, '-', '_' and '.'", self.name));
        match semver::Version::parse(&self.version) {
            Err(_) => check(false, format!("the version {:?} is no semantic version, such as 1.2.3", self.version)),
            Ok(version) => check(
                version.build.is_empty(),
                format!("the version {:?} has build metadata, and a tag cannot hold its '+'", self.version),
            ),
        }
        check(
            matches!(self.kind.as_str(), "" | "application" | "library"),
            format!("the type {:?} is neither application nor library", self.kind),
        );
        problems
    }
}

/// Whether a version comes after another one by the rules of semantic versions; false if either is none.
#[must_use]
pub fn is_later(version: &str, than: &str) -> bool {
    match (semver::Version::parse(version), semver::Version::parse(than)) {
        (Ok(version), Ok(than)) => version > than,
        _ => false,
    }
}

impl Maintainer {
    fn author(&self) -> String {
        let email = if self.email.is_empty() { String::new() } else { format!(" ({})", self.email) };
        format!("{}{email}", self.name)
    }
}

/// A scalar as text, nothing as the empty text.
fn scalar(value: Value) -> Result<String, String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Array(_) | Value::Object(_) => Err("expected a text".to_owned()),
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    scalar(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let values = Option::<Vec<Value>>::deserialize(deserializer)?.unwrap_or_default();
    values.into_iter().map(scalar).collect::<Result<_, _>>().map_err(serde::de::Error::custom)
}

fn text_map<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let values = Option::<BTreeMap<String, Value>>::deserialize(deserializer)?.unwrap_or_default();
    let texts = values.into_iter().map(|(key, value)| Ok((key, scalar(value)?)));
    texts.collect::<Result<_, String>>().map_err(serde::de::Error::custom)
}

fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
