//! CPU, memory and local disk of containers.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::names::Quantity;

/// CPU, memory and local disk of a container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResourceAmounts {
    /// Cores, such as "500m" or "2".
    pub cpu: Quantity,
    /// Memory, such as "512Mi" or "2Gi".
    pub memory: Quantity,
    /// Local disk: the container's own files, /tmp and logs.
    pub ephemeral_storage: Quantity,
}

impl ResourceAmounts {
    fn new(cpu: &'static str, memory: &'static str, ephemeral_storage: &'static str) -> Self {
        Self {
            cpu: Quantity::constant(cpu),
            memory: Quantity::constant(memory),
            ephemeral_storage: Quantity::constant(ephemeral_storage),
        }
    }
}

/// What a container asks for, and what it may use at most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Resources {
    /// What the scheduler reserves.
    ///
    /// Seed: S1-143: 0.5 CPU, 0.5 GB (taken as 512Mi).
    pub requests: ResourceAmounts,
    /// What the container may use at most.
    ///
    /// Seed: S1-143, S1-256: 2 CPU, 2 GB (taken as 2Gi).
    pub limits: ResourceAmounts,
}

impl Resources {
    /// The seed's Admin Node Manager: S1-144, S1-216: limits 1 CPU and 2 GB.
    #[must_use]
    pub fn admin_node_manager() -> Self {
        Self { requests: ResourceAmounts::new("500m", "512Mi", "1Gi"), limits: ResourceAmounts::new("1", "2Gi", "4Gi") }
    }

    /// A container that only waits.
    #[must_use]
    pub fn waiting() -> Self {
        Self {
            requests: ResourceAmounts::new("25m", "32Mi", "16Mi"),
            limits: ResourceAmounts::new("100m", "64Mi", "64Mi"),
        }
    }

    /// A job that runs the product's database tool.
    #[must_use]
    pub fn database_setup() -> Self {
        Self {
            requests: ResourceAmounts::new("100m", "256Mi", "64Mi"),
            limits: ResourceAmounts::new("1", "512Mi", "1Gi"),
        }
    }

    /// A container of which nothing is known.
    #[must_use]
    pub fn of_others() -> Self {
        Self {
            requests: ResourceAmounts::new("100m", "128Mi", "64Mi"),
            limits: ResourceAmounts::new("500m", "512Mi", "1Gi"),
        }
    }

    /// The seed's gateway: S1-143, S1-256.
    #[must_use]
    pub fn gateway() -> Self {
        Self { requests: ResourceAmounts::new("500m", "512Mi", "1Gi"), limits: ResourceAmounts::new("2", "2Gi", "4Gi") }
    }
}
