//! The snapshot: every supported Kubernetes type with its fields, checked in under `crates/helmwright-k8s/snapshot`.
//!
//! Purpose: the model of those files, their reader and their writer. One file for each API group, one line for each
//! field, so that an upgrade reads well in review. Limits: a custom resource counts as present in every Kubernetes version.

use super::shape::{self, Shape};
use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// All types by name (`group/version/Type`, for a part of a custom resource `group/version/Kind/field/field`).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Snapshot {
    /// What the built-in types were read from, such as `k8s-openapi 0.29.0`.
    pub(crate) source: String,
    /// Types by name.
    pub(crate) types: BTreeMap<String, Type>,
}

/// One object type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Type {
    /// `apiVersion` and `kind` of a type that is an object of its own.
    pub(crate) kind: Option<(String, String)>,
    /// Whether fields beyond the listed ones are allowed.
    pub(crate) open: bool,
    /// Whether it comes from a custom resource definition.
    pub(crate) custom: bool,
    /// One or two sentences.
    pub(crate) description: String,
    /// Fields by name.
    pub(crate) fields: BTreeMap<String, Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    /// Type of the value.
    pub(crate) shape: Shape,
    /// In which versions the field is required.
    pub(crate) required: Required,
    /// First version that has the field; none: the oldest supported one has it.
    pub(crate) since: Option<String>,
    /// Last version that has the field; none: the newest supported one has it.
    pub(crate) until: Option<String>,
    /// How items of a list are told apart.
    pub(crate) list: List,
    /// Allowed values (of the items, for a list), each with the first version that allows it.
    pub(crate) enumeration: Vec<(String, Option<String>)>,
    /// One or two sentences.
    pub(crate) description: String,
}

/// In which versions a field is required.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Required {
    Never,
    Always,
    /// From this version on.
    Since(String),
    /// Up to this version.
    Until(String),
}

/// How items of a list are told apart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum List {
    /// Order matters; also what is no list at all.
    Atomic,
    /// Each item once, in any order.
    Set,
    /// Items are named by these keys.
    Map(Vec<String>),
}

impl Snapshot {
    /// Reads `folder/*.json` and `folder/crds/*.json`.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let mut snapshot = Snapshot::default();
        let origin = read_json(&folder.join("source.json"))?;
        snapshot.source = text(&origin, "source");
        let versions: Vec<&str> =
            origin["versions"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if versions != super::VERSIONS {
            bail!("the snapshot is of {versions:?}, xtask of {:?}: run `cargo xtask k8s extract`", super::VERSIONS);
        }
        for path in files(folder)? {
            if path.file_name().is_some_and(|name| name != "source.json") {
                snapshot.read_file(&path, false)?;
            }
        }
        for path in files(&folder.join("crds"))? {
            snapshot.read_file(&path, true)?;
        }
        Ok(snapshot)
    }

    fn read_file(&mut self, path: &Path, custom: bool) -> Result<()> {
        let document = read_json(path)?;
        for (name, value) in document["types"].as_object().context("no `types`")? {
            let read = Type::of_json(value, custom).with_context(|| format!("{name} in {}", path.display()))?;
            if self.types.insert(name.clone(), read).is_some() {
                bail!("{name} is in the snapshot twice, last in {}", path.display());
            }
        }
        Ok(())
    }

    /// Writes one file for each API group, and `source.json`; removes files of groups that are gone.
    pub(crate) fn write_builtin(&self, folder: &Path) -> Result<()> {
        let mut groups: BTreeMap<&str, BTreeMap<&str, &Type>> = BTreeMap::new();
        for (name, value) in &self.types {
            groups.entry(group(name)).or_default().insert(name, value);
        }
        for path in files(folder)? {
            std::fs::remove_file(&path)?;
        }
        std::fs::create_dir_all(folder)?;
        let origin = json!({ "source": self.source, "versions": super::VERSIONS });
        std::fs::write(folder.join("source.json"), format!("{origin:#}\n"))?;
        for (group, types) in groups {
            std::fs::write(folder.join(format!("{group}.json")), print(&types))?;
        }
        Ok(())
    }

    /// Puts the types of custom resources into their groups' files; a kind that is there already is replaced.
    pub(crate) fn add_crds(folder: &Path, added: BTreeMap<String, Type>) -> Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut groups: BTreeMap<String, BTreeMap<String, Type>> = BTreeMap::new();
        for (name, value) in added {
            groups.entry(group(&name).to_owned()).or_default().insert(name, value);
        }
        for (group, added) in groups {
            let path = folder.join(format!("{group}.json"));
            let mut known = Snapshot::default();
            if path.exists() {
                known.read_file(&path, true)?;
            }
            let owners: Vec<String> = added.keys().map(|name| owner(name)).collect();
            known.types.retain(|name, _| !owners.contains(&owner(name)));
            known.types.extend(added);
            let types = known.types.iter().map(|(name, value)| (name.as_str(), value)).collect();
            std::fs::write(path, print(&types))?;
        }
        Ok(())
    }
}

/// `core` of `core/v1/PodSpec`.
pub(crate) fn group(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

/// `group` and `Kind` of a type's name: all versions and parts of one custom resource share it.
fn owner(name: &str) -> String {
    let mut parts = name.split('/');
    format!("{} {}", parts.next().unwrap_or_default(), parts.nth(1).unwrap_or_default())
}

impl Type {
    fn of_json(value: &Value, custom: bool) -> Result<Self> {
        let kind = value.get("kind").map(|_| (text(value, "apiVersion"), text(value, "kind")));
        let mut read = Type {
            kind,
            open: value["open"].as_bool().unwrap_or(false),
            custom,
            description: text(value, "description"),
            fields: BTreeMap::new(),
        };
        for (name, field) in value["fields"].as_object().context("no `fields`")? {
            read.fields.insert(name.clone(), Field::of_json(field).with_context(|| format!("field {name}"))?);
        }
        Ok(read)
    }

    fn print(&self, out: &mut String) {
        if let Some((api_version, kind)) = &self.kind {
            out.push_str(&format!("      \"apiVersion\": {},\n      \"kind\": {},\n", json!(api_version), json!(kind)));
        }
        if self.open {
            out.push_str("      \"open\": true,\n");
        }
        out.push_str(&format!("      \"description\": {},\n      \"fields\": {{", json!(self.description)));
        for (index, (name, field)) in self.fields.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            out.push_str(&format!("{comma}\n        {}: {}", json!(name), field.to_json()));
        }
        out.push_str(if self.fields.is_empty() { "}\n" } else { "\n      }\n" });
    }
}

impl Field {
    /// A field of this shape, optional and without anything else.
    pub(crate) fn of_shape(shape: Shape) -> Self {
        Field {
            shape,
            required: Required::Never,
            since: None,
            until: None,
            list: List::Atomic,
            enumeration: Vec::new(),
            description: String::new(),
        }
    }

    fn of_json(value: &Value) -> Result<Self> {
        let mut field = Field::of_shape(shape::of_json(value.get("type"))?);
        field.required = match &value["required"] {
            Value::Null => Required::Never,
            Value::Bool(true) => Required::Always,
            Value::String(range) => match (range.strip_suffix(".."), range.strip_prefix("..")) {
                (Some(since), None) => Required::Since(since.to_owned()),
                (None, Some(until)) => Required::Until(until.to_owned()),
                _ => bail!("`required` is `{range}`"),
            },
            other => bail!("`required` is {other}"),
        };
        field.since = value["since"].as_str().map(str::to_owned);
        field.until = value["until"].as_str().map(str::to_owned);
        field.list = match &value["list"] {
            Value::Null => List::Atomic,
            Value::String(set) if set == "set" => List::Set,
            Value::Array(keys) => List::Map(keys.iter().filter_map(Value::as_str).map(str::to_owned).collect()),
            other => bail!("`list` is {other}"),
        };
        let values = value["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        field.enumeration = values.map(|value| (value.to_owned(), None)).collect();
        field.description = text(value, "description");
        Ok(field)
    }

    fn to_json(&self) -> String {
        let mut out = Map::new();
        out.insert("type".into(), json!(self.shape.to_string()));
        match &self.required {
            Required::Never => {}
            Required::Always => drop(out.insert("required".into(), json!(true))),
            Required::Since(version) => drop(out.insert("required".into(), json!(format!("{version}..")))),
            Required::Until(version) => drop(out.insert("required".into(), json!(format!("..{version}")))),
        }
        for (key, version) in [("since", &self.since), ("until", &self.until)] {
            if let Some(version) = version {
                out.insert(key.into(), json!(version));
            }
        }
        match &self.list {
            List::Atomic => {}
            List::Set => drop(out.insert("list".into(), json!("set"))),
            List::Map(keys) => drop(out.insert("list".into(), json!(keys))),
        }
        if !self.enumeration.is_empty() {
            let values: Vec<&str> = self.enumeration.iter().map(|(value, _)| value.as_str()).collect();
            out.insert("enum".into(), json!(values));
        }
        out.insert("description".into(), json!(self.description));
        let members: Vec<String> = out.iter().map(|(key, value)| format!("{}: {value}", json!(key))).collect();
        format!("{{ {} }}", members.join(", "))
    }
}

fn print(types: &BTreeMap<&str, &Type>) -> String {
    let mut out = "{\n  \"types\": {".to_owned();
    for (index, (name, value)) in types.iter().enumerate() {
        out.push_str(&format!("{}\n    {}: {{\n", if index == 0 { "" } else { "," }, json!(name)));
        value.print(&mut out);
        out.push_str("    }");
    }
    out.push_str("\n  }\n}\n");
    out
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn read_json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_survives_printing_and_reading() {
        let mut field = Field::of_shape("list<core/v1/Container>".parse().unwrap());
        field.required = Required::Until("1.34".into());
        field.since = Some("1.34".into());
        field.list = List::Map(vec!["name".into()]);
        field.description = "Says \"what\" it is.".into();
        let mut flag = Field::of_shape(Shape::Boolean);
        flag.enumeration = vec![("a".into(), None)];
        let value = Type {
            kind: Some(("example.com/v1".into(), "Thing".into())),
            open: true,
            custom: true,
            description: "A thing.".into(),
            fields: [("items".to_owned(), field), ("x".to_owned(), flag)].into(),
        };
        let printed = print(&BTreeMap::from([("example.com/v1/Thing", &value)]));
        let read: Value = serde_json::from_str(&printed).unwrap();
        assert_eq!(Type::of_json(&read["types"]["example.com/v1/Thing"], true).unwrap(), value);
    }
}
