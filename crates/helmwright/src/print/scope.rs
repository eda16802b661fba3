//! Where the printer stands: what the dot and `$` are, and what variables are called there.

use crate::expression::Variable;

/// What the dot is.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) enum Dot {
    /// What the template was called with.
    #[default]
    Argument,
    /// The value of this variable.
    Variable(u32),
    /// Something that nothing refers to.
    Elsewhere,
}

/// The names in force at one place of a template.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) dot: Dot,
    /// In a helper with parameters the argument is a dict that holds the root.
    pub(super) root_in_dict: bool,
    names: Vec<(u32, String)>,
    /// The accumulators of folds already printed.
    folds: Vec<(u32, String)>,
}

impl Scope {
    /// The scope at the start of a template; a helper with parameters finds the root in its argument.
    pub(super) fn new(root_in_dict: bool) -> Self {
        Self { root_in_dict, ..Self::default() }
    }

    /// The context that holds `.Values` and `.Release`, as an argument of `include`.
    pub(super) fn root(&self) -> String {
        match (self.dot == Dot::Argument, self.root_in_dict) {
            (true, false) => ".".to_owned(),
            (false, false) => "$".to_owned(),
            (true, true) => ".root".to_owned(),
            (false, true) => "$.root".to_owned(),
        }
    }

    /// A path below that context, such as `.Values`.
    pub(super) fn below_root(&self, path: &str) -> String {
        let root = self.root();
        if root == "." { path.to_owned() } else { format!("{root}{path}") }
    }

    /// How the variable is written here.
    pub(super) fn name(&self, variable: &Variable) -> Option<String> {
        if self.dot == Dot::Variable(variable.id()) {
            return Some(".".to_owned());
        }
        let (_, name) = self.names.iter().rev().find(|(id, _)| *id == variable.id())?;
        // A parameter of a helper is a key of the dict that it was called with.
        Some(if name.starts_with('.') && self.dot != Dot::Argument { format!("${name}") } else { name.clone() })
    }

    /// Gives the variable a name that no other variable in force has.
    pub(super) fn declare(&mut self, variable: &Variable) -> String {
        let name = self.unused(&variable.name);
        self.names.push((variable.id(), name.clone()));
        name
    }

    /// The name, or the name with a number behind it where it is taken.
    fn unused(&self, wanted: &str) -> String {
        let mut name = format!("${wanted}");
        let mut number = 2;
        while self.names.iter().chain(&self.folds).any(|(_, taken)| *taken == name) {
            name = format!("${wanted}{number}");
            number += 1;
        }
        name
    }

    /// Declares a helper's parameter.
    pub(super) fn declare_parameter(&mut self, variable: &Variable) {
        self.names.push((variable.id(), format!(".{}", variable.name)));
    }

    /// Declares the accumulator of a fold.
    pub(super) fn declare_fold(&mut self, variable: &Variable, name: &str) -> String {
        let name = self.unused(name);
        self.folds.push((variable.id(), name.clone()));
        name
    }

    /// The accumulator of a fold over this variable, once its loop is printed.
    pub(super) fn fold(&self, variable: &Variable) -> Option<&str> {
        self.folds.iter().rev().find(|(id, _)| *id == variable.id()).map(|(_, name)| name.as_str())
    }
}
