//! Faults of values: findings together with the paths that they are about.
//!
//! Must not know how faults are found.

use std::collections::HashSet;

use helmwright_diagnostics::{Finding, Findings, SourceId};
use helmwright_yaml::{MAX_FINDINGS, PathSegment, display_path};

use super::layers::Layers;
use super::rules;

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

/// Faults in the order in which they were found: as many as people are told, and whether there are more.
#[derive(Default)]
pub(super) struct Faults {
    faults: Vec<Fault>,
    more: bool,
}

impl Faults {
    /// Takes a fault, unless there are enough.
    pub(super) fn push(&mut self, fault: Fault) {
        if self.faults.len() < MAX_FINDINGS {
            self.faults.push(fault);
        } else {
            self.more = true;
        }
    }

    /// Whether more were found than people are told, so that none has to be looked for any more.
    pub(super) fn has_more(&self) -> bool {
        self.more
    }

    pub(super) fn is_empty(&self) -> bool {
        self.faults.is_empty()
    }

    /// Adds faults about paths of which nothing was said yet.
    pub(super) fn extend_unless_told(&mut self, others: Self) {
        let known: HashSet<&[PathSegment]> = self.faults.iter().map(|fault| fault.path.as_slice()).collect();
        let new: Vec<Fault> =
            others.faults.into_iter().filter(|other| !known.contains(other.path.as_slice())).collect();
        new.into_iter().for_each(|fault| self.push(fault));
        self.more |= others.more;
    }

    /// The findings by place, then by path.
    pub(super) fn into_findings(mut self, layers: &Layers) -> Findings {
        if self.more {
            self.faults.push(too_many(layers));
        }
        self.faults.sort_by(|one, other| order(one).cmp(&order(other)));
        self.faults.into_iter().map(|fault| fault.finding).collect()
    }
}

/// That there are more faults than are told: at the start of the last file.
fn too_many(layers: &Layers) -> Fault {
    let message = format!("more than {MAX_FINDINGS} faults; the rest of the values was not looked at");
    let finding = rules::TOO_MANY.finding(message).help("mend the others, or give the file that was meant");
    let finding = match layers.start() {
        Some(start) => finding.at(start, ""),
        None => finding,
    };
    Fault::new(&[], finding)
}

fn order(fault: &Fault) -> (bool, Option<(SourceId, usize)>, &[PathSegment], &Finding) {
    let place = fault.finding.place().map(|label| (label.span.source, label.span.start));
    (place.is_none(), place, &fault.path, &fault.finding)
}
