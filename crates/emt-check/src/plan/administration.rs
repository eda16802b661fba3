//! What only the cluster's administrator can set, as far as the rendered objects show it.

use emt_chart::ingress::administrator_duties;
use emt_model::choices::IngressController;
use serde_json::Value;

use super::{Line, Section};
use crate::Rendered;

/// A task: when it is one, what it is, and why.
struct Task {
    wanted: fn(&Rendered<'_>) -> bool,
    what: &'static str,
    why: &'static str,
}

fn has(rendered: &Rendered<'_>, kind: &str) -> bool {
    rendered.objects.iter().any(|object| object["kind"] == kind)
}

fn any_pod(rendered: &Rendered<'_>, test: &dyn Fn(&Value) -> bool) -> bool {
    rendered.objects.iter().any(|object| test(&object["spec"]["template"]["spec"]))
}

const TASKS: &[Task] = &[
    Task {
        wanted: |rendered| has(rendered, "NetworkPolicy"),
        what: "a network plugin that enforces NetworkPolicy",
        why: "without one the policies are accepted and do nothing (S1-122, S1-125)",
    },
    Task {
        wanted: |rendered| has(rendered, "HorizontalPodAutoscaler"),
        what: "the metrics server",
        why: "autoscaling reads CPU and memory from it (S1-151)",
    },
    Task {
        wanted: |rendered| {
            rendered.objects.iter().any(|object| {
                object["spec"]["accessModes"].as_array().is_some_and(|modes| modes.contains(&"ReadWriteMany".into()))
            })
        },
        what: "a storage class with several writers at once",
        why: "all gateways write to the events volume (S1-085, S1-092)",
    },
    Task {
        wanted: |rendered| any_pod(rendered, &|pod| !pod["priorityClassName"].is_null()),
        what: "the priority classes that pods name",
        why: "pods of an unknown class are refused",
    },
    Task {
        wanted: |rendered| any_pod(rendered, &|pod| !pod["nodeSelector"].is_null()),
        what: "labels and taints of the nodes that pods select",
        why: "pods wait until a node carries them (S1-147)",
    },
    Task {
        wanted: |rendered| has(rendered, "Ingress"),
        what: "the ingress controller and its class",
        why: "an Ingress without a controller leads nowhere (S1-103)",
    },
];

/// Whether a controller publishes a host by this object.
pub(crate) fn is_of(controller: IngressController, object: &Value) -> bool {
    let annotated = |prefix: &str| {
        let annotations = object["metadata"]["annotations"].as_object();
        object["kind"] == "Ingress"
            && annotations.is_some_and(|annotations| annotations.keys().any(|key| key.starts_with(prefix)))
    };
    match controller {
        IngressController::Alb => annotated("alb.ingress.kubernetes.io/"),
        IngressController::Nginx => annotated("nginx.ingress.kubernetes.io/"),
        IngressController::GatewayApi => object["kind"] == "HTTPRoute" || object["kind"] == "TLSRoute",
        IngressController::Openshift => object["kind"] == "Route",
    }
}

/// The controllers that publish hosts, as their objects show them.
pub(crate) fn controllers(rendered: &Rendered<'_>) -> Vec<IngressController> {
    let all =
        [IngressController::Alb, IngressController::GatewayApi, IngressController::Openshift, IngressController::Nginx];
    let publishes = |controller: &IngressController| rendered.objects.iter().any(|object| is_of(*controller, object));
    all.into_iter().filter(publishes).collect()
}

/// The tasks of this environment; the namespace stands first.
pub(super) fn section(rendered: &Rendered<'_>) -> Section {
    let namespace: Line = vec![
        format!("namespace {} with the label pod-security.kubernetes.io/enforce: restricted", rendered.namespace),
        "the release does not make its own namespace".to_owned(),
    ];
    let wanted = TASKS.iter().filter(|task| (task.wanted)(rendered));
    let tasks = wanted.map(|task| vec![task.what.to_owned(), task.why.to_owned()]);
    let duties = controllers(rendered).into_iter().flat_map(administrator_duties);
    let duties = duties.map(|duty| vec![format!("{}: {}", duty.place, duty.setting), duty.reason.to_owned()]);
    Section {
        title: "For the cluster's administrator",
        columns: &["what", "why"],
        lines: std::iter::once(namespace).chain(tasks).chain(duties).collect(),
    }
}
