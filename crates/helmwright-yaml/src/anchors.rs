//! Anchors, and the budget that keeps aliases from expanding without end.
//!
//! An alias is a copy of its anchor's node, so copies are counted before they are made: nodes, bytes of text, levels.
//! What is kept for anchors counts as well, since anchors inside anchors are kept once for each.

use std::collections::HashMap;

use crate::limits::{MAX_NODES, MAX_TEXT_BYTES};
use crate::node::Node;

/// How large a part of the tree is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    /// Maps, lists and scalars.
    pub(crate) nodes: usize,
    /// Bytes of keys and strings.
    pub(crate) bytes: usize,
}

impl Size {
    pub(crate) fn minus(self, earlier: Self) -> Self {
        Self { nodes: self.nodes - earlier.nodes, bytes: self.bytes - earlier.bytes }
    }

    fn plus(self, other: Self) -> Self {
        Self { nodes: self.nodes + other.nodes, bytes: self.bytes + other.bytes }
    }
}

/// Counts the nodes of the tree and of the copies kept for anchors.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    tree: Size,
    kept: Size,
}

impl Budget {
    /// What the tree holds so far.
    pub(crate) fn tree(&self) -> Size {
        self.tree
    }

    /// Counts a part of the tree; false if the tree may not have it.
    pub(crate) fn add(&mut self, size: Size) -> bool {
        self.tree = self.tree.plus(size);
        self.holds()
    }

    /// Counts a copy kept for an anchor; false if there is no room for it.
    fn keep(&mut self, size: Size) -> bool {
        self.kept = self.kept.plus(size);
        self.holds()
    }

    fn holds(&self) -> bool {
        let all = self.tree.plus(self.kept);
        all.nodes <= MAX_NODES && all.bytes <= MAX_TEXT_BYTES
    }
}

/// A finished anchored node.
#[derive(Debug)]
pub(crate) struct Anchored {
    pub(crate) node: Node,
    pub(crate) size: Size,
    /// Levels of maps and lists in it: 0 for a scalar.
    pub(crate) height: usize,
}

/// The anchors of a document by the parser's number; a name that is defined again has a new number.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    finished: HashMap<usize, Anchored>,
}

impl Anchors {
    /// Keeps a finished node for its anchor; false if the budget has no room for it. Anchor 0 is none.
    pub(crate) fn define(
        &mut self,
        anchor: usize,
        node: &Node,
        size: Size,
        height: usize,
        budget: &mut Budget,
    ) -> bool {
        if anchor == 0 {
            return true;
        }
        let room = budget.keep(size);
        if room {
            self.finished.insert(anchor, Anchored { node: node.clone(), size, height });
        }
        room
    }

    /// The node of an anchor, `None` while it is not finished: the alias stands inside it.
    pub(crate) fn get(&self, anchor: usize) -> Option<&Anchored> {
        self.finished.get(&anchor)
    }
}
