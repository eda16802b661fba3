//! What refers to a manifest: signatures, lists of parts. By the registry's referrers API, or, where it has none, by the
//! index under the tag `sha256-…` that the specification describes.
//!
//! Limit: OCI has no compare-and-swap. An index is read, merged, written and read back, and merged again if entries are
//! missing; a writer whose reading and writing enclose all of another one's work can still lose the other's entry without
//! either seeing it. A push checks once more at its end, and the other's next push brings its entry back.

use serde::{Deserialize, Serialize};

use crate::artifact::{Descriptor, INDEX_TYPE, MANIFEST_TYPE, Manifest};
use crate::digest::Digest;
use crate::error::{ErrorKind, OciError};
use crate::go_json;
use crate::reference::{Tag, Version};
use crate::registry::Registry;

/// How often an index is merged anew before the race is given up.
const MOST_MERGES: usize = 8;
/// Referrers of one manifest that are looked at.
const MOST_REFERRERS: usize = 1000;
/// Media type of the config of a manifest that needs none.
const EMPTY_TYPE: &str = "application/vnd.oci.empty.v1+json";
const EMPTY: &[u8] = b"{}";

/// A list of manifests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u32,
    media_type: Option<String>,
    manifests: Vec<Descriptor>,
}

/// Something that is said about a chart, stored beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What it is, as a media type.
    pub artifact_type: String,
    /// Media type of the content.
    pub media_type: String,
    /// The content.
    pub bytes: Vec<u8>,
    /// Annotations of its manifest, and of its entry in an index.
    pub annotations: std::collections::BTreeMap<String, String>,
}

/// Where an attachment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ReferrersBy {
    /// The registry lists it itself.
    Api,
    /// The index under the tag `sha256-…` lists it.
    TagIndex,
}

impl Attachment {
    /// The manifest that refers to a subject, and its entry in an index.
    fn manifest(&self, subject: &Descriptor) -> Result<(Vec<u8>, Descriptor), OciError> {
        let bytes = go_json::to_vec(&Manifest {
            schema_version: 2,
            media_type: Some(MANIFEST_TYPE.to_owned()),
            artifact_type: Some(self.artifact_type.clone()),
            config: Descriptor::of(EMPTY_TYPE, EMPTY),
            layers: vec![Descriptor::of(&self.media_type, &self.bytes)],
            subject: Some(subject.clone()),
            annotations: self.annotations.clone(),
        })?;
        let descriptor = Descriptor {
            artifact_type: Some(self.artifact_type.clone()),
            annotations: self.annotations.clone(),
            ..Descriptor::of(MANIFEST_TYPE, &bytes)
        };
        Ok((bytes, descriptor))
    }
}

/// Pushes an attachment and makes it findable; gives its descriptor.
pub(crate) fn attach(
    registry: &mut Registry,
    subject: &Descriptor,
    attachment: &Attachment,
) -> Result<(Descriptor, ReferrersBy), OciError> {
    let (bytes, descriptor) = attachment.manifest(subject)?;
    registry.push_blob(&Descriptor::of(EMPTY_TYPE, EMPTY), EMPTY)?;
    registry.push_blob(&Descriptor::of(&attachment.media_type, &attachment.bytes), &attachment.bytes)?;
    let taken = registry.push_manifest(&Version::Digest(descriptor.digest.clone()), &bytes, MANIFEST_TYPE)?;
    let by = ensure_listed(registry, &subject.digest, &descriptor, taken.referrer)?;
    Ok((descriptor, by))
}

/// Sees to it that an attachment which the registry has can be found.
pub(crate) fn ensure_listed(
    registry: &mut Registry,
    subject: &Digest,
    entry: &Descriptor,
    said_so: bool,
) -> Result<ReferrersBy, OciError> {
    // A registry's word is not enough: some say that they list it and have no list.
    if let Some(bytes) = registry.referrers_api(subject)? {
        let listed = read_index(&bytes)?.manifests.iter().any(|one| one.digest == entry.digest);
        if listed || said_so {
            return Ok(ReferrersBy::Api);
        }
    }
    let version = Version::Tag(fallback_tag(subject)?);
    for _ in 0..MOST_MERGES {
        let mut index = match registry.manifest(&version)? {
            Some(found) => read_index(&found.bytes)?,
            None => Index { schema_version: 2, media_type: Some(INDEX_TYPE.to_owned()), manifests: Vec::new() },
        };
        if index.manifests.contains(entry) {
            return Ok(ReferrersBy::TagIndex);
        }
        // An entry of this digest without type and annotations, as some clients write them, is replaced.
        index.manifests.retain(|one| one.digest != entry.digest);
        index.manifests.push(entry.clone());
        index.media_type = Some(INDEX_TYPE.to_owned());
        registry.push_manifest(&version, &go_json::to_vec(&index)?, INDEX_TYPE)?;
    }
    Err(OciError::new(
        ErrorKind::Conflict,
        format!("somebody else keeps writing the index {version}, in which signatures are listed"),
    )
    .help("run the command again when the other one has ended"))
}

/// What refers to a manifest, of one type, by API and by tag index.
pub(crate) fn list(
    registry: &mut Registry,
    subject: &Digest,
    artifact_type: &str,
) -> Result<Vec<Descriptor>, OciError> {
    let mut all = match registry.referrers_api(subject)? {
        Some(bytes) => read_index(&bytes)?.manifests,
        None => Vec::new(),
    };
    if let Some(found) = registry.manifest(&Version::Tag(fallback_tag(subject)?))? {
        all.extend(read_index(&found.bytes)?.manifests);
    }
    let mut seen = std::collections::BTreeSet::new();
    // Some registries name the type of the config there; what the manifest itself says is checked by `content`.
    let may_be = |kind: &str| kind == artifact_type || kind == EMPTY_TYPE;
    all.retain(|entry| entry.artifact_type.as_deref().is_none_or(may_be) && seen.insert(entry.digest.clone()));
    all.truncate(MOST_REFERRERS);
    Ok(all)
}

/// The content of an attachment of this type; none if the manifest is of another type or about something else.
pub(crate) fn content(
    registry: &mut Registry,
    entry: &Descriptor,
    subject: &Digest,
    artifact_type: &str,
    most: u64,
) -> Result<Option<Vec<u8>>, OciError> {
    let Some(found) = registry.manifest(&Version::Digest(entry.digest.clone()))? else { return Ok(None) };
    let Ok(manifest) = serde_json::from_slice::<Manifest>(&found.bytes) else { return Ok(None) };
    let is_about = manifest.subject.as_ref().is_some_and(|about| about.digest == *subject);
    let kind = manifest.artifact_type.as_deref().unwrap_or(&manifest.config.media_type);
    match manifest.layers.as_slice() {
        [layer] if is_about && kind == artifact_type && layer.size <= most => registry.blob(layer).map(Some),
        _ => Ok(None),
    }
}

fn fallback_tag(subject: &Digest) -> Result<Tag, OciError> {
    format!("sha256-{}", subject.hex()).parse()
}

fn read_index(bytes: &[u8]) -> Result<Index, OciError> {
    serde_json::from_slice(bytes)
        .map_err(|_| OciError::new(ErrorKind::Registry, "the registry's list of signatures cannot be read"))
}
