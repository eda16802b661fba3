//! Reading YAML with places, the way Helm reads it, and writing YAML that Helm reads back unchanged.
//!
//! # Reading
//!
//! Helm reads values files with `sigs.k8s.io/yaml`, which follows YAML 1.1; editors, linters and most libraries follow
//! YAML 1.2. [`read`] gives the tree that both give, with the place of every key and value, and refuses the scalars on
//! which they differ (`on`, `017`, `1_000`, a key `n`), each with its place and the fix. Refused as well is what would
//! be lost or guessed on the way: duplicate keys, second documents, merge keys, tags, integers beyond 2^53 − 1.
//! [`RULES`] lists every reason. All findings of a file are given at once.
//!
//! Two kinds of scalar are accepted although YAML 1.1 to the letter has another reading, since Helm and YAML 1.2 agree
//! on them: `1e3` and `+.5` are numbers, `2001-01-01` is a string.
//!
//! # Writing
//!
//! [`write()`] gives block YAML in kubectl's style whose every string survives Helm's reader, YAML 1.2 readers and strict
//! YAML 1.1 readers alike.
//!
//! ```
//! use helmwright_diagnostics::SourceMap;
//! use helmwright_yaml::{read, write};
//!
//! let mut sources = SourceMap::new();
//! let file = sources.add("values.yaml", "ports: [8080, 8443]\nmode: \"on\"\n");
//! let document = read(&sources, file)?;
//! let value = document.root.to_json();
//! assert_eq!(value["ports"][1], 8443);
//! assert_eq!(write(&value), "ports:\n- 8080\n- 8443\nmode: \"on\"\n");
//! # Ok::<(), helmwright_diagnostics::Findings>(())
//! ```
//!
//! This crate is the only one that knows a YAML library. It knows nothing of values files, charts or Kubernetes.

mod anchors;
mod characters;
mod describe;
mod limits;
mod loader;
mod node;
mod path;
mod read;
mod readings;
mod refusals;
mod resolve;
mod rules;
mod scalars;
mod syntax;
mod tabs;
mod write;

pub use limits::{MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, MAX_INTEGER, MAX_NODES, MAX_TEXT_BYTES};
pub use node::{Document, Entries, Key, Node, NodeValue, Walk};
pub use path::{PathSegment, display_path, keys, leaves, parse_path, value_at};
pub use read::{read, read_bytes, read_bytes_partly, read_partly};
pub use rules::{RULES, Rule};
pub use write::{write, write_documents};
