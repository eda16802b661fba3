//! Where the workspace is, where its builds go, and the cargo that runs these tasks.
//!
//! Limit: the root is the one that cargo runs the tasks from, not the one that they were compiled in: clones may share a
//! folder for builds.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map_or_else(|| package.clone(), PathBuf::from)
}

/// The folder that builds go to.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// The same cargo, at the workspace's root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}
