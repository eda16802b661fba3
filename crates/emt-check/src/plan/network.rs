//! The firewall table: the flows of the architecture with the port numbers of this environment.

use std::collections::BTreeSet;

use emt_chart::network::{Endpoint, FLOWS, Flow, Ports};
use helmwright::values::merge::overlay;
use serde_json::Value;

use super::Section;
use crate::Rendered;

/// The firewall table.
pub(super) fn flows(rendered: &Rendered<'_>) -> Section {
    let line = |(flow, ports): (&Flow, String)| {
        let end = |end: Endpoint| format!("{} ({})", end.title(), end.zone());
        vec![end(flow.from), end(flow.to), ports, flow.purpose.to_owned(), flow.rows.join(", ")]
    };
    Section {
        title: "Firewall",
        columns: &["from (zone)", "to (zone)", "TCP ports", "purpose", "rows"],
        lines: flows_of(rendered).into_iter().map(line).collect(),
    }
}

/// The flows whose two ends are there, with their ports.
pub(super) fn flows_of(rendered: &Rendered<'_>) -> Vec<(&'static Flow, String)> {
    let is_there = |end: Endpoint| end.component().is_none() || runs_once(end) || is_rendered(rendered, end);
    let there = FLOWS.iter().filter(|flow| is_there(flow.from) && is_there(flow.to));
    there.filter_map(|flow| Some((flow, ports(rendered, flow)?))).collect()
}

/// Pods of these exist now and then: their flows stand in the table where the database or the tests are.
fn runs_once(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::DatabaseSetup | Endpoint::Tests)
}

/// The Deployments of a component.
pub(super) fn deployments<'r>(rendered: &'r Rendered<'_>, endpoint: Endpoint) -> impl Iterator<Item = &'r Value> {
    let component = endpoint.component().unwrap_or_default();
    rendered.objects.iter().copied().filter(move |object| {
        object["kind"] == "Deployment" && object["metadata"]["labels"]["app.kubernetes.io/component"] == component
    })
}

fn is_rendered(rendered: &Rendered<'_>, endpoint: Endpoint) -> bool {
    deployments(rendered, endpoint).next().is_some()
}

/// Cassandra as each group that runs sees it, where it does: its own keys over the root's.
pub(super) fn clusters(rendered: &Rendered<'_>) -> Vec<Value> {
    let values = rendered.values;
    let groups = values["gatewayGroups"].as_object().into_iter().flat_map(|groups| groups.values());
    let groups =
        groups.map(|own| overlay(&values["gatewayGroupDefaults"], own)).filter(|group| group["enabled"] == true);
    let clusters = groups.map(|group| overlay(&values["cassandra"], &group["cassandra"]));
    clusters.filter(|cassandra| cassandra["enabled"] == true).collect()
}

/// The numbers of a flow's ports; none if this environment has no such flow.
fn ports(rendered: &Rendered<'_>, flow: &Flow) -> Option<String> {
    let egress = &rendered.values["networkPolicy"]["egress"];
    let declares = |value: &Value| value.as_object().is_some_and(|map| !map.is_empty());
    let is_there = match (flow.from, flow.to) {
        (Endpoint::Peers, _) | (_, Endpoint::Peers) => declares(&rendered.values["topology"]["peers"]),
        (Endpoint::Clients, _) => declares(&rendered.values["networkPolicy"]["clients"]),
        (_, Endpoint::MailRelay) => egress["smtpCidrs"].as_array().is_some_and(|cidrs| !cidrs.is_empty()),
        (_, Endpoint::Anywhere) => egress["anyHttps"] == true,
        (_, Endpoint::Cassandra) => !clusters(rendered).is_empty(),
        (Endpoint::DatabaseSetup, _) | (_, Endpoint::MetricsDatabase) => {
            rendered.values["metricsDatabase"]["enabled"] == true
        }
        _ => true,
    };
    if !is_there {
        return None;
    }
    let numbers: BTreeSet<i64> = match flow.ports {
        Ports::All => return Some("all".to_owned()),
        Ports::Numbers(numbers) => numbers.iter().map(|number| i64::from(*number)).collect(),
        Ports::Declared(key) => {
            let systems = egress[key].as_object().into_iter().flat_map(|map| map.values());
            systems.flat_map(|one| one["ports"].as_array().into_iter().flatten()).filter_map(Value::as_i64).collect()
        }
        Ports::Named(names) => names.iter().flat_map(|name| named(rendered, flow, name)).collect(),
    };
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// The numbers of a port by name: of the pods that are called, else of the values.
fn named(rendered: &Rendered<'_>, flow: &Flow, name: &str) -> Vec<i64> {
    let value = match flow.to {
        Endpoint::Cassandra => {
            return clusters(rendered).iter().filter_map(|cassandra| cassandra["port"].as_i64()).collect();
        }
        Endpoint::MetricsDatabase => &rendered.values["metricsDatabase"]["port"],
        Endpoint::Dns => &rendered.values["networkPolicy"]["egress"]["dnsPort"],
        Endpoint::Peers => {
            let called =
                if flow.from == Endpoint::AdminNodeManager { Endpoint::Traffic } else { Endpoint::AdminNodeManager };
            return of_pods(rendered, called, name);
        }
        _ => return of_pods(rendered, flow.to, name),
    };
    value.as_i64().into_iter().collect()
}

fn of_pods(rendered: &Rendered<'_>, endpoint: Endpoint, name: &str) -> Vec<i64> {
    let containers = deployments(rendered, endpoint)
        .flat_map(|object| object["spec"]["template"]["spec"]["containers"].as_array().into_iter().flatten());
    let ports = containers.flat_map(|container| container["ports"].as_array().into_iter().flatten());
    ports.filter(|port| port["name"] == name).filter_map(|port| port["containerPort"].as_i64()).collect()
}
