//! `cargo xtask bench`: measures emt and its peers.
//!
//! Limit: not written yet.

use anyhow::{Result, bail};

/// Fails: there is nothing to measure yet.
pub(crate) fn run() -> Result<()> {
    bail!("`cargo xtask bench` has nothing to measure yet")
}
