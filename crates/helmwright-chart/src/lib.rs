//! Assembly of a Helm chart: what stands beside its templates, and writing it to a directory.
//!
//! - [`ChartFacts`]: what the chart is called and says of itself, written to `Chart.yaml`.
//! - [`Package`]: a tree with its facts, schema, values and README parts, assembled into [`OutputFile`]s.
//! - [`narrowings`]: whether a values schema still takes what an earlier one took.
//! - [`replace_directory`] and [`new_directory`]: a set of files as a directory, all or nothing.
//!
//! Everything is a pure function of its input: no clock, no environment, no host. Packing, digests and registries are
//! another crate's part; what the values mean is the engine's.

mod compatibility;
mod directory;
mod facts;
mod metadata;
mod package;
mod readme;

pub use compatibility::narrowings;
pub use directory::{MARKER, OutputFile, WriteError, new_directory, replace_directory};
pub use facts::{Change, ChangeKind, ChartFacts, Maintainer};
pub use package::{Package, ValuesFile};
pub use readme::Readme;
