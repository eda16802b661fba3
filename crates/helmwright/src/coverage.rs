//! Which branches of the tree a set of values takes.
//!
//! Coverage counts control nodes of the definition, not lines of a chart: a branch that no committed values file and no
//! refused example takes is one that nobody has seen rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::Location;

use crate::evaluate::Observer;
use crate::tree::walk::{Part, walk};
use crate::tree::{ControlId, Tree};

/// A branch of a control node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch {
    /// Where the author wrote the control node.
    pub location: &'static Location<'static>,
    /// Number of the control node.
    pub control: u32,
    /// Which branch: 0 is the first, the last is "none of the conditions holds", "empty" or "not refused".
    pub branch: usize,
}

/// All branches of a tree, each once, however often its fragment is used.
#[must_use]
pub fn branches(tree: &Tree) -> BTreeSet<Branch> {
    let mut found = BTreeMap::new();
    walk(tree, &mut |part| {
        if let Part::Control(id, count) = part {
            found.insert(id.number(), (id.location, count));
        }
    });
    found
        .into_iter()
        .flat_map(|(control, (location, count))| (0..count).map(move |branch| Branch { location, control, branch }))
        .collect()
}

/// Collects the branches that evaluations take.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    taken: BTreeSet<(u32, usize)>,
}

impl Observer for Coverage {
    fn branch(&mut self, control: ControlId, branch: usize) {
        self.taken.insert((control.number(), branch));
    }
}

impl Coverage {
    /// The branches of the tree that no evaluation took.
    #[must_use]
    pub fn missing(&self, tree: &Tree) -> Vec<Branch> {
        branches(tree).into_iter().filter(|branch| !self.taken.contains(&(branch.control, branch.branch))).collect()
    }
}
