//! Judges of the tests: real Helm 3 and 4, `kubernetes-validate`, `kubeconform` and registries, and how they are found.
//!
//! A test asks for a judge, gets it or `None`, and returns early on `None`. Under `cargo xtask test`, which sets
//! `EMT_TOOLS`, a missing judge is a failure instead. See [`tools`] for the rule.
//!
//! Limits: this library knows charts only as directories and objects only as JSON; it depends on no other crate of the
//! workspace, so that `xtask` can use its table of tools. Judges run on Linux and macOS.

mod browser;
mod differences;
mod helm;
mod kubernetes;
mod random;
pub mod registry;
mod scratch;
pub mod tools;

pub use browser::Browser;
pub use differences::differences;
pub use helm::{Case, Helm, HelmError, Object, Printed, Rendered, helms};
pub use kubernetes::{Finding, Validation, ValidationError, kubeconform, kubernetes_validate};
pub use random::{Random, SEED};
