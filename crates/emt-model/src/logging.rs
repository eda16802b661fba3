//! Where logs go (seed rows S1-211, S1-231, S1-245, S1-300 to S1-306).

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{AccessMode, LogStorageKind, OpenTrafficOutput};
use crate::names::{LogName, OptionalObjectName, Quantity, StorageClass};

/// Where logs go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Logging {
    /// Whether traces are also written to files in the pod.
    pub trace_to_file: bool,
    /// Whether traces go to standard output as JSON, for a collector on the node.
    ///
    /// Seed: S1-211, S1-245.
    pub trace_json_to_stdout: bool,
    /// Where open traffic logs go: stdout or file.
    pub open_traffic_output: OpenTrafficOutput,
    /// The audit log.
    pub audit: AuditLog,
    /// What holds the log files.
    pub volumes: LogVolumes,
}

/// The audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuditLog {
    /// Its directory, selectors allowed; empty for the product's own.
    pub directory: LogName,
    /// Its file's name, selectors allowed.
    pub file_name: LogName,
}

/// What holds the log files, by the name of the pods' volume.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogVolumes {
    /// Trace files.
    ///
    /// Seed: S1-300 to S1-302.
    pub trace: LogVolume,
    /// Open traffic event logs of gateways.
    ///
    /// Seed: S1-306.
    pub opentraffic: LogVolume,
    /// Transaction audit and access logs.
    ///
    /// Seed: S1-303, S1-304.
    pub audit: LogVolume,
}

/// What holds one kind of log files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogVolume {
    /// emptyDir: largest size; a pod that writes more is evicted.
    pub size_limit: Quantity,
    /// What the volume is.
    pub storage: LogStorage,
}

/// What a log volume is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogStorage {
    /// emptyDir: gone with the pod. claim: a claim of the release. existing: a claim that exists. On a claim each pod has
    /// a directory of its own, named after the pod.
    #[serde(rename = "type")]
    pub kind: LogStorageKind,
    /// claim: storage class; empty for the cluster's default. It has to allow several writers.
    pub class_name: StorageClass,
    /// claim: ReadWriteMany; ReadWriteOnce on clusters of one node alone.
    pub access_mode: AccessMode,
    /// claim: its size.
    pub size: Quantity,
    /// existing: name of the claim.
    pub existing_claim: OptionalObjectName,
    /// claim: whether it stays when the release is uninstalled.
    pub keep_on_uninstall: bool,
}

impl Default for LogVolume {
    fn default() -> Self {
        Self {
            size_limit: Quantity::constant("1Gi"),
            storage: LogStorage {
                kind: LogStorageKind::EmptyDir,
                class_name: StorageClass::constant(""),
                access_mode: AccessMode::ReadWriteMany,
                size: Quantity::constant("10Gi"),
                existing_claim: OptionalObjectName::constant(""),
                keep_on_uninstall: true,
            },
        }
    }
}

impl Default for Logging {
    fn default() -> Self {
        Self {
            trace_to_file: false,
            trace_json_to_stdout: true,
            open_traffic_output: OpenTrafficOutput::Stdout,
            audit: AuditLog { directory: LogName::constant(""), file_name: LogName::constant("audit.log") },
            volumes: LogVolumes {
                trace: LogVolume::default(),
                opentraffic: LogVolume::default(),
                audit: LogVolume::default(),
            },
        }
    }
}
