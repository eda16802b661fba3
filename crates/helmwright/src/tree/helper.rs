//! Helpers: named templates that the printer writes once, documented, into `_helpers.tpl`.

use std::sync::Arc;

use super::{ControlId, Entry};
use crate::expression::{Expression, Variable};

/// A named template.
#[derive(Debug)]
pub struct Helper {
    /// Its name, with the chart's name before it, such as `apim-emt.fullname`.
    pub name: &'static str,
    /// What it gives, for the reader of the chart.
    pub purpose: &'static str,
    /// Its parameters, passed by name beside the root.
    pub parameters: Vec<Variable>,
    /// What it gives.
    pub body: HelperBody,
}

impl PartialEq for Helper {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What a helper gives.
#[derive(Debug)]
pub enum HelperBody {
    /// One text, by cases.
    Value(Choice),
    /// A text of several lines.
    Lines(Vec<Line>),
    /// Entries of a map.
    Fragment(Vec<Entry>),
}

/// A text by cases: that of the first condition that holds, else the last.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Tells it from other control nodes.
    pub id: ControlId,
    /// Names for values in what follows, in order.
    pub bindings: Vec<(Variable, Expression)>,
    /// Conditions and their results.
    pub branches: Vec<(Expression, Expression)>,
    /// The result where none holds.
    pub otherwise: Expression,
}

/// A part of a text of several lines. The first part is always a [`Line::Text`].
#[derive(Clone, Debug)]
pub enum Line {
    /// One line; what it interpolates may hold newlines.
    Text(Expression),
    /// The first branch whose condition holds, else `otherwise`.
    If {
        /// Tells it from other control nodes.
        id: ControlId,
        /// Conditions and the lines under them.
        branches: Vec<(Expression, Vec<Line>)>,
        /// The lines where no condition holds.
        otherwise: Vec<Line>,
    },
    /// The lines once for each entry of a map, in byte order of its keys, or for each element of a list.
    Range {
        /// Tells it from other control nodes.
        id: ControlId,
        /// The map or list.
        subject: Expression,
        /// Stands for the key of a map's entry; none for a list.
        key: Option<Variable>,
        /// Stands for the entry or element.
        value: Variable,
        /// The lines for each.
        body: Vec<Line>,
    },
    /// The lines with the variable bound to the value.
    Let {
        /// Stands for the value in the body.
        variable: Variable,
        /// The value.
        value: Expression,
        /// Where the variable may be used.
        body: Vec<Line>,
    },
}

impl Line {
    /// Visits the text of every line, and whether it is all that there is.
    pub(crate) fn texts(lines: &[Self], visit: &mut dyn FnMut(&Expression, bool)) {
        for line in lines {
            match line {
                Self::Text(text) => visit(text, lines.len() == 1),
                Self::If { branches, otherwise, .. } => {
                    for body in branches.iter().map(|(_, body)| body).chain([otherwise]) {
                        Self::texts(body, &mut |text, _| visit(text, false));
                    }
                }
                Self::Range { body, .. } => Self::texts(body, &mut |text, _| visit(text, false)),
                Self::Let { body, .. } => Self::texts(body, visit),
            }
        }
    }
}

impl Choice {
    /// The expressions of the choice, in order.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let branches = self.branches.iter().flat_map(|(condition, result)| [condition, result]);
        self.bindings.iter().map(|(_, value)| value).chain(branches).chain([&self.otherwise])
    }
}

impl Helper {
    /// A helper, shared by its callers.
    #[must_use]
    pub fn shared(name: &'static str, purpose: &'static str, parameters: Vec<Variable>, body: HelperBody) -> Arc<Self> {
        Arc::new(Self { name, purpose, parameters, body })
    }
}
