//! Control structure around parts of maps, lists and files: what the three builders share.
//!
//! Knows no part: each builder says how its own are made.

use std::collections::BTreeMap;

use super::super::helpers::Parameter;
use crate::expression::{Emptiable, Expr, Expression, Symbol, Variable};
use crate::tree::{Control, ControlId};
use crate::values::{MapKey, Symbolic};

/// Parts that stand only when the subject is not empty.
#[track_caller]
pub(super) fn with<E: Emptiable, T>(name: &str, subject: E, parts: impl FnOnce(E::Inner) -> Vec<T>) -> Control<T> {
    let id = ControlId::new();
    let expression = subject.subject();
    let variable = Variable::set(name, expression.value_type());
    let inner = subject.inner(Expression::Variable(variable.clone()));
    Control::With { id, subject: expression, variable, body: parts(inner) }
}

/// Parts for each entry of a map.
#[track_caller]
pub(super) fn range<K: MapKey, V: Symbolic, T>(
    names: [&str; 2],
    subject: &Expr<BTreeMap<K, V>>,
    parts: impl FnOnce(Expr<K>, V::Symbol) -> Vec<T>,
) -> Control<T> {
    let id = ControlId::new();
    let [key, value] = [Variable::new(names[0], K::TYPE), Variable::new(names[1], V::TYPE)];
    let name = Expr::new(Expression::Variable(key.clone()));
    let body = parts(name, V::symbol(Expression::Variable(value.clone())));
    Control::Range { id, subject: subject.expression(), key: Some(key), value, body }
}

/// Parts for each element of a list of values.
#[track_caller]
pub(super) fn each<V: Symbolic, T>(
    name: &str,
    subject: &Expr<Vec<V>>,
    parts: impl FnOnce(V::Symbol) -> Vec<T>,
) -> Control<T> {
    let id = ControlId::new();
    let value = Variable::new(name, V::TYPE);
    let body = parts(V::symbol(Expression::Variable(value.clone())));
    Control::Range { id, subject: subject.expression(), key: None, value, body }
}

/// Parts in which `name` stands for a value.
pub(super) fn bind<S: Parameter, T>(name: &str, value: &S, parts: impl FnOnce(S) -> Vec<T>) -> Control<T> {
    let (variable, symbol) = S::bound(name, &value.expression());
    Control::Let { variable, value: value.expression(), body: parts(symbol) }
}

/// An empty list or map printed by `toYaml` among others would break the YAML: it stands under a `with`.
#[track_caller]
pub(super) fn unless_empty<T>(subject: Expression, splice: fn(Expression) -> T, control: fn(Control<T>) -> T) -> T {
    if matches!(&subject, Expression::Variable(variable) if variable.is_set()) {
        return splice(subject);
    }
    let variable = Variable::set("spliced", subject.value_type());
    let body = vec![splice(Expression::Variable(variable.clone()))];
    control(Control::With { id: ControlId::new(), subject, variable, body })
}
