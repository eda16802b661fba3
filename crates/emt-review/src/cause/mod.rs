//! Which changed line caused which changed field.
//!
//! The impact map says which values a field is made of and which conditions stand around it. Of several changed values that
//! may have caused a change, the ones are told that fit best: first those whose old and new value are the field's own, then
//! those that the field is made of, then the conditions.
//!
//! Limit: what is told is what the map allows, not what was tried. Two values that changed together and feed one field are
//! both told.

mod map;
mod values;

use helmwright::impact::{FieldPath, Row, Segment, existence};
use serde::Serialize;
use serde_json::Value;

use crate::difference::{Change, Fate, FieldChange, ObjectDifference};
use crate::rendering::Rendering;

pub use map::ImpactMap;
pub(crate) use values::shown_value;
pub use values::{Effect, ValueChange};

/// Why something differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "by", rename_all = "camelCase")]
pub enum Cause {
    /// A changed value: its number among the environment's changed values.
    Value {
        /// The number, from 0.
        index: usize,
    },
    /// The chart has another version.
    Chart {
        /// The version before.
        from: String,
        /// The version after.
        to: String,
    },
    /// The release has another name.
    Release {
        /// The name before.
        from: String,
        /// And after.
        to: String,
    },
    /// The release has another namespace.
    Namespace {
        /// The namespace before.
        from: String,
        /// And after.
        to: String,
    },
    /// No changed value is read there: the definition of the objects itself differs.
    Definition,
}

/// Finds causes between two renderings.
pub(crate) struct Causes<'a> {
    map: &'a ImpactMap,
    before: &'a Rendering<'a>,
    after: &'a Rendering<'a>,
    values: Vec<ValueChange>,
    /// For each changed value the objects that it may have changed.
    touched: Vec<usize>,
}

impl<'a> Causes<'a> {
    pub(crate) fn new(map: &'a ImpactMap, before: &'a Rendering<'a>, after: &'a Rendering<'a>) -> Self {
        let values = values::changes(before, after);
        let touched = vec![0; values.len()];
        Self { map, before, after, values, touched }
    }

    /// The changed values, each with what it does, once all objects were asked for.
    pub(crate) fn into_values(self) -> Vec<ValueChange> {
        let mut values = self.values;
        for (value, count) in values.iter_mut().zip(self.touched) {
            if value.effect == Effect::None && count > 0 {
                value.effect = Effect::Objects { count };
            }
        }
        values
    }

    /// Why an object stands there or does not, and why each of its changed fields differs.
    pub(crate) fn of_object(&mut self, object: &ObjectDifference<'_>) -> (Vec<Cause>, Vec<Vec<Cause>>) {
        let template = object.after.or(object.before).map(|rendered| rendered.template.as_str()).unwrap_or_default();
        let rows = self.map.rows(template, &object.identity.kind);
        let changed = self.changed_for(object);
        let mut may = Vec::new();
        let whole = match object.fate {
            Fate::Added | Fate::Removed => self.of_existence(&rows, &changed, &mut may),
            Fate::Changed | Fate::Renamed { .. } => Vec::new(),
        };
        let fields = object.fields.iter().map(|field| self.of_field(&rows, &changed, field, &mut may)).collect();
        may.sort_unstable();
        may.dedup();
        may.into_iter().for_each(|index| self.touched[index] += 1);
        (whole, fields)
    }

    /// The changed values that can concern an object: those of another gateway group cannot, nor those that its own group
    /// overrides.
    fn changed_for(&self, object: &ObjectDifference<'_>) -> Vec<(usize, String)> {
        let group = |object: &Value| object["metadata"]["labels"]["apim-emt/group"].as_str().map(str::to_owned);
        let groups: Vec<String> = [group(object.old()), group(object.now())].into_iter().flatten().collect();
        let is_possible = |path: &str| {
            if let Some(entry) = path.strip_prefix("extraObjects.").and_then(|rest| rest.split('.').next()) {
                return self.may_be_entry(entry, object);
            }
            if groups.is_empty() {
                return true;
            }
            if let Some(rest) = path.strip_prefix("gatewayGroups.") {
                return groups.iter().any(|group| rest.split('.').next() == Some(group));
            }
            match path.strip_prefix("gatewayGroupDefaults.") {
                Some(rest) => !groups.iter().all(|group| self.is_overridden(group, rest)),
                None => true,
            }
        };
        let changed = self.values.iter().enumerate().filter(|(_, value)| value.effect == Effect::None);
        changed
            .filter(|(_, value)| is_possible(&value.dotted))
            .map(|(index, value)| (index, value.dotted.clone()))
            .collect()
    }

    /// Whether an object may be the one that stands whole in the values under this name, or be among the items of a list there.
    fn may_be_entry(&self, entry: &str, object: &ObjectDifference<'_>) -> bool {
        let same = |one: &Value, other: &Value| {
            one["kind"] == other["kind"] && one["metadata"]["name"] == other["metadata"]["name"]
        };
        let written = [self.before.values, self.after.values].map(|values| &values["extraObjects"][entry]);
        written
            .into_iter()
            .any(|written| !written["items"].is_null() || same(written, object.old()) || same(written, object.now()))
    }

    /// Whether a group has a value of its own, before and after, for a path of the groups' defaults.
    fn is_overridden(&self, group: &str, path: &str) -> bool {
        [self.before.values, self.after.values].into_iter().all(|values| {
            let entry = &values["gatewayGroups"][group];
            let own = path.split('.').try_fold(entry, |at, key| at.get(key));
            own.is_some_and(|own| !own.is_object())
        })
    }

    fn of_existence(&self, rows: &[&Row], changed: &[(usize, String)], may: &mut Vec<usize>) -> Vec<Cause> {
        let common = existence(rows);
        let all = rows.iter().flat_map(|row| &row.conditions).cloned().collect();
        let content = rows.iter().flat_map(|row| &row.content).cloned().collect();
        let all_of = [common, all, content];
        may.extend(all_of.iter().flat_map(|paths| concerned(changed, paths.iter())));
        for paths in all_of {
            let found = concerned(changed, paths.iter());
            if !found.is_empty() {
                return found.into_iter().map(|index| Cause::Value { index }).collect();
            }
        }
        self.of_builtins(["@Release.Name", "@Release.Namespace", "@Chart.Version"].into_iter())
    }

    fn of_field(
        &self,
        rows: &[&Row],
        changed: &[(usize, String)],
        field: &FieldChange,
        may: &mut Vec<usize>,
    ) -> Vec<Cause> {
        let places = places(field);
        let agreement = |row: &Row| places.iter().filter_map(|place| map::agreement(&row.field, place)).max();
        let rows: Vec<(usize, &Row)> = rows.iter().filter_map(|row| Some((agreement(row)?, *row))).collect();
        let best = rows.iter().map(|(agreement, _)| *agreement).max().unwrap_or(0);
        let exact = || rows.iter().filter(move |(agreement, _)| *agreement == best).map(|(_, row)| *row);
        let any = || rows.iter().map(|(_, row)| *row);
        let comes_or_goes = matches!(field.change, Change::Added { .. } | Change::Removed { .. });

        let content = concerned(changed, any().flat_map(|row| &row.content));
        let conditions = concerned(changed, any().flat_map(|row| &row.conditions));
        may.extend(content.iter().chain(&conditions));
        let is_same = |index: &&usize| same_change(&self.values[**index].change, &field.change);
        let mut found: Vec<usize> = content.iter().filter(is_same).copied().collect();
        if found.is_empty() {
            found = concerned(changed, exact().flat_map(|row| &row.content));
            if comes_or_goes {
                found.extend(concerned(changed, exact().flat_map(|row| &row.conditions)));
            }
        }
        for fallback in [content, conditions] {
            if found.is_empty() {
                found = fallback;
            }
        }
        found.sort_unstable();
        found.dedup();
        if found.is_empty() {
            return self
                .of_builtins(any().flat_map(|row| row.content.iter().chain(&row.conditions)).map(String::as_str));
        }
        found.into_iter().map(|index| Cause::Value { index }).collect()
    }

    /// Causes that are no values: those that one of these paths reads and that differ.
    fn of_builtins<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Vec<Cause> {
        let mut causes = Vec::new();
        for path in paths {
            let of = |rendering: &Rendering<'_>| match path {
                "@Release.Name" => rendering.release.to_owned(),
                "@Release.Namespace" => rendering.namespace.to_owned(),
                "@Chart.Version" => rendering.chart_version.to_owned(),
                _ => String::new(),
            };
            let (from, to) = (of(self.before), of(self.after));
            if from != to {
                causes.push(match path {
                    "@Chart.Version" => Cause::Chart { from, to },
                    "@Release.Namespace" => Cause::Namespace { from, to },
                    _ => Cause::Release { from, to },
                });
            }
        }
        causes.sort();
        causes.dedup();
        if causes.is_empty() { vec![Cause::Definition] } else { causes }
    }
}

/// Where templates may write a field: what a Secret holds under `data` is written as `stringData`, too.
fn places(field: &FieldChange) -> Vec<FieldPath> {
    let place = field.place.to_impact();
    let mut places = vec![place.clone()];
    if matches!(field.change, Change::Secret { .. }) && field.place.is_below(&["data"]) {
        let mut plain = place;
        plain.0[0] = Segment::Key("stringData".to_owned());
        places.push(plain);
    }
    places
}

fn concerned<'p>(changed: &[(usize, String)], read: impl Iterator<Item = &'p String>) -> Vec<usize> {
    let changed: Vec<(usize, &str)> = changed.iter().map(|(index, path)| (*index, path.as_str())).collect();
    map::concerned(&changed, &read.collect())
}

/// Whether a value and a field held and hold the same: a text that a number became included.
fn same_change(value: &Change, field: &Change) -> bool {
    let text =
        |value: Option<&Value>| value.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    match (value, field) {
        (Change::Text { lines: one }, Change::Text { lines: other }) => one == other,
        _ => {
            let of = |change: &Change| (text(change.old()), text(change.new_value()));
            of(value) == of(field) && of(value) != (None, None)
        }
    }
}
