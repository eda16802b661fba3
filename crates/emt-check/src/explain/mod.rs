//! What a value does, and where a field of an object comes from: the impact map in words.
//!
//! Must not know who set a value in which file: the caller does. Limit: what is said of a value holds for all
//! environments; which of its fields an environment renders depends on its other values.

mod effect;
mod field;
mod value;

use std::collections::BTreeMap;

use helmwright::impact::{FieldPath, Row};

pub use effect::Effect;
pub use field::{FieldSource, NoSuchField, Sources, field_at, sources_of, written_at};
pub use value::{Decides, ValueExplanation, explain_value};

/// The rows of each object of each template.
fn by_object(rows: &[Row]) -> BTreeMap<(&'static str, &str), Vec<&Row>> {
    let mut objects: BTreeMap<(&'static str, &str), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        objects.entry((row.file, row.kind.as_str())).or_default().push(row);
    }
    objects
}

/// A field as people write it: `spec.replicas`.
fn shown(field: &FieldPath) -> String {
    field.to_string().trim_start_matches('.').to_owned()
}
