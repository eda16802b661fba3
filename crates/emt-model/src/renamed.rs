//! Keys that had another name in an earlier version: the one table of them.
//!
//! What follows from a row: the reader and the schema refuse the former name and say the new one, `emt migrate` renames it
//! in files, and `emt review` reads a base that still has it.

use helmwright::values::Renamed;

/// The renamed keys. A rename takes a major version (before 1.0.0 a minor one); its row stays.
pub const RENAMED: &[Renamed] = &[
    // Kubernetes' own name, of the field that it becomes.
    Renamed {
        within: &["gatewayGroupDefaults", "traffic", "autoscaling", "*"],
        from: "stabilizationSeconds",
        to: "stabilizationWindowSeconds",
        since: "0.2.0",
    },
    Renamed {
        within: &["gatewayGroups", "*", "traffic", "autoscaling", "*"],
        from: "stabilizationSeconds",
        to: "stabilizationWindowSeconds",
        since: "0.2.0",
    },
];
