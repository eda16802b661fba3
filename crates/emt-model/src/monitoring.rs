//! Scraping by Prometheus (seed row S1-033). The product has no endpoint of its own for it.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::{OptionalPortName, UrlPath};
use crate::numbers::PositiveSeconds;
use crate::pod::Labels;

/// Scraping by Prometheus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Monitoring {
    /// A PodMonitor of the Prometheus operator, for an exporter of yours beside the components (extraContainers).
    ///
    /// Seed: S1-033.
    pub pod_monitor: PodMonitor,
}

/// A PodMonitor of the Prometheus operator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PodMonitor {
    /// Whether there is a PodMonitor.
    pub enabled: bool,
    /// Name of the exporter's container port; pods without such a port are passed over.
    pub port: OptionalPortName,
    /// Path of the metrics.
    pub path: UrlPath,
    /// Seconds between two scrapes.
    pub interval_seconds: PositiveSeconds,
    /// Labels of the PodMonitor, by which a Prometheus chooses what it scrapes.
    pub labels: Labels,
}

impl Default for Monitoring {
    fn default() -> Self {
        Self {
            pod_monitor: PodMonitor {
                enabled: false,
                port: OptionalPortName::constant(""),
                path: UrlPath::constant("/metrics"),
                interval_seconds: PositiveSeconds::constant(30),
                labels: Labels::new(),
            },
        }
    }
}
