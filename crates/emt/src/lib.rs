//! Axway Amplify API Management in Kubernetes, as a library: render its manifests, emit its chart, check its values.
//!
//! Values come from files, read as Helm reads them, or are built in code:
//!
//! ```
//! use emt::model::group::GatewayGroupPartial;
//! use emt::model::names::{GroupName, ImageTag, Registry};
//! use emt::{Input, Release, Values, render};
//!
//! let mut values = Values::new(Registry::new("registry.example.com/apim")?);
//! values.admin_node_manager.image.tag = ImageTag::new("7.7.0")?;
//! values.gateway_group_defaults.image.tag = ImageTag::new("1.4.2")?;
//! values.cassandra.enabled = false;
//! values.gateway_group_defaults.manager.enabled = false;
//! values.metrics_database.enabled = false;
//! values.ingress.enabled = false;
//! values.gateway_groups.insert(GroupName::new("main")?, GatewayGroupPartial::default());
//!
//! let input = Input::from_values(&values, Release::new("apim", "apim-test")?)?;
//! let manifests = render(&input)?;
//! assert!(manifests.find("Deployment", "apim-main-traffic").is_some());
//! assert!(manifests.to_yaml().starts_with("---\napiVersion: policy/v1\nkind: PodDisruptionBudget\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A directory of values with an `environments.yaml` is a [`Workspace`].
//!
//! # Features
//!
//! None is on by default.
//!
//! - `diagnose`: every fault of refused values at its place, and checks of environments by rules and against all supported
//!   Kubernetes versions ([`Workspace::check`]). Without it a refusal names the first fault only.
//! - `chart`: the chart's files ([`chart()`]), and writing them ([`write_chart`]).
//! - `oci`: publishing: the chart's archive with its digests ([`package()`]), registries ([`oci`]), the objects by which
//!   Argo CD and Flux install it ([`gitops`]).
//! - `check`: conformance with the reference architecture, row by row, and the plan of an environment.
//! - `review`: what a change of values does ([`mod@review`]): values, objects, causes and risks, and reports of it.
//! - `typed`: rendered objects as k8s-openapi's types (`Manifests::typed`). Your program chooses the version feature of
//!   k8s-openapi.
//!
//! This is independent work, neither made nor endorsed by Axway; images and licences come from the vendor.

#[cfg(feature = "chart")]
mod chart;
#[cfg(feature = "diagnose")]
mod check;
#[cfg(feature = "check")]
mod conformance;
mod description;
mod dotted;
mod environment;
#[cfg(feature = "check")]
mod explain;
#[cfg(feature = "oci")]
pub mod gitops;
#[cfg(feature = "oci")]
mod images;
mod listing;
mod manifests;
mod migrate;
mod order;
#[cfg(feature = "oci")]
mod package;
mod places;
#[cfg(feature = "check")]
mod promotion;
mod refused;
mod release;
mod render;
#[cfg(feature = "review")]
pub mod review;
#[cfg(feature = "diagnose")]
mod rule_book;
mod rules;
#[cfg(feature = "chart")]
mod starter;
mod store;
#[cfg(feature = "typed")]
mod typed;
mod workspace;

pub use emt_chart::NAME;
pub use emt_model as model;
pub use emt_model::{REQUIRED, Values, ValuesLayer};
pub use helmwright::describe::{NamedType, Row};
pub use helmwright::read::{Origin, RenamedKey};
pub use helmwright::tree::Tree;
pub use helmwright::values::InvalidValue;
pub use helmwright_diagnostics as diagnostics;
pub use helmwright_k8s::{SUPPORTED as SUPPORTED_VERSIONS, Version as KubernetesVersion};
#[cfg(feature = "oci")]
pub use helmwright_oci as oci;
pub use helmwright_yaml as yaml;

#[cfg(feature = "chart")]
pub use chart::{CREATED, ChartError, chart, facts, write_chart};
#[cfg(feature = "diagnose")]
pub use check::{Report, check_input, findings_schema};
#[cfg(feature = "check")]
pub use conformance::{REFERENCE_VALUES, conformance, conformance_mutants, plan, reference_input};
pub use description::{
    defaults, environments_page, environments_schema, environments_schema_text, published_schema, reference,
    reference_types, schema, schema_text, values_yaml,
};
#[cfg(feature = "check")]
pub use emt_check as checks;
pub use environment::{
    Acceptance, DeviationName, DiskSize, Disks, Environment, EnvironmentName, NodeCount, Nodes, NodesName, NodesType,
    Reason, RelativePath, RowId, RuleId,
};
#[cfg(feature = "check")]
pub use explain::{
    DecidingValue, ExplainError, ExplainedField, ExplainedValue, Here, TemplateLine, explain_field, explain_value,
};
#[cfg(feature = "chart")]
pub use helmwright_chart::{ChartFacts, OutputFile, WriteError, new_directory, replace_directory};
#[cfg(feature = "oci")]
pub use images::{Image, images};
pub use manifests::{Manifest, Manifests, NotAnObject};
pub use migrate::{MigratedFile, Migration};
#[cfg(feature = "oci")]
pub use package::{PackageError, PackageOptions, PackageProblem, differences, package};
pub use refused::Refused;
pub use release::{Namespace, Release, ReleaseName};
pub use render::{APP_VERSION, CHART_VERSION, Input, notes, render, render_tree, tree};
#[cfg(feature = "diagnose")]
pub use rule_book::{RuleEntry, Values as RuleValues, rule_book, rule_list, rules_page};
pub use rules::{RULES, Rule};
#[cfg(feature = "chart")]
pub use starter::starter;
#[cfg(feature = "typed")]
pub use typed::TypedError;
pub use workspace::{ENVIRONMENTS, LoadError, UnknownEnvironment, Workspace};
