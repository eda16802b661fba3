//! The objects, written once: printed as templates and evaluated to manifests.

use helmwright::expression::{Expr, all, equal, not_empty, overlay, sha256, sum_of, text_of, to_text};
use helmwright::tree::{File, Tree};
use helmwright::typed::{DocumentBuilder, Fragment, Lines, Map, Object, Text, block, lines_helper, text_helper};
use helmwright::values::{release, values};
use helmwright::{fragment, object, text};
use helmwright_k8s::types::{ConfigMap, Container, Deployment, Ingress, PodSpec, Service};

use crate::values::{Values, ValuesSymbol, Worker, WorkerName, WorkerSymbol};

/// The chart's name.
pub const NAME: &str = "web-service";

/// The definition of all objects.
#[must_use]
pub fn tree() -> Tree {
    let values = &values::<Values>();
    let file = |name, purpose, build: &dyn Fn(&mut DocumentBuilder)| File {
        name,
        purpose,
        documents: DocumentBuilder::documents(build),
    };
    Tree {
        files: vec![
            file("configmap.yaml", "The settings that all pods read.", &|documents| {
                documents.object(settings_object(values));
            }),
            file("deployment.yaml", "The pods that answer requests.", &|documents| documents.object(web(values))),
            file("service.yaml", "The address of the pods inside the cluster.", &|documents| {
                documents.object(service(values));
            }),
            file("ingress.yaml", "The address outside the cluster, where a host is given.", &|documents| {
                documents.refuse(
                    all([&not_empty(&values.web.host), &equal(&values.web.replicas, &0)]),
                    "web.replicas: a service that is published needs a pod",
                );
                documents.when(not_empty(&values.web.host), |documents| documents.object(ingress(values)));
            }),
            file("workers.yaml", "The workers: a Deployment for each.", &|documents| {
                documents.range(["name", "entry"], &values.workers, |documents, name, entry| {
                    documents.bind(
                        "worker",
                        &overlay::<Worker>(&values.worker_defaults, &entry),
                        |documents, worker| documents.object(self::worker(values, &name, &worker)),
                    );
                });
            }),
        ],
        notes: notes(values),
    }
}

/// app.properties: a line for each setting. The pods carry its checksum, so that a change rolls them.
fn settings(values: &ValuesSymbol) -> Expr<String> {
    let all = values.settings.clone();
    let lines = lines_helper("web-service.settings", "The file app.properties.", [], |lines, ()| {
        lines.line("# Settings of the service.");
        lines.range(["setting", "value"], &all, |lines, setting, value| lines.line(text!("{setting}={value}")));
    });
    lines.call(())
}

fn labels(component: &Expr<String>) -> Fragment<Map<Text>> {
    fragment!(Map<Text> {
        "app.kubernetes.io/name": NAME,
        "app.kubernetes.io/instance": release::name(),
        "app.kubernetes.io/component": component,
    })
}

fn settings_object(values: &ValuesSymbol) -> Object {
    object!(ConfigMap {
        metadata: {
            name: text!("{release::name()}-settings"),
            labels: labels(&text_of(&[&"settings"])),
        },
        data: { "app.properties": block(settings(values)) },
    })
}

fn web(values: &ValuesSymbol) -> Object {
    let component = &text_of(&[&"web"]);
    let web = &values.web;
    object!(Deployment {
        metadata: {
            name: text!("{release::name()}-web"),
            labels: labels(component),
        },
        spec: {
            replicas: &web.replicas,
            selector: { matchLabels: labels(component) },
            template: {
                metadata: {
                    labels: labels(component),
                    annotations: {
                        # "A change of the settings rolls the pods."
                        "checksum/settings": sha256(settings(values)),
                    },
                },
                spec: {
                    with selector = &web.node_selector { nodeSelector: selector, }
                    ..settings_volume(),
                    containers: [{
                        name: "web",
                        ..container(values),
                        ports: [{ name: "http", containerPort: &web.port, protocol: "TCP" }],
                        readinessProbe: { httpGet: { path: "/ready", port: "http" } },
                    }],
                },
            },
        },
    })
}

fn worker(values: &ValuesSymbol, name: &Expr<WorkerName>, worker: &WorkerSymbol) -> Object {
    let component = &text!("worker-{name}");
    object!(Deployment {
        metadata: {
            name: text!("{release::name()}-{name}"),
            labels: labels(component),
        },
        spec: {
            replicas: &worker.replicas,
            selector: { matchLabels: labels(component) },
            template: {
                metadata: { labels: labels(component) },
                spec: {
                    ..settings_volume(),
                    containers: [{
                        name: "worker",
                        ..container(values),
                        args: ["work", &worker.queue],
                    }],
                },
            },
        },
    })
}

fn container(values: &ValuesSymbol) -> Fragment<Container> {
    fragment!(Container {
        image: text!("{values.image.name}:{values.image.tag}"),
        volumeMounts: [{ name: "settings", mountPath: "/etc/app", readOnly: true }],
    })
}

fn settings_volume() -> Fragment<PodSpec> {
    fragment!(PodSpec {
        volumes: [{ name: "settings", configMap: { name: text!("{release::name()}-settings") } }],
    })
}

fn service(values: &ValuesSymbol) -> Object {
    let component = &text_of(&[&"web"]);
    object!(Service {
        metadata: {
            name: text!("{release::name()}-web"),
            labels: labels(component),
        },
        spec: {
            selector: labels(component),
            ports: [{ name: "http", port: &values.web.port, targetPort: "http", protocol: "TCP" }],
        },
    })
}

fn ingress(values: &ValuesSymbol) -> Object {
    object!(Ingress {
        metadata: {
            name: text!("{release::name()}-web"),
            labels: labels(&text_of(&[&"web"])),
        },
        spec: {
            rules: [{
                host: &values.web.host,
                http: {
                    paths: [{
                        path: "/",
                        pathType: "Prefix",
                        backend: { service: { name: text!("{release::name()}-web"), port: { name: "http" } } },
                    }],
                },
            }],
        },
    })
}

fn notes(values: &ValuesSymbol) -> Vec<helmwright::tree::Line> {
    let pods = text_helper::<String>(
        "web-service.workerPods",
        "Number of pods of all workers together.",
        to_text(sum_of("pods", &values.workers, |_, entry| {
            overlay::<Worker>(&values.worker_defaults, &entry).replicas.clone()
        })),
    );
    Lines::build(|lines| {
        lines.line(text!("{release::name()} runs in the namespace {release::namespace()}."));
        lines.line(text!("Pods of all workers: {pods}"));
        lines.when(not_empty(&values.web.host), |lines| lines.line(text!("Open https://{values.web.host}/")));
    })
}
