//! How pods are replaced, end, and may be away.

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::numbers::{HistoryLimit, PositiveSeconds, Seconds};
use crate::surge::CountOrPercentage;

/// How pods are replaced when something changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollout {
    /// Pods above the wanted number while pods are replaced: a number or a percentage.
    ///
    /// Seed: S1-358.
    pub max_surge: CountOrPercentage,
    /// Pods that may be missing while pods are replaced: a number or a percentage.
    ///
    /// Seed: S1-357.
    pub max_unavailable: CountOrPercentage,
    /// Seconds that a new pod has to be ready before it counts.
    pub min_ready_seconds: Seconds,
    /// Seconds until a rollout without progress counts as failed.
    pub progress_deadline_seconds: PositiveSeconds,
    /// Old ReplicaSets that are kept.
    pub revision_history_limit: HistoryLimit,
}

impl Rollout {
    /// The old pod ends before the new one begins: two Admin Node Managers at once would break login and topology. A
    /// stated deviation from the seed's default (S1-357, S1-358).
    #[must_use]
    pub fn one_by_one() -> Self {
        Self { max_surge: CountOrPercentage::count(0), ..Self::default() }
    }
}

impl Default for Rollout {
    fn default() -> Self {
        Self {
            max_surge: CountOrPercentage::percentage(25),
            max_unavailable: CountOrPercentage::count(1),
            min_ready_seconds: Seconds::constant(0),
            progress_deadline_seconds: PositiveSeconds::constant(1200),
            revision_history_limit: HistoryLimit::constant(5),
        }
    }
}

/// How a pod ends without losing a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Drain {
    /// Seconds that the pod goes on serving after it was told to end: load balancers need them to notice.
    pub pre_stop_seconds: PositiveSeconds,
    /// Seconds that the longest request takes. The grace period is both together and 10 seconds.
    pub longest_request_seconds: Seconds,
}

impl Default for Drain {
    fn default() -> Self {
        Self { pre_stop_seconds: PositiveSeconds::constant(20), longest_request_seconds: Seconds::constant(60) }
    }
}

/// How many pods may be away at once when nodes are drained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DisruptionBudget {
    /// Whether there is a budget.
    pub enabled: bool,
    /// Pods that may be away at once: a number or a percentage.
    pub max_unavailable: CountOrPercentage,
}

impl Default for DisruptionBudget {
    fn default() -> Self {
        Self { enabled: true, max_unavailable: CountOrPercentage::count(1) }
    }
}
