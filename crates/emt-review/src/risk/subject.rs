//! What a rule judges, and the questions that rules share.

use serde_json::Value;

use crate::difference::{Fate, FieldChange, ObjectDifference};
use crate::stores::{Store, Stores};

/// A changed field of an object or, without one, the object as a whole.
pub(super) struct Subject<'a> {
    pub(super) object: &'a ObjectDifference<'a>,
    pub(super) field: Option<&'a FieldChange>,
    pub(super) stores: &'a Stores,
}

/// Keys that lead from a workload to the specification of its pods.
const POD: [&str; 3] = ["spec", "template", "spec"];

impl<'a> Subject<'a> {
    pub(super) fn kind(&self) -> &'a str {
        &self.object.identity.kind
    }

    pub(super) fn is(&self, kinds: &[&str]) -> bool {
        kinds.contains(&self.kind())
    }

    /// Whether the object makes pods that stay.
    pub(super) fn is_workload(&self) -> bool {
        self.object.identity.is_workload()
    }

    /// Whether Helm runs the object at certain moments.
    pub(super) fn is_hook(&self) -> bool {
        !self.object.object()["metadata"]["annotations"]["helm.sh/hook"].is_null()
    }

    /// The kind with its article.
    pub(super) fn a_kind(&self) -> String {
        let kind = self.kind();
        let is_open = kind.starts_with(['A', 'E', 'I', 'O']) || kind.starts_with("HTTP");
        format!("{} {kind}", if is_open { "an" } else { "a" })
    }

    /// Whether Helm leaves the object where it is when it leaves the release.
    pub(super) fn is_kept(&self) -> bool {
        self.object.old()["metadata"]["annotations"]["helm.sh/resource-policy"] == "keep"
    }

    /// Whether the field holds the same items as before in another order, separated by commas.
    pub(super) fn is_reordered(&self) -> bool {
        let items = |value: &Value| {
            let mut items: Vec<String> = value.as_str()?.split(',').map(|item| item.trim().to_owned()).collect();
            items.sort_unstable();
            Some(items)
        };
        items(self.old()).is_some_and(|old| items(self.now()) == Some(old))
    }

    /// The architecture's component that the object belongs to.
    pub(super) fn component(&self) -> &'a str {
        self.object.object()["metadata"]["labels"]["app.kubernetes.io/component"].as_str().unwrap_or_default()
    }

    /// What happens to the object, if it is judged as a whole.
    pub(super) fn fate(&self) -> Option<&'a Fate> {
        self.field.is_none().then_some(&self.object.fate)
    }

    /// Whether the changed field lies at or below these keys.
    pub(super) fn at(&self, keys: &[&str]) -> bool {
        self.field.is_some_and(|field| field.place.is_below(keys))
    }

    /// Whether a key of this name is on the way to the changed field.
    pub(super) fn passes(&self, key: &str) -> bool {
        self.field.is_some_and(|field| field.place.keys().any(|own| own == key))
    }

    /// Whether the changed field belongs to a pod of a workload, at or below these keys of its specification.
    pub(super) fn in_pod(&self, keys: &[&str]) -> bool {
        self.is_workload() && self.at(&[&POD, keys].concat())
    }

    /// The name of the variable of a container whose value or source changes.
    pub(super) fn variable(&self) -> Option<&'a str> {
        self.field?.place.item_of("env")
    }

    /// What that variable says of a store, if it is about one.
    pub(super) fn store(&self) -> Option<Store> {
        self.stores.named(self.variable()?)
    }

    /// What the field held; null if it was not there or may not be shown.
    pub(super) fn old(&self) -> &'a Value {
        const NOTHING: &Value = &Value::Null;
        self.field.and_then(|field| field.change.old()).unwrap_or(NOTHING)
    }

    /// What the field holds.
    pub(super) fn now(&self) -> &'a Value {
        const NOTHING: &Value = &Value::Null;
        self.field.and_then(|field| field.change.new_value()).unwrap_or(NOTHING)
    }

    /// Whether a number became smaller, or a field with one went away.
    pub(super) fn is_less(&self) -> bool {
        match (self.old().as_f64(), self.now().as_f64()) {
            (Some(old), Some(new)) => new < old,
            (Some(_), None) => self.now().is_null(),
            _ => false,
        }
    }

    /// Where a changed annotation stands: its name, of the object itself.
    pub(super) fn annotation(&self) -> Option<&'a str> {
        let mut keys = self.field?.place.keys();
        (keys.next() == Some("metadata") && keys.next() == Some("annotations")).then(|| keys.next()).flatten()
    }
}
