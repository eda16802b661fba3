//! The impact map, asked backwards: which values may have changed a field.

use std::collections::{BTreeMap, BTreeSet};

use helmwright::impact::{FieldPath, Paths, Row, Segment, concerns};

/// The rows of the impact map by the template file and the kind of the object.
#[derive(Debug)]
pub struct ImpactMap {
    rows: BTreeMap<(&'static str, String), Vec<Row>>,
    /// What the content of Secrets is made of.
    secrets: Paths,
}

impl ImpactMap {
    /// The map of a definition: [`helmwright::impact::impact`] of its tree.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        let mut secrets = Paths::new();
        let mut by_kind: BTreeMap<(&'static str, String), Vec<Row>> = BTreeMap::new();
        for row in rows {
            let is_content =
                matches!(row.field.0.first(), Some(Segment::Key(key)) if key == "data" || key == "stringData");
            if row.kind == "Secret" && is_content {
                secrets.extend(row.content.iter().filter(|path| !path.ends_with("~key")).cloned());
            }
            by_kind.entry((row.file, row.kind.clone())).or_default().push(row);
        }
        Self { rows: by_kind, secrets }
    }

    /// Whether the content of a Secret is made of this value.
    pub(crate) fn is_secret(&self, dotted: &str) -> bool {
        let below = |read: &str| {
            let (mut own, mut read) = (dotted.split('.'), read.split('.'));
            read.all(|step| own.next().is_some_and(|own| step == "*" || step == own))
        };
        self.secrets.iter().any(|read| below(read))
    }

    /// The rows of the objects of this kind that a template makes.
    pub(super) fn rows(&self, template: &str, kind: &str) -> Vec<&Row> {
        let of = |wanted: &str| {
            let rows = self.rows.iter().filter(move |((file, kind), _)| *file == template && kind == wanted);
            rows.flat_map(|(_, rows)| rows).collect::<Vec<_>>()
        };
        [of(kind), of(Row::ANY_KIND)].concat()
    }
}

/// The values that decide whether an object stands there at all: the conditions that all its fields share.
pub(super) fn existence(rows: &[&Row]) -> Paths {
    let mut conditions = rows.iter().map(|row| &row.conditions);
    let Some(first) = conditions.next() else { return Paths::new() };
    conditions.fold(first.clone(), |common, conditions| common.intersection(conditions).cloned().collect())
}

/// How exactly a row's field is the one looked at: the number of steps that agree by name. None if it is another field.
pub(super) fn agreement(row: &FieldPath, field: &FieldPath) -> Option<usize> {
    let step = |pair: (&Segment, &Segment)| match pair {
        (one, other) if one == other => Some(1),
        (Segment::AnyKey, Segment::Key(_)) | (Segment::Key(_), Segment::AnyKey) => Some(0),
        (Segment::AnyElement | Segment::Element(_), Segment::AnyElement)
        | (Segment::AnyElement, Segment::Element(_)) => Some(0),
        _ => None,
    };
    row.0.iter().zip(&field.0).map(step).sum()
}

/// Which of these changed values are read at one of these paths.
pub(super) fn concerned(changed: &[(usize, &str)], read: &BTreeSet<&String>) -> Vec<usize> {
    let is_read =
        |path: &str| read.iter().any(|read| !read.is_empty() && !read.starts_with('@') && concerns(path, read));
    changed.iter().filter(|(_, path)| is_read(path)).map(|(index, _)| *index).collect()
}
