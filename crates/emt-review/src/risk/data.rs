//! Data: volumes, keyspaces and databases that are changed for others, lost or written to.

use emt_check::larger_quantity;
use serde_json::Value;

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::Fate;
use crate::stores::Store;

pub(super) const RULE: Rule = Rule {
    class: Class::Data,
    what: "claims that come, go or change their class or size downwards; the Cassandra hosts and keyspaces and the metrics \
           database that pods use; the volume of events; the job that writes the metrics database's tables",
    why: "pods read and write elsewhere: what they stored before is not there, and what was not yet processed may be lost",
    advice: "back up, and move the data before the change is applied",
    judge,
};

/// What pods use where the variable that says so changes.
fn other(store: Store) -> &'static str {
    match store {
        Store::CassandraHosts => "other Cassandra hosts",
        Store::CassandraPort => "another Cassandra port",
        Store::Keyspace => "another keyspace",
        Store::ThrottlingKeyspace => "another keyspace of throttling",
        Store::MetricsDatabase => "another metrics database, or another way to it",
    }
}

/// The component whose job writes to the metrics database.
const DATABASE_SETUP: &str = "database-setup";

fn judge(subject: &Subject<'_>) -> Option<String> {
    if subject.kind() == "PersistentVolumeClaim" {
        return claim(subject);
    }
    if subject.kind() == "Job" && subject.component() == DATABASE_SETUP {
        return database_setup(subject);
    }
    if subject.variable().is_some() && subject.is_workload() && subject.passes("containers") {
        return store(subject).map(|store| format!("its pods use {}", other(store)));
    }
    let place = &subject.field?.place;
    if subject.in_pod(&["volumes"]) {
        let keeps = |value: &Value| !value["persistentVolumeClaim"].is_null();
        let is_claim =
            place.keys().any(|key| key == "persistentVolumeClaim") || keeps(subject.old()) || keeps(subject.now());
        return is_claim.then(|| format!("the volume {} is another one", place.item_of("volumes").unwrap_or_default()));
    }
    if subject.kind() == "PersistentVolume" && subject.at(&["spec"]) {
        return Some("the volume behind a claim changes".to_owned());
    }
    None
}

/// What the changed variable says of a store: hosts in another order are the same.
fn store(subject: &Subject<'_>) -> Option<Store> {
    subject.store().filter(|store| *store != Store::CassandraHosts || !subject.is_reordered())
}

/// The name of an image with its tag and digest, wherever it comes from.
fn name_and_version(image: &Value) -> Option<&str> {
    image.as_str()?.rsplit('/').next()
}

fn claim(subject: &Subject<'_>) -> Option<String> {
    match subject.fate() {
        Some(Fate::Removed) if subject.is_kept() => {
            return Some("the claim leaves the release; Helm keeps it, with its data, and nothing uses it".to_owned());
        }
        Some(Fate::Removed) => return Some("the claim is deleted with all that it holds".to_owned()),
        Some(Fate::Renamed { from }) => return Some(format!("what {from} holds is not in the new claim")),
        Some(Fate::Added) => return Some("a claim that is empty at first".to_owned()),
        Some(Fate::Changed) => return None,
        None => {}
    }
    if subject.annotation() == Some("helm.sh/resource-policy") && subject.old() == "keep" {
        return Some("Helm deletes the claim when the release goes".to_owned());
    }
    if subject.at(&["spec", "resources"]) {
        let is_smaller = larger_quantity(subject.old().as_str()?, subject.now().as_str()?);
        return is_smaller.then(|| "what the claim holds may not fit".to_owned());
    }
    subject.at(&["spec"]).then(|| "a claim of another kind has to be made, and its data moved".to_owned())
}

fn database_setup(subject: &Subject<'_>) -> Option<String> {
    const WRITES: &str = "the metrics database's tables are written";
    match subject.fate() {
        Some(Fate::Added) => return Some(WRITES.to_owned()),
        // It has another name whenever anything in it changes; what that is says how grave it is.
        Some(_) => return None,
        None => {}
    }
    if !subject.at(&["spec", "template", "spec", "containers"]) {
        return None;
    }
    match subject.variable() {
        Some(_) if store(subject).is_some() => Some(format!("{WRITES} elsewhere, or by another way")),
        None if subject.passes("image") && name_and_version(subject.old()) == name_and_version(subject.now()) => None,
        None if subject.passes("image") => Some(format!("{WRITES} by another version of the product")),
        None if subject.passes("command") || subject.passes("args") => Some(format!("{WRITES} by another command")),
        _ => None,
    }
}
