//! From values to objects.
//!
//! Must not know files: whoever has values, read or built in code, renders them.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use emt_model::{Values, secrecy};
use helmwright::evaluate::{self, evaluate};
use helmwright::read::{Origin, ReadValues, Reader, Secrets, ValuesFile};
use helmwright::tree::Tree;
use helmwright_diagnostics::{Finding, Findings, SourceMap, Span};
use helmwright_yaml::PathSegment;
use serde_json::Value;

use crate::description::{RENAMES, defaults};
use crate::manifests::Manifests;
use crate::places::{Place, place};
use crate::refused::Refused;
use crate::release::Release;
use crate::rules::{CODE_VALUES, CONTRADICTION};

/// The version of the chart.
pub const CHART_VERSION: &str = env!("CARGO_PKG_VERSION");
/// The version of the application that the chart installs.
pub const APP_VERSION: &str = "7.7";

/// The definition of all objects. It is built at the first call.
pub fn tree() -> &'static Tree {
    static TREE: OnceLock<Tree> = OnceLock::new();
    TREE.get_or_init(emt_chart::tree)
}

/// The reader of values files. It is made at the first call.
pub(crate) fn reader() -> &'static Reader<Values> {
    static READER: OnceLock<Reader<Values>> = OnceLock::new();
    READER.get_or_init(|| reader_over(defaults()))
}

/// A reader of values files over other defaults.
pub(crate) fn reader_over(defaults: Value) -> Reader<Values> {
    let secrets = Secrets { may_follow: secrecy::may_lead_to_secrets, may_be: secrecy::may_be_secret };
    Reader::new(defaults).with_secrets(secrets).with_renames(RENAMES)
}

/// What is rendered: values after the merge, and the release that they are for.
#[derive(Clone, Debug)]
pub struct Input {
    release: Release,
    /// The version of the chart whose defaults lie below the values.
    chart_version: String,
    values: Given,
}

/// Where values come from.
#[derive(Clone, Debug)]
enum Given {
    /// Built in code.
    Code(Value),
    /// Read from files, whose texts are kept for places in findings.
    Files(Box<ReadValues<Values>>, SourceMap),
}

impl Input {
    /// Values that were built in code, without YAML and file system.
    ///
    /// # Errors
    ///
    /// [`Refused`] if the values cannot be written as JSON, which their types do not allow.
    pub fn from_values(values: &Values, release: Release) -> Result<Self, Refused> {
        let merged = serde_json::to_value(values).map_err(|error| {
            Refused::bare(Finding::error(CODE_VALUES.id, format!("the values are no JSON: {error}")))
        })?;
        Ok(Self { release, chart_version: CHART_VERSION.to_owned(), values: Given::Code(merged) })
    }

    /// Values files, given as name and content, of which the last wins: read as Helm reads them, over the chart's
    /// defaults.
    ///
    /// # Errors
    ///
    /// [`Refused`] with every fault of the files at its place.
    pub fn from_files<N: AsRef<str>, B: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (N, B)>,
        release: Release,
    ) -> Result<Self, Refused> {
        let mut sources = SourceMap::new();
        match reader().read(&mut sources, files) {
            Ok(read) => Ok(Self::from_read(read, sources, release)),
            Err(findings) => Err(Refused { findings, sources }),
        }
    }

    pub(crate) fn from_read(read: ReadValues<Values>, sources: SourceMap, release: Release) -> Self {
        Self { release, chart_version: CHART_VERSION.to_owned(), values: Given::Files(Box::new(read), sources) }
    }

    /// The same values for another release.
    #[must_use]
    pub fn with_release(self, release: Release) -> Self {
        Self { release, ..self }
    }

    /// The values as templates see them: `.Values`.
    #[must_use]
    pub fn merged(&self) -> &Value {
        match &self.values {
            Given::Code(merged) => merged,
            Given::Files(read, _) => &read.merged,
        }
    }

    /// The values as people and logs may see them: `***` in the place of each secret.
    #[must_use]
    pub fn shown(&self) -> Value {
        secrecy::without_secrets(self.merged())
    }

    /// The release.
    #[must_use]
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The texts of the files that the values come from; none for values built in code.
    #[must_use]
    pub fn sources(&self) -> Option<&SourceMap> {
        self.files().map(|(_, sources)| sources)
    }

    /// Who set each value that is no map, with its path, in the order of [`merged`](Self::merged). Empty for values built
    /// in code.
    #[must_use]
    pub fn origins(&self) -> Vec<(Vec<PathSegment>, Origin)> {
        self.files().map(|(read, _)| read.origins()).unwrap_or_default()
    }

    /// Who set the value at a path; for a map, the last file that says anything of it. None for values built in code.
    #[must_use]
    pub fn origin(&self, path: &[PathSegment]) -> Option<Origin> {
        self.files().map(|(read, _)| read.origin(path))
    }

    /// File, line and column of what set the value at a path, as text; none for defaults and values built in code.
    #[must_use]
    pub fn place(&self, path: &[PathSegment]) -> Option<String> {
        match (self.origin(path)?, self.sources()?) {
            (Origin::File(span), sources) => Some(sources.place(span)),
            (Origin::Default, _) => None,
        }
    }

    /// Where the key at a path stands, in the last file that has it; none for defaults and values built in code.
    #[must_use]
    pub fn key(&self, path: &[PathSegment]) -> Option<Span> {
        let (last, above) = path.split_last()?;
        let PathSegment::Key(last) = last else { return None };
        let (read, _) = self.files()?;
        let key = |file: &ValuesFile| Some(file.document().root.at(above)?.entry(last)?.0.span);
        read.files().rev().find_map(key)
    }

    /// The same values over the defaults of another version of the chart.
    #[cfg(all(feature = "review", feature = "oci"))]
    pub(crate) fn of_chart(self, version: String) -> Self {
        Self { chart_version: version, ..self }
    }

    /// The version of the chart whose defaults lie below the values.
    #[cfg(feature = "review")]
    pub(crate) fn chart_version(&self) -> &str {
        &self.chart_version
    }

    pub(crate) fn files(&self) -> Option<(&ReadValues<Values>, &SourceMap)> {
        match &self.values {
            Given::Code(_) => None,
            Given::Files(read, sources) => Some((read, sources)),
        }
    }

    fn evaluate_release(&self) -> evaluate::Release<'_> {
        evaluate::Release {
            name: self.release.name.as_str(),
            namespace: self.release.namespace.as_str(),
            chart_version: &self.chart_version,
            app_version: APP_VERSION,
        }
    }
}

/// The objects that the values give: what `helm template` prints of the chart.
///
/// # Errors
///
/// [`Refused`] with every contradiction in the values; the chart refuses them with the first of these messages.
pub fn render(input: &Input) -> Result<Manifests, Refused> {
    render_tree(tree(), input)
}

/// As [`render`], for a definition of your own, such as [`tree`] with further files.
///
/// # Errors
///
/// As [`render`].
pub fn render_tree(tree: &Tree, input: &Input) -> Result<Manifests, Refused> {
    match evaluate(tree, input.merged(), &input.evaluate_release(), &mut ()) {
        Ok(rendered) => {
            let rendered = rendered.into_iter().map(|rendered| (rendered.file.to_owned(), rendered.object));
            Ok(Manifests::new(rendered))
        }
        Err(messages) => {
            // Several components may be refused for one reason.
            let mut told = BTreeSet::new();
            let messages = messages.into_iter().filter(|message| told.insert(message.clone()));
            let findings = messages.map(|message| contradiction(input, &message)).collect::<Findings>();
            Err(Refused { findings, sources: input.sources().cloned().unwrap_or_default() })
        }
    }
}

/// What Helm prints after an installation.
#[must_use]
pub fn notes(input: &Input) -> String {
    evaluate::notes(tree(), input.merged(), &input.evaluate_release(), &mut ())
}

/// A message of the tree as a finding. Messages begin with the path of the value that they are about, and a colon.
fn contradiction(input: &Input, message: &str) -> Finding {
    let (path, said) = match message.split_once(": ") {
        Some((path, said)) if !path.contains(' ') => (Some(path), said),
        _ => (None, message),
    };
    let finding = Finding::error(CONTRADICTION.id, said);
    let Some(path) = path else { return finding };
    let finding = finding.path(path);
    match place(input, path).0 {
        Place::Set(span) => finding.at(span, ""),
        Place::Inside(span) => finding.at(span, "in here"),
        Place::Nowhere => finding,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: &str = "\
acceptGeneralConditions: true
image: { registry: registry.example.com }
adminNodeManager: { image: { tag: 7.7.0 } }
gatewayGroupDefaults: { manager: { enabled: false } }
cassandra: { enabled: false }
metricsDatabase: { enabled: false }
ingress: { enabled: false }
";

    fn input(more: &str) -> Input {
        let files = [("base.yaml", VALUES), ("own.yaml", more)];
        Input::from_files(files, Release::new("apim", "test").unwrap()).unwrap()
    }

    fn told(input: &Input) -> Vec<(String, String, String)> {
        let refused = render(input).unwrap_err();
        let place = |finding: &Finding| match finding.place() {
            Some(label) => refused.sources.place(label.span),
            None => "nowhere".to_owned(),
        };
        let findings = refused.findings.iter();
        findings
            .map(|finding| (place(finding), finding.path.clone().unwrap_or_default(), finding.message.clone()))
            .collect()
    }

    #[test]
    fn a_contradiction_points_at_what_was_written() {
        let input = input("gatewayGroups:\n  main: { image: { repository: a } }\n");
        let told = told(&input);
        let [(place, path, _)] = told.as_slice() else { unreachable!("{told:?}") };
        assert_eq!((place.as_str(), path.as_str()), ("own.yaml:2:11", "gatewayGroups.main.image.tag"));
    }

    #[test]
    fn every_contradiction_is_told() {
        let input = input("gatewayGroups: { a: {}, b: {} }\n");
        assert_eq!(told(&input).len(), 2);
    }

    #[test]
    fn every_message_of_the_tree_names_a_value() {
        // One group whose values contradict each other in as many ways as the tree knows.
        let input = input(
            "domain: \"\"\nadminNodeManager: { enabled: false }\ncassandra: { enabled: true }\nmetricsDatabase: { enabled: true }\ntopology: { externalAdminNodeManagers: [] }\n\
             gatewayGroups: { a: { policyStudioDeployment: true, traffic: { autoscaling: { minReplicas: 9, maxReplicas: 1 } } } }\n",
        );
        let told = told(&input);
        assert!(told.len() >= 7, "{told:?}");
        assert!(told.iter().all(|(_, path, _)| !path.is_empty()), "{told:?}");
    }

    #[test]
    fn values_in_code_and_the_same_in_files_give_the_same_objects() {
        use emt_model::group::GatewayGroupPartial;
        use emt_model::names::{GroupName, ImageTag, Registry};
        let mut values = Values::new(Registry::new("registry.example.com").unwrap());
        values.admin_node_manager.image.tag = ImageTag::new("7.7.0").unwrap();
        values.cassandra.enabled = false;
        values.gateway_group_defaults.manager.enabled = false;
        values.metrics_database.enabled = false;
        values.ingress.enabled = false;
        values.gateway_group_defaults.image.tag = ImageTag::new("a").unwrap();
        values.gateway_groups.insert(GroupName::new("main").unwrap(), GatewayGroupPartial::default());
        let in_code = Input::from_values(&values, Release::new("apim", "test").unwrap()).unwrap();
        let in_files = input("gatewayGroupDefaults: { image: { tag: a } }\ngatewayGroups: { main: {} }\n");
        assert_eq!(render(&in_code).unwrap(), render(&in_files).unwrap());
        assert_eq!(notes(&in_code), notes(&in_files));
    }
}
