//! What is refused of a component, or of the configuration that it merges.

use emt_model::configuration::ConfigurationSymbol;
use emt_model::databases::{CassandraSymbol, CassandraVariablesSymbol};
use emt_model::names::VariableName;
use emt_model::pod::RolloutSymbol;
use emt_model::probes::ProbesSymbols;
use helmwright::expression::{Expr, all, any, contains, equal, less, not, not_empty, text_of, to_json};
use helmwright::text;
use helmwright::typed::DocumentBuilder;

use crate::ingress::Host;
use crate::pod::UserEnv;

/// A configuration that is merged from an image or a claim which is not named.
pub(super) fn configuration(
    documents: &mut DocumentBuilder,
    path: &Expr<String>,
    runs: &Expr<bool>,
    configuration: &ConfigurationSymbol,
) {
    documents.bind("configuration", configuration, |documents, configuration| {
        let volume = &configuration.volume;
        let merges = |kind: &'static str| all([runs, &equal(&configuration.mode, "merge"), &equal(&volume.kind, kind)]);
        documents.refuse(
            all([&merges("claim"), &not(not_empty(&volume.existing_claim))]),
            text!("{path}.configuration.volume.existingClaim: name the claim"),
        );
        documents.refuse(
            all([&merges("image"), &not(not_empty(&volume.image.tag))]),
            text!("{path}.configuration.volume.image.tag: name the tag of the image"),
        );
    });
}

/// A rollout that could never begin or end: Kubernetes refuses it too.
pub(super) fn rollout(documents: &mut DocumentBuilder, path: &Expr<String>, rollout: &RolloutSymbol) {
    let none = |pods| equal(&to_json(pods), "0");
    documents.refuse(
        all([&none(&rollout.max_surge), &none(&rollout.max_unavailable)]),
        text!("{path}.rollout: maxSurge and maxUnavailable are both 0: no pod could ever be replaced"),
    );
    documents.refuse(
        not(less(&rollout.min_ready_seconds, &rollout.progress_deadline_seconds)),
        text!("{path}.rollout.progressDeadlineSeconds: it has to be more than minReadySeconds"),
    );
}

/// Probes that ask a port which is off.
pub(super) fn probes(documents: &mut DocumentBuilder, path: &Expr<String>, ports: &[Host], probes: &ProbesSymbols) {
    for (key, probe) in [("startup", &probes.startup), ("readiness", &probes.readiness), ("liveness", &probes.liveness)]
    {
        if let Some(closed) = closed(ports, &|port| equal(&probe.port, port)) {
            documents.refuse(closed, text!("{path}.probes.{key}.port: the port {probe.port} is off"));
        }
    }
}

/// Whether the chosen port is one of those that are off; none where all are always open.
pub(super) fn closed(ports: &[Host], is: &dyn Fn(&'static str) -> Expr<bool>) -> Option<Expr<bool>> {
    let off = ports.iter().filter_map(|host| host.open.as_ref().map(|open| all([&is(host.port), &not(open)])));
    off.reduce(|known, next| any([&known, &next]))
}

/// A variable that stands in `env` and in `envRefs`: Kubernetes would take one of them without a word.
pub(super) fn variables(documents: &mut DocumentBuilder, path: &Expr<String>, user: &UserEnv) {
    documents.range(["variable", "_"], &user.env, |documents, variable, _| {
        documents.range(["reference", "_"], &user.refs, |documents, reference, _| {
            documents.refuse(equal(&variable, &reference), text!("{path}.env: {variable} stands in envRefs too"));
        });
    });
}

/// A variable of the user's that `cassandra.variables` names.
pub(super) fn not_cassandras(
    documents: &mut DocumentBuilder,
    path: &Expr<String>,
    cassandra: &CassandraSymbol,
    user: &UserEnv,
) {
    documents.when(&cassandra.enabled, |documents| {
        documents.bind("taken", &named(&names(&cassandra.variables)), |documents, taken| {
            documents.range(["variable", "_"], &user.env, |documents, variable, _| {
                documents.refuse(
                    contains(&taken, text!(",{variable},")),
                    text!("{path}.env: {variable} is one of cassandra.variables"),
                );
            });
            documents.range(["variable", "_"], &user.refs, |documents, variable, _| {
                documents.refuse(
                    contains(&taken, text!(",{variable},")),
                    text!("{path}.envRefs: {variable} is one of cassandra.variables"),
                );
            });
        });
    });
}

/// Two of `cassandra.variables` that have one name.
pub(super) fn cassandras_own(documents: &mut DocumentBuilder, path: &Expr<String>, cassandra: &CassandraSymbol) {
    documents.when(&cassandra.enabled, |documents| {
        documents.bind("variables", &cassandra.variables, |documents, variables| {
            let names = names(&variables);
            for (index, name) in names.iter().enumerate().skip(1) {
                documents.refuse(
                    all([&not_empty(name), &contains(named(&names[..index]), text!(",{name},"))]),
                    text!("{path}.cassandra.variables: {name} stands there twice"),
                );
            }
        });
    });
}

fn names(names: &CassandraVariablesSymbol) -> [Expr<VariableName>; 6] {
    [&names.host, &names.port, &names.keyspace, &names.throttling_keyspace, &names.username, &names.password]
        .map(Clone::clone)
}

/// The names with a comma around each.
fn named(names: &[Expr<VariableName>]) -> Expr<String> {
    names.iter().fold(text_of(&[&","]), |known, name| text_of(&[&known, name, &","]))
}
