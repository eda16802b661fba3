//! Objects that kept most of their fields and lost their name.

use serde_json::Value;

use super::fields::likeness;
use super::identity::Identity;
use crate::rendering::Rendered;

/// What two objects share at least to be one that was renamed.
const ONE_OBJECT: f64 = 0.7;

/// Gives objects that are new a former self among those that are gone: the most alike pair first, of one kind and namespace.
pub(super) fn find<'a>(
    old: &[(Identity, &'a Rendered)],
    matched: &mut [bool],
    pairs: &mut [(Identity, Option<usize>, &'a Rendered)],
) {
    let mut candidates = Vec::new();
    for (come, (identity, _, rendered)) in pairs.iter().enumerate().filter(|(_, (_, found, _))| found.is_none()) {
        for (gone, (was, former)) in old.iter().enumerate().filter(|(gone, _)| !matched[*gone]) {
            let is_alike =
                (&was.group, &was.kind, &was.namespace) == (&identity.group, &identity.kind, &identity.namespace);
            if !is_alike {
                continue;
            }
            // Labels alone make no object: all of a release carry the same ones.
            let contents = likeness(&content(&former.object), &content(&rendered.object));
            let whole = likeness(&nameless(&former.object), &nameless(&rendered.object));
            if contents.min(whole) >= ONE_OBJECT {
                candidates.push((whole, gone, come));
            }
        }
    }
    candidates.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    for (_, gone, come) in candidates {
        if !matched[gone] && pairs[come].1.is_none() {
            matched[gone] = true;
            pairs[come].1 = Some(gone);
        }
    }
}

/// What an object holds beside kind and metadata.
fn content(object: &Value) -> Value {
    let mut content = object.clone();
    if let Some(entries) = content.as_object_mut() {
        entries.retain(|key, _| !matches!(key.as_str(), "apiVersion" | "kind" | "metadata"));
    }
    content
}

/// The object without its name, so that small objects are not told apart by it alone.
fn nameless(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata.remove("name");
    }
    object
}
