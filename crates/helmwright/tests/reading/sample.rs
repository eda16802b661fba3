//! Values with a newtype of every kind.

use std::collections::BTreeMap;

use helmwright::Values;
use helmwright::describe;
use helmwright::read::Reader;
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

helmwright::texts! {
    /// Name of a group.
    pub struct GroupName: Label, "^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$", "a name of at most 20 lower case letters, digits and '-'";
    /// A host, or nothing.
    pub struct OptionalHost: Name, "^([a-z0-9][a-z0-9.-]{0,252})?$", "empty, or a host name";
    /// A registry.
    pub struct Registry: Token, "^[a-z0-9][a-z0-9.:/-]*$", "a registry host without scheme";
    /// A quantity.
    pub struct Quantity: Token, "^[0-9]+(m|Mi|Gi)?$", "a quantity such as \"500m\" or \"2Gi\", in quotes";
    /// A variable.
    pub struct VariableName: Token, "^[A-Z_]+$", "a name of capitals that the chart does not set itself", reserved &["GROUP_ID"];
    /// A line.
    pub struct Line: Any, "^[^\\x00-\\x1F\\u2028]*$", "one line of text";
}

helmwright::integers! {
    /// A port.
    pub struct Port(1..=65535);
}

helmwright::choices! {
    /// How much is traced.
    pub enum Trace { Info = "INFO", Debug = "DEBUG", Data = "DATA" }
}

/// Where images come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Image {
    /// Registry of the images, without scheme.
    ///
    /// Seed: S1-016.
    #[schemars(example = "registry.example.com/sample")]
    pub registry: Registry,
    /// Tag of the image.
    pub tag: String,
}

/// What a container may use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Resources {
    /// Cores.
    pub cpu: Quantity,
    /// Whether it is a limit.
    pub limited: bool,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Group {
    /// Number of pods.
    pub replicas: i64,
    /// Port of the pods.
    pub port: Port,
    /// How much is traced.
    pub trace: Trace,
    /// What a container may use.
    pub resources: Resources,
    /// Variables by name.
    pub env: BTreeMap<VariableName, Line>,
}

/// Values of the sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where images come from.
    pub image: Image,
    /// The groups by name.
    #[schemars(example = serde_json::json!({ "main": { "port": 8443 } }))]
    pub groups: BTreeMap<GroupName, PartialOf<Group>>,
    /// What a group has where it says nothing else.
    pub group_defaults: Group,
    /// Hosts of the database.
    #[schemars(example = ["a.example.com"])]
    pub hosts: Vec<OptionalHost>,
    /// Host of the metrics.
    pub metrics_host: OptionalHost,
}

/// Keys without a default.
pub(crate) const REQUIRED: &[&[&str]] = &[&["image", "registry"]];

impl Default for Settings {
    fn default() -> Self {
        Self {
            image: Image { registry: Registry::constant(""), tag: "1.0".to_owned() },
            groups: BTreeMap::new(),
            group_defaults: Group {
                replicas: 3,
                port: Port::constant(8080),
                trace: Trace::Info,
                resources: Resources { cpu: Quantity::constant("500m"), limited: true },
                env: BTreeMap::new(),
            },
            hosts: Vec::new(),
            metrics_host: OptionalHost::constant(""),
        }
    }
}

pub(crate) fn reader() -> Reader<Settings> {
    Reader::new(describe::defaults(&Settings::default(), REQUIRED).unwrap_or_default())
}
