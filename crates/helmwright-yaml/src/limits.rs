//! The limits that bound the time and memory of reading one file.
//!
//! They are far above any values file that people write and low enough that a hostile file is refused within a second.

/// Bytes of a file: 4 MiB. A larger one is refused before it is parsed.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Levels of maps and lists, aliases expanded.
pub const MAX_DEPTH: usize = 100;

/// Nodes of a document (maps, lists and scalars; keys do not count), aliases expanded.
pub const MAX_NODES: usize = 200_000;

/// Bytes of all strings and keys of a document, aliases expanded: 16 MiB.
pub const MAX_TEXT_BYTES: usize = 16 * 1024 * 1024;

/// Findings of a file after which reading stops.
pub const MAX_FINDINGS: usize = 1000;

/// The largest integer, 2^53 − 1: Helm carries numbers as 64-bit floats, which are exact up to here.
pub const MAX_INTEGER: i64 = (1 << 53) - 1;
