//! A chart as a registry holds it: archive, config and manifest, with the digests that they will have there.
//!
//! The manifest is a pure function of the archive, byte for byte what Helm pushes. Must not know registries.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::archive::{Archive, unpack};
use crate::digest::Digest;
use crate::error::OciError;
use crate::go_json;
use crate::metadata::{CREATED, ChartMetadata};
use crate::timestamp::Timestamp;

/// Media type of the metadata.
pub const CONFIG_TYPE: &str = "application/vnd.cncf.helm.config.v1+json";
/// Media type of the archive.
pub const CHART_TYPE: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
/// Media type of the signature that `helm package --sign` makes.
pub const PROVENANCE_TYPE: &str = "application/vnd.cncf.helm.chart.provenance.v1.prov";
/// Media type of a manifest.
pub const MANIFEST_TYPE: &str = "application/vnd.oci.image.manifest.v1+json";
/// Media type of a list of manifests.
pub const INDEX_TYPE: &str = "application/vnd.oci.image.index.v1+json";

/// What a blob or manifest is called by another one. Fields stand in the order in which Go writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// What it is.
    pub media_type: String,
    /// Its digest.
    pub digest: Digest,
    /// Its length in bytes.
    pub size: u64,
    /// Annotations; in an index, those of the manifest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// In an index, what the manifest is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
}

impl Descriptor {
    /// The descriptor of these bytes.
    #[must_use]
    pub fn of(media_type: &str, bytes: &[u8]) -> Self {
        Self {
            media_type: media_type.to_owned(),
            digest: Digest::of(bytes),
            size: bytes.len() as u64,
            annotations: BTreeMap::new(),
            artifact_type: None,
        }
    }
}

/// An OCI manifest. Fields stand in the order in which Go writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Always 2.
    pub schema_version: u32,
    /// Left out by Helm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// What it is for, where the config does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    /// The config.
    pub config: Descriptor,
    /// The content.
    pub layers: Vec<Descriptor>,
    /// The manifest that this one says something about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Descriptor>,
    /// Annotations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// A chart, ready for a registry.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartArtifact {
    metadata: ChartMetadata,
    archive: Archive,
    manifest: Vec<u8>,
    config: (Descriptor, Vec<u8>),
    layer: (Descriptor, Vec<u8>),
    provenance: Option<(Descriptor, Vec<u8>)>,
}

impl ChartArtifact {
    /// The chart in an archive, with the text of its `.prov` file if there is one.
    ///
    /// # Errors
    ///
    /// What is no archive of a chart, see [`unpack`] and [`ChartMetadata::read`].
    pub fn new(bytes: Vec<u8>, provenance: Option<Vec<u8>>) -> Result<Self, OciError> {
        let archive = unpack(&bytes)?;
        let chart_yaml = archive.file("Chart.yaml");
        let chart_yaml = chart_yaml.ok_or_else(|| OciError::input("the archive holds no Chart.yaml"))?;
        let metadata = ChartMetadata::read(chart_yaml)?;
        if metadata.name != archive.root {
            return Err(OciError::input(format!(
                "the archive's directory is {:?}, and Chart.yaml says {:?}",
                archive.root, metadata.name
            )));
        }
        let blob = |media_type: &str, bytes: Vec<u8>| (Descriptor::of(media_type, &bytes), bytes);
        let config = blob(CONFIG_TYPE, metadata.to_config()?);
        let layer = blob(CHART_TYPE, bytes);
        let provenance = provenance.map(|bytes| blob(PROVENANCE_TYPE, bytes));
        let mut layers: Vec<Descriptor> = [Some(&layer), provenance.as_ref()]
            .into_iter()
            .flatten()
            .map(|(descriptor, _)| descriptor.clone())
            .collect();
        layers.sort_by(|a, b| a.digest.cmp(&b.digest));
        let manifest = go_json::to_vec(&Manifest {
            schema_version: 2,
            media_type: None,
            artifact_type: None,
            config: config.0.clone(),
            layers,
            subject: None,
            annotations: metadata.manifest_annotations(&archive.latest.to_rfc3339()),
        })?;
        Ok(Self { metadata, archive, manifest, config, layer, provenance })
    }

    /// What the chart says of itself.
    #[must_use]
    pub fn metadata(&self) -> &ChartMetadata {
        &self.metadata
    }

    /// The chart's files.
    #[must_use]
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The archive, byte for byte.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.layer.1
    }

    /// The manifest, byte for byte.
    #[must_use]
    pub fn manifest(&self) -> &[u8] {
        &self.manifest
    }

    /// How others refer to the manifest.
    #[must_use]
    pub fn descriptor(&self) -> Descriptor {
        Descriptor::of(MANIFEST_TYPE, &self.manifest)
    }

    /// What is pushed before the manifest: config and layers.
    pub fn blobs(&self) -> impl Iterator<Item = (&Descriptor, &[u8])> {
        let blobs = [Some(&self.config), Some(&self.layer), self.provenance.as_ref()];
        blobs.into_iter().flatten().map(|(descriptor, bytes)| (descriptor, bytes.as_slice()))
    }

    /// The digests that the chart has in every registry.
    #[must_use]
    pub fn digests(&self) -> Digests {
        Digests {
            manifest: Digest::of(&self.manifest),
            config: self.config.0.digest.clone(),
            layer: self.layer.0.digest.clone(),
        }
    }

    /// When the chart says it was made, else the latest time of its files.
    #[must_use]
    pub fn created(&self) -> Timestamp {
        let said = self.metadata.annotations.get(CREATED);
        said.and_then(|text| Timestamp::from_rfc3339(text).ok()).unwrap_or(self.archive.latest)
    }

    /// Whether plain `helm push` of the archive gives the same manifest: only a chart that says when it was made does.
    #[must_use]
    pub fn same_with_helm(&self) -> bool {
        self.metadata.annotations.contains_key(CREATED)
    }
}

/// The digests of a chart. That of the layer is that of the `.tgz` file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// What `@sha256:…` behind a reference means.
    pub manifest: Digest,
    /// The metadata.
    pub config: Digest,
    /// The archive.
    pub layer: Digest,
}
