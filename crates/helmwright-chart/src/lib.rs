//! Assembly of a Helm chart: what stands beside its templates, and writing it to a directory.
//!
//! - [`ChartFacts`]: what the chart is called and says of itself, written to `Chart.yaml`.
//! - [`Package`]: a tree with its facts, schema, values and README parts, assembled into [`OutputFile`]s.
//! - [`release_problems`]: whether a version may follow another: [`narrowings`] of the values schema, changed defaults, and
//!   what the changelog says ([`changes`]).
//! - [`replace_directory`] and [`new_directory`]: a set of files as a directory, all or nothing.
//!
//! Everything is a pure function of its input: no clock, no environment, no host. Packing, digests and registries are
//! another crate's part; what the values mean is the engine's.

mod changelog;
mod compatibility;
mod directory;
mod facts;
mod metadata;
mod package;
mod readme;
mod release;

pub use changelog::changes;
pub use compatibility::narrowings;
pub use directory::{MARKER, OutputFile, WriteError, new_directory, replace_directory};
pub use facts::{Change, ChangeKind, ChartFacts, Maintainer};
pub use package::{Package, ValuesFile};
pub use readme::Readme;
pub use release::{DefaultChange, ReleaseProblem, VersionedSchema, default_changes, is_major_step, release_problems};
