//! Publishing a chart: everything first, the tag last.
//!
//! Order: blobs, the manifest by its digest, all read back and hashed anew, what is attached, and only then the tag. A push
//! that ends early has moved no tag; repeated, it sends what is missing.
//!
//! Limit: OCI has no compare-and-swap. The tag is read right before it is written and right after: a second writer in
//! between is reported with both digests, and the last one to write has the tag.

use serde::Serialize;
use serde_json::{Value, json};

use crate::artifact::{ChartArtifact, Descriptor, Digests, MANIFEST_TYPE};
use crate::digest::Digest;
use crate::error::{ErrorKind, OciError};
use crate::reference::{Repository, Tag, Version};
use crate::referrers::{self, Attachment, ReferrersBy};
use crate::registry::Registry;
use crate::sbom;
use crate::signature::{SBOM_PREDICATE, SIGNATURE_PREDICATE, Signer};

/// What a push does beside the chart itself.
#[derive(Debug, Default)]
pub struct PushOptions<'a> {
    /// Further tags that shall name the chart. They move, as such tags do.
    pub also_tag: &'a [Tag],
    /// Replace another chart of the same version.
    pub force: bool,
    /// Write nothing: say what would be done.
    pub dry_run: bool,
    /// The key that signs.
    pub signer: Option<&'a Signer>,
    /// The list of parts to attach, see [`sbom::sbom`](crate::sbom()).
    pub sbom: Option<&'a Value>,
}

/// What a push is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// A blob is there already.
    Skipped(Descriptor),
    /// A blob was sent.
    Sent(Descriptor),
    /// The manifest stands under its digest, and all of it was read back.
    Stands(Digest),
    /// Something is attached.
    Attached(String, Digest),
    /// A tag names the chart now.
    Tagged(Tag),
    /// A tag named it before.
    Unchanged(Tag),
}

/// What was published: for the record of a release. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReleaseRecord {
    /// The chart's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The reference that always means these bytes.
    pub reference: String,
    /// The references by tag.
    pub tags: Vec<String>,
    /// The chart's digests.
    pub digests: Digests,
    /// Whether anything was changed in the registry by tag: false if all tags named the chart already.
    pub changed: bool,
    /// The digest that the version named before, if it was replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced: Option<Digest>,
    /// The signature, if it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<AttachedRecord>,
    /// The list of parts, if it was attached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sbom: Option<AttachedRecord>,
    /// The signed list of parts, if there are list and key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sbom_attestation: Option<AttachedRecord>,
}

/// Something attached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AttachedRecord {
    /// The digest of its manifest.
    pub digest: Digest,
    /// Media type.
    pub artifact_type: String,
    /// How it is found.
    pub listed_by: ReferrersBy,
}

/// Where Helm puts a chart below the repository that the user names: `REPOSITORY/NAME`.
///
/// # Errors
///
/// A name that no repository may have.
pub fn chart_repository(below: &Repository, chart: &ChartArtifact) -> Result<Repository, OciError> {
    below.join(&chart.metadata().name)
}

/// Publishes a chart in its repository under its version.
///
/// # Errors
///
/// [`ErrorKind::Conflict`] if the version names another chart, before or meanwhile; else what the registry or the network
/// says. No tag names anything incomplete in any case.
pub fn push(
    registry: &mut Registry,
    chart: &ChartArtifact,
    options: &PushOptions<'_>,
    told: &mut dyn FnMut(Progress),
) -> Result<ReleaseRecord, OciError> {
    let tag: Tag = chart.metadata().version.parse()?;
    let descriptor = chart.descriptor();
    let before = check_tag(registry, &tag, &descriptor.digest, options.force)?;
    let attachments = attachments(chart, options)?;
    let mut record = ReleaseRecord {
        name: chart.metadata().name.clone(),
        version: chart.metadata().version.clone(),
        reference: format!("{}@{}", registry.repository(), descriptor.digest),
        tags: [&tag]
            .into_iter()
            .chain(options.also_tag)
            .map(|tag| format!("{}:{tag}", registry.repository()))
            .collect(),
        digests: chart.digests(),
        changed: false,
        replaced: before.clone().filter(|digest| *digest != descriptor.digest),
        signature: None,
        sbom: None,
        sbom_attestation: None,
    };
    if options.dry_run {
        for (blob, _) in chart.blobs() {
            if registry.has_blob(blob)? {
                told(Progress::Skipped(blob.clone()));
            }
        }
        record.changed = before.as_ref() != Some(&descriptor.digest);
        return Ok(record);
    }
    for (blob, bytes) in chart.blobs() {
        let sent = registry.push_blob(blob, bytes)?;
        told(if sent { Progress::Sent(blob.clone()) } else { Progress::Skipped(blob.clone()) });
    }
    let version = Version::Digest(descriptor.digest.clone());
    if registry.manifest(&version)?.is_none() {
        registry.push_manifest(&version, chart.manifest(), MANIFEST_TYPE)?;
    }
    read_back(registry, chart)?;
    told(Progress::Stands(descriptor.digest.clone()));

    let mut attached = Vec::new();
    for (what, attachment) in &attachments {
        let (entry, by) = referrers::attach(registry, &descriptor, attachment)?;
        told(Progress::Attached((*what).to_owned(), entry.digest.clone()));
        let place = match *what {
            SIGNATURE => &mut record.signature,
            SBOM => &mut record.sbom,
            _ => &mut record.sbom_attestation,
        };
        let artifact_type = attachment.artifact_type.clone();
        *place = Some(AttachedRecord { digest: entry.digest.clone(), artifact_type, listed_by: by });
        attached.push(entry);
    }

    // The version may have been published meanwhile: looked at right before it is written.
    let now = check_tag(registry, &tag, &descriptor.digest, options.force)?;
    if now != before && now.as_ref() != Some(&descriptor.digest) {
        record.replaced.clone_from(&now);
    }
    let mut named = vec![(&tag, now)];
    for tag in options.also_tag {
        named.push((tag, registry.manifest(&Version::Tag(tag.clone()))?.map(|manifest| manifest.digest)));
    }
    for (tag, now) in named {
        if now.as_ref() == Some(&descriptor.digest) {
            told(Progress::Unchanged(tag.clone()));
        } else {
            set_tag(registry, tag, chart)?;
            record.changed = true;
            told(Progress::Tagged(tag.clone()));
        }
    }
    // Another writer may have overwritten the list meanwhile.
    for entry in &attached {
        referrers::ensure_listed(registry, &descriptor.digest, entry, false)?;
    }
    Ok(record)
}

const SIGNATURE: &str = "signature";
const SBOM: &str = "SBOM";
const SBOM_ATTESTATION: &str = "SBOM attestation";

fn attachments(chart: &ChartArtifact, options: &PushOptions<'_>) -> Result<Vec<(&'static str, Attachment)>, OciError> {
    let digest = chart.descriptor().digest;
    let mut all = Vec::new();
    if let Some(sbom) = options.sbom {
        all.push((SBOM, sbom::attachment(sbom, chart)));
        if let Some(signer) = options.signer {
            all.push((SBOM_ATTESTATION, signer.sign(&digest, SBOM_PREDICATE, sbom, chart.created())?));
        }
    }
    if let Some(signer) = options.signer {
        all.push((SIGNATURE, signer.sign(&digest, SIGNATURE_PREDICATE, &json!({}), chart.created())?));
    }
    Ok(all)
}

/// The digest that a version's tag names; an error if it may not be replaced.
fn check_tag(registry: &mut Registry, tag: &Tag, ours: &Digest, force: bool) -> Result<Option<Digest>, OciError> {
    let found = registry.manifest(&Version::Tag(tag.clone()))?.map(|manifest| manifest.digest);
    match found {
        Some(other) if other != *ours && !force => Err(OciError::new(
            ErrorKind::Conflict,
            format!("{}:{tag} is another chart already: it has {other}, this one {ours}", registry.repository()),
        )
        .help("release a new version: those who pinned this one would get something else")
        .help("to replace it all the same, give --force")),
        found => Ok(found),
    }
}

/// Makes a tag name the chart, and sees whether it does.
fn set_tag(registry: &mut Registry, tag: &Tag, chart: &ChartArtifact) -> Result<(), OciError> {
    let version = Version::Tag(tag.clone());
    let ours = chart.descriptor().digest;
    registry.push_manifest(&version, chart.manifest(), MANIFEST_TYPE)?;
    let found = registry.manifest(&version)?.map(|manifest| manifest.digest);
    if found.as_ref() == Some(&ours) {
        return Ok(());
    }
    let found = found.map_or_else(|| "nothing".to_owned(), |digest| digest.to_string());
    Err(OciError::new(
        ErrorKind::Conflict,
        format!(
            "somebody else moved {}:{tag} meanwhile: it names {found}, and {ours} was pushed",
            registry.repository()
        ),
    )
    .help("both charts stand complete under their digests: agree on one, and push it again")
    .help("let one pipeline alone publish a version"))
}

/// Reads everything back and hashes it anew.
fn read_back(registry: &mut Registry, chart: &ChartArtifact) -> Result<(), OciError> {
    let digest = chart.descriptor().digest;
    let lost = |what: &str, digest: &Digest| {
        OciError::integrity(format!("the registry took {what} {digest} and does not have it"))
            .help("its storage is broken, or a clean-up runs: check with who runs it, then push again")
    };
    let found = registry.manifest(&Version::Digest(digest.clone()))?;
    if found.is_none_or(|found| found.bytes != chart.manifest()) {
        return Err(lost("the manifest", &digest));
    }
    for (blob, bytes) in chart.blobs() {
        if registry.blob(blob)? != bytes {
            return Err(lost("the blob", &blob.digest));
        }
    }
    Ok(())
}
