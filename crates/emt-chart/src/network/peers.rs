//! Who is at the other end of a flow, as policies write it: pods by namespace and labels, or ranges of addresses.
//!
//! An empty list of peers would mean "everybody": no rule is written for it, and what the values leave nameless is refused.

use emt_model::databases::CassandraSymbol;
use emt_model::names::{Cidr, GroupName, OptionalNamespace, PeerName};
use emt_model::network::{Networks, PodSelector};
use helmwright::expression::{Condition, Expr, all, any, not, not_empty};
use helmwright::typed::{DocumentBuilder, Fragment, ListFragment, Map, Text};
use helmwright::{fragment, list, text};
use helmwright_k8s::types::NetworkPolicyPeer;

use super::flows::Endpoint;
use crate::common::{Common, Group};

/// Pods of a component: of one gateway group, or of all.
pub(super) fn component(common: &Common, endpoint: Endpoint, group: Option<&Group>) -> ListFragment<NetworkPolicyPeer> {
    let labels = selected(common, endpoint.component().unwrap_or_default());
    let labels = match group {
        Some(group) => fragment!(Map<Text> { ..labels, "apim-emt/group": &group.name }),
        None => labels,
    };
    list!(NetworkPolicyPeer [{ podSelector: { matchLabels: labels } }])
}

/// Labels that select the pods of a component.
fn selected(common: &Common, component: &'static str) -> Fragment<Map<Text>> {
    common.selector.call((component.into(),))
}

/// Rules for callers: one for pods of a namespace, by labels where there are any, and one for ranges of addresses.
pub(super) fn callers<R>(
    namespace: &Expr<OptionalNamespace>,
    labels: &Expr<PodSelector>,
    cidrs: &Expr<Vec<Cidr>>,
    rule: &dyn Fn(ListFragment<NetworkPolicyPeer>) -> Fragment<R>,
) -> ListFragment<R> {
    let pods = list!(NetworkPolicyPeer [
        if all([&not_empty(namespace), &not_empty(labels)]) {
            { ..of_namespace(namespace), podSelector: { matchLabels: labels } },
        } else if not_empty(namespace) {
            of_namespace(namespace),
        } else {
            { podSelector: { matchLabels: labels } },
        }
    ]);
    list!(R [
        if any([&not_empty(namespace), &not_empty(labels)]) { rule(pods), }
        with cidrs = cidrs { rule(ranges(&cidrs)), }
    ])
}

/// Rules for a network: one for its namespace, one for its ranges of addresses.
pub(super) fn network<R>(
    namespace: &Expr<OptionalNamespace>,
    cidrs: &Expr<Vec<Cidr>>,
    rule: &dyn Fn(ListFragment<NetworkPolicyPeer>) -> Fragment<R>,
) -> ListFragment<R> {
    list!(R [
        with namespace = namespace { rule(list!(NetworkPolicyPeer[of_namespace(&namespace)])), }
        with cidrs = cidrs { rule(ranges(&cidrs)), }
    ])
}

/// Rules for several networks.
pub(super) fn networks<R>(
    networks: &Expr<Networks>,
    rule: &dyn Fn(ListFragment<NetworkPolicyPeer>) -> Fragment<R>,
) -> ListFragment<R> {
    list!(R [for (_name, place) in networks { ..network(&place.namespace, &place.cidrs, rule), }])
}

/// All pods of a namespace: every namespace carries its own name as a label.
pub(super) fn of_namespace<T: helmwright::values::TextValue>(namespace: &Expr<T>) -> Fragment<NetworkPolicyPeer> {
    fragment!(NetworkPolicyPeer { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } })
}

/// Ranges of addresses.
pub(super) fn ranges(cidrs: &Expr<Vec<Cidr>>) -> ListFragment<NetworkPolicyPeer> {
    list!(NetworkPolicyPeer [for cidr in cidrs { { ipBlock: { cidr: &cidr } }, }])
}

/// Refuses entries that name nobody, and Admin Node Managers that no entry names.
pub(crate) fn refuse_nameless(common: &Common, documents: &mut DocumentBuilder) {
    let values = &common.values;
    let (policies, topology) = (&values.network_policy, &values.topology);
    documents.refuse(
        all([&policies.enabled, &not_empty(&topology.external_admin_node_managers), &not(not_empty(&topology.peers))]),
        "topology.peers: say where the external Admin Node Managers are: network policies close the way to all others",
    );
    documents.range(["name", "caller"], &policies.ingress_controllers, |documents, name, caller| {
        let nobody = all([&nowhere(&caller.namespace, &caller.cidrs), &not(not_empty(&caller.pod_labels))]);
        refuse(documents, nobody, "networkPolicy.ingressControllers", &name, CALLER);
    });
    documents.range(["name", "client"], &policies.clients, |documents, name, client| {
        let nobody = all([&nowhere(&client.namespace, &client.cidrs), &not(not_empty(&client.pod_labels))]);
        refuse(documents, nobody, "networkPolicy.clients", &name, CALLER);
        documents.refuse(
            not(not_empty(&client.ports)),
            text!("networkPolicy.clients.{name}.ports: name the ports that the client may call"),
        );
    });
    let egress = &policies.egress;
    let of_systems = [
        ("networkPolicy.egress.backends", &egress.backends),
        ("networkPolicy.egress.directories", &egress.directories),
    ];
    for (path, systems) in of_systems {
        documents.range(["name", "system"], systems, |documents, name, system| {
            refuse(documents, nowhere(&system.namespace, &system.cidrs), path, &name, CALLED);
            documents.refuse(not(not_empty(&system.ports)), text!("{path}.{name}.ports: name the ports of the system"));
        });
    }
    let of_networks =
        [("topology.peers", &values.topology.peers), ("metricsDatabase.networks", &values.metrics_database.networks)];
    for (path, networks) in of_networks {
        documents.range(["name", "place"], networks, |documents, name, place| {
            refuse(documents, nowhere(&place.namespace, &place.cidrs), path, &name, CALLED);
        });
    }
}

/// Refuses networks of a group's Cassandra that name nobody.
pub(crate) fn refuse_nameless_cassandra(
    documents: &mut DocumentBuilder,
    group: &Expr<GroupName>,
    cassandra: &CassandraSymbol,
) {
    documents.range(["network", "place"], &cassandra.networks, |documents, network, place| {
        documents.refuse(
            all([&cassandra.enabled, &nowhere(&place.namespace, &place.cidrs)]),
            text!("gatewayGroups.{group}.cassandra.networks.{network}: say who that is: {CALLED}"),
        );
    });
}

/// Whether neither pods nor addresses are named.
fn nowhere(namespace: &Expr<OptionalNamespace>, cidrs: &Expr<Vec<Cidr>>) -> Expr<bool> {
    all([&not(not_empty(namespace)), &not(not_empty(cidrs))])
}

#[track_caller]
fn refuse(
    documents: &mut DocumentBuilder,
    nobody: impl Condition,
    path: &'static str,
    name: &Expr<PeerName>,
    ways: &'static str,
) {
    documents.refuse(nobody, text!("{path}.{name}: say who that is: {ways}"));
}

/// How those are named that call, and those that are called.
const CALLER: &str = "a namespace, labels of pods or ranges of addresses";
const CALLED: &str = "a namespace or ranges of addresses";
