//! Findings with places in source files, and their writers for people and programs.
//!
//! One type of finding serves every layer above: the YAML reader, the value reader, rules, chart checks. A finding
//! says which rule it belongs to, what is wrong, where, and what to do about it.
//!
//! ```
//! use helmwright_diagnostics::{Finding, Findings, SourceMap, Span, Style, human};
//!
//! let mut sources = SourceMap::new();
//! let file = sources.add("values/prod.yaml", "replicas: many\n");
//! let mut findings = Findings::new();
//! findings.push(
//!     Finding::error("E001", "`replicas` must be a number")
//!         .at(Span::new(file, 10, 14), "this is a string")
//!         .help("write a number, for example 3"),
//! );
//! let text = human(&findings, &sources, Style::default());
//! assert!(text.starts_with("error[E001]: `replicas` must be a number\n --> values/prod.yaml:1:11\n"));
//! ```
//!
//! This crate knows neither YAML nor Kubernetes nor where its texts come from; it prints nothing and reads no files.

mod finding;
mod findings;
mod human;
mod json;
mod sarif;
mod similar;
mod source;
mod words;

pub use finding::{Finding, Label, Level};
pub use findings::{Counts, Findings};
pub use human::{Style, human};
pub use json::{Place, Record, json, records};
pub use sarif::{SarifLine, SarifResult, SarifRule, SarifTool, sarif, sarif_report};
pub use similar::similar;
pub use source::{Position, Source, SourceId, SourceMap, Span};
pub use words::counted;
