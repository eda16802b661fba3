//! The way in: a host for each published port, by the controller that the cluster has (seed rows S1-157 to S1-173).
//!
//! Values say what an entry has to do. How each controller is told is one table: a column for each controller in `alb`,
//! `gateway_api`, `openshift` and `nginx`, whose rows answer a [`Need`] each. What no object can say is a [`Duty`] of the
//! cluster's administrator. A need without an answer fails a test.

mod alb;
mod certificate;
mod gateway_api;
mod hosts;
mod nginx;
mod openshift;
mod refusals;
mod table;
#[cfg(test)]
mod tests;

use emt_model::choices::{IngressController, Scheme};
use emt_model::ingress::IngressSymbol;
use emt_model::names::{Cidr, UrlPath};
use emt_model::traffic::OpenPortSymbol;
use helmwright::expression::{Expr, all, equal, not};
use helmwright::tree::File;
use helmwright::typed::DocumentBuilder;

use crate::common::Common;
pub(crate) use hosts::{Host, published_by};
use hosts::{Published, Site};
use table::{Annotation, Check, Column, Entry, Pods, Way};
pub use table::{Duty, Need};

/// Parameters of a helper with annotations about the entry.
type EntryParameters = (IngressSymbol, Expr<Vec<Cidr>>);
/// Parameters of a helper with annotations about the way to the pods.
type PodsParameters = (IngressSymbol, Expr<Scheme>);
/// Parameters of a helper with annotations about the health check.
type CheckParameters = (IngressSymbol, Expr<UrlPath>, OpenPortSymbol);

/// All controllers, in the order of their support.
static COLUMNS: &[&Column] = &[&alb::COLUMN, &gateway_api::COLUMN, &openshift::COLUMN, &nginx::COLUMN];

/// What only the cluster's administrator can set for a controller.
#[must_use]
pub fn administrator_duties(controller: IngressController) -> &'static [Duty] {
    COLUMNS.iter().find(|column| column.controller == controller.as_str()).map_or(&[], |column| column.duties)
}

/// The words of all controllers, with what is left to the administrators of each.
pub(crate) fn duties() -> impl Iterator<Item = (&'static str, &'static [Duty])> {
    COLUMNS.iter().map(|column| (column.controller, column.duties))
}

/// How a controller meets a need: in objects of the release, by itself, or by its administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// An annotation with this key.
    Annotation(&'static str),
    /// A field of an object.
    Field {
        /// The object's kind.
        kind: &'static str,
        /// The field, as a JSON pointer.
        pointer: &'static str,
    },
    /// The controller does it, or has nothing of the kind: why.
    Inherent(&'static str),
    /// What is left to the cluster's administrator.
    Administrator(&'static Duty),
}

/// All answers of a controller to a need, in the order of the table; never none.
#[must_use]
pub fn answers(controller: IngressController, need: Need) -> Vec<Answer> {
    let Some(column) = COLUMNS.iter().find(|column| column.controller == controller.as_str()) else {
        return Vec::new();
    };
    let rows = column.rows.iter().filter(|row| row.need == need).map(|row| match &row.way {
        Way::Entry(annotation) => Answer::Annotation(annotation.key),
        Way::Pods(annotation) => Answer::Annotation(annotation.key),
        Way::Check(annotation) => Answer::Annotation(annotation.key),
        Way::Field { kind, pointer } => Answer::Field { kind, pointer },
        Way::Inherent(reason) => Answer::Inherent(reason),
    });
    let duties = column.duties.iter().filter(|duty| duty.need == need).map(Answer::Administrator);
    rows.chain(duties).collect()
}

/// Keys of annotations that the table writes, which values may not.
#[must_use]
pub fn annotation_keys() -> Vec<&'static str> {
    let mut keys = Vec::new();
    for row in COLUMNS.iter().flat_map(|column| column.rows) {
        match &row.way {
            Way::Entry(annotation) => keys.push(annotation.key),
            Way::Pods(annotation) => keys.push(annotation.key),
            Way::Check(annotation) => keys.push(annotation.key),
            Way::Field { .. } | Way::Inherent(_) => {}
        }
    }
    keys.extend(["alb.ingress.kubernetes.io/group.name", "nginx.ingress.kubernetes.io/proxy-ssl-name"]);
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn column_entry(column: &'static Column) -> Vec<&'static Annotation<Entry>> {
    column
        .rows
        .iter()
        .filter_map(|row| if let Way::Entry(annotation) = &row.way { Some(annotation) } else { None })
        .collect()
}

fn column_pods(column: &'static Column) -> Vec<&'static Annotation<Pods>> {
    column
        .rows
        .iter()
        .filter_map(|row| if let Way::Pods(annotation) = &row.way { Some(annotation) } else { None })
        .collect()
}

fn column_check(column: &'static Column) -> Vec<&'static Annotation<Check>> {
    column
        .rows
        .iter()
        .filter_map(|row| if let Way::Check(annotation) = &row.way { Some(annotation) } else { None })
        .collect()
}

/// One file for each component and what its hosts are made of.
struct Template {
    /// The files' names and purposes, in the order of [`Published::ALL`].
    files: [(&'static str, &'static str); 3],
    /// Whether the values ask for it.
    wanted: fn(&IngressSymbol) -> Expr<bool>,
    /// The documents of a component.
    build: fn(&mut DocumentBuilder, &Site<'_>),
}

static TEMPLATES: &[Template] = &[
    Template {
        files: [
            ("admin-node-manager-ingress-alb.yaml", "Hosts of the Admin Node Manager on AWS load balancers."),
            ("manager-ingress-alb.yaml", "Hosts of each gateway group's API Manager on AWS load balancers."),
            ("traffic-ingress-alb.yaml", "Hosts of each gateway group's traffic pods on AWS load balancers."),
        ],
        wanted: |ingress| equal(&ingress.controller, "alb"),
        build: |documents, site| {
            site.with_cidrs(documents, |documents, site| {
                site.each(documents, |documents, site, host, name| {
                    documents.bind("scheme", &host.scheme, |documents, scheme| {
                        documents.object(alb::ingress(site, &Host { scheme, ..host.clone() }, name));
                    });
                });
            });
        },
    },
    Template {
        files: [
            ("admin-node-manager-ingress-nginx.yaml", "Hosts of the Admin Node Manager behind ingress-nginx."),
            ("manager-ingress-nginx.yaml", "Hosts of each gateway group's API Manager behind ingress-nginx."),
            ("traffic-ingress-nginx.yaml", "Hosts of each gateway group's traffic pods behind ingress-nginx."),
        ],
        wanted: |ingress| equal(&ingress.controller, "nginx"),
        build: |documents, site| {
            site.with_cidrs(documents, |documents, site| {
                site.each(documents, |documents, site, host, name| {
                    documents.bind("scheme", &host.scheme, |documents, scheme| {
                        documents.object(nginx::ingress(site, &Host { scheme, ..host.clone() }, name));
                    });
                });
            });
        },
    },
    Template {
        files: [
            ("admin-node-manager-httproute.yaml", "Hosts of the Admin Node Manager on a Gateway."),
            ("manager-httproute.yaml", "Hosts of each gateway group's API Manager on a Gateway."),
            ("traffic-httproute.yaml", "Hosts of each gateway group's traffic pods on a Gateway."),
        ],
        wanted: |ingress| all([&equal(&ingress.controller, "gateway-api"), &not(gateway_api::passes(ingress))]),
        build: |documents, site| {
            site.each(documents, |documents, site, host, name| documents.object(gateway_api::route(site, host, name)));
        },
    },
    Template {
        files: [
            ("admin-node-manager-tlsroute.yaml", "Hosts of the Admin Node Manager whose TLS a Gateway passes through."),
            ("manager-tlsroute.yaml", "Hosts of each gateway group's API Manager whose TLS a Gateway passes through."),
            ("traffic-tlsroute.yaml", "Hosts of each gateway group's traffic pods whose TLS a Gateway passes through."),
        ],
        wanted: |ingress| all([&equal(&ingress.controller, "gateway-api"), &gateway_api::passes(ingress)]),
        build: |documents, site| {
            site.each(documents, |documents, site, host, name| {
                documents.object(gateway_api::passed_through(site, host, name));
            });
        },
    },
    Template {
        files: [
            (
                "admin-node-manager-referencegrant.yaml",
                "Lets a Gateway elsewhere read the Admin Node Manager's certificates.",
            ),
            (
                "manager-referencegrant.yaml",
                "Lets a Gateway elsewhere read the certificates of each group's API Manager.",
            ),
            ("traffic-referencegrant.yaml", "Lets a Gateway elsewhere read the certificates of each group's traffic."),
        ],
        wanted: gateway_api::reads_certificates,
        build: |documents, site| {
            documents.when(site.any_host(), |documents| documents.object(gateway_api::grant(site)));
        },
    },
    Template {
        files: [
            ("admin-node-manager-httproute-redirect.yaml", "From HTTP to HTTPS: the Admin Node Manager on a Gateway."),
            ("manager-httproute-redirect.yaml", "From HTTP to HTTPS: each gateway group's API Manager on a Gateway."),
            ("traffic-httproute-redirect.yaml", "From HTTP to HTTPS: each gateway group's traffic pods on a Gateway."),
        ],
        wanted: |ingress| all([&equal(&ingress.controller, "gateway-api"), &equal(&ingress.http_policy, "redirect")]),
        build: |documents, site| {
            site.each(documents, |documents, site, host, name| {
                documents.object(gateway_api::redirect(site, host, name))
            });
        },
    },
    Template {
        files: [
            ("admin-node-manager-backendtlspolicy.yaml", "HTTPS from a Gateway to the Admin Node Manager."),
            ("manager-backendtlspolicy.yaml", "HTTPS from a Gateway to each gateway group's API Manager."),
            ("traffic-backendtlspolicy.yaml", "HTTPS from a Gateway to each gateway group's traffic pods."),
        ],
        wanted: |ingress| all([&equal(&ingress.controller, "gateway-api"), &not(gateway_api::passes(ingress))]),
        build: |documents, site| {
            site.each(documents, |documents, site, host, name| {
                documents.when(equal(&host.scheme, "HTTPS"), |documents| {
                    documents.object(gateway_api::policy(site, host, name));
                });
            });
        },
    },
    Template {
        files: [
            ("admin-node-manager-route.yaml", "Hosts of the Admin Node Manager on OpenShift's router."),
            ("manager-route.yaml", "Hosts of each gateway group's API Manager on OpenShift's router."),
            ("traffic-route.yaml", "Hosts of each gateway group's traffic pods on OpenShift's router."),
        ],
        wanted: |ingress| equal(&ingress.controller, "openshift"),
        build: |documents, site| {
            site.with_cidrs(documents, |documents, site| {
                site.each(documents, |documents, site, host, name| {
                    documents.bind("scheme", &host.scheme, |documents, scheme| {
                        documents.object(openshift::route(site, &Host { scheme, ..host.clone() }, name));
                    });
                });
            });
            documents.when(openshift::reads_certificates(site), |documents| {
                documents.object(openshift::role(site));
                documents.object(openshift::role_binding(site));
            });
        },
    },
    Template {
        files: [
            ("admin-node-manager-certificate.yaml", "Certificates that cert-manager gets for the Admin Node Manager."),
            ("manager-certificate.yaml", "Certificates that cert-manager gets for each gateway group's API Manager."),
            ("traffic-certificate.yaml", "Certificates that cert-manager gets for each gateway group's traffic."),
        ],
        wanted: |ingress| equal(&ingress.certificate.source, "certManager"),
        build: |documents, site| {
            site.each(documents, |documents, site, host, name| {
                documents.object(certificate::certificate(site, host, name))
            });
        },
    },
];

/// The template files of the way in.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let templates = TEMPLATES.iter().flat_map(|template| {
        template.files.iter().zip(Published::ALL).map(|((name, purpose), published)| File {
            name,
            purpose,
            documents: hosts::documents(common, published, &template.wanted, &|documents, site| {
                site.with_service(documents, |documents, site| (template.build)(documents, site));
            }),
        })
    });
    std::iter::once(refusals::file(common)).chain(templates).collect()
}
