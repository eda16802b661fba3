//! The values of the Amplify API Management reference architecture: types, defaults, calculations.
//!
//! Every value is a field of a struct below [`Values`], with its default, its range and, in its documentation, the row of
//! the reference architecture that it comes from. The chart's `values.yaml`, schema and reference are printed from here.
//!
//! The model knows no objects and does no input or output. Kubernetes blocks that values pass through are named in
//! one module, [`kubernetes`].

pub mod accept;
pub mod access;
pub mod admin_node_manager;
pub mod choices;
pub mod configuration;
pub mod databases;
pub mod events;
pub mod extra_objects;
pub mod global;
pub mod group;
pub mod hatches;
pub mod image;
pub mod ingress;
pub mod kubernetes;
pub mod layers;
pub mod logging;
pub mod manager;
pub mod monitoring;
pub mod names;
pub mod network;
pub mod numbers;
pub mod pod;
pub mod probes;
mod renamed;
pub mod secrecy;
pub mod secrets;
pub mod setup;
pub mod stage;
pub mod surge;
pub mod traffic;
mod values;

pub use renamed::RENAMED;
pub use values::{
    DomainCertificate, DomainCertificateSymbol, License, LicenseSymbol, Prechecks, PrechecksSymbol, REQUIRED, Topology,
    TopologySymbol, UsageLog, UsageLogSymbol, Values, ValuesLayer, ValuesSymbol,
};
