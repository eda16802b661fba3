//! Getting a chart from a registry, believing nothing that is not checked.

use serde::Serialize;

use crate::archive::MOST_ARCHIVE_BYTES;
use crate::artifact::{CHART_TYPE, CONFIG_TYPE, ChartArtifact, INDEX_TYPE, Manifest, PROVENANCE_TYPE};
use crate::digest::Digest;
use crate::error::{ErrorKind, OciError};
use crate::reference::{Reference, Version};
use crate::referrers;
use crate::registry::{RawManifest, Registry};
use crate::signature::{BUNDLE_TYPE, PublicKey, SIGNATURE_PREDICATE};

/// The largest config, provenance or bundle that is read, in bytes.
const MOST_SIDE_BYTES: u64 = 1024 * 1024;
/// Bundles that are tried before the search is given up.
const MOST_BUNDLES: usize = 50;

/// A chart that was pulled. Its digests are those of the bytes that came.
#[derive(Clone, Debug, PartialEq)]
pub struct PulledChart {
    /// The chart.
    pub chart: ChartArtifact,
    /// The digest of the manifest in the registry.
    pub digest: Digest,
    /// Whether the manifest is, byte for byte, what emt and Helm push of this archive.
    pub canonical: bool,
}

/// What is known of a chart's signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignatureReport {
    /// The digest of the bundle's manifest that holds, if one does.
    pub verified_by: Option<Digest>,
    /// Bundles that do not hold with this key, with the reason.
    pub refused: Vec<String>,
}

/// Gets a chart, with every digest, length and media type checked, and its archive read within bounds.
///
/// # Errors
///
/// [`ErrorKind::NotFound`], [`ErrorKind::Integrity`], what is no chart, or what network and registry say.
pub fn pull(registry: &mut Registry, reference: &Reference) -> Result<PulledChart, OciError> {
    let found = manifest(registry, reference)?;
    let within = |error: OciError| error.within(reference);
    let foreign =
        |what: String| OciError::integrity(format!("{reference} is no Helm chart: {what}")).help("check the reference");
    if found.media_type.starts_with(INDEX_TYPE) {
        return Err(foreign("it is a list of manifests".to_owned()));
    }
    let manifest: Manifest =
        serde_json::from_slice(&found.bytes).map_err(|_| foreign("its manifest cannot be read".to_owned()))?;
    if manifest.config.media_type != CONFIG_TYPE {
        return Err(foreign(format!("its config is {:?}", manifest.config.media_type)));
    }
    // Layers stand in the order of their digests: the archive is known by its type alone.
    let layers = |kind: &str| manifest.layers.iter().filter(|layer| layer.media_type == kind).collect::<Vec<_>>();
    let (archives, provenance) = (layers(CHART_TYPE), layers(PROVENANCE_TYPE));
    let [archive] = archives.as_slice() else {
        return Err(foreign(format!("it has {} archives", archives.len())));
    };
    let sizes = [(*archive, MOST_ARCHIVE_BYTES), (&manifest.config, MOST_SIDE_BYTES)];
    let sizes = sizes.into_iter().chain(provenance.iter().map(|layer| (*layer, MOST_SIDE_BYTES)));
    for (descriptor, most) in sizes {
        if descriptor.size > most {
            return Err(foreign(format!(
                "{} has {} bytes, at most {most} are read",
                descriptor.digest, descriptor.size
            )));
        }
    }
    let config = registry.blob(&manifest.config)?;
    let provenance = provenance.first().map(|layer| registry.blob(layer)).transpose()?;
    let chart = ChartArtifact::new(registry.blob(archive)?, provenance).map_err(within)?;
    let said: serde_json::Value = serde_json::from_slice(&config).unwrap_or_default();
    if said["name"] != chart.metadata().name || said["version"] != chart.metadata().version {
        return Err(OciError::integrity(format!(
            "{reference}: the config says {} {}, and the archive holds {} {}",
            said["name"],
            said["version"],
            chart.metadata().name,
            chart.metadata().version
        )));
    }
    let canonical = chart.manifest() == found.bytes;
    Ok(PulledChart { chart, digest: found.digest, canonical })
}

/// The manifest that a reference names. A tag beside a digest has to name the same.
fn manifest(registry: &mut Registry, reference: &Reference) -> Result<RawManifest, OciError> {
    let missing = || {
        OciError::new(ErrorKind::NotFound, format!("{reference} does not exist"))
            .help("check host, path and version; without a login, registries also say so of what may not be seen")
    };
    let found = registry.manifest(&reference.version()?)?.ok_or_else(missing)?;
    if let (Some(tag), Some(digest)) = (&reference.tag, &reference.digest) {
        let by_tag = registry.manifest(&Version::Tag(tag.clone()))?.ok_or_else(missing)?;
        if by_tag.digest != *digest {
            return Err(OciError::integrity(format!("the tag {tag} names {}, not {digest}", by_tag.digest))
                .help("the tag was moved after the digest was noted: find out why before you use either"));
        }
    }
    Ok(found)
}

/// Looks for a signature of a digest that a key made.
///
/// # Errors
///
/// What network and registry say; that no signature holds is in the report.
pub fn verify_signature(
    registry: &mut Registry,
    digest: &Digest,
    key: &PublicKey,
) -> Result<SignatureReport, OciError> {
    let mut report = SignatureReport { verified_by: None, refused: Vec::new() };
    for entry in referrers::list(registry, digest, BUNDLE_TYPE)?.into_iter().take(MOST_BUNDLES) {
        let Some(bundle) = referrers::content(registry, &entry, digest, BUNDLE_TYPE, MOST_SIDE_BYTES)? else {
            continue;
        };
        match key.verify(&bundle, digest, SIGNATURE_PREDICATE) {
            Ok(_) => {
                report.verified_by = Some(entry.digest);
                break;
            }
            Err(reason) => report.refused.push(format!("{}: {reason}", entry.digest)),
        }
    }
    Ok(report)
}
