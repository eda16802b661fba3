//! Golden files: the chart, the manifests of every environment, what ingress controllers are told, the schemas, reports and
//! the pages of `docs/` that are printed from code, as they are emitted now.
//!
//! They are reviewed like code. Nothing else writes them, and nothing reads them but the check that they are fresh.
//!
//! Limit: they are made by the program itself, built without optimisation; what is right about them is what tests say.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

mod reports;

use crate::listing::{environment_lines, name};
use crate::process::{capture, run as run_command};
use crate::workspace;

/// Writes the golden files; with `check`, writes nothing and fails if one would change.
pub(crate) fn run(check: bool) -> Result<()> {
    let root = workspace::root();
    let made = root.join("target/goldens");
    if made.exists() {
        fs::remove_dir_all(&made).with_context(|| format!("cannot empty {}", made.display()))?;
    }
    fs::create_dir_all(made.join("schema"))?;
    run_command(workspace::cargo().args(["build", "--quiet", "--package", "emt-cli"]))?;
    let emt = workspace::target().join("debug/emt");
    let emt_at = |arguments: &[&str]| -> Result<Vec<u8>> {
        let output = Command::new(&emt).current_dir(&root).args(arguments).output().context("cannot run emt")?;
        if !output.status.success() {
            bail!("emt {} failed:\n{}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(output.stdout)
    };
    let golden = made.join("golden");
    emt_at(&["chart", "-o", &golden.join("chart").to_string_lossy()])?;
    for environment in environments(&root)? {
        let directory = golden.join("manifests").join(&environment);
        emt_at(&["render", &environment, "-o", &directory.to_string_lossy()])?;
    }
    fs::write(made.join("schema/values.schema.json"), emt_at(&["schema"])?)?;
    for of in ["environments", "findings"] {
        fs::write(made.join(format!("schema/{of}.schema.json")), emt_at(&["schema", "--of", of])?)?;
    }
    reports::run(&root, &emt, &golden.join("reports"))?;
    let tables = ["run", "--quiet", "--package", "emt", "--example", "ingress_tables"];
    run_command(workspace::cargo().args(tables).arg("--").arg(golden.join("ingress")))?;
    let mut stale = Vec::new();
    for part in ["golden/chart", "golden/ingress", "golden/manifests", "golden/reports", "schema"] {
        stale.extend(differing(&made.join(part), &root.join(part), part)?);
        if !check {
            replace(&made.join(part), &root.join(part))?;
        }
    }
    let example = |package: &str, name: &str| {
        capture(workspace::cargo().args(["run", "--quiet", "--package", package, "--example", name]))
    };
    let pages = [
        ("docs/environments.md", example("emt", "environments_page")?.into_bytes()),
        ("docs/reference-architecture.md", example("emt-check", "reference_page")?.into_bytes()),
        ("docs/rules.md", emt_at(&["rules", "--format", "markdown"])?),
    ];
    for (name, text) in pages {
        let page = root.join(name);
        if fs::read(&page).ok().as_ref() != Some(&text) {
            stale.push(name.to_owned());
            if !check {
                fs::write(&page, text)?;
            }
        }
    }
    if check && !stale.is_empty() {
        bail!("stale golden files, look at what changed and run `cargo xtask codegen`:\n  {}", stale.join("\n  "));
    }
    Ok(())
}

/// The names of the committed environments, in order.
fn environments(root: &Path) -> Result<Vec<String>> {
    let text = fs::read_to_string(root.join("values/environments.yaml")).context("values/environments.yaml")?;
    Ok(environment_lines(&text).filter_map(name).map(str::to_owned).collect())
}

/// Files that differ between two folders, or stand in one alone.
fn differing(made: &Path, kept: &Path, label: &str) -> Result<Vec<String>> {
    let (made, kept) = (files(made)?, files(kept)?);
    let names: std::collections::BTreeSet<_> = made.keys().chain(kept.keys()).collect();
    Ok(names
        .into_iter()
        .filter(|name| made.get(*name) != kept.get(*name))
        .map(|name| format!("{label}/{name}"))
        .collect())
}

fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        if !next.exists() {
            continue;
        }
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .strip_prefix(folder)?
                .components()
                .next()
                .is_some_and(|first| first.as_os_str() != "released")
            {
                found.insert(path.strip_prefix(folder)?.to_string_lossy().into_owned(), fs::read(&path)?);
            }
        }
    }
    Ok(found)
}

/// Puts what was made in the place of what was kept; files of released versions stay.
fn replace(made: &Path, kept: &Path) -> Result<()> {
    let wanted = files(made)?;
    for name in files(kept)?.keys().filter(|name| !wanted.contains_key(*name)) {
        fs::remove_file(kept.join(name))?;
    }
    for (name, bytes) in wanted {
        let path = kept.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}
