//! `cargo xtask codegen`: writes every generated file, or checks that all are fresh.
//!
//! Each generator is a module with `run(check)`; they are called here in order of dependence.
//!
//! Limit: with `check`, stops at the first generator that has a stale file.

use anyhow::Result;

use crate::{goldens, k8s};

/// Writes all generated files; with `check`, writes nothing and fails if one would change.
pub(crate) fn run(check: bool) -> Result<()> {
    k8s::run(check)?;
    goldens::run(check)
}
