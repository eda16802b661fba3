//! The description of a values type: its JSON schema, its defaults, a commented `values.yaml`, a reference table.
//!
//! Everything is printed from the Rust type: keys and types from its schema, words from its documentation, defaults from
//! its default value. A paragraph of documentation that begins with `Seed:` names the requirements that a value comes
//! from; it is no part of descriptions.
//!
//! ```
//! use helmwright::describe;
//!
//! /// Values of a small chart.
//! #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
//! #[serde(rename_all = "camelCase", deny_unknown_fields)]
//! struct Settings {
//!     /// Number of pods.
//!     replicas: i64,
//! }
//!
//! let defaults = describe::defaults(&Settings { replicas: 3 }, &[])?;
//! let mut schema = describe::schema::<Settings>("sample", None);
//! describe::add_defaults(&mut schema, &defaults);
//! assert_eq!(schema["properties"]["replicas"]["default"], 3);
//!
//! let text = describe::values_yaml(&schema, &defaults, &[], "Values of the sample chart.");
//! assert!(text.ends_with("# Number of pods.\nreplicas: 3\n"));
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! This module knows no templates, and writes no files.

mod defaults;
pub(crate) mod example;
mod json_text;
mod pattern;
mod prose;
mod renamed;
mod schema;
mod table;
mod types;
mod values_yaml;
pub(crate) mod view;
pub(crate) mod words;

pub use defaults::{add_defaults, defaults};
pub use renamed::add_renames;
pub use schema::{schema, schema_text, unportable};
pub use table::{NoSuchPath, Row, markdown_table, row_at, table};
pub use types::{NamedType, TypeKeys, markdown_types, types};
pub use values_yaml::values_yaml;
