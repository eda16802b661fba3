//! Recreate: fields that Kubernetes lets nobody change.

use emt_check::larger_quantity;
use helmwright_k8s::immutable_fields;

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::Fate;

pub(super) const RULE: Rule = Rule {
    class: Class::Recreate,
    what: "a field that cannot be changed once the object is there (selectors, claim templates, a Service's clusterIP, \
           a claim's class, a StorageClass), and workloads, Services and claims that are renamed",
    why: "the API server refuses the change and the upgrade fails half way; a renamed object is deleted and another one made",
    advice: "plan to delete the object and to make it anew, or take the change back",
    judge,
};

fn judge(subject: &Subject<'_>) -> Option<String> {
    if let Some(fate) = subject.fate() {
        let Fate::Renamed { from } = fate else { return None };
        let is_grave = subject.is_workload() || subject.is(&["Service", "PersistentVolumeClaim"]);
        let fate = if subject.is_kept() { "leaves the release and is kept," } else { "is deleted" };
        return is_grave
            .then(|| format!("{} {from} {fate} and {} is made", subject.kind(), subject.object.identity.name));
    }
    // A hook is deleted before it is made anew.
    if subject.is_hook() {
        return None;
    }
    if immutable_fields(subject.kind()).any(|keys| subject.at(keys)) {
        return Some(format!("Kubernetes refuses to change {} of {}", subject.field?.place, subject.a_kind()));
    }
    if subject.kind() == "PersistentVolumeClaim"
        && subject.at(&["spec", "resources", "requests", "storage"])
        && larger_quantity(subject.old().as_str()?, subject.now().as_str()?)
    {
        return Some("Kubernetes refuses to make a claim smaller".to_owned());
    }
    if subject.is(&["Secret", "ConfigMap"]) && subject.object.old()["immutable"] == true && subject.at(&["data"]) {
        return Some(format!("this {} is marked immutable", subject.kind()));
    }
    None
}
