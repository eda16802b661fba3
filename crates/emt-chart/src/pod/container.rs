//! Parts of a container: ports, probes, resources.

use emt_model::choices::Scheme;
use emt_model::numbers::Port;
use emt_model::pod::{ResourceAmountsSymbol, ResourcesSymbol};
use emt_model::probes::ProbeSymbols;
use helmwright::expression::{Expr, equal, ternary};
use helmwright::typed::{Fragment, Map, Quantity, fragment_helper};
use helmwright::{fragment, text};
use helmwright_k8s::types::{ContainerPort, Probe, ResourceRequirements, ServicePort};

/// A port of a container.
pub(crate) fn port(name: &'static str, port: &Expr<Port>) -> Fragment<ContainerPort> {
    fragment!(ContainerPort { name: name, containerPort: port, protocol: "TCP" })
}

/// A port of a Service, to the container's port of the same name.
pub(crate) fn service_port(name: &'static str, port: &Expr<Port>, scheme: &Expr<Scheme>) -> Fragment<ServicePort> {
    fragment!(ServicePort {
        name: name,
        port: port,
        targetPort: name,
        protocol: "TCP",
        appProtocol: ternary(equal(scheme, "HTTPS"), "https", "http"),
    })
}

/// The header tells the probes' calls from others in the traffic monitor.
pub(super) fn probe(kind: &'static str, component: &'static str, probe: &ProbeSymbols) -> Fragment<Probe> {
    fragment!(Probe {
        httpGet: {
            path: &probe.path,
            port: &probe.port,
            scheme: &probe.at.scheme,
            httpHeaders: [{ name: "k8sprobe", value: text!("{kind}.{component}") }],
        },
        periodSeconds: &probe.period_seconds,
        timeoutSeconds: &probe.timeout_seconds,
        failureThreshold: &probe.failure_threshold,
    })
}

/// What a container asks for, and what it may use at most.
pub(crate) fn resources(resources: &ResourcesSymbol) -> Fragment<ResourceRequirements> {
    let helper = fragment_helper(
        "apim-emt.resources",
        "What a container asks for, and what it may use at most.",
        ["resources"],
        |map, (resources,): (ResourcesSymbol,)| {
            let (requests, limits) = (amounts(&resources.requests), amounts(&resources.limits));
            map.splice(fragment!(ResourceRequirements { requests: requests, limits: limits }));
        },
    );
    helper.call((resources.clone(),))
}

/// CPU, memory and local disk.
pub(crate) fn amounts(amounts: &ResourceAmountsSymbol) -> Fragment<Map<Quantity>> {
    fragment!(Map<Quantity> {
        "cpu": &amounts.cpu,
        "memory": &amounts.memory,
        "ephemeral-storage": &amounts.ephemeral_storage,
    })
}
