//! Reading values: files to typed values, or to every fault at its place.
//!
//! [`Reader`] reads files as Helm does: several files are laid over one another, the last one wins, and all over the
//! chart's defaults. The merged values are decoded into their Rust type, whose newtypes check them. Only when that
//! refuses is the type's schema compiled, to find all faults; each becomes a finding at the key or value that caused
//! it. [`RULES`] lists the reasons.
//!
//! ```
//! use helmwright::describe;
//! use helmwright::read::{Origin, Reader};
//! use helmwright_diagnostics::SourceMap;
//! use helmwright_yaml::PathSegment;
//!
//! #[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
//! #[serde(rename_all = "camelCase", deny_unknown_fields)]
//! struct Settings {
//!     /// Number of pods.
//!     replicas: i64,
//!     /// Name of the class.
//!     class: String,
//! }
//!
//! let settings = Settings { replicas: 3, class: "standard".to_owned() };
//! let reader = Reader::<Settings>::new(describe::defaults(&settings, &[])?);
//!
//! let mut sources = SourceMap::new();
//! let read = reader.read(&mut sources, [("base.yaml", "replicas: 4\n"), ("prod.yaml", "replicas: 6\n")]);
//! let read = read.map_err(|findings| helmwright_diagnostics::human(&findings, &sources, Default::default()))?;
//! assert_eq!((read.values.replicas, read.values.class.as_str()), (6, "standard"));
//! assert!(matches!(read.origin(&[PathSegment::from("replicas")]), Origin::File(span) if sources.name(span.source) == "prod.yaml"));
//! assert_eq!(read.origin(&[PathSegment::from("class")]), Origin::Default);
//!
//! let findings = reader.read(&mut sources, [("prod.yaml", "replica: 6\n")]).err().unwrap_or_default();
//! assert_eq!(findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>(), ["unknown key `replica`"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This module reads no files itself, and knows neither templates nor rules that compare values with one another.

mod decoder;
#[cfg(feature = "diagnose")]
mod diagnose;
mod faults;
mod file;
mod hidden;
mod judge;
mod layers;
mod migrate;
mod nulls;
mod reader;
mod refusal;
mod rules;

pub use decoder::{DecodeError, decode};
pub use file::ValuesFile;
pub use hidden::Secrets;
pub use layers::Origin;
pub use migrate::{Migrated, RenamedKey};
pub use reader::{ReadValues, Reader};
pub use rules::{RULES, Rule};
