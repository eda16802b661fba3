//! Which ports have a host, and what every object in front of one has: name, host name, labels, annotations.

use emt_model::choices::Scheme;
use emt_model::ingress::{Ingress, IngressSymbol};
use emt_model::names::{Cidr, HostLabel, OptionalDomain};
use emt_model::numbers::Port;
use emt_model::pod::{Annotations, ProbeSymbol};
use helmwright::expression::{Expr, all, first_of, not_empty, overlay};
use helmwright::tree::Document;
use helmwright::typed::{DocumentBuilder, Fragment, ListFragment, Map, Object, Text};
use helmwright::values::release;
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{IngressRule, IngressSpec, ObjectMeta};

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

/// A component while its hosts are written.
pub(super) struct Site<'a> {
    pub(super) component: &'a Component<'a>,
    /// The root's ingress under the component's.
    pub(super) ingress: IngressSymbol,
    pub(super) audience: Audience,
    /// Who may call.
    pub(super) cidrs: Expr<Vec<Cidr>>,
    /// The component's readiness probe.
    pub(super) probe: ProbeSymbol,
    pub(super) domain: Expr<OptionalDomain>,
    pub(super) hosts: Vec<Host>,
    /// Where the hosts stand in values.
    pub(super) path: Expr<String>,
}

/// Documents of a component that runs and whose hosts are published in the way that `wanted` asks for.
pub(super) fn documents(
    common: &Common,
    published: Published,
    wanted: &dyn Fn(&IngressSymbol) -> Expr<bool>,
    build: &dyn Fn(&mut DocumentBuilder, &Site<'_>),
) -> Vec<Document> {
    let values = &common.values;
    let always = Expr::from(true);
    match published {
        Published::AdminNodeManager => DocumentBuilder::documents(|documents| {
            documents.when(&values.admin_node_manager.enabled, |documents| {
                documents.bind("node_manager", &values.admin_node_manager, |documents, node_manager| {
                    let ingress = overlay::<Ingress>(&values.ingress, &node_manager.ingress);
                    documents.bind("ingress", &ingress, |documents, ingress| {
                        let kind = admin_node_manager::KIND;
                        let component = Component { common, kind, group: None, pod: node_manager.pod() };
                        let hosts = admin_node_manager::hosts(&node_manager);
                        let site = Site::new(
                            &component,
                            ingress,
                            Audience::Admin,
                            values.domain.clone(),
                            hosts,
                            text!("adminNodeManager"),
                        );
                        documents.when(all([&site.ingress.enabled, &wanted(&site.ingress)]), |documents| {
                            build(documents, &site)
                        });
                    });
                });
            });
        }),
        Published::Manager => common.for_groups(
            |group| all([&group.enabled, &group.manager.enabled]),
            |documents, group| {
                let ingress = overlay::<Ingress>(&values.ingress, &group.values.manager.ingress);
                documents.bind("manager", &group.values.manager, |documents, manager| {
                    let component = Component { common, kind: manager::KIND, group: Some(group), pod: manager.pod() };
                    let hosts = manager::hosts(&group.values.hosts, &manager);
                    of_group(documents, &component, group, &ingress, Audience::Admin, hosts, wanted, build);
                });
            },
        ),
        Published::Traffic => common.for_groups(
            |group| all([&group.enabled, &always]),
            |documents, group| {
                let ingress = overlay::<Ingress>(&values.ingress, &group.values.traffic.ingress);
                documents.bind("traffic", &group.values.traffic, |documents, traffic| {
                    let component = Component { common, kind: traffic::KIND, group: Some(group), pod: traffic.pod() };
                    let hosts = traffic::hosts(&group.values.hosts, &traffic);
                    of_group(documents, &component, group, &ingress, Audience::Callers, hosts, wanted, build);
                });
            },
        ),
    }
}

#[expect(clippy::too_many_arguments, reason = "the one place where two components of a group are told apart")]
fn of_group(
    documents: &mut DocumentBuilder,
    component: &Component<'_>,
    group: &Group,
    ingress: &IngressSymbol,
    audience: Audience,
    hosts: Vec<Host>,
    wanted: &dyn Fn(&IngressSymbol) -> Expr<bool>,
    build: &dyn Fn(&mut DocumentBuilder, &Site<'_>),
) {
    let path = text!("gatewayGroups.{group.name}.{component.kind.name}");
    documents.bind("ingress", ingress, |documents, ingress| {
        documents.when(all([&ingress.enabled, &wanted(&ingress)]), |documents| {
            let domain = first_of(&group.values.domain, &component.common.values.domain);
            documents.bind("domain", &domain, |documents, domain| {
                build(documents, &Site::new(component, ingress, audience, domain, hosts, path));
            });
        });
    });
}

impl<'a> Site<'a> {
    fn new(
        component: &'a Component<'a>,
        ingress: IngressSymbol,
        audience: Audience,
        domain: Expr<OptionalDomain>,
        hosts: Vec<Host>,
        path: Expr<String>,
    ) -> Self {
        let cidrs = match audience {
            Audience::Admin => first_of(&ingress.admin_allowed_cidrs, &ingress.allowed_cidrs),
            Audience::Callers => ingress.allowed_cidrs.clone(),
        };
        let probe = component.pod.probes.readiness.clone();
        Self { component, ingress, audience, cidrs, probe, domain, hosts, path }
    }

    /// The same with short names for what each host's annotations are made from.
    pub(super) fn with_short_names(
        &self,
        documents: &mut DocumentBuilder,
        build: impl FnOnce(&mut DocumentBuilder, &Site<'_>),
    ) {
        documents.bind("cidrs", &self.cidrs, |documents, cidrs| {
            documents.bind("probe", &self.probe, |documents, probe| {
                let Self { component, ingress, audience, domain, hosts, path, .. } = self;
                let site = Site {
                    component,
                    ingress: ingress.clone(),
                    audience: *audience,
                    cidrs,
                    probe,
                    domain: domain.clone(),
                    hosts: hosts.clone(),
                    path: path.clone(),
                };
                build(documents, &site);
            });
        });
    }

    /// Documents for each port that has a host.
    pub(super) fn each(&self, documents: &mut DocumentBuilder, build: impl Fn(&mut DocumentBuilder, &Host)) {
        for host in &self.hosts {
            documents.when(not_empty(&host.label), |documents| build(documents, host));
        }
    }

    /// The whole name of a host.
    pub(super) fn name_of(&self, host: &Host) -> Expr<String> {
        text!("{host.label}.{self.domain}")
    }

    /// Name of a host's objects.
    pub(super) fn object_name(&self, host: &Host) -> Expr<String> {
        text!("{self.component.name()}-{host.port}")
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
    pub(super) fn rules(&self, host: &Host) -> ListFragment<IngressRule> {
        list!(IngressRule [
            {
                host: self.name_of(host),
                http: {
                    paths: [
                        {
                            path: "/",
                            pathType: "Prefix",
                            backend: { service: { name: self.component.name(), port: { name: host.port } } },
                        },
                    ],
                },
            },
        ])
    }
}
