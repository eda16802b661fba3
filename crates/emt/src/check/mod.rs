//! Checks of environments: that their values are accepted and make sense, and that Kubernetes would take the objects.
//!
//! Must not know how a report is printed. Limit: objects are checked by structure, see `helmwright-k8s`.

mod acceptances;
mod deviations;
mod formats;
mod objects;
mod places;
mod report;
mod ruled;

use std::sync::OnceLock;

use emt_check::NodeGroup;
use emt_check::rules::Claims;
use emt_model::stage::Stage;
use helmwright_diagnostics::Findings;
use helmwright_k8s::Version;

use crate::conformance::rendered;
use crate::description::schema;
use crate::environment::Environment;
use crate::manifests::Manifests;
use crate::refused::Refused;
use crate::render::{Input, render};
use crate::rules::{CODE_VALUES, NODE_TYPE, SCHEMA};
use crate::workspace::{LoadError, UnknownEnvironment, Workspace};

use acceptances::Acceptances;
use report::{Gathering, Looked};
use ruled::Named;

pub use formats::findings_schema;
pub use report::Report;

/// Checks one set of values, for a cluster of `version` if that is known. Rules that need to know what an environment is
/// for, or which one it is promoted from, are silent.
#[must_use]
pub fn check_input(input: &Input, version: Option<Version>) -> Report {
    let mut looked = Looked::default();
    look(input, &Situation { version, ..Situation::default() }, None, &mut Claims::default(), &mut looked);
    let mut gathering = Gathering::default();
    gathering.add(looked, None, 0);
    gathering.report(input.sources().cloned().unwrap_or_default())
}

/// What is known of where values are installed.
#[derive(Clone, Debug, Default)]
struct Situation<'a> {
    name: Option<&'a str>,
    stage: Option<Stage>,
    standby: bool,
    version: Option<Version>,
    nodes: Vec<NodeGroup>,
}

impl<'a> Situation<'a> {
    fn of(name: &'a str, environment: &Environment) -> Self {
        Self {
            name: Some(name),
            stage: Some(environment.stage),
            standby: environment.standby,
            version: environment.kubernetes_version.map(|version| version.0),
            // A type that is not known is told apart.
            nodes: environment.node_groups().unwrap_or_default(),
        }
    }
}

impl Workspace {
    /// Checks these environments, or all if none is named.
    ///
    /// # Errors
    ///
    /// [`UnknownEnvironment`] for the first name that no environment has. What is wrong in an environment's files stands
    /// in the report.
    pub fn check<S: AsRef<str>>(&mut self, names: &[S]) -> Result<Report, UnknownEnvironment> {
        let mut chosen = Vec::new();
        for name in names.iter().map(AsRef::as_ref) {
            chosen.push((name.to_owned(), self.environment(name)?.clone()));
        }
        if names.is_empty() {
            chosen = self.environments().map(|(name, environment)| (name.to_owned(), environment.clone())).collect();
        }
        let mut claims = Claims::default();
        let mut all = Vec::new();
        for (name, environment) in &chosen {
            let mut looked = Looked::default();
            match self.input(name) {
                Ok(input) => {
                    let before = environment.promotes_from.as_ref().and_then(|from| self.before(from.as_str()));
                    let before = before.as_ref().map(|(name, environment, input, manifests)| {
                        (Named { name, input }, Situation::of(name, environment), manifests)
                    });
                    let manifests = look(&input, &Situation::of(name, environment), before, &mut claims, &mut looked);
                    if let Some(manifests) = manifests {
                        let rendered = rendered(&input, &manifests);
                        deviations::judge(name, environment, &rendered, self, &mut looked);
                    }
                }
                Err(LoadError::Refused(Refused { findings, .. })) => looked.refused(findings),
                Err(LoadError::UnknownEnvironment(unknown)) => return Err(unknown),
                // Only files named on a command line are read outside an environment.
                Err(LoadError::File { .. }) => {}
            }
            for seen in &mut looked.findings {
                let path = seen.finding.path.clone().filter(|path| path.starts_with("environments."));
                if let (Some(path), true) = (path, seen.finding.labels.is_empty()) {
                    let path: Vec<&str> = path.splitn(3, '.').collect();
                    seen.finding = self.in_listing(&path, seen.finding.clone());
                }
            }
            if let Err(error) = environment.node_groups() {
                looked.add(self.in_listing(&["environments", name, "nodes"], NODE_TYPE.finding(error.to_string())));
            }
            all.push(looked);
        }
        for conflict in claims.conflicts() {
            let Some(index) = chosen.iter().position(|(name, _)| *name == conflict.environment) else { continue };
            let other = conflict.found.other.as_ref().map(|(name, _)| name.clone());
            let other = other.and_then(|name| self.input(&name).ok().map(|input| (name, input)));
            if let Ok(input) = self.input(&conflict.environment) {
                let other = other.as_ref().map(|(name, input)| Named { name, input });
                let finding = ruled::finding(conflict.rule, &conflict.found, &input, other);
                all[index].add_of_rule(finding, conflict.found.concealed);
            }
        }
        let mut gathering = Gathering::default();
        let are_all = chosen.len() == self.environments().count();
        for ((name, environment), mut looked) in chosen.iter().zip(all) {
            let accepted = Acceptances { name, environment, are_all }.apply(self, &mut looked);
            gathering.add(looked, Some(name), accepted);
        }
        Ok(gathering.report(self.sources().clone()))
    }

    /// The environment that another is promoted from, if it can be rendered; what is wrong with it its own check tells.
    fn before(&mut self, name: &str) -> Option<(String, Environment, Input, Manifests)> {
        let environment = self.environment(name).ok()?.clone();
        let input = self.input(name).ok()?;
        let manifests = render(&input).ok()?;
        Some((name.to_owned(), environment, input, manifests))
    }
}

/// Looks at an input: schema, contradictions, objects, rules. Gives what it renders to.
fn look(
    input: &Input,
    situation: &Situation<'_>,
    before: Option<(Named<'_>, Situation<'_>, &Manifests)>,
    claims: &mut Claims,
    looked: &mut Looked,
) -> Option<Manifests> {
    for finding in schema_findings(input) {
        looked.add(finding);
    }
    let manifests = match render(input) {
        Ok(manifests) => manifests,
        Err(refused) => {
            looked.refused(refused.findings);
            return None;
        }
    };
    looked.objects = manifests.len();
    looked.rendered = true;
    for finding in objects::findings(input, &manifests, situation.version) {
        looked.add(finding);
    }
    let own = rendered(input, &manifests);
    let subject = match ruled::subject(&own, situation) {
        Ok(subject) => subject,
        Err(error) => {
            looked.add(CODE_VALUES.finding(format!("the values lost their types: {error}")));
            return None;
        }
    };
    claims.add(&subject);
    let before =
        before.as_ref().map(|(named, situation, manifests)| (named, situation, rendered(named.input, manifests)));
    let other = before
        .as_ref()
        .and_then(|(named, situation, rendered)| Some((**named, ruled::subject(rendered, situation).ok()?)));
    for (rule, found) in emt_check::rules::check(&subject, other.as_ref().map(|(_, subject)| subject)) {
        let finding = ruled::finding(rule, &found, input, other.as_ref().map(|(named, _)| *named));
        looked.add_of_rule(finding, found.concealed);
    }
    Some(manifests)
}

/// What the chart's schema says against values that the reader has accepted: nothing, unless one of them is wrong.
fn schema_findings(input: &Input) -> Findings {
    static VALIDATOR: OnceLock<Result<jsonschema::Validator, String>> = OnceLock::new();
    let validator = VALIDATOR.get_or_init(|| jsonschema::draft7::new(&schema()).map_err(|error| error.to_string()));
    match validator {
        Ok(validator) => {
            let errors = validator.iter_errors(input.merged());
            let of = |error: &jsonschema::ValidationError<'_>| {
                SCHEMA
                    .finding(format!("the chart's schema refuses what emt accepts: {error}"))
                    .path(error.instance_path().to_string())
            };
            errors.map(|error| of(&error)).collect()
        }
        Err(error) => SCHEMA.finding(format!("the chart's schema is no schema: {error}")).into(),
    }
}
