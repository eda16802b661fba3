//! What users of the chart set: one Rust type, from which schema, `values.yaml` and reference are printed.

use std::collections::BTreeMap;

use helmwright::Values as DeriveValues;
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

helmwright::texts! {
    /// Reference of an image, such as `registry.example.com/shop/web`.
    pub struct ImageName: Token, "^[a-z0-9][a-z0-9./:_-]*$", "the name of an image without its tag";
    /// Tag of an image.
    pub struct ImageTag: Token, "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", "a tag of letters, digits, '_', '.' and '-'";
    /// Host name, or nothing.
    pub struct OptionalHost: Name, "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?$", "empty, or a host name";
    /// Name of a worker: with the longest name of a release it fits 63 characters.
    pub struct WorkerName: Label, "^[a-z]([a-z0-9-]{0,7}[a-z0-9])?$",
        "a name of at most 9 lower case letters, digits and '-', beginning with a letter";
    /// Name of a queue.
    pub struct QueueName: Token, "^[a-z][a-z0-9.-]{0,62}$", "a queue's name: lower case letters, digits, '.' and '-'";
    /// Name of a setting.
    pub struct SettingName: Token, "^[a-z][a-z0-9.]{0,62}$", "a setting's name: lower case letters, digits and '.'";
    /// Text of one line.
    pub struct LineText: Printable, "^[^\\x00-\\x1F\\x7F-\\x9F\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]*$", "one line of text";
    /// Key of a node's label.
    pub struct LabelKey: Token, "^[A-Za-z0-9][A-Za-z0-9_./-]{0,252}$", "a label's key";
    /// Value of a node's label.
    pub struct LabelValue: Token, "^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", "a label's value";
}

helmwright::integers! {
    /// A TCP port that needs no privileges.
    pub struct Port(1024..=65535);
    /// A number of pods.
    pub struct Replicas(0..=100);
}

/// The image of all pods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Image {
    /// Where the image comes from.
    pub name: ImageName,
    /// Tag of the image.
    pub tag: ImageTag,
}

/// The pods that answer requests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Web {
    /// Number of pods.
    pub replicas: Replicas,
    /// Port that the pods listen on.
    pub port: Port,
    /// Host that the service is published under; empty for none.
    pub host: OptionalHost,
    /// Labels that a node has to have.
    pub node_selector: BTreeMap<LabelKey, LabelValue>,
}

/// A worker: pods that take jobs from one queue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Worker {
    /// Queue that jobs come from.
    pub queue: QueueName,
    /// Number of pods.
    pub replicas: Replicas,
}

/// Values of a web service with workers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, DeriveValues)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Values {
    /// The image of all pods.
    pub image: Image,
    /// The pods that answer requests.
    pub web: Web,
    /// Settings by name, which all pods read from a file.
    pub settings: BTreeMap<SettingName, LineText>,
    /// The workers by name. Every key of workerDefaults may stand here.
    pub workers: BTreeMap<WorkerName, PartialOf<Worker>>,
    /// What a worker has where it says nothing else.
    pub worker_defaults: Worker,
}

/// Keys without a default.
pub const REQUIRED: &[&[&str]] = &[&["image", "tag"]];

impl Default for Values {
    fn default() -> Self {
        Self {
            image: Image {
                name: ImageName::constant("registry.example.com/shop/web"),
                tag: ImageTag::constant("set-by-users"),
            },
            web: Web {
                replicas: Replicas::constant(2),
                port: Port::constant(8080),
                host: OptionalHost::constant(""),
                node_selector: BTreeMap::new(),
            },
            settings: BTreeMap::new(),
            workers: BTreeMap::new(),
            worker_defaults: Worker { queue: QueueName::constant("default"), replicas: Replicas::constant(1) },
        }
    }
}
