//! The content of Secrets: compared by value, told without it.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::change::{Change, FieldChange, SecretChange};
use super::place::FieldPlace;

/// The keys whose values differ; `data` in base64 and `stringData` in plain are one thing.
pub(crate) fn changes(before: &Value, after: &Value) -> Vec<FieldChange> {
    let (before, after) = (contents(before), contents(after));
    let names: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let change = |name: &&String| {
        let now = match (before.get(*name), after.get(*name)) {
            (None, _) => SecretChange::Added,
            (_, None) => SecretChange::Removed,
            (Some(old), Some(new)) if old != new => SecretChange::Changed,
            _ => return None,
        };
        let place = FieldPlace::default().key("data").key(name);
        Some(FieldChange { place, change: Change::Secret { now } })
    };
    names.iter().filter_map(change).collect()
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
