//! The ports that a flow calls, as policies write them.

use emt_model::databases::Cassandra;
use emt_model::numbers::Port;
use helmwright::expression::{Expr, overlay};
use helmwright::typed::{Fits, Fragment, IntOrString, ListFragment};
use helmwright::{fragment, list};
use helmwright_k8s::types::NetworkPolicyPort;

use super::flows::{Endpoint, Flow, Ports};
use crate::common::{Common, Group};

/// A port of an endpoint.
pub(super) struct Open {
    pub(super) name: &'static str,
    pub(super) number: Expr<Port>,
    /// Whether it is open; none for always.
    pub(super) enabled: Option<Expr<bool>>,
}

/// The ports of an endpoint by name. `group` is the gateway group that it is of.
pub(super) fn of(endpoint: Endpoint, common: &Common, group: Option<&Group>) -> Vec<Open> {
    let values = &common.values;
    let open = |name, number: &Expr<Port>| Open { name, number: number.clone(), enabled: None };
    let optional = |name, number: &Expr<Port>, enabled: &Expr<bool>| Open {
        name,
        number: number.clone(),
        enabled: Some(enabled.clone()),
    };
    match (endpoint, group) {
        (Endpoint::AdminNodeManager, _) => {
            let ports = &values.admin_node_manager.ports;
            vec![open("management", &ports.management.port), optional("ui", &ports.ui.port, &ports.ui.enabled)]
        }
        (Endpoint::Manager, Some(group)) => {
            let management = &group.values.traffic.ports.management;
            vec![open("manager", &group.values.manager.ports.manager.port), open("management", &management.port)]
        }
        (Endpoint::Traffic, Some(group)) => {
            let ports = &group.values.traffic.ports;
            vec![
                open("traffic", &ports.traffic.port),
                open("plain", &ports.plain.port),
                open("management", &ports.management.port),
                optional("sample", &ports.sample.port, &ports.sample.enabled),
                optional("secure", &ports.secure.port, &ports.secure.enabled),
                optional("oauth", &ports.oauth.port, &ports.oauth.enabled),
            ]
        }
        (Endpoint::Cassandra, Some(group)) => {
            vec![open("cql", &overlay::<Cassandra>(&values.cassandra, &group.values.cassandra).port)]
        }
        (Endpoint::MetricsDatabase, _) => vec![open("database", &values.metrics_database.port)],
        _ => Vec::new(),
    }
}

/// The ports of a flow to `of`, those that are switched off left out.
pub(super) fn called(flow: &Flow, of: Vec<Open>) -> ListFragment<NetworkPolicyPort> {
    ListFragment::build(|list| match flow.ports {
        Ports::Named(names) => {
            for open in of.into_iter().filter(|open| names.contains(&open.name)) {
                match open.enabled {
                    Some(enabled) => list.when(enabled, |list| list.splice(list!(NetworkPolicyPort[tcp(open.number)]))),
                    None => list.splice(list!(NetworkPolicyPort[tcp(open.number)])),
                }
            }
        }
        Ports::Numbers(numbers) => {
            for number in numbers {
                list.splice(list!(NetworkPolicyPort[tcp(i32::from(*number))]));
            }
        }
        Ports::Declared(_) | Ports::All => {}
    })
}

/// One TCP port.
pub(super) fn tcp(port: impl Fits<IntOrString>) -> Fragment<NetworkPolicyPort> {
    fragment!(NetworkPolicyPort { protocol: "TCP", port: port })
}
