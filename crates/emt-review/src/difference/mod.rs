//! The difference of two sets of objects, by what Kubernetes makes of them.
//!
//! Objects are matched by API group, kind, namespace and name; what is left is matched by likeness, as renamed. Within an
//! object lists are compared by the keys of the schema table, quantities by value, texts by line. Secrets are told without
//! their values.
//!
//! Must not know values, causes or risks.

mod change;
mod fields;
mod identity;
mod lists;
mod place;
mod renames;
mod secret;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::rendering::{Rendered, Rendering};

pub use change::{Change, FieldChange, Line, SecretChange, Sign};
pub use identity::Identity;
pub use place::{FieldPlace, Step};
pub(crate) use secret::shown;

/// How objects of two renderings are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// Two states of one release: an object in another namespace is another object.
    OneRelease,
    /// Two releases: that each has its own namespace is no difference of their objects.
    TwoReleases,
}

/// An object that differs.
#[derive(Clone, Debug)]
pub struct ObjectDifference<'a> {
    /// Which object: as it is called after the change, if it is still there.
    pub identity: Identity,
    /// What happens to it.
    pub fate: Fate,
    /// Before the change.
    pub before: Option<&'a Rendered>,
    /// After the change.
    pub after: Option<&'a Rendered>,
    /// The fields that differ; none for an object that is added or removed as a whole.
    pub fields: Vec<FieldChange>,
}

/// What happens to an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "fate", rename_all = "camelCase")]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Some of its fields differ.
    Changed,
    /// It has another name, and most of its fields stay.
    Renamed {
        /// What it was called.
        from: String,
    },
}

impl<'a> ObjectDifference<'a> {
    /// The object after the change, or before it if it is gone.
    #[must_use]
    pub fn object(&self) -> &'a Value {
        static NOTHING: Value = Value::Null;
        self.after.or(self.before).map_or(&NOTHING, |rendered| &rendered.object)
    }

    /// The object before the change; null if it is new.
    #[must_use]
    pub fn old(&self) -> &'a Value {
        static NOTHING: Value = Value::Null;
        self.before.map_or(&NOTHING, |rendered| &rendered.object)
    }

    /// The object after the change; null if it is gone.
    #[must_use]
    pub fn now(&self) -> &'a Value {
        static NOTHING: Value = Value::Null;
        self.after.map_or(&NOTHING, |rendered| &rendered.object)
    }
}

/// Every object that differs: those of the new rendering in its order, then those that are gone in the order of the old.
#[must_use]
pub fn difference<'a>(
    before: &'a Rendering<'_>,
    after: &'a Rendering<'_>,
    matching: Matching,
) -> Vec<ObjectDifference<'a>> {
    let own = |rendering: &'a Rendering<'_>| (matching == Matching::TwoReleases).then_some(rendering.namespace);
    let identify = |rendering: &'a Rendering<'_>| -> Vec<(Identity, &'a Rendered)> {
        let own = own(rendering);
        rendering.objects.iter().map(|rendered| (Identity::of(&rendered.object, own), rendered)).collect()
    };
    let (mut old, new) = (identify(before), identify(after));
    let mut positions: BTreeMap<Identity, Vec<usize>> = BTreeMap::new();
    for (index, (identity, _)) in old.iter().enumerate().rev() {
        positions.entry(identity.clone()).or_default().push(index);
    }
    let mut matched = vec![false; old.len()];
    let mut pairs: Vec<(Identity, Option<usize>, &'a Rendered)> = Vec::new();
    for (identity, rendered) in new {
        let found = positions.get_mut(&identity).and_then(Vec::pop);
        if let Some(index) = found {
            matched[index] = true;
        }
        pairs.push((identity, found, rendered));
    }
    renames::find(&old, &mut matched, &mut pairs);
    let mut differences = Vec::new();
    for (identity, found, rendered) in pairs {
        let former = found.map(|index| &old[index]);
        differences.extend(of_pair(identity, former, rendered, matching));
    }
    let mut is_matched = matched.into_iter();
    old.retain(|_| !is_matched.next().unwrap_or(false));
    differences.extend(old.into_iter().map(|(identity, rendered)| ObjectDifference {
        identity,
        fate: Fate::Removed,
        before: Some(rendered),
        after: None,
        fields: Vec::new(),
    }));
    differences
}

/// What differs in an object that has a former self, or is new.
fn of_pair<'a>(
    identity: Identity,
    former: Option<&(Identity, &'a Rendered)>,
    after: &'a Rendered,
    matching: Matching,
) -> Option<ObjectDifference<'a>> {
    let Some((was, before)) = former else {
        return Some(ObjectDifference {
            identity,
            fate: Fate::Added,
            before: None,
            after: Some(after),
            fields: Vec::new(),
        });
    };
    let mut fields = fields::changes(&before.object, &after.object);
    if matching == Matching::TwoReleases && was.namespace == identity.namespace {
        // Said once of the releases, not of each object.
        fields.retain(|field| field.place.to_string() != "metadata.namespace");
    }
    let fate = match was.name == identity.name {
        true if fields.is_empty() => return None,
        true => Fate::Changed,
        false => Fate::Renamed { from: was.name.clone() },
    };
    Some(ObjectDifference { identity, fate, before: Some(before), after: Some(after), fields })
}
