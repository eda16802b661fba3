//! The impact map, asked backwards: which values may have changed a field.

use std::collections::{BTreeMap, BTreeSet};

use helmwright::impact::{FieldPath, Row, Segment, concerns};

/// The rows of the impact map by the template file and the kind of the object.
#[derive(Debug)]
pub struct ImpactMap {
    rows: BTreeMap<(&'static str, String), Vec<Row>>,
}

impl ImpactMap {
    /// The map of a definition: [`helmwright::impact::impact`] of its tree.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        let mut by_kind: BTreeMap<(&'static str, String), Vec<Row>> = BTreeMap::new();
        for row in rows {
            by_kind.entry((row.file, row.kind.clone())).or_default().push(row);
        }
        Self { rows: by_kind }
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
