//! Custom resource definitions (`apiextensions.k8s.io/v1`) as types of the snapshot.
//!
//! Purpose: a structural OpenAPI v3 schema becomes object types: one for the kind, one for each nested object with named
//! fields. Every served version is read.
//!
//! Limits: patterns, bounds, `oneOf` and CEL rules are dropped (the table is about structure); an embedded object and what
//! preserves unknown fields without naming any is JSON of any shape; a value list that the table cannot print is dropped
//! with a note on standard error.

use super::shape::Shape;
use super::snapshot::{Field, List, Required, Type};
use super::text;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;

/// All types of all custom resource definitions in a YAML or JSON text of one or more documents.
pub(crate) fn read(text: &str) -> Result<BTreeMap<String, Type>> {
    let mut types = BTreeMap::new();
    for document in documents(text)? {
        let kind = document["kind"].as_str().unwrap_or_default();
        if kind == "CustomResourceDefinition" {
            definition(&document, &mut types)?;
        } else if kind == "CustomResourceDefinitionList" || kind == "List" {
            for item in document["items"].as_array().into_iter().flatten() {
                definition(item, &mut types)?;
            }
        }
    }
    Ok(types)
}

/// The only place of xtask that knows a YAML library. Definitions are long, so no budget on the input.
fn documents(text: &str) -> Result<Vec<Value>> {
    let options = serde_saphyr::options! { budget: None };
    serde_saphyr::from_multiple_with_options(text, options).context("no readable YAML")
}

fn definition(document: &Value, types: &mut BTreeMap<String, Type>) -> Result<()> {
    let spec = &document["spec"];
    let group = spec["group"].as_str().context("no spec.group")?;
    let kind = spec["names"]["kind"].as_str().context("no spec.names.kind")?;
    if document["apiVersion"] != "apiextensions.k8s.io/v1" {
        bail!("{kind} is a definition of {}, only apiextensions.k8s.io/v1 is read", document["apiVersion"]);
    }
    for version in spec["versions"].as_array().context("no spec.versions")? {
        let name = version["name"].as_str().context("a version has no name")?;
        if version["served"] == false {
            continue;
        }
        let schema = &version["schema"]["openAPIV3Schema"];
        if !schema.is_object() {
            bail!("{kind} {name} has no openAPIV3Schema");
        }
        let path = format!("{group}/{name}/{kind}");
        let mut schema = schema.clone();
        for dropped in ["apiVersion", "kind", "metadata", "status"] {
            schema["properties"].as_object_mut().map(|properties| properties.remove(dropped));
        }
        let mut root = object(&schema, &path, types).with_context(|| path.clone())?;
        let mut metadata = Field::of_shape(Shape::Object("meta/v1/ObjectMeta".to_owned()));
        metadata.required = Required::Always;
        metadata.description = "Standard object's metadata.".to_owned();
        root.fields.insert("metadata".to_owned(), metadata);
        root.kind = Some((format!("{group}/{name}"), kind.to_owned()));
        types.insert(path, root);
    }
    Ok(())
}

/// An object with named fields, with everything below it put into `types`.
fn object(schema: &Value, path: &str, types: &mut BTreeMap<String, Type>) -> Result<Type> {
    let mut read = Type {
        custom: true,
        open: schema["x-kubernetes-preserve-unknown-fields"] == true,
        description: text::summary(schema["description"].as_str().unwrap_or_default()),
        ..Type::default()
    };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if name.contains(['\t', '\n']) {
            bail!("a field's name holds a tab or a newline");
        }
        let mut field = Field::of_shape(shape(property, &format!("{path}/{name}"), types)?);
        // The API server fills in a default before it looks for missing fields.
        if required.contains(&name.as_str()) && property.get("default").is_none() {
            field.required = Required::Always;
        }
        field.list = list(property);
        field.enumeration = enumeration(property, &format!("{path}/{name}"));
        field.description = text::summary(property["description"].as_str().unwrap_or_default());
        read.fields.insert(name.clone(), field);
    }
    Ok(read)
}

fn shape(schema: &Value, path: &str, types: &mut BTreeMap<String, Type>) -> Result<Shape> {
    if schema["x-kubernetes-int-or-string"] == true || schema["format"] == "int-or-string" {
        let pattern = schema["pattern"].as_str().unwrap_or_default();
        let quantity = pattern.contains("[KMGTPE]i") && pattern.contains("numkMGTPE");
        return Ok(if quantity { Shape::Quantity } else { Shape::IntOrString });
    }
    if schema["x-kubernetes-embedded-resource"] == true {
        return Ok(Shape::Json);
    }
    let format = schema["format"].as_str().unwrap_or_default();
    Ok(match schema["type"].as_str().unwrap_or_default() {
        "string" => match format {
            "byte" => Shape::Bytes,
            "date-time" => Shape::Time,
            _ => Shape::String,
        },
        "integer" if format == "int32" => Shape::Int32,
        "integer" => Shape::Int64,
        "number" => Shape::Number,
        "boolean" => Shape::Boolean,
        "array" => Shape::List(Box::new(shape(&schema["items"], path, types)?)),
        "object" => object_shape(schema, path, types)?,
        "" => Shape::Json,
        other => bail!("{path}: type `{other}`"),
    })
}

fn object_shape(schema: &Value, path: &str, types: &mut BTreeMap<String, Type>) -> Result<Shape> {
    let named = schema["properties"].as_object().is_some_and(|properties| !properties.is_empty());
    if !named {
        match &schema["additionalProperties"] {
            Value::Object(_) => return Ok(Shape::Map(Box::new(shape(&schema["additionalProperties"], path, types)?))),
            Value::Bool(true) => return Ok(Shape::Json),
            _ if schema["x-kubernetes-preserve-unknown-fields"] == true => return Ok(Shape::Json),
            _ => {}
        }
    }
    let read = object(schema, path, types)?;
    types.insert(path.to_owned(), read);
    Ok(Shape::Object(path.to_owned()))
}

fn list(schema: &Value) -> List {
    match schema["x-kubernetes-list-type"].as_str() {
        Some("set") => List::Set,
        Some("map") => {
            let keys = schema["x-kubernetes-list-map-keys"].as_array().into_iter().flatten();
            List::Map(keys.filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => List::Atomic,
    }
}

fn enumeration(schema: &Value, path: &str) -> Vec<(String, Option<String>)> {
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            return enumeration(&schema[inner], path);
        }
    }
    let all: Vec<&str> = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if schema["type"] == "string" && all.iter().any(|value| value.contains([',', '@', '"', '\t', '\n'])) {
        eprintln!("note: the values of {path} are not kept, one of them holds a comma, an at sign, a quote or a tab");
        return Vec::new();
    }
    if schema["type"] != "string" {
        return Vec::new();
    }
    all.into_iter().map(|value| (value.to_owned(), None)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::Snapshot;
    use super::super::{facade, names::Names, table};
    use super::*;

    const FIXTURE: &str = include_str!("fixtures/certificate.yaml");

    fn field<'a>(types: &'a BTreeMap<String, Type>, path: &str) -> &'a Field {
        let (name, field) = path.rsplit_once('.').unwrap();
        &types[name].fields[field]
    }

    #[test]
    fn a_definition_becomes_types() {
        let types = read(FIXTURE).unwrap();
        let names: Vec<&str> = types.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "cert-manager.io/v1/Certificate",
                "cert-manager.io/v1/Certificate/spec",
                "cert-manager.io/v1/Certificate/spec/additionalOutputFormats",
                "cert-manager.io/v1/Certificate/spec/issuerRef",
                "cert-manager.io/v1/Certificate/spec/privateKey",
                "cert-manager.io/v1/Certificate/spec/secretTemplate",
            ]
        );
        let kind = &types["cert-manager.io/v1/Certificate"];
        assert_eq!(kind.kind, Some(("cert-manager.io/v1".into(), "Certificate".into())));
        assert_eq!(kind.fields.keys().collect::<Vec<_>>(), ["metadata", "spec"]);
        let spec = |name: &str| field(&types, &format!("cert-manager.io/v1/Certificate/spec.{name}"));
        assert_eq!(spec("dnsNames").shape.to_string(), "list<string>");
        assert_eq!(spec("dnsNames").list, List::Set);
        assert_eq!(spec("usages").enumeration[0].0, "signing");
        assert_eq!(spec("additionalOutputFormats").list, List::Map(vec!["type".into()]));
        assert_eq!(spec("renewBeforePercentage").shape, Shape::Int32);
        assert_eq!(spec("minimumFreeSpace").shape, Shape::Quantity);
        assert_eq!(spec("maxSurge").shape, Shape::IntOrString);
        assert_eq!(spec("config").shape, Shape::Json);
        assert_eq!(spec("secretName").required, Required::Always);
        assert_eq!(spec("isCA").required, Required::Never, "required with a default is not required of the author");
        assert_eq!(
            field(&types, "cert-manager.io/v1/Certificate/spec/secretTemplate.labels").shape.to_string(),
            "map<string>"
        );
        assert!(types["cert-manager.io/v1/Certificate/spec/issuerRef"].open);
    }

    #[test]
    fn it_reaches_table_and_facade() {
        let types = read(FIXTURE).unwrap();
        let snapshot = Snapshot { source: "a test".into(), types };
        let names = Names::of(&snapshot).unwrap();
        let table = table::text(&snapshot, &names);
        assert!(table.contains("type\tCertificate\tcert-manager.io/v1\tCertificate\t\t"), "{table}");
        assert!(table.contains("\n\tsecretName\tstring\trequired\t\t"), "{table}");
        let files: BTreeMap<String, String> = facade::files(&snapshot, &names).into_iter().collect();
        let module = &files["types/cert_manager_io_v1.rs"];
        assert!(module.contains("pub struct CertificateSpecPrivateKey {"), "{module}");
        assert!(module.contains(
            "additionalOutputFormats: List<CertificateSpecAdditionalOutputFormats> = \"additionalOutputFormats\","
        ));
        assert!(module.contains("Certificate => \"cert-manager.io/v1\", \"Certificate\";"), "{module}");
        assert!(module.contains("//! - `CertificateSpec.x-extra`"), "{module}");
    }

    #[test]
    fn adding_twice_replaces() {
        let folder = std::env::temp_dir().join(format!("helmwright-add-crd-{}", std::process::id()));
        Snapshot::add_crds(&folder, read(FIXTURE).unwrap()).unwrap();
        let path = folder.join("cert-manager.io.json");
        let first = std::fs::read_to_string(&path).unwrap();
        let smaller = FIXTURE.replace("secretTemplate:", "secretTemplet:");
        Snapshot::add_crds(&folder, read(&smaller).unwrap()).unwrap();
        assert!(!std::fs::read_to_string(&path).unwrap().contains("secretTemplate"));
        Snapshot::add_crds(&folder, read(FIXTURE).unwrap()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), first);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_no_definition_is_refused_or_passed_over() {
        assert!(read("kind: ConfigMap\n").unwrap().is_empty());
        assert!(read("kind: CustomResourceDefinition\nspec: {}\n").is_err());
        assert!(read(&FIXTURE.replace("apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1")).is_err());
    }
}
