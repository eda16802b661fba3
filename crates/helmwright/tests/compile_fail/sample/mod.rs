//! Types and values that every case uses.
#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeMap;

use helmwright::typed::{Boolean, Integer, List, Map, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

helmwright::object_types! {
    /// What every object has.
    pub struct Metadata {
        /// Its name.
        name: Text = "name",
        /// Its labels.
        labels: Map<Text> = "labels",
    }
    /// A queue.
    pub struct Queue {
        /// What every object has.
        metadata: Metadata = "metadata",
        /// How many workers there are.
        replicas: Integer = "replicas",
        /// Whether it waits.
        paused: Boolean = "paused",
        /// What workers run.
        command: List<Text> = "command",
        /// Workers with names.
        workers: List<Worker> = "workers",
    }
    /// A worker.
    pub struct Worker {
        /// Its name.
        name: Text = "name",
    }
    /// Another kind.
    pub struct Store {
        /// What every object has.
        metadata: Metadata = "metadata",
        /// How large it is.
        size: Integer = "size",
    }
}

helmwright::kinds! {
    Queue => "example.com/v1", "Queue";
    Store => "example.com/v1", "Store";
}

helmwright::integers! {
    /// A number of workers.
    pub struct Count(0..=100);
}

helmwright::texts! {
    /// One line.
    pub struct Line: Printable, "^[ -~]*$", "one line";
    /// The name of a worker.
    pub struct WorkerName: Name, "^[a-z]{1,20}$", "a name";
}

/// What a worker is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, helmwright::Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkerValues {
    /// How many.
    pub replicas: Count,
    /// What it says.
    pub line: Line,
}

/// All values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, helmwright::Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Values {
    /// Whether there is a queue.
    pub enabled: bool,
    /// How many workers there are.
    pub replicas: Count,
    /// What they say.
    pub line: Line,
    /// What they run.
    pub words: Vec<Line>,
    /// Labels.
    pub labels: BTreeMap<WorkerName, Line>,
    /// A worker.
    pub worker: WorkerValues,
}

/// What stands for the values.
pub fn values() -> ValuesSymbol {
    helmwright::values::values::<Values>()
}
