//! Everything that is generated for the crate `helmwright-k8s`.
//!
//! Purpose: three developer commands.
//!
//! - [`mod@extract`] (upgrades only, minutes): Kubernetes schemas from the crate `k8s-openapi` → `snapshot/*.json`;
//! - [`add_crd`]: a custom resource definition → `snapshot/crds/<group>.json`;
//! - [`run`] (fast, no network): snapshot + hand tables → `src/generated`, written or compared.
//!
//! Limits: the snapshot is reviewed by people, `src/generated` is not; nothing here runs when the library is built.

mod crd;
mod extract;
mod facade;
mod hand;
mod merge_code;
mod names;
mod output;
mod shape;
mod snapshot;
mod table;
mod text;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

use crate::workspace;

/// Kubernetes versions that the snapshot covers, oldest first. `SUPPORTED` of the library says the same (a test of the
/// library compares them).
const VERSIONS: [&str; 5] = ["1.33", "1.34", "1.35", "1.36", "1.37"];

/// Writes `src/generated` of `helmwright-k8s` from the snapshot and the hand tables; with `check`, compares instead
/// and fails with the list of stale files.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = crate_root();
    let files = generate(&root)?;
    output::apply(&root.join("src/generated"), &files, check)
        .with_context(|| if check { "run `cargo xtask codegen`" } else { "while writing generated files" })
}

/// Reads the schemas of all supported versions out of `k8s-openapi` and rewrites the snapshot.
///
/// Builds `tools/k8s-extract` once for each version: about half a minute each on two cores.
pub(crate) fn extract() -> Result<()> {
    let root = crate_root();
    let snapshot = extract::extract(&workspace::root().join("tools/k8s-extract"))?;
    snapshot.write_builtin(&root.join("snapshot"))?;
    run(false)
}

/// Adds the kinds of a file of custom resource definitions (YAML or JSON, several documents allowed) to the snapshot,
/// then regenerates. Kinds that the snapshot already holds are replaced.
pub(crate) fn add_crd(path: &Path) -> Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let root = crate_root();
    let added = crd::read(&text).with_context(|| format!("in {}", path.display()))?;
    if added.is_empty() {
        bail!("{} holds no CustomResourceDefinition", path.display());
    }
    snapshot::Snapshot::add_crds(&root.join("snapshot/crds"), added)?;
    run(false)
}

/// All generated files: name below `src/generated` and text.
fn generate(root: &Path) -> Result<Vec<(String, String)>> {
    let mut snapshot = snapshot::Snapshot::read(&root.join("snapshot"))?;
    hand::Enumerations::read(&root.join("hand/enumerations.txt"))?.apply(&mut snapshot)?;
    hand::ListKeys::read(&root.join("hand/list-keys.txt"))?.apply(&mut snapshot)?;
    let names = names::Names::of(&snapshot)?;
    let mut files = facade::files(&snapshot, &names);
    files.push(("table.txt".to_owned(), table::text(&snapshot, &names)));
    Ok(files)
}

fn crate_root() -> PathBuf {
    workspace::root().join("crates/helmwright-k8s")
}
