//! From the schemas that `tools/k8s-extract` prints, one document for each version, to one snapshot.
//!
//! Purpose: running the tool, cutting `status`, merging the versions into `since`, `until` and `required`.
//!
//! Limits: a field whose type changes between two versions is an error, to be decided by a person; so is a field that
//! vanishes and comes back.

use super::shape::Shape;
use super::snapshot::{Field, List, Required, Snapshot, Type};
use super::{VERSIONS, merge_code, text};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};

/// Builds and runs the tool once for each version and merges what it prints.
pub(crate) fn extract(tool: &Path) -> Result<Snapshot> {
    let (source, folder) = merge_code::locate(tool)?;
    let mut documents = Vec::new();
    for version in VERSIONS {
        eprintln!("reading Kubernetes {version} …");
        let feature = feature(version);
        let output = cargo(tool, &["run", "--quiet", "--features", &feature])?;
        let document: Value = serde_json::from_slice(&output).context("the tool printed no JSON")?;
        if document["version"] != version {
            bail!("the tool built for {version} says that it is of {}", document["version"]);
        }
        documents.push(document);
    }
    let lists =
        VERSIONS.iter().map(|version| merge_code::read(&folder.join(feature(version)))).collect::<Result<Vec<_>>>()?;
    let mut snapshot = merge(&documents, &lists)?;
    snapshot.source = source;
    Ok(snapshot)
}

/// Runs cargo in the tool's package and returns what it prints.
pub(crate) fn cargo(tool: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .current_dir(tool)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo {} failed in {}", arguments.join(" "), tool.display());
    }
    Ok(output.stdout)
}

fn feature(version: &str) -> String {
    format!("v{}", version.replace('.', "_"))
}

/// `core/v1/Container` of `io.k8s.api.core.v1.Container`.
fn short(name: &str) -> Result<String> {
    let rest = ["io.k8s.api.", "io.k8s.apimachinery.pkg.apis."].iter().find_map(|prefix| name.strip_prefix(prefix));
    match rest.map(|rest| rest.split('.').collect::<Vec<_>>()).as_deref() {
        Some([group, version, name]) => Ok(format!("{group}/{version}/{name}")),
        _ => bail!("`{name}` is no type of an API group"),
    }
}

/// What one version says of one field.
struct Seen {
    version: usize,
    shape: Shape,
    required: bool,
    description: String,
    list: List,
}

fn merge(documents: &[Value], lists: &[BTreeMap<(String, String), List>]) -> Result<Snapshot> {
    let mut snapshot = Snapshot::default();
    let mut fields: BTreeMap<(String, String), Vec<Seen>> = BTreeMap::new();
    for (version, (document, lists)) in documents.iter().zip(lists).enumerate() {
        let types = document["types"].as_object().context("no `types`")?;
        let kinds = kinds(document)?;
        for full in reachable(types, &kinds)? {
            let schema = &types[&full];
            let name = short(&full)?;
            let entry = snapshot.types.entry(name.clone()).or_insert_with(Type::default);
            entry.kind = kinds.get(&full).cloned();
            entry.description = text::summary(schema["description"].as_str().unwrap_or_default());
            for (field, schema_of_field) in properties(schema, entry.kind.is_some()) {
                let shape = shape(schema_of_field).with_context(|| format!("{name}.{field}"))?;
                let required = schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == field));
                let description = text::summary(schema_of_field["description"].as_str().unwrap_or_default());
                let list = lists.get(&(full.clone(), field.clone())).cloned().unwrap_or(List::Atomic);
                let seen = Seen { version, shape, required, description, list };
                fields.entry((name.clone(), field.clone())).or_default().push(seen);
            }
        }
    }
    for ((name, field), seen) in fields {
        let merged = merge_field(seen).with_context(|| format!("{name}.{field}"))?;
        snapshot.types.entry(name).or_default().fields.insert(field, merged);
    }
    Ok(snapshot)
}

fn merge_field(seen: Vec<Seen>) -> Result<Field> {
    let (Some(first), Some(last)) = (seen.first(), seen.last()) else { bail!("in no version") };
    if last.version - first.version + 1 != seen.len() {
        bail!("vanishes and comes back");
    }
    if let Some(other) = seen.iter().find(|one| one.shape != last.shape) {
        bail!("is {} in {} and {} in {}", other.shape, VERSIONS[other.version], last.shape, VERSIONS[last.version]);
    }
    let flags: Vec<bool> = seen.iter().map(|one| one.required).collect();
    let changes = flags.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let at = |index: usize| VERSIONS[seen[index].version].to_owned();
    let required = match (flags[0], changes) {
        (false, 0) => Required::Never,
        (true, 0) => Required::Always,
        (false, 1) => Required::Since(at(flags.iter().position(|flag| *flag).unwrap_or(0))),
        (true, 1) => Required::Until(at(flags.iter().rposition(|flag| *flag).unwrap_or(0))),
        _ => bail!("is required, then not, then again"),
    };
    Ok(Field {
        shape: last.shape.clone(),
        required,
        since: (first.version > 0).then(|| at(0)),
        until: (last.version + 1 < VERSIONS.len()).then(|| at(seen.len() - 1)),
        list: last.list.clone(),
        enumeration: Vec::new(),
        description: last.description.clone(),
    })
}

type Schemas = serde_json::Map<String, Value>;

/// Full name of a kind's type → its `apiVersion` and `kind`.
fn kinds(document: &Value) -> Result<BTreeMap<String, (String, String)>> {
    let text = |value: &Value, key: &str| value[key].as_str().map(str::to_owned).with_context(|| format!("no `{key}`"));
    let all = document["kinds"].as_array().context("no `kinds`")?;
    all.iter().map(|kind| Ok((text(kind, "type")?, (text(kind, "apiVersion")?, text(kind, "kind")?)))).collect()
}

/// The fields of a type; for a kind without those that the author does not write.
fn properties(schema: &Value, kind: bool) -> impl Iterator<Item = (&String, &Value)> {
    let all = schema["properties"].as_object().into_iter().flatten();
    all.filter(move |(name, _)| !(kind && ["apiVersion", "kind", "status"].contains(&name.as_str())))
}

/// Names of the object types that are reached from the kinds.
fn reachable(types: &Schemas, kinds: &BTreeMap<String, (String, String)>) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = kinds.keys().cloned().collect();
    while let Some(name) = open.pop() {
        let schema = types.get(&name).with_context(|| format!("no schema of {name}"))?;
        if scalar(&name).is_none() && found.insert(name.clone()) {
            for (_, schema) in properties(schema, kinds.contains_key(&name)) {
                references(schema, &mut open);
            }
        }
    }
    Ok(found)
}

fn references(schema: &Value, out: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            out.extend(members.get("$ref").and_then(target).map(str::to_owned));
            members.values().for_each(|value| references(value, out));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, out)),
        _ => {}
    }
}

fn target(reference: &Value) -> Option<&str> {
    reference.as_str()?.rsplit('/').next()
}

/// Named types that are one value, not an object.
fn scalar(name: &str) -> Option<Shape> {
    Some(match name {
        "io.k8s.apimachinery.pkg.api.resource.Quantity" => Shape::Quantity,
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString" => Shape::IntOrString,
        "io.k8s.apimachinery.pkg.apis.meta.v1.Time" | "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime" => Shape::Time,
        "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1" | "io.k8s.apimachinery.pkg.runtime.RawExtension" => Shape::Json,
        _ => return None,
    })
}

fn shape(schema: &Value) -> Result<Shape> {
    if let Some(name) = schema.get("$ref").and_then(target) {
        return scalar(name).map_or_else(|| short(name).map(Shape::Object), Ok);
    }
    if schema["x-kubernetes-int-or-string"] == true {
        return Ok(Shape::IntOrString);
    }
    Ok(match (schema["type"].as_str().unwrap_or_default(), schema["format"].as_str().unwrap_or_default()) {
        ("string", "") => Shape::String,
        ("string", "byte") => Shape::Bytes,
        ("string", "date-time") => Shape::Time,
        ("integer", "int32") => Shape::Int32,
        ("integer", "int64") => Shape::Int64,
        ("number", "" | "double") => Shape::Number,
        ("boolean", "") => Shape::Boolean,
        ("array", "") => Shape::List(Box::new(shape(&schema["items"])?)),
        ("object", "") if schema["additionalProperties"].is_object() => {
            Shape::Map(Box::new(shape(&schema["additionalProperties"])?))
        }
        _ => bail!("no rule for {schema}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seen(version: usize, required: bool) -> Seen {
        Seen { version, shape: Shape::String, required, description: String::new(), list: List::Atomic }
    }

    #[test]
    fn versions_become_ranges() {
        let young = merge_field(vec![seen(1, false), seen(2, false), seen(3, true), seen(4, true)]).unwrap();
        assert_eq!((young.since.as_deref(), young.until), (Some("1.34"), None));
        assert_eq!(young.required, Required::Since("1.36".into()));
        let gone = merge_field(vec![seen(0, true), seen(1, false)]).unwrap();
        assert_eq!((gone.since, gone.until.as_deref()), (None, Some("1.34")));
        assert_eq!(gone.required, Required::Until("1.33".into()));
        assert!(merge_field(vec![seen(0, true), seen(2, true)]).is_err());
        assert!(merge_field(vec![Seen { shape: Shape::Int32, ..seen(0, true) }, seen(1, true)]).is_err());
    }

    #[test]
    fn status_of_a_kind_is_cut_and_not_reached() {
        let reference = |name: &str| json!({ "$ref": format!("#/$defs/io.k8s.api.a.v1.{name}") });
        let document = json!({
            "version": "1.33",
            "kinds": [{ "apiVersion": "a/v1", "kind": "K", "type": "io.k8s.api.a.v1.K" }],
            "types": {
                "io.k8s.api.a.v1.K": { "properties": { "kind": { "type": "string" }, "spec": reference("S"), "status": reference("T") } },
                "io.k8s.api.a.v1.S": { "properties": { "status": { "type": "string" } }, "required": ["status"] },
                "io.k8s.api.a.v1.T": { "properties": {} },
            },
        });
        let snapshot = merge(&[document], &[BTreeMap::new()]).unwrap();
        let names: Vec<&String> = snapshot.types.keys().collect();
        assert_eq!(names, ["a/v1/K", "a/v1/S"]);
        assert_eq!(snapshot.types["a/v1/K"].fields.keys().collect::<Vec<_>>(), ["spec"]);
        assert_eq!(snapshot.types["a/v1/S"].fields["status"].required, Required::Always);
    }
}
