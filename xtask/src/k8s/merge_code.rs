//! How the items of each list are told apart, read from the merge code of the crate `k8s-openapi`.
//!
//! Purpose: Kubernetes' markers `x-kubernetes-list-type` and `x-kubernetes-list-map-keys` are not in that crate's schemas, but
//! its generated `DeepMerge` implementations follow them.
//!
//! Limits: it reads source text whose form the crate's generator fixes, and fails when it finds no list at all. Where
//! the crate prefers the older patch merge key over the full list of keys, `hand/list-keys.txt` corrects it.

use super::extract::cargo;
use super::snapshot::List;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name and version of the crate, and the folder of its sources.
pub(crate) fn locate(tool: &Path) -> Result<(String, PathBuf)> {
    let metadata: Value = serde_json::from_slice(&cargo(tool, &["metadata", "--format-version", "1"])?)?;
    let packages = metadata["packages"].as_array().context("cargo metadata without packages")?;
    let package = packages.iter().find(|package| package["name"] == "k8s-openapi").context("no package k8s-openapi")?;
    let manifest = package["manifest_path"].as_str().context("no manifest path")?;
    let version = package["version"].as_str().context("no version")?;
    let folder = Path::new(manifest).parent().context("no folder")?.join("src");
    Ok((format!("k8s-openapi {version}"), folder))
}

/// Lists that are not atomic, by full type name and field.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<(String, String), List>> {
    let mut found = BTreeMap::new();
    read_folder(folder, &mut found)?;
    if found.is_empty() {
        bail!("no merge code found in {}", folder.display());
    }
    Ok(found)
}

fn read_folder(folder: &Path, found: &mut BTreeMap<(String, String), List>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path)?;
            if let Some(name) =
                source.lines().next().and_then(|line| line.strip_prefix("// Generated from definition "))
            {
                read_file(name.trim(), &source, found).with_context(|| format!("in {}", path.display()))?;
            }
        }
    }
    Ok(())
}

fn read_file(name: &str, source: &str, found: &mut BTreeMap<(String, String), List>) -> Result<()> {
    // `"containerPort" => Field::Key_container_port,` in the deserialiser gives the name that Kubernetes uses.
    let mut names = BTreeMap::new();
    for line in source.lines() {
        if let Some((json, rust)) = line.trim().split_once(" => Field::Key_") {
            names.insert(rust.trim_end_matches(',').to_owned(), json.trim_matches('"').to_owned());
        }
    }
    for (strategy, call) in source.match_indices("merge_strategies::list::").map(|(at, what)| {
        let rest = &source[at + what.len()..];
        let end = rest.find('(').unwrap_or(0);
        (&rest[..end], &rest[end..])
    }) {
        let rust = between(call, "&mut self.", ",").context("no field in a merge call")?;
        let field = names.get(rust.trim_start_matches("r#")).with_context(|| format!("no name for field {rust}"))?;
        let list = match strategy {
            "atomic" => continue,
            "set" => List::Set,
            "map" => List::Map(keys(between(call, "&[", "],").context("no keys")?)),
            other => bail!("unknown strategy `{other}`"),
        };
        found.insert((name.to_owned(), field.clone()), list);
    }
    Ok(())
}

/// `["containerPort", "protocol"]` of `|lhs, rhs| lhs.container_port == rhs.container_port, |lhs, rhs| lhs.protocol == …`.
fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for piece in text.split("lhs.").skip(1) {
        let rust: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let mut words = rust.split('_');
        let mut key = words.next().unwrap_or_default().to_owned();
        for word in words {
            let mut letters = word.chars();
            key.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            key.push_str(letters.as_str());
        }
        keys.push(key);
    }
    keys
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let rest = &text[text.find(start)? + start.len()..];
    Some(rest[..rest.find(end)?].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merge_calls_name_the_keys() {
        let source = r#"
            crate::merge_strategies::list::atomic(&mut self.args, other.args);
            crate::merge_strategies::list::set(&mut self.finalizers, other.finalizers);
            crate::merge_strategies::list::map(
                &mut self.spread_constraints,
                other.spread_constraints,
                &[|lhs, rhs| lhs.topology_key == rhs.topology_key, |lhs, rhs| lhs.when == rhs.when],
                |current_item, other_item| {},
            );
            "args" => Field::Key_args,
            "finalizers" => Field::Key_finalizers,
            "spreadConstraints" => Field::Key_spread_constraints,
        "#;
        let mut found = BTreeMap::new();
        read_file("T", source, &mut found).unwrap();
        let keys = List::Map(vec!["topologyKey".into(), "when".into()]);
        assert_eq!(
            found.into_iter().map(|((_, field), list)| (field, list)).collect::<Vec<_>>(),
            [("finalizers".to_owned(), List::Set), ("spreadConstraints".to_owned(), keys)]
        );
    }
}
