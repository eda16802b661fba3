//! Writing or comparing a folder of generated files.
//!
//! Limits: the folder belongs to the generator alone; files in it that are not generated any more are removed (or reported).

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Makes `folder` hold exactly `files`; with `check`, only reports what differs, as an error.
pub(crate) fn apply(folder: &Path, files: &[(String, String)], check: bool) -> Result<()> {
    let mut stale = Vec::new();
    let wanted: BTreeSet<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for (name, text) in files {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|present| present == *text) {
            continue;
        }
        stale.push(name.clone());
        if !check {
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
            std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    for path in walk(folder)? {
        if !wanted.contains(&path) {
            stale.push(format!("{} (no longer generated)", path.strip_prefix(folder).unwrap_or(&path).display()));
            if !check {
                std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            }
        }
    }
    if check && !stale.is_empty() {
        bail!("stale in {}: {}", folder.display(), stale.join(", "));
    }
    Ok(())
}

fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                found.extend(walk(&path)?);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
