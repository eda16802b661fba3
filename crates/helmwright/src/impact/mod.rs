//! The reading of the tree that says which values decide which fields.
//!
//! Each field of each object gets the value paths that its content is made of and those of the conditions around it. A
//! change of a value can move no other field: a test changes every value and looks. Read the other way round it tells
//! which values nothing reads.

mod walk;

use std::collections::BTreeSet;

use crate::tree::{ControlId, Tree};
use walk::Walk;

pub use crate::tree::{FieldPath, Segment};

/// Paths of values, such as `gatewayGroups.*.traffic.replicas`; `*` stands for any key. What does not come from values
/// begins with `@`, such as `@Release.Name`.
pub type Paths = BTreeSet<String>;

/// One field and what decides it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The template file.
    pub file: &'static str,
    /// The object's kind; [`Row::ANY_KIND`] for a whole object of the values, of which `field` is the root.
    pub kind: String,
    /// The field.
    pub field: FieldPath,
    /// What its content is made of.
    pub content: Paths,
    /// What decides whether it stands there.
    pub conditions: Paths,
}

impl Row {
    /// The kind of an object that comes whole from the values.
    pub const ANY_KIND: &'static str = "*";
}

/// Every field of the tree with what decides it.
#[must_use]
pub fn impact(tree: &Tree) -> Vec<Row> {
    Walk::over(tree).rows
}

/// Every control node of the tree, refusals and those of helpers and notes included, with the value paths that decide which
/// of its branches is taken. A node that is reached in several ways stands there several times.
#[must_use]
pub fn decisions(tree: &Tree) -> Vec<(ControlId, Paths)> {
    let mut walk = Walk::over(tree);
    walk.lines(&tree.notes);
    walk.decisions
}

/// A key that the tree sets in a map into which it also puts whole maps of the values.
///
/// Where one of these holds the same key, Helm prints it twice, and the last one counts: the types of their keys are to
/// exclude it.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedKey {
    /// The template file.
    pub file: &'static str,
    /// The object's kind.
    pub kind: String,
    /// The key that the tree sets.
    pub field: FieldPath,
    /// The maps of the values.
    pub values: Paths,
}

/// Every key that the tree sets beside whole maps of the values.
#[must_use]
pub fn shared_keys(tree: &Tree) -> Vec<SharedKey> {
    Walk::over(tree).shared
}

/// What decides whether an object stands there at all: the conditions that all its rows share.
#[must_use]
pub fn existence(of_object: &[&Row]) -> Paths {
    let mut conditions = of_object.iter().map(|row| &row.conditions);
    let Some(first) = conditions.next() else { return Paths::new() };
    conditions.fold(first.clone(), |common, more| common.intersection(more).cloned().collect())
}

/// A reason for which the tree refuses values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it says; `*` stands for what comes from values.
    pub message: String,
    /// The values that its condition reads.
    pub reads: Paths,
}

/// Every refusal of the tree, in the order in which they are tried.
#[must_use]
pub fn refusals(tree: &Tree) -> Vec<Refusal> {
    Walk::over(tree).refusals
}

/// Every value path that the tree reads, refusals and notes included.
#[must_use]
pub fn reads(tree: &Tree) -> Paths {
    let mut walk = Walk::over(tree);
    let mut paths: Paths =
        walk.rows.iter().flat_map(|row| row.content.iter().chain(&row.conditions)).cloned().collect();
    paths.append(&mut walk.messages);
    paths.append(&mut walk.lines(&tree.notes));
    paths.extend(walk.decisions.into_iter().flat_map(|(_, paths)| paths));
    paths
}

/// Whether a change at `changed` can change what is read at `read`.
///
/// It can where one lies at or below the other. A path that ends in `*~key` reads which keys a map has, not what they hold.
#[must_use]
pub fn concerns(changed: &str, read: &str) -> bool {
    let mut changed = changed.split('.');
    let mut read = read.split('.');
    loop {
        match (changed.next(), read.next()) {
            (None, _) | (_, None) => return true,
            // Which keys there are changes with an entry as a whole, not with what stands in it.
            (Some(_), Some("*~key")) => return changed.next().is_none(),
            (Some(left), Some(right)) if left == right || left == "*" || right == "*" => {}
            _ => return false,
        }
    }
}

/// Whether a path is another one or lies below it; `*` is any key.
#[must_use]
pub fn at_or_below(path: &str, above: &str) -> bool {
    let mut path = path.split('.');
    above.split('.').all(|step| path.next().is_some_and(|own| step == own || step == "*" || own == "*"))
}

#[cfg(test)]
mod tests {
    use super::{at_or_below, concerns};

    #[test]
    fn a_path_is_below_itself_and_its_beginnings() {
        assert!(at_or_below("a.b.c", "a.b") && at_or_below("a.b", "a.b") && at_or_below("a.one.c", "a.*.c"));
        assert!(!at_or_below("a.b", "a.b.c") && !at_or_below("a.bc", "a.b"));
    }

    #[test]
    fn a_change_concerns_what_lies_at_above_or_below() {
        assert!(concerns("a.b", "a.b.c"));
        assert!(concerns("a.b.c", "a.b"));
        assert!(concerns("groups.one.image", "groups.*.image.tag"));
        assert!(concerns("groups.one", "groups.*~key"));
        assert!(!concerns("groups.one.image", "groups.*~key"));
        assert!(!concerns("a.b", "a.c"));
        assert!(!concerns("groups.one.image", "groups.*.replicas"));
    }
}
