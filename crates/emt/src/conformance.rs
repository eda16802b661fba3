//! Conformance and plan of an input: what `emt-check` says of the objects that it renders.
//!
//! Must not know how a report is printed.

use std::collections::BTreeMap;

use emt_check::{
    Conformance, DedicatedStorage, Infrastructure, Mutants, NodeGroup, NodeType, Plan, PromotionStop, Rendered,
    UnknownNodeType,
};

use crate::environment::{DeviationName, DiskSize, Environment, Nodes, NodesName, Reason, RowId};
use crate::manifests::Manifests;
use crate::refused::Refused;
use crate::release::Release;
use crate::render::{Input, render};

/// The values of the reference architecture itself.
pub const REFERENCE_VALUES: &str = include_str!("../reference/values.yaml");

/// The reference architecture itself, as an input.
///
/// # Errors
///
/// [`Refused`], which tests of this library rule out.
pub fn reference_input() -> Result<Input, Refused> {
    let release = Release::new("apim", "apim")
        .map_err(|error| Refused::bare(helmwright_diagnostics::Finding::error("E003", error.to_string())))?;
    Input::from_files([("reference architecture", REFERENCE_VALUES)], release)
}

/// What checks look at: an input with the objects that it gives.
pub(crate) fn rendered<'a>(input: &'a Input, manifests: &'a Manifests) -> Rendered<'a> {
    Rendered {
        release: input.release().name.as_str(),
        namespace: input.release().namespace.as_str(),
        values: input.merged(),
        objects: manifests.iter().map(crate::Manifest::object).collect(),
    }
}

/// Every row of the reference architecture, answered by what the values render to. `environment` says from which rows it
/// deviates on purpose.
///
/// # Errors
///
/// [`Refused`] as for [`render`].
pub fn conformance(input: &Input, environment: Option<&Environment>) -> Result<Conformance, Refused> {
    let manifests = render(input)?;
    Ok(answer(&rendered(input, &manifests), environment))
}

/// As [`conformance`], of what was rendered.
fn answer(rendered: &Rendered<'_>, environment: Option<&Environment>) -> Conformance {
    let deviations = environment.map(deviations).unwrap_or_default();
    // A warning that is taken on is a deviation from the rows that its rule rests on: its reason is written once.
    let warnings =
        environment.into_iter().flat_map(|environment| &environment.accepted).flat_map(|(id, acceptance)| {
            let rule = emt_check::rules::rules().iter().find(|rule| rule.id == id.as_str());
            let rows = rule.map(|rule| rule.rows).unwrap_or_default();
            rows.iter().map(move |row| ((*row).to_owned(), format!("{} (accepted {id})", acceptance.reason)))
        });
    emt_check::conformance(rendered, &deviations, &warnings.collect())
}

/// The rows from which an environment deviates on purpose, with the reason.
pub(crate) fn deviations(environment: &Environment) -> BTreeMap<String, String> {
    let reason = |(row, (name, reason)): (&RowId, &(DeviationName, Reason))| {
        (row.as_str().to_owned(), format!("{reason} ({name})"))
    };
    environment.deviations.iter().map(reason).collect()
}

/// Changes each number and field that a row of the reference architecture is about, to see that the row then fails.
///
/// # Errors
///
/// [`Refused`] as for [`render`].
pub fn conformance_mutants(input: &Input) -> Result<Mutants, Refused> {
    let manifests = render(input)?;
    Ok(emt_check::mutants(&rendered(input, &manifests)))
}

/// What has to be there beside the release, and whether it fits on the infrastructure. `promotion` is the way of a change
/// to the environment, as [`Workspace::promotion`](crate::Workspace::promotion) tells it; empty where there is none.
///
/// # Errors
///
/// [`Refused`] as for [`render`].
pub fn plan(input: &Input, infrastructure: &Infrastructure, promotion: &[PromotionStop]) -> Result<Plan, Refused> {
    let manifests = render(input)?;
    Ok(emt_check::plan(&rendered(input, &manifests), infrastructure, promotion))
}

fn node_group(nodes: &Nodes) -> Result<NodeGroup, UnknownNodeType> {
    Ok(NodeGroup { node: NodeType::named(nodes.kind.as_str())?, count: nodes.count.get() })
}

impl Environment {
    /// What `environments.yaml` says that the environment runs on; with `nodes` instead of its own, if there are any.
    ///
    /// # Errors
    ///
    /// [`UnknownNodeType`] for the first type that a plan does not know.
    pub fn infrastructure(&self, nodes: &[NodeGroup]) -> Result<Infrastructure, UnknownNodeType> {
        let groups = |nodes: &BTreeMap<NodesName, Nodes>| nodes.values().map(node_group).collect::<Result<_, _>>();
        let disk = |size: &Option<DiskSize>| size.as_ref().map(|size| size.as_str().to_owned());
        let storage = &self.dedicated_storage;
        Ok(Infrastructure {
            nodes: if nodes.is_empty() { groups(&self.nodes)? } else { nodes.to_vec() },
            monitoring_nodes: groups(&self.monitoring_nodes)?,
            dedicated_storage: DedicatedStorage {
                cassandra: disk(&storage.cassandra),
                metrics_database: disk(&storage.metrics_database),
                logs: disk(&storage.logs),
            },
        })
    }

    /// Where it names nodes of a type that a plan does not know: the key and the name of the nodes.
    pub(crate) fn unknown_nodes(&self) -> Vec<(&'static str, &NodesName, UnknownNodeType)> {
        let keys = [("nodes", &self.nodes), ("monitoringNodes", &self.monitoring_nodes)];
        let all = keys.into_iter().flat_map(|(key, nodes)| nodes.iter().map(move |(name, nodes)| (key, name, nodes)));
        all.filter_map(|(key, name, nodes)| Some((key, name, node_group(nodes).err()?))).collect()
    }
}
