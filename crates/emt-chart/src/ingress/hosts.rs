//! Which ports have a host, and what every object in front of one has: name, host name, labels, annotations.

use emt_model::choices::Scheme;
use emt_model::group::{GatewayGroup, GatewayGroupSymbol};
use emt_model::ingress::{Ingress, IngressSymbol};
use emt_model::names::{Cidr, HostLabel, OptionalDomain};
use emt_model::numbers::Port;
use emt_model::pod::Annotations;
use emt_model::probes::ProbeSymbols;
use helmwright::expression::{
    Expr, Symbol, add, all, any_of, either, equal, first_of, not_empty, overlay, sum_of, to_text,
};
use helmwright::tree::Document;
use helmwright::typed::{
    DocumentBuilder, Fragment, FragmentHelper, Map, Object, Text, TextHelper, bound, fragment_helper, text_function,
};
use helmwright::values::{Label, Name, release};
use helmwright::{fragment, object, text};
use helmwright_k8s::types::{IngressSpec, ObjectMeta};

use crate::common::{Common, Group};
use crate::component::Component;
use crate::{admin_node_manager, manager, traffic};

/// Whom a host is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Administrators: the Admin Node Manager and API Manager.
    Admin,
    /// Callers of APIs.
    Callers,
}

impl Audience {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Callers => "callers",
        }
    }
}

/// A component that has hosts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Published {
    AdminNodeManager,
    Manager,
    Traffic,
}

impl Published {
    pub(super) const ALL: [Self; 3] = [Self::AdminNodeManager, Self::Manager, Self::Traffic];
}

/// A port that may have a host.
#[derive(Clone)]
pub(crate) struct Host {
    /// Name of the Service's port.
    pub(crate) port: &'static str,
    pub(crate) number: Expr<Port>,
    pub(crate) scheme: Expr<Scheme>,
    /// Empty where the port is not published.
    pub(crate) label: Expr<HostLabel>,
    /// Whether the port is open; none for one that always is.
    pub(crate) open: Option<Expr<bool>>,
}

impl Host {
    /// Whether the port has a host.
    pub(super) fn published(&self) -> Expr<bool> {
        not_empty(&self.label)
    }
}

/// Host, Service and port of an Ingress rule.
type RuleParameters = (Expr<Name>, Expr<Name>, Expr<Label>);

/// A component while its hosts are written.
#[derive(Clone)]
pub(super) struct Site<'a> {
    pub(super) component: &'a Component<'a>,
    /// The root's ingress under the component's.
    pub(super) ingress: IngressSymbol,
    pub(super) audience: Audience,
    /// Who may call.
    pub(super) cidrs: Expr<Vec<Cidr>>,
    /// The component's readiness probe.
    pub(super) probe: ProbeSymbols,
    /// Name of the Service in front of the pods.
    pub(super) service: Expr<Name>,
    pub(super) domain: Expr<OptionalDomain>,
    pub(super) hosts: Vec<Host>,
    /// Where the component stands in values.
    pub(super) path: Expr<String>,
    /// Where its hosts stand in values: in the component, or in its group.
    pub(super) holder: Expr<String>,
}

/// Documents of a component that runs and whose hosts are published in the way that `wanted` asks for.
pub(super) fn documents(
    common: &Common,
    published: Published,
    wanted: &dyn Fn(&IngressSymbol) -> Expr<bool>,
    build: &dyn Fn(&mut DocumentBuilder, &Site<'_>),
) -> Vec<Document> {
    let values = &common.values;
    let in_group = |documents: &mut DocumentBuilder, group: &Group, of: Of<'_>| {
        let domain = first_of(&group.values.domain, &values.domain);
        site(documents, of, &domain, &text!("gatewayGroups.{group.name}"), wanted, build);
    };
    match published {
        Published::AdminNodeManager => DocumentBuilder::documents(|documents| {
            documents.when(&values.admin_node_manager.enabled, |documents| {
                documents.bind("node_manager", &values.admin_node_manager, |documents, node_manager| {
                    let pod = node_manager.pod();
                    let component = Component { common, kind: admin_node_manager::KIND, group: None, pod };
                    let ingress = overlay::<Ingress>(&values.ingress, &node_manager.ingress);
                    let hosts = admin_node_manager::hosts(&node_manager);
                    let of = Of { component: &component, ingress, audience: Audience::Admin, hosts };
                    site(documents, of, &values.domain, &text!("adminNodeManager"), wanted, build);
                });
            });
        }),
        Published::Manager => common.for_groups(
            |group| all([&group.enabled, &group.manager.enabled]),
            |documents, group| {
                documents.bind("manager", &group.values.manager, |documents, values| {
                    let component = Component { common, kind: manager::KIND, group: Some(group), pod: values.pod() };
                    let ingress = overlay::<Ingress>(&common.values.ingress, &values.ingress);
                    let hosts = manager::hosts(&group.values.hosts, &values);
                    in_group(documents, group, Of { component: &component, ingress, audience: Audience::Admin, hosts });
                });
            },
        ),
        Published::Traffic => common.for_groups(
            |group| group.enabled.clone(),
            |documents, group| {
                documents.bind("traffic", &group.values.traffic, |documents, values| {
                    let component = Component { common, kind: traffic::KIND, group: Some(group), pod: values.pod() };
                    let ingress = overlay::<Ingress>(&common.values.ingress, &values.ingress);
                    let hosts = traffic::hosts(&group.values.hosts, &values);
                    in_group(
                        documents,
                        group,
                        Of { component: &component, ingress, audience: Audience::Callers, hosts },
                    );
                });
            },
        ),
    }
}

/// How many components have their hosts published by a controller.
pub(crate) fn published_by(common: &Common) -> TextHelper<(Expr<Label>,), String> {
    let values = &common.values;
    text_function(
        "apim-emt.publishedBy",
        "How many components have their hosts published by a controller.",
        ["controller"],
        |(controller,): (Expr<Label>,)| {
            let here = |ingress: &IngressSymbol| all([&ingress.enabled, &equal(&ingress.controller, &controller)]);
            let of_groups = sum_of("published", &values.gateway_groups, |inside, entry| {
                let group: GatewayGroupSymbol =
                    inside.bind("group", &overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry));
                inside.only_if(&group.enabled);
                let manager = inside.bind("manager", &overlay::<Ingress>(&values.ingress, &group.manager.ingress));
                let traffic = inside.bind("traffic", &overlay::<Ingress>(&values.ingress, &group.traffic.ingress));
                let managers = either(all([&group.manager.enabled, &here(&manager)]), 1, 0);
                add(managers, either(here(&traffic), 1, 0))
            });
            bound("node_manager", &values.admin_node_manager, |node_manager| {
                bound("ingress", &overlay::<Ingress>(&values.ingress, &node_manager.ingress), |ingress| {
                    to_text(add(of_groups, either(all([&node_manager.enabled, &here(&ingress)]), 1, 0))).into()
                })
            })
        },
    )
}

/// What tells the components apart.
struct Of<'a> {
    component: &'a Component<'a>,
    ingress: IngressSymbol,
    audience: Audience,
    hosts: Vec<Host>,
}

fn site(
    documents: &mut DocumentBuilder,
    of: Of<'_>,
    domain: &Expr<OptionalDomain>,
    holder: &Expr<String>,
    wanted: &dyn Fn(&IngressSymbol) -> Expr<bool>,
    build: &dyn Fn(&mut DocumentBuilder, &Site<'_>),
) {
    let Of { component, ingress, audience, hosts } = of;
    documents.bind("ingress", &ingress, |documents, ingress| {
        documents.when(all([&ingress.enabled, &wanted(&ingress)]), |documents| {
            let service = Expr::<Name>::new(component.name().expression());
            let cidrs = match audience {
                Audience::Admin => first_of(&ingress.admin_allowed_cidrs, &ingress.allowed_cidrs),
                Audience::Callers => ingress.allowed_cidrs.clone(),
            };
            let probe = component.pod.probes.readiness.clone();
            let path = match component.group {
                Some(_) => text!("{holder}.{component.kind.name}"),
                None => holder.clone(),
            };
            let (domain, holder) = (domain.clone(), holder.clone());
            build(
                documents,
                &Site { component, ingress, audience, cidrs, probe, service, domain, hosts, path, holder },
            );
        });
    });
}

impl Site<'_> {
    /// The same, with a short name for the Service in front of the pods.
    pub(super) fn with_service(
        &self,
        documents: &mut DocumentBuilder,
        build: impl FnOnce(&mut DocumentBuilder, &Site<'_>),
    ) {
        documents.bind("service", &self.service, |documents, service| {
            build(documents, &Site { service, ..self.clone() });
        });
    }

    /// The same, with a short name for who may call.
    pub(super) fn with_cidrs(
        &self,
        documents: &mut DocumentBuilder,
        build: impl FnOnce(&mut DocumentBuilder, &Site<'_>),
    ) {
        documents.bind("cidrs", &self.cidrs, |documents, cidrs| build(documents, &Site { cidrs, ..self.clone() }));
    }

    /// Documents for each port that has a host. Inside, the domain and the host's whole name have short names.
    pub(super) fn each(
        &self,
        documents: &mut DocumentBuilder,
        build: impl Fn(&mut DocumentBuilder, &Self, &Host, &Expr<Name>),
    ) {
        documents.bind("domain", &self.domain, |documents, domain| {
            let site = Site { domain, ..self.clone() };
            for host in &self.hosts {
                documents.when(host.published(), |documents| {
                    let name = Expr::<Name>::new(text!("{host.label}.{site.domain}").expression());
                    documents.bind("host", &name, |documents, name| build(documents, &site, host, &name));
                });
            }
        });
    }

    /// Whether any port has a host.
    pub(super) fn any_host(&self) -> Expr<bool> {
        any_of(self.hosts.iter().map(Host::published))
    }

    /// Name of a host's objects.
    pub(super) fn object_name(&self, host: &Host) -> Expr<String> {
        text!("{self.service}-{host.port}")
    }

    /// Secret that cert-manager writes a host's certificate to.
    pub(super) fn certificate_secret(&self, host: &Host) -> Expr<String> {
        text!("{self.object_name(host)}-tls")
    }

    /// Metadata without annotations of the entry's own.
    pub(super) fn metadata_named(&self, name: Expr<String>) -> Fragment<ObjectMeta> {
        let annotations = self.annotations();
        fragment!(ObjectMeta {
            name: name,
            namespace: release::namespace(),
            labels: self.component.labels(),
            with annotations = &annotations { annotations: annotations, }
        })
    }

    /// Metadata with annotations.
    pub(super) fn metadata(&self, host: &Host, own: Fragment<Map<Text>>) -> Fragment<ObjectMeta> {
        let annotations = self.annotations();
        fragment!(ObjectMeta {
            name: self.object_name(host),
            namespace: release::namespace(),
            labels: self.component.labels(),
            annotations: {
                ..own,
                ..&annotations,
            },
        })
    }

    fn annotations(&self) -> Expr<Annotations> {
        overlay::<Annotations>(&self.component.common.values.common_annotations, &self.ingress.annotations)
    }

    /// An Ingress.
    pub(super) fn ingress_object(
        &self,
        host: &Host,
        annotations: Fragment<Map<Text>>,
        spec: Fragment<IngressSpec>,
    ) -> Object {
        object!(helmwright_k8s::types::Ingress { metadata: self.metadata(host, annotations), spec: spec })
    }

    /// The one rule of a host: everything goes to the port.
    pub(super) fn rules(&self, host: &Host, name: &Expr<Name>) -> Fragment<IngressSpec> {
        let rules: FragmentHelper<RuleParameters, IngressSpec> = fragment_helper(
            "apim-emt.ingressRules",
            "Rules of an Ingress that hands everything for one host to one port.",
            ["host", "service", "port"],
            |map, (host, service, port)| {
                map.splice(fragment!(IngressSpec {
                    rules: [
                        {
                            host: host,
                            http: {
                                paths: [
                                    {
                                        path: "/",
                                        pathType: "Prefix",
                                        backend: { service: { name: service, port: { name: port } } },
                                    },
                                ],
                            },
                        },
                    ],
                }));
            },
        );
        rules.call((name.clone(), self.service.clone(), Expr::<Label>::from(host.port)))
    }
}
