//! The images that an environment runs.

use serde::Serialize;

use crate::manifests::Manifest;
use crate::refused::Refused;
use crate::render::{Input, render};

/// One image of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// As pods name it: `REGISTRY/REPOSITORY:TAG`, with `@sha256:…` where it is pinned.
    pub reference: String,
    /// The digest, where the values give one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// The objects whose pods run it.
    pub run_by: Vec<String>,
}

/// The images that the objects of these values run, hooks and tests included, sorted.
///
/// # Errors
///
/// [`Refused`] as for [`render`].
pub fn images(input: &Input) -> Result<Vec<Image>, Refused> {
    let manifests = render(input)?;
    let found = emt_check::images_of(manifests.iter().map(Manifest::object));
    let image = |(reference, users): (String, std::collections::BTreeSet<String>)| Image {
        digest: reference.split_once('@').map(|(_, digest)| digest.to_owned()),
        reference,
        run_by: users.into_iter().collect(),
    };
    Ok(found.into_iter().map(image).collect())
}
