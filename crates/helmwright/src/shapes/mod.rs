//! The check of the tree for all values at once.
//!
//! Kubernetes schemas are structural: whether a map is valid depends on its own keys and on the validity of what stands
//! under them. So at each map of the tree every consistent combination of the conditions that decide *its own* keys is
//! tried, with what is known of the leaves from their types, in every supported version. Together that covers all
//! values, without trying two to the power of all conditions. A map with more conditions than [`MOST_CONDITIONS`] fails the
//! check: nothing is sampled.
//!
//! What types Kubernetes has is the business of a [`TypeSystem`]; `helmwright-k8s` is one.

mod node;

use std::fmt;

use serde_json::Value;

use crate::expression::ValueType;
use crate::tree::{Control, Document, Tree};

use crate::conditions::{Environment, Formula, MOST_ATOMS};

/// More conditions than this at one map are not enumerated.
pub const MOST_CONDITIONS: usize = MOST_ATOMS;

/// The types that objects are checked against.
pub trait TypeSystem {
    /// A type: of an object, a list, a scalar.
    type Type: Clone;

    /// The versions that are checked, by name.
    fn versions(&self) -> Vec<String>;

    /// The type of a kind.
    fn kind(&self, api_version: &str, kind: &str) -> Option<Self::Type>;

    /// The type of a key in a version, or what to say of it.
    ///
    /// # Errors
    ///
    /// Why there is no such key: unknown, too young, gone.
    fn field(&self, of: &Self::Type, key: &str, version: usize) -> Result<Self::Type, String>;

    /// The type of a key that comes from values; none where the keys are fixed.
    fn any_field(&self, of: &Self::Type) -> Option<Self::Type>;

    /// The type of a list's elements.
    fn element(&self, of: &Self::Type) -> Option<Self::Type>;

    /// The keys that a map of this type must have in a version.
    fn required(&self, of: &Self::Type, version: usize) -> Vec<String>;

    /// Whether something of this form may stand where the type is wanted.
    ///
    /// # Errors
    ///
    /// What is wanted instead.
    fn accepts(&self, of: &Self::Type, form: &Form<'_>) -> Result<(), String>;
}

/// What is known of a node without its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form<'t> {
    /// A map of the tree.
    Map,
    /// A list of the tree.
    List,
    /// A constant.
    Literal(&'t Value),
    /// A scalar of this type.
    Scalar(ValueType),
    /// A list or map of the values, passed through: its own type was checked where it was read.
    Whole(ValueType),
}

/// What a check found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Maps and lists of the tree.
    pub nodes: usize,
    /// Consistent combinations of keys, over all nodes.
    pub shapes: usize,
    /// Versions that each was checked against.
    pub versions: usize,
    /// What is wrong.
    pub problems: Vec<ShapeProblem>,
}

/// A shape that Kubernetes would refuse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShapeProblem {
    /// The template file.
    pub file: String,
    /// The node, from the object's kind on.
    pub node: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ShapeProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {}", self.file, self.node, self.message)
    }
}

/// Checks every object of the tree.
pub fn check<T: TypeSystem>(tree: &Tree, types: &T) -> Report {
    let report = Report { versions: types.versions().len(), ..Report::default() };
    let mut check = Check { types, file: "", environment: Environment::default(), assumptions: Vec::new(), report };
    for file in &tree.files {
        check.file = file.name;
        check.documents(&file.documents);
    }
    check.report.problems.sort();
    check.report.problems.dedup();
    check.report
}

struct Check<'s, T> {
    types: &'s T,
    file: &'static str,
    environment: Environment,
    /// The conditions around the node that is looked at, all of which hold.
    assumptions: Vec<Formula>,
    report: Report,
}

impl<T: TypeSystem> Check<'_, T> {
    fn problem(&mut self, node: &str, message: impl Into<String>) {
        let problem = ShapeProblem { file: self.file.to_owned(), node: node.to_owned(), message: message.into() };
        self.report.problems.push(problem);
    }

    fn documents(&mut self, documents: &[Document]) {
        for document in documents {
            match document {
                Document::Object(entries) => self.object(entries),
                Document::Control(control) => {
                    self.control(control, &mut |check, parts| check.documents(parts));
                }
                // What a whole object holds is checked by its type when it is read.
                Document::Whole(_) | Document::Refuse(_) => {}
            }
        }
    }

    /// Runs `body` on each branch of a control node, with the formula under which it stands assumed.
    fn control<P>(&mut self, control: &Control<P>, body: &mut dyn FnMut(&mut Self, &[P])) {
        for (formula, parts) in self.environment.branches(control) {
            self.assumptions.push(formula);
            body(self, parts);
            self.assumptions.pop();
        }
    }
}
