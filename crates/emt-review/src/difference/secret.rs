//! The content of Secrets: compared by value, told without it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use emt_model::secrecy::hide_variables;
use serde_json::Value;

use super::change::{Change, FieldChange, SecretChange};
use super::place::FieldPlace;

/// The keys whose values differ; `data` in base64 and `stringData` in plain are one thing.
pub(crate) fn changes(before: &Value, after: &Value) -> Vec<FieldChange> {
    let (before, after) = (contents(before), contents(after));
    let names: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let of = |name: &&String| {
        let place = FieldPlace::default().key("data").key(name);
        Some(FieldChange { place, change: change(before.get(*name), after.get(*name))? })
    };
    names.iter().filter_map(of).collect()
}

/// What happens to a secret; none if nothing does.
pub(crate) fn change<T: PartialEq>(old: Option<T>, new: Option<T>) -> Option<Change> {
    let now = match (old, new) {
        (None, None) => return None,
        (None, _) => SecretChange::Added,
        (_, None) => SecretChange::Removed,
        (Some(old), Some(new)) if old != new => SecretChange::Changed,
        _ => return None,
    };
    Some(Change::Secret { now })
}

/// What happens to a value that may hold secrets among others, without them. Where nothing else differs, that they do is
/// all.
pub(crate) fn shown(old: Option<&Value>, new: Option<&Value>) -> Change {
    let [shown_old, shown_new] = [old, new].map(|value| {
        let mut value = value.cloned();
        value.iter_mut().for_each(hide_variables);
        value
    });
    match (shown_old, shown_new) {
        (Some(one), Some(other)) if one == other && old != new => Change::Secret { now: SecretChange::Changed },
        (Some(Value::String(old)), Some(Value::String(new))) if old.contains('\n') || new.contains('\n') => {
            Change::text(&old, &new)
        }
        (old, new) => Change::of(old.as_ref(), new.as_ref()),
    }
}

/// Every key with the bytes that the Secret will hold; `stringData` wins.
fn contents(secret: &Value) -> BTreeMap<String, Vec<u8>> {
    let entries = |key: &str| secret[key].as_object().into_iter().flatten();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let encoded = entries("data").map(|(name, value)| {
        let text = text(value);
        (name.clone(), STANDARD.decode(&text).unwrap_or_else(|_| text.into_bytes()))
    });
    let plain = entries("stringData").map(|(name, value)| (name.clone(), text(value).into_bytes()));
    encoded.chain(plain).collect()
}
