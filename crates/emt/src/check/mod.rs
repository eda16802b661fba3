//! Checks of environments: that their values are accepted and make sense, and that Kubernetes would take the objects.
//!
//! Must not know how a report is printed. Limit: objects are checked by structure, see `helmwright-k8s`.

mod acceptances;
mod deviations;
mod environments;
mod formats;
mod objects;
mod report;
mod ruled;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use emt_check::Infrastructure;
use emt_check::rules::{Claims, conflicts};
use emt_model::stage::Stage;
use helmwright_diagnostics::{Findings, similar};
use helmwright_k8s::Version;
use rayon::prelude::*;

use crate::conformance::rendered;
use crate::description::schema;
use crate::environment::{Environment, EnvironmentName};
use crate::manifests::Manifests;
use crate::render::{Input, render};
use crate::rules::{CODE_VALUES, NODE_TYPE, SCHEMA};
use crate::workspace::{UnknownEnvironment, Workspace};

use acceptances::Acceptances;
use environments::Candidate;
use report::{Gathering, Looked};
use ruled::Named;

pub use formats::findings_schema;
pub use report::Report;

/// Checks one set of values, for a cluster of `version` if that is known. Rules that need to know what an environment is
/// for, or which one it is promoted from, are silent.
#[must_use]
pub fn check_input(input: &Input, version: Option<Version>) -> Report {
    let mut looked = Looked::default();
    let manifests = render(input).map_err(|refused| refused.findings);
    look(input, &manifests, &Situation { version, ..Situation::default() }, None, &mut looked);
    if let Err(findings) = manifests {
        looked.refused(findings);
    }
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
    infrastructure: Infrastructure,
}

impl<'a> Situation<'a> {
    fn of(name: &'a str, environment: &Environment) -> Self {
        Self {
            name: Some(name),
            stage: Some(environment.stage),
            standby: environment.standby,
            version: environment.kubernetes_version,
            // A type that is not known is told apart.
            infrastructure: environment.infrastructure(&[]).unwrap_or_default(),
        }
    }
}

impl Workspace {
    /// Checks these environments, each once, or all if none is named.
    ///
    /// # Errors
    ///
    /// [`UnknownEnvironment`] for the first name that no environment has. What is wrong in an environment's files stands
    /// in the report.
    pub fn check<S: AsRef<str>>(&mut self, names: &[S]) -> Result<Report, UnknownEnvironment> {
        let mut seen = BTreeSet::new();
        let names_once = names.iter().map(AsRef::as_ref).filter(|name| seen.insert(*name));
        let mut chosen: Vec<String> = names_once.map(str::to_owned).collect();
        if names.is_empty() {
            chosen = self.environments().map(|(name, _)| name.to_owned()).collect();
        }
        let (candidates, _) = rayon::join(|| self.candidates(&chosen), validator);
        let candidates = candidates?;
        let of = |name: &str| candidates.iter().find(|candidate| candidate.name == name);
        let look = |own: &Candidate| {
            let before = own.environment.promotes_from.as_ref().and_then(|from| of(from.as_str()));
            self.look(own, before)
        };
        let found: Vec<_> = candidates[..chosen.len()].par_iter().map(look).collect();
        let (mut looked, claims): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let claims: Vec<Claims> = claims.into_iter().flatten().collect();
        for conflict in conflicts(&claims) {
            let index = chosen.iter().position(|name| *name == conflict.environment);
            let Some((index, input)) = index.and_then(|index| Some((index, candidates[index].input.as_ref()?))) else {
                continue;
            };
            let other = conflict.found.other.as_ref().and_then(|(name, _)| Named::of(of(name)?));
            let finding = ruled::finding(conflict.rule, &conflict.found, input, other);
            looked[index].add_of_rule(finding, conflict.found.concealed);
        }
        let mut gathering = Gathering::default();
        let is_read = |candidate: &Candidate| candidate.manifests.is_ok();
        let are_all = chosen.len() == self.environments().count() && candidates.iter().all(is_read);
        for (Candidate { name, environment, .. }, mut looked) in candidates.iter().zip(looked) {
            let source = environment.promotes_from.as_ref().map(EnvironmentName::as_str);
            let has_source = source.is_none_or(|source| of(source).is_some_and(is_read));
            let accepted = Acceptances { name, environment, are_all, has_source }.apply(self, &mut looked);
            gathering.add(looked, Some(name), accepted);
        }
        Ok(gathering.report(self.sources().clone()))
    }

    /// Looks at an environment, and at what of it other environments may claim too.
    fn look(&self, own: &Candidate, before: Option<&Candidate>) -> (Looked, Option<Claims>) {
        let Candidate { name, environment, input, manifests } = own;
        let mut looked = Looked::default();
        let claims = input.as_ref().and_then(|input| {
            let claims = look(input, manifests, &Situation::of(name, environment), before, &mut looked);
            if let Ok(manifests) = manifests {
                deviations::judge(name, environment, &rendered(input, manifests), self, &mut looked);
            }
            claims
        });
        if let Err(findings) = manifests {
            looked.refused(findings.clone());
        }
        for seen in &mut looked.findings {
            let path = seen.finding.path.clone().filter(|path| path.starts_with("environments."));
            if let (Some(path), true) = (path, seen.finding.labels.is_empty()) {
                let path: Vec<&str> = path.split('.').collect();
                seen.finding = self.in_listing(&path, seen.finding.clone());
            }
        }
        for (key, nodes, error) in environment.unknown_nodes() {
            let path = ["environments", name, key, nodes.as_str(), "type"];
            let finding = NODE_TYPE.finding(error.to_string());
            let near = similar(&error.name, emt_check::node_types().iter().map(|node| node.name));
            let help = near.map_or_else(
                || "leave the nodes away: nothing that is rendered depends on them".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            looked.add(self.in_listing(&path, finding.help(help)));
        }
        (looked, claims)
    }
}

/// Looks at an input and what it renders to: schema, objects, rules. Gives what it claims for itself.
fn look(
    input: &Input,
    manifests: &Result<Manifests, Findings>,
    situation: &Situation<'_>,
    before: Option<&Candidate>,
    looked: &mut Looked,
) -> Option<Claims> {
    for finding in schema_findings(input) {
        looked.add(finding);
    }
    let Ok(manifests) = manifests else { return None };
    looked.objects = manifests.len();
    looked.rendered = true;
    for finding in objects::findings(input, manifests, situation.version) {
        looked.add(finding);
    }
    let own = rendered(input, manifests);
    let subject = match ruled::subject(&own, situation) {
        Ok(subject) => subject,
        Err(error) => {
            looked.add(CODE_VALUES.finding(format!("the values lost their types: {error}")));
            return None;
        }
    };
    // What is wrong with the other one its own check tells.
    let before = before.and_then(|before| {
        let (named, manifests) = (Named::of(before)?, before.manifests.as_ref().ok()?);
        Some((named, Situation::of(&before.name, &before.environment), rendered(named.input, manifests)))
    });
    let other = before
        .as_ref()
        .and_then(|(named, situation, rendered)| Some((*named, ruled::subject(rendered, situation).ok()?)));
    for (rule, found) in emt_check::rules::check(&subject, other.as_ref().map(|(_, subject)| subject)) {
        let finding = ruled::finding(rule, &found, input, other.as_ref().map(|(named, _)| *named));
        looked.add_of_rule(finding, found.concealed);
    }
    Claims::of(&subject)
}

/// The chart's schema, compiled at the first call.
fn validator() -> &'static Result<jsonschema::Validator, String> {
    static VALIDATOR: OnceLock<Result<jsonschema::Validator, String>> = OnceLock::new();
    VALIDATOR.get_or_init(|| jsonschema::draft7::new(&schema()).map_err(|error| error.to_string()))
}

/// What the chart's schema says against values that the reader has accepted: nothing, unless one of them is wrong.
fn schema_findings(input: &Input) -> Findings {
    match validator() {
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
