//! The Service of the traffic pods: API calls and the health check; never the management port.

use emt_model::choices::Scheme;
use emt_model::numbers::Port;
use emt_model::pod::Annotations;
use helmwright::expression::{Expr, equal, overlay, ternary};
use helmwright::typed::{Fragment, Object};
use helmwright::values::release;
use helmwright::{fragment, object};
use helmwright_k8s::types::{Service, ServicePort};

use super::{COMPONENT, TrafficGroup};

/// Always of type ClusterIP: what is published beyond the cluster is the ingress's part.
pub(super) fn service(of: &TrafficGroup<'_>) -> Object {
    let TrafficGroup { common, group, traffic } = of;
    let ports = &traffic.ports;
    let annotations = overlay::<Annotations>(&common.values.common_annotations, &traffic.service.annotations);
    object!(Service {
        metadata: {
            name: of.name(),
            namespace: release::namespace(),
            labels: {
                ..common.labels(COMPONENT, group),
                ..&traffic.service.labels,
            },
            with annotations = &annotations { annotations: annotations, }
        },
        spec: {
            type: "ClusterIP",
            selector: common.selector(COMPONENT, group),
            ports: [
                port("traffic", &ports.traffic.port, &ports.traffic.scheme),
                port("plain", &ports.plain.port, &ports.plain.scheme),
                if &ports.sample.enabled { port("sample", &ports.sample.port, &ports.sample.scheme), }
                if &ports.secure.enabled { port("secure", &ports.secure.port, &ports.secure.scheme), }
                if &ports.oauth.enabled { port("oauth", &ports.oauth.port, &ports.oauth.scheme), }
            ],
        },
    })
}

/// A port of the Service, to the container's port of the same name.
fn port(name: &'static str, port: &Expr<Port>, scheme: &Expr<Scheme>) -> Fragment<ServicePort> {
    fragment!(ServicePort {
        name: name,
        port: port,
        targetPort: name,
        protocol: "TCP",
        appProtocol: ternary(equal(scheme, "HTTPS"), "https", "http"),
    })
}
