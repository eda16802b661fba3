//! Faults of values: findings together with the paths that they are about.
//!
//! Must not know how faults are found.

use std::collections::HashSet;

use helmwright_diagnostics::{Finding, Findings, SourceId};
use helmwright_yaml::{PathSegment, display_path};

/// One fault.
pub(super) struct Fault {
    pub(super) path: Vec<PathSegment>,
    pub(super) finding: Finding,
}

impl Fault {
    /// A finding about what stands at `path`.
    pub(super) fn new(path: &[PathSegment], finding: Finding) -> Self {
        let shown = display_path(path);
        let finding = if shown.is_empty() { finding } else { finding.path(shown) };
        Self { path: path.to_vec(), finding }
    }
}

/// Faults in the order in which they were found.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn push(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    #[cfg(feature = "diagnose")]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    #[cfg(feature = "diagnose")]
    pub(super) fn truncate(&mut self, most: usize) {
        self.0.truncate(most);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds faults about paths of which nothing was said yet.
    pub(super) fn extend_unless_told(&mut self, others: Self) {
        let known: HashSet<&[PathSegment]> = self.0.iter().map(|fault| fault.path.as_slice()).collect();
        let new: Vec<Fault> = others.0.into_iter().filter(|other| !known.contains(other.path.as_slice())).collect();
        self.0.extend(new);
    }

    /// The findings by place, then by path.
    pub(super) fn into_findings(mut self) -> Findings {
        self.0.sort_by(|one, other| order(one).cmp(&order(other)));
        self.0.into_iter().map(|fault| fault.finding).collect()
    }
}

fn order(fault: &Fault) -> (bool, Option<(SourceId, usize)>, &[PathSegment], &Finding) {
    let place = fault.finding.place().map(|label| (label.span.source, label.span.start));
    (place.is_none(), place, &fault.path, &fault.finding)
}
