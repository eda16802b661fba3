//! The commands, a file each: its arguments, and what it asks of the library.

pub(crate) mod chart;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod conformance;
#[cfg(feature = "review")]
pub(crate) mod diff;
pub(crate) mod explain;
#[cfg(feature = "oci")]
pub(crate) mod gitops;
#[cfg(feature = "oci")]
pub(crate) mod images;
pub(crate) mod man;
#[cfg(feature = "oci")]
pub(crate) mod package;
pub(crate) mod plan;
#[cfg(feature = "oci")]
pub(crate) mod pull;
#[cfg(feature = "oci")]
pub(crate) mod push;
pub(crate) mod render;
#[cfg(feature = "review")]
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod values;
#[cfg(feature = "oci")]
pub(crate) mod verify;
