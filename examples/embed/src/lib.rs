//! A tool that embeds emt: values built in code, objects of its own, typed objects, and a chart of its own.
//!
//! No YAML is read and no file is touched until the chart is written.

use std::error::Error;

use emt::model::group::GatewayGroupPartial;
use emt::model::names::{GroupName, HostAndPort, ImageTag, Registry};
use emt::{Input, InvalidValue, Manifests, Release, Values, render_tree};
use helmwright::object;
use helmwright::print::PrintProblem;
use helmwright::tree::{File, Tree};
use helmwright::typed::{DocumentBuilder, Object};
use helmwright::values::release;
use helmwright_chart::{ChartFacts, OutputFile, Package, Readme, ValuesFile};
use helmwright_k8s::types::NetworkPolicy;
use k8s_openapi::api::apps::v1::Deployment;
use serde_json::json;

/// Values of a small gateway: what a catalogue of environments would know, set in code.
///
/// # Errors
///
/// A name that Kubernetes or the product would not take, with what is expected.
pub fn values(group: &str, tag: &str) -> Result<Values, InvalidValue> {
    let mut values = Values::new(Registry::new("registry.example.com/apim")?);
    // The Admin Node Manager runs elsewhere.
    values.admin_node_manager.enabled = false;
    values.topology.external_admin_node_managers = vec![HostAndPort::new("anm.example.com:8090")?];
    values.cassandra.enabled = false;
    values.metrics_database.enabled = false;
    // Another team publishes the hosts.
    values.ingress.enabled = false;
    values.gateway_group_defaults.image.tag = ImageTag::new(tag)?;
    values.gateway_group_defaults.manager.enabled = false;
    values.gateway_group_defaults.traffic.autoscaling.enabled = false;
    values.gateway_groups.insert(GroupName::new(group)?, GatewayGroupPartial::default());
    Ok(values)
}

/// emt's definition with a template of this tool's own: it is printed and evaluated like the others.
#[must_use]
pub fn tree() -> Tree {
    let mut tree = emt::tree().clone();
    tree.files.push(File {
        name: "own-networkpolicy.yaml",
        purpose: "Only pods of the mesh's namespace call the gateways.",
        documents: DocumentBuilder::documents(|documents| documents.object(network_policy())),
    });
    tree
}

fn network_policy() -> Object {
    object!(NetworkPolicy {
        metadata: {
            name: release::name(),
            namespace: release::namespace(),
        },
        spec: {
            podSelector: { matchLabels: { "app.kubernetes.io/instance": release::name() } },
            ingress: [{
                from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "mesh" } } }],
            }],
        },
    })
}

/// All objects of a release, with one that no chart knows.
///
/// # Errors
///
/// Names that Helm or Kubernetes would not take, and values that make no sense together.
pub fn manifests(values: &Values, name: &str, namespace: &str) -> Result<Manifests, Box<dyn Error>> {
    let input = Input::from_values(values, Release::new(name, namespace)?)?;
    let mut manifests = render_tree(&tree(), &input)?;
    manifests.add(json!({
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PodMonitor",
        "metadata": { "name": name, "namespace": namespace },
        "spec": { "selector": { "matchLabels": { "app.kubernetes.io/instance": name } } },
    }))?;
    Ok(manifests)
}

/// The images that a release runs, read from typed objects.
///
/// # Errors
///
/// A Deployment that does not decode as the type of this program's Kubernetes version.
pub fn images(manifests: &Manifests) -> Result<Vec<String>, Box<dyn Error>> {
    let deployments = manifests.typed::<Deployment>()?;
    let pods = deployments.into_iter().filter_map(|deployment| deployment.spec?.template.spec);
    Ok(pods.flat_map(|pod| pod.containers).filter_map(|container| container.image).collect())
}

/// The files of this tool's own chart: emt's definition and values with its own template, name and version.
///
/// # Errors
///
/// What of the definition cannot be printed.
pub fn chart() -> Result<Vec<OutputFile>, Vec<PrintProblem>> {
    let facts = ChartFacts::new(
        "team-gateway",
        env!("CARGO_PKG_VERSION"),
        emt::APP_VERSION,
        "A team's gateways: apim-emt with a network policy.",
        "2026-11-21T00:00:00Z",
    );
    let ci = "acceptGeneralConditions: true\nimage: { registry: registry.example.com }\n\
              adminNodeManager: { image: { tag: 7.7.0 } }\n\
              gatewayGroupDefaults: { manager: { enabled: false } }\ncassandra: { enabled: false }\nmetricsDatabase: { enabled: false }\ningress: { enabled: false }\n\
              gatewayGroups: { main: { image: { tag: 1.0.0 } } }\n";
    let package = Package {
        facts: &facts,
        tree: &tree(),
        schema: &emt::schema(),
        values_yaml: &emt::values_yaml(),
        readme: &Readme::default(),
        profiles: &[],
        ci: &[ValuesFile { name: "minimal", text: ci }],
    };
    package.assemble()
}
