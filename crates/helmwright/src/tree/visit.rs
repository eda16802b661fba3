//! Visits every expression of a part of the tree, in order, with the number of `with` and `range` bodies around it.
//!
//! An included fragment is visited as a call: its body belongs to the helper.

use super::{Control, Document, Entry, Item, Key, Line, Node};
use crate::expression::{Expression, Variable};

/// Is given an expression and its depth.
pub type Visit<'a> = &'a mut dyn FnMut(&Expression, usize);

/// A part of the tree whose expressions can be visited.
pub trait Part: Sized {
    /// Visits the expressions of one part.
    fn visit(&self, depth: usize, visit: Visit<'_>);

    /// Visits the expressions of several parts.
    fn visit_all(parts: &[Self], depth: usize, visit: Visit<'_>) {
        for part in parts {
            part.visit(depth, visit);
        }
    }

    /// Whether the variable occurs in the parts.
    fn uses(parts: &[Self], variable: &Variable) -> bool {
        let mut found = false;
        Self::visit_all(parts, 0, &mut |expression, _| found |= expression.uses(variable));
        found
    }

    /// Whether it occurs where another `with` or `range`, or the loop of a fold, has moved the dot.
    fn uses_below(parts: &[Self], variable: &Variable) -> bool {
        let mut found = false;
        Self::visit_all(parts, 0, &mut |expression, depth| {
            found |= expression.uses(variable) && (depth > 0 || expression.uses_in_fold(variable));
        });
        found
    }
}

impl Part for Document {
    fn visit(&self, depth: usize, visit: Visit<'_>) {
        match self {
            Self::Object(parts) => Entry::visit_all(parts, depth, visit),
            Self::Whole(expression) => visit(expression, depth),
            Self::Control(control) => control.visit(depth, visit),
            Self::Refuse(refusal) => {
                visit(&refusal.condition, depth);
                visit(&refusal.message, depth);
            }
        }
    }
}

impl Part for Entry {
    fn visit(&self, depth: usize, visit: Visit<'_>) {
        match self {
            Self::Field { key, node, .. } => {
                if let Key::Computed(key) = key {
                    visit(key, depth);
                }
                node.visit(depth, visit);
            }
            Self::Control(control) => control.visit(depth, visit),
            Self::Splice(expression) => visit(expression, depth),
            Self::Include(helper, arguments) => visit(&Expression::Include(helper.clone(), arguments.clone()), depth),
            Self::Comment(_) => {}
        }
    }
}

impl Part for Item {
    fn visit(&self, depth: usize, visit: Visit<'_>) {
        match self {
            Self::Node(node) => node.visit(depth, visit),
            Self::Control(control) => control.visit(depth, visit),
            Self::Splice(expression) => visit(expression, depth),
            Self::Comment(_) => {}
        }
    }
}

impl Part for Node {
    fn visit(&self, depth: usize, visit: Visit<'_>) {
        match self {
            Self::Map(parts) => Entry::visit_all(parts, depth, visit),
            Self::List(parts) => Item::visit_all(parts, depth, visit),
            Self::Scalar(expression) | Self::Block(expression) | Self::Whole(expression) => visit(expression, depth),
        }
    }
}

impl Part for Line {
    fn visit(&self, depth: usize, visit: Visit<'_>) {
        match self {
            Self::Text(expression) => visit(expression, depth),
            Self::If { branches, otherwise, .. } => {
                for (condition, body) in branches {
                    visit(condition, depth);
                    Self::visit_all(body, depth, visit);
                }
                Self::visit_all(otherwise, depth, visit);
            }
            Self::Range { subject, body, .. } => {
                visit(subject, depth);
                Self::visit_all(body, depth + 1, visit);
            }
            Self::Let { value, body, .. } => {
                visit(value, depth);
                Self::visit_all(body, depth, visit);
            }
        }
    }
}

impl<T: Part> Control<T> {
    fn visit(&self, depth: usize, visit: Visit<'_>) {
        match self {
            Self::If { branches, otherwise, .. } => {
                for (condition, body) in branches {
                    visit(condition, depth);
                    T::visit_all(body, depth, visit);
                }
                T::visit_all(otherwise, depth, visit);
            }
            Self::With { subject, body, .. } | Self::Range { subject, body, .. } => {
                visit(subject, depth);
                T::visit_all(body, depth + 1, visit);
            }
            Self::Let { value, body, .. } => {
                visit(value, depth);
                T::visit_all(body, depth, visit);
            }
        }
    }
}
