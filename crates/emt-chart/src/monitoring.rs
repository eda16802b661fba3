//! Scraping by Prometheus (seed row S1-033), of an exporter that the user brings.

use helmwright::tree::File;
use helmwright::typed::DocumentBuilder;
use helmwright::values::release;
use helmwright::{object, text};
use helmwright_k8s::types::PodMonitor;

use crate::common::Common;

/// The template file.
pub(crate) fn file(common: &Common) -> File {
    let monitor = &common.values.monitoring.pod_monitor;
    let (fullname, annotations) = (&common.fullname, &common.values.common_annotations);
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(&monitor.enabled, |documents| {
            documents.object(object!(PodMonitor {
                metadata: {
                    name: fullname,
                    namespace: release::namespace(),
                    labels: common.labels_and("monitoring", &monitor.labels),
                    with annotations = annotations { annotations: annotations, }
                },
                spec: {
                    selector: {
                        matchLabels: {
                            "app.kubernetes.io/name": crate::NAME,
                            "app.kubernetes.io/instance": release::name(),
                        },
                    },
                    podMetricsEndpoints: [
                        {
                            port: &monitor.port,
                            path: &monitor.path,
                            interval: text!("{monitor.interval_seconds}s"),
                        },
                    ],
                },
            }));
        });
    });
    File {
        name: "podmonitor.yaml",
        purpose: "What a Prometheus scrapes: an exporter beside the components.",
        documents,
    }
}
