//! The list of a chart's parts in CycloneDX's form: the chart, the charts that it needs, the images that it runs.
//!
//! A pure function of its input: the serial number is made of the chart's digest, the time is the chart's.

use serde_json::{Map, Value, json};

use crate::artifact::ChartArtifact;
use crate::digest::Digest;
use crate::error::OciError;
use crate::referrers::Attachment;

/// Media type of the list.
pub const SBOM_TYPE: &str = "application/vnd.cyclonedx+json";

/// The program that wrote a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generator<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its version.
    pub version: &'a str,
}

/// The list of a chart's parts. `images` are references such as `registry.example.com/apim/anm:7.7.0@sha256:…`.
///
/// # Errors
///
/// None in practice: a manifest always has a digest.
pub fn sbom(chart: &ChartArtifact, generator: Generator<'_>, images: &[String]) -> Result<Value, OciError> {
    let (metadata, digests) = (chart.metadata(), chart.digests());
    let purl = format!("pkg:helm/{}@{}", metadata.name, metadata.version);
    let mut components: Vec<Value> = metadata.dependencies.iter().map(|dependency| {
        let purl = format!("pkg:helm/{}@{}", dependency.name, dependency.version);
        json!({ "type": "application", "bom-ref": purl, "name": dependency.name, "version": dependency.version, "purl": purl })
    }).collect();
    let mut images = images.to_vec();
    images.sort();
    images.dedup();
    components.extend(images.iter().map(|image| component(image)));
    let references: Vec<&Value> = components.iter().map(|component| &component["bom-ref"]).collect();
    let dependencies = json!([{ "ref": purl, "dependsOn": references }]);
    let mut component = json!({
        "type": "application",
        "bom-ref": purl,
        "name": metadata.name,
        "version": metadata.version,
        "description": metadata.description,
        "hashes": [{ "alg": "SHA-256", "content": digests.layer.hex() }],
        "purl": purl,
        "properties": [
            { "name": "org.opencontainers.manifest.digest", "value": digests.manifest },
            { "name": "helm.sh/chart/appVersion", "value": metadata.app_version },
        ],
    });
    if let Some(license) = metadata.annotations.get("artifacthub.io/license") {
        component["licenses"] = json!([{ "expression": license }]);
    }
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial_number(&digests.manifest, &images),
        "version": 1,
        "metadata": {
            "timestamp": chart.created().to_rfc3339(),
            "tools": { "components": [{ "type": "application", "name": generator.name, "version": generator.version }] },
            "component": component,
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// The list, ready to be attached to the chart.
pub(crate) fn attachment(sbom: &Value, chart: &ChartArtifact) -> Attachment {
    let created = ("org.opencontainers.image.created".to_owned(), chart.created().to_rfc3339());
    Attachment {
        artifact_type: SBOM_TYPE.to_owned(),
        media_type: SBOM_TYPE.to_owned(),
        bytes: sbom.to_string().into_bytes(),
        annotations: [created].into_iter().collect(),
    }
}

/// An image as a component.
fn component(image: &str) -> Value {
    let (rest, digest) = image.split_once('@').map_or((image, None), |(rest, digest)| (rest, Some(digest)));
    let (repository, tag) = match rest.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (rest, None),
    };
    let name = repository.rsplit('/').next().unwrap_or(repository);
    let encoded = |text: &str| text.replace('%', "%25").replace(':', "%3A").replace('/', "%2F").replace('@', "%40");
    let version = digest.or(tag);
    // A package URL's version is a digest here; a tag is a qualifier.
    let at = digest.map(|digest| format!("@{}", encoded(digest))).unwrap_or_default();
    let tag_of = tag.map(|tag| format!("&tag={}", encoded(tag))).unwrap_or_default();
    let purl = format!("pkg:oci/{name}{at}?repository_url={}{tag_of}", encoded(repository));
    let mut component = Map::new();
    component.insert("type".to_owned(), "container".into());
    component.insert("bom-ref".to_owned(), purl.clone().into());
    component.insert("name".to_owned(), repository.into());
    component.extend(version.map(|version| ("version".to_owned(), version.into())));
    if let Some(hex) = digest.and_then(|digest| digest.strip_prefix("sha256:")) {
        component.insert("hashes".to_owned(), json!([{ "alg": "SHA-256", "content": hex }]));
    }
    component.insert("purl".to_owned(), purl.into());
    Value::Object(component)
}

/// A UUID of version 8, made of what the list is about.
fn serial_number(manifest: &Digest, images: &[String]) -> String {
    let of = Digest::of(format!("{manifest}\n{}", images.join("\n")).as_bytes());
    let hex = of.hex();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_named_by_digest_and_tag() {
        let purl = |image: &str| component(image)["purl"].as_str().unwrap().to_owned();
        let digest = Digest::of(b"");
        assert_eq!(
            purl(&format!("registry.example.com:5000/apim/anm:7.7@{digest}")),
            format!(
                "pkg:oci/anm@sha256%3A{}?repository_url=registry.example.com%3A5000%2Fapim%2Fanm&tag=7.7",
                digest.hex()
            )
        );
        assert_eq!(
            purl("registry.example.com/anm:7.7"),
            "pkg:oci/anm?repository_url=registry.example.com%2Fanm&tag=7.7"
        );
        assert_eq!(purl("localhost:5000/anm"), "pkg:oci/anm?repository_url=localhost%3A5000%2Fanm");
    }
}
