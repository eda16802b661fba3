//! The rules of a component's policy: one for each flow of the table that ends or begins at it.

use std::collections::BTreeMap;

use emt_model::databases::Cassandra;
use emt_model::group::GatewayGroup;
use emt_model::names::PeerName;
use emt_model::network::System;
use helmwright::expression::{Expr, all, not_empty, overlay};
use helmwright::typed::ListFragment;
use helmwright::{fragment, list};
use helmwright_k8s::types::{NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort};

use super::flows::{Endpoint, FLOWS, Flow};
use super::{peers, ports};
use crate::common::Group;
use crate::component::Component;

impl Component<'_> {
    /// Who may call the pods.
    pub(super) fn ingress(&self, own: Endpoint) -> ListFragment<NetworkPolicyIngressRule> {
        ListFragment::build(|list| {
            for flow in FLOWS.iter().filter(|flow| flow.to == own) {
                list.splice(self.allow_from(flow));
            }
        })
    }

    /// Whom the pods may call.
    pub(super) fn egress(&self, own: Endpoint) -> ListFragment<NetworkPolicyEgressRule> {
        ListFragment::build(|list| {
            for flow in FLOWS.iter().filter(|flow| flow.from == own) {
                list.splice(self.allow_to(flow));
            }
        })
    }

    fn allow_from(&self, flow: &Flow) -> ListFragment<NetworkPolicyIngressRule> {
        let (common, values) = (self.common, &self.common.values);
        let policies = &values.network_policy;
        let rule = |from: ListFragment<NetworkPolicyPeer>| {
            let ports = ports::called(flow, ports::of(flow.to, common, self.group));
            fragment!(NetworkPolicyIngressRule { from: from, ports: ports })
        };
        match flow.from {
            Endpoint::IngressControllers => list!(NetworkPolicyIngressRule [
                for (_name, caller) in &policies.ingress_controllers {
                    ..peers::callers(&caller.namespace, &caller.pod_labels, &caller.cidrs, &rule),
                }
            ]),
            Endpoint::Clients => list!(NetworkPolicyIngressRule [
                for (_name, client) in &policies.clients {
                    with names = &client.ports {
                        ..peers::callers(&client.namespace, &client.pod_labels, &client.cidrs, &|from| {
                            // A name that the pod has no port of opens nothing.
                            let ports = list!(NetworkPolicyPort [for name in &names { ports::tcp(&name), }]);
                            fragment!(NetworkPolicyIngressRule { from: from, ports: ports })
                        }),
                    }
                }
            ]),
            Endpoint::Monitoring => list!(NetworkPolicyIngressRule [
                with namespaces = &policies.monitoring_namespaces {
                    {
                        from: [for namespace in &namespaces { peers::of_namespace(&namespace), }],
                    },
                }
            ]),
            Endpoint::Peers => peers::networks(&values.topology.peers, &rule),
            other => {
                // Gateways call those of their own group, and the Admin Node Manager of all groups.
                let of_group = matches!(other, Endpoint::Manager | Endpoint::Traffic);
                let group = self.group.filter(|_| of_group && flow.to != Endpoint::AdminNodeManager);
                list!(NetworkPolicyIngressRule[rule(peers::component(common, other, group))])
            }
        }
    }

    fn allow_to(&self, flow: &Flow) -> ListFragment<NetworkPolicyEgressRule> {
        let (common, values) = (self.common, &self.common.values);
        let egress = &values.network_policy.egress;
        let called = |group| ports::called(flow, ports::of(flow.to, common, group));
        let rule = |to: ListFragment<NetworkPolicyPeer>, ports: ListFragment<NetworkPolicyPort>| {
            fragment!(NetworkPolicyEgressRule { to: to, ports: ports })
        };
        // Ports without addresses: anywhere.
        let anywhere = |ports: ListFragment<NetworkPolicyPort>| fragment!(NetworkPolicyEgressRule { ports: ports });
        match flow.to {
            Endpoint::AdminNodeManager => list!(NetworkPolicyEgressRule [
                if &values.admin_node_manager.enabled {
                    rule(peers::component(common, flow.to, None), called(None)),
                }
            ]),
            Endpoint::Manager | Endpoint::Traffic => match self.group {
                Some(group) => list!(NetworkPolicyEgressRule [
                    if &group.values.manager.enabled {
                        rule(peers::component(common, flow.to, Some(group)), called(Some(group))),
                    }
                ]),
                None => self.to_all_groups(flow),
            },
            Endpoint::Peers => peers::networks(&values.topology.peers, &|to| rule(to, self.ports_of_peers(flow))),
            Endpoint::Dns => list!(NetworkPolicyEgressRule [{
                to: [
                    peers::of_namespace(&egress.dns_namespace),
                    ..peers::ranges(&egress.node_local_dns_cidrs),
                ],
                ports: [
                    { protocol: "UDP", port: &egress.dns_port },
                    { protocol: "TCP", port: &egress.dns_port },
                ],
            }]),
            Endpoint::MetricsDatabase => {
                let database = &values.metrics_database;
                list!(NetworkPolicyEgressRule [
                    if all([&database.enabled, &not_empty(&database.networks)]) {
                        ..peers::networks(&database.networks, &|to| rule(to, called(None))),
                    } else if &database.enabled {
                        anywhere(called(None)),
                    }
                ])
            }
            Endpoint::Cassandra => match self.group {
                Some(group) => list!(NetworkPolicyEgressRule [
                    let cassandra = overlay::<Cassandra>(&values.cassandra, &group.values.cassandra);
                    if all([&cassandra.enabled, &not_empty(&cassandra.networks)]) {
                        ..peers::networks(&cassandra.networks, &|to| {
                            rule(to, list!(NetworkPolicyPort[ports::tcp(&cassandra.port)]))
                        }),
                    } else if &cassandra.enabled {
                        anywhere(list!(NetworkPolicyPort[ports::tcp(&cassandra.port)])),
                    }
                ]),
                None => list!(NetworkPolicyEgressRule []),
            },
            Endpoint::Anywhere => list!(NetworkPolicyEgressRule [
                if &egress.any_https { anywhere(called(None)), }
            ]),
            Endpoint::MailRelay => list!(NetworkPolicyEgressRule [
                with cidrs = &egress.smtp_cidrs { rule(peers::ranges(&cidrs), called(None)), }
            ]),
            Endpoint::Backends => to_systems(&egress.backends),
            Endpoint::Directories => to_systems(&egress.directories),
            _ => list!(NetworkPolicyEgressRule []),
        }
    }

    /// The Admin Node Manager calls the gateways of every group, each on its own port.
    fn to_all_groups(&self, flow: &Flow) -> ListFragment<NetworkPolicyEgressRule> {
        let (common, values) = (self.common, &self.common.values);
        list!(NetworkPolicyEgressRule [
            for (name, entry) in &values.gateway_groups {
                let group = overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry);
                if reached(flow, &group.enabled, &group.manager.enabled) {
                    ..{
                        let group = Group { name: name.clone(), values: group.clone() };
                        let to = peers::component(common, flow.to, Some(&group));
                        let ports = ports::called(flow, ports::of(flow.to, common, Some(&group)));
                        list!(NetworkPolicyEgressRule [{ to: to, ports: ports }])
                    },
                }
            }
        ])
    }

    fn ports_of_peers(&self, flow: &Flow) -> ListFragment<NetworkPolicyPort> {
        let values = &self.common.values;
        let port = match flow.from {
            Endpoint::AdminNodeManager => &values.gateway_group_defaults.traffic.ports.management.port,
            _ => &values.admin_node_manager.ports.management.port,
        };
        list!(NetworkPolicyPort[ports::tcp(port)])
    }
}

/// Systems beside the release, each on its own ports.
fn to_systems(systems: &Expr<BTreeMap<PeerName, System>>) -> ListFragment<NetworkPolicyEgressRule> {
    list!(NetworkPolicyEgressRule [
        for (_name, system) in systems {
            with ports = &system.ports {
                ..peers::network(&system.namespace, &system.cidrs, &|to| {
                    let ports = list!(NetworkPolicyPort [for port in &ports { ports::tcp(&port), }]);
                    fragment!(NetworkPolicyEgressRule { to: to, ports: ports })
                }),
            }
        }
    ])
}

fn reached(flow: &Flow, group: &Expr<bool>, manager: &Expr<bool>) -> Expr<bool> {
    if flow.to == Endpoint::Manager { all([group, manager]) } else { group.clone() }
}
