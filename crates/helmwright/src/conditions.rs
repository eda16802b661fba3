//! Conditions as formulas over atoms, so that combinations can be tried: for the shapes check and for coverage.
//!
//! An atom is a condition that is not composed. Two places that ask the same question share an atom: variables are
//! replaced by what they stand for first.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::expression::{Expression, Function, Variable};
use crate::tree::Control;

/// A condition composed of atoms.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Formula {
    /// All hold.
    All(Vec<Formula>),
    /// One holds.
    Any(Vec<Formula>),
    /// It does not hold.
    Not(Box<Formula>),
    /// A condition that is not composed: its normal form.
    Atom(String),
    /// A text equals a constant.
    Equal(String, String),
}

impl Formula {
    pub(crate) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Adds the atoms of the formula to a list.
    pub(crate) fn atoms(&self, atoms: &mut Vec<Self>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.atoms(atoms)),
            Self::Not(inner) => inner.atoms(atoms),
            atom => {
                if !atoms.contains(atom) {
                    atoms.push(atom.clone());
                }
            }
        }
    }

    /// Whether it holds where exactly the chosen atoms do.
    pub(crate) fn holds(&self, atoms: &[Self], chosen: u32) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(atoms, chosen)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(atoms, chosen)),
            Self::Not(inner) => !inner.holds(atoms, chosen),
            atom => atoms.iter().position(|known| known == atom).is_some_and(|index| chosen >> index & 1 == 1),
        }
    }
}

/// Whether the chosen atoms can hold together: one text cannot equal two constants.
pub(crate) fn consistent(atoms: &[Formula], chosen: u32) -> bool {
    let mut equal = BTreeMap::new();
    atoms.iter().enumerate().filter(|(index, _)| chosen >> index & 1 == 1).all(|(_, atom)| match atom {
        Formula::Equal(subject, constant) => equal.insert(subject, constant).is_none_or(|other| other == constant),
        _ => true,
    })
}

/// More atoms than this are not enumerated.
pub(crate) const MOST_ATOMS: usize = 16;

/// Whether the formula can hold where all assumptions do. Said of more atoms than can be tried: it can.
pub(crate) fn possible(assumptions: &[Formula], formula: &Formula) -> bool {
    let mut atoms = Vec::new();
    formula.atoms(&mut atoms);
    let mut relevant = vec![false; assumptions.len()];
    // An assumption that speaks of the same brings atoms of its own.
    loop {
        let before = atoms.len();
        for (assumption, relevant) in assumptions.iter().zip(&mut relevant) {
            let mut own = Vec::new();
            assumption.atoms(&mut own);
            if !*relevant && own.iter().any(|atom| atoms.contains(atom)) {
                *relevant = true;
                assumption.atoms(&mut atoms);
            }
        }
        if atoms.len() == before {
            break;
        }
    }
    if atoms.len() > MOST_ATOMS {
        return true;
    }
    (0..1_u32 << atoms.len()).any(|chosen| {
        let assumed = assumptions.iter().zip(&relevant).filter(|(_, relevant)| **relevant);
        consistent(&atoms, chosen)
            && formula.holds(&atoms, chosen)
            && assumed.into_iter().all(|(assumption, _)| assumption.holds(&atoms, chosen))
    })
}

/// What variables stand for.
#[derive(Default)]
pub(crate) struct Environment {
    values: BTreeMap<u32, Expression>,
}

impl Environment {
    pub(crate) fn bind(&mut self, variable: &Variable, value: &Expression) {
        let value = self.normal(value);
        self.values.insert(variable.id(), value);
    }

    /// The expression with variables replaced by what they stand for.
    fn normal(&self, expression: &Expression) -> Expression {
        match expression {
            Expression::Variable(variable) => self.values.get(&variable.id()).unwrap_or(expression).clone(),
            Expression::Field(base, key, value_type) => {
                Expression::Field(Arc::new(self.normal(base)), key, *value_type)
            }
            Expression::Call(function, arguments) => {
                Expression::Call(*function, arguments.iter().map(|argument| self.normal(argument)).collect())
            }
            other => other.clone(),
        }
    }

    /// The formula of a condition.
    pub(crate) fn formula(&self, condition: &Expression) -> Formula {
        match condition {
            Expression::Literal(Value::Bool(true)) => Formula::All(Vec::new()),
            Expression::Literal(Value::Bool(false)) => Formula::Any(Vec::new()),
            Expression::Call(Function::Not, arguments) => self.formula(&arguments[0]).not(),
            Expression::Call(Function::And, arguments) => {
                Formula::All(arguments.iter().map(|argument| self.formula(argument)).collect())
            }
            Expression::Call(Function::Or, arguments) => {
                Formula::Any(arguments.iter().map(|argument| self.formula(argument)).collect())
            }
            Expression::Call(Function::NotEmpty, arguments) => self.not_empty(&arguments[0]),
            Expression::Call(Function::Equal, arguments) => match &arguments[1] {
                Expression::Literal(constant) => {
                    Formula::Equal(format!("{:?}", self.normal(&arguments[0])), constant.to_string())
                }
                _ => Formula::Atom(format!("{:?}", self.normal(condition))),
            },
            other => Formula::Atom(format!("{:?}", self.normal(other))),
        }
    }

    /// The branches of a control node with the formulas under which they stand, the one where nothing holds included.
    pub(crate) fn branches<'t, P>(&mut self, control: &'t Control<P>) -> Vec<(Formula, &'t [P])> {
        match control {
            Control::If { branches, otherwise, .. } => {
                let conditions = self.choice(branches.iter().map(|(condition, _)| condition));
                conditions.into_iter().zip(branches.iter().map(|(_, parts)| &**parts).chain([&**otherwise])).collect()
            }
            Control::With { subject, variable, body, .. } => {
                let formula = self.not_empty(subject);
                self.bind(variable, subject);
                vec![(formula.clone(), body), (formula.not(), &[])]
            }
            Control::Range { subject, body, .. } => {
                let formula = self.not_empty(subject);
                vec![(formula.clone(), body), (formula.not(), &[])]
            }
            Control::Let { variable, value, body } => {
                self.bind(variable, value);
                vec![(Formula::All(Vec::new()), body)]
            }
        }
    }

    /// The formulas of "this is the first condition that holds", and of "none holds".
    pub(crate) fn choice<'e>(&self, conditions: impl IntoIterator<Item = &'e Expression>) -> Vec<Formula> {
        let (mut found, mut earlier) = (Vec::new(), Vec::new());
        for condition in conditions {
            let condition = self.formula(condition);
            found.push(Formula::All(earlier.iter().cloned().chain([condition.clone()]).collect()));
            earlier.push(condition.not());
        }
        found.push(Formula::All(earlier));
        found
    }

    /// The formula of "the subject is not empty".
    pub(crate) fn not_empty(&self, subject: &Expression) -> Formula {
        Formula::Atom(format!("not empty {:?}", self.normal(subject)))
    }
}
