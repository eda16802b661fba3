//! Helpers, typed: documented named templates that the tree calls.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;

use super::builder::{Fragment, MapBuilder};
use crate::expression::{Condition, Expr, Expression, Symbol, TextExpression, TextPart, Variable};
use crate::tree::{Choice, ControlId, Entry, Helper, HelperBody, Line};
use crate::values::{MapKey, Symbolic};

/// A helper that gives one text.
#[must_use]
#[track_caller]
pub fn text_helper<T>(name: &'static str, purpose: &'static str, value: impl Into<Choices<T>>) -> Expr<T> {
    let choices = value.into();
    let body = HelperBody::Value(choices.choice(ControlId::new()));
    Expr::new(Expression::Include(Helper::shared(name, purpose, Vec::new(), body), Arc::from([])))
}

/// A helper with parameters that gives one text of type `T`.
pub struct TextHelper<P, T> {
    helper: Arc<Helper>,
    marker: PhantomData<fn(P) -> T>,
}

impl<P: Parameters, T> TextHelper<P, T> {
    fn new(name: &'static str, purpose: &'static str, parameters: Vec<Variable>, body: HelperBody) -> Self {
        Self { helper: Helper::shared(name, purpose, parameters, body), marker: PhantomData }
    }

    /// The text for these arguments.
    #[must_use]
    pub fn call(&self, arguments: P) -> Expr<T> {
        Expr::new(Expression::Include(self.helper.clone(), arguments.arguments().into()))
    }
}

/// A helper with parameters that gives one text, by cases.
#[must_use]
#[track_caller]
pub fn text_function<P: Parameters, T>(
    name: &'static str,
    purpose: &'static str,
    parameters: P::Names,
    value: impl FnOnce(P) -> Choices<T>,
) -> TextHelper<P, T> {
    let id = ControlId::new();
    let (variables, symbols) = P::bind(parameters);
    let choices = value(symbols);
    let body = HelperBody::Value(choices.choice(id));
    TextHelper::new(name, purpose, variables, body)
}

/// A text by cases, of type `T`.
pub struct Choices<T> {
    bindings: Vec<(Variable, Expression)>,
    branches: Vec<(Expression, Expression)>,
    otherwise: Expression,
    marker: PhantomData<fn() -> T>,
}

impl<T> From<Expr<T>> for Choices<T> {
    fn from(value: Expr<T>) -> Self {
        Self { bindings: Vec::new(), branches: Vec::new(), otherwise: value.expression(), marker: PhantomData }
    }
}

impl<T> Choices<T> {
    fn choice(self, id: ControlId) -> Choice {
        Choice { id, bindings: self.bindings, branches: self.branches, otherwise: self.otherwise }
    }
}

/// A name for a value in a text by cases.
#[must_use]
pub fn bound<S: Parameter, T>(name: &str, value: &S, choices: impl FnOnce(S) -> Choices<T>) -> Choices<T> {
    let (variable, symbol) = S::bound(name, &value.expression());
    let mut choices = choices(symbol);
    choices.bindings.insert(0, (variable, value.expression()));
    choices
}

/// A text by cases: the result of the first condition that holds, else `otherwise`. The author vouches for the type.
#[must_use]
pub fn choose<T>(branches: &[(&dyn Condition, &dyn TextExpression)], otherwise: &dyn TextExpression) -> Choices<T> {
    Choices {
        bindings: Vec::new(),
        branches: branches.iter().map(|(condition, result)| (condition.condition(), result.text())).collect(),
        otherwise: otherwise.text(),
        marker: PhantomData,
    }
}

/// The parameters of a helper: symbols, alone or as a tuple.
pub trait Parameters: Sized {
    /// Their names.
    type Names;
    /// Fresh variables of these names, and the symbols for them.
    fn bind(names: Self::Names) -> (Vec<Variable>, Self);
    /// The arguments of a call.
    fn arguments(&self) -> Vec<Expression>;
}

/// A symbol that can be passed to a helper.
pub trait Parameter: Symbol {
    /// The symbol for a fresh variable of this name.
    fn fresh(name: &str) -> (Variable, Self);

    /// The symbol for a fresh variable of this name that stands for a value.
    fn bound(name: &str, value: &Expression) -> (Variable, Self) {
        let _ = value;
        Self::fresh(name)
    }
}

impl<T: Symbolic<Symbol = Self>> Parameter for Expr<T> {
    fn fresh(name: &str) -> (Variable, Self) {
        let variable = Variable::new(name, T::TYPE);
        (variable.clone(), T::symbol(Expression::Variable(variable)))
    }

    fn bound(name: &str, value: &Expression) -> (Variable, Self) {
        // What is known of the value: a sum is an integer, where a number of the values is a float.
        let variable = Variable::new(name, value.value_type());
        (variable.clone(), T::symbol(Expression::Variable(variable)))
    }
}

impl Parameters for () {
    type Names = [&'static str; 0];
    fn bind(_: Self::Names) -> (Vec<Variable>, Self) {
        (Vec::new(), ())
    }
    fn arguments(&self) -> Vec<Expression> {
        Vec::new()
    }
}

impl<A: Parameter> Parameters for (A,) {
    type Names = [&'static str; 1];
    fn bind([a]: Self::Names) -> (Vec<Variable>, Self) {
        let (va, a) = A::fresh(a);
        (vec![va], (a,))
    }
    fn arguments(&self) -> Vec<Expression> {
        vec![self.0.expression()]
    }
}

impl<A: Parameter, B: Parameter> Parameters for (A, B) {
    type Names = [&'static str; 2];
    fn bind([a, b]: Self::Names) -> (Vec<Variable>, Self) {
        let ((va, a), (vb, b)) = (A::fresh(a), B::fresh(b));
        (vec![va, vb], (a, b))
    }
    fn arguments(&self) -> Vec<Expression> {
        vec![self.0.expression(), self.1.expression()]
    }
}

impl<A: Parameter, B: Parameter, C: Parameter> Parameters for (A, B, C) {
    type Names = [&'static str; 3];
    fn bind([a, b, c]: Self::Names) -> (Vec<Variable>, Self) {
        let ((va, a), (vb, b), (vc, c)) = (A::fresh(a), B::fresh(b), C::fresh(c));
        (vec![va, vb, vc], (a, b, c))
    }
    fn arguments(&self) -> Vec<Expression> {
        vec![self.0.expression(), self.1.expression(), self.2.expression()]
    }
}

/// A helper that gives entries of a map of type `T`.
pub struct FragmentHelper<P, T> {
    helper: Arc<Helper>,
    marker: PhantomData<fn(P) -> T>,
}

impl<P, T> Clone for FragmentHelper<P, T> {
    fn clone(&self) -> Self {
        Self { helper: self.helper.clone(), marker: PhantomData }
    }
}

impl<P: Parameters, T> FragmentHelper<P, T> {
    /// The entries for these arguments.
    #[must_use]
    pub fn call(&self, arguments: P) -> Fragment<T> {
        Fragment::from_entries(vec![Entry::Include(self.helper.clone(), arguments.arguments().into())])
    }
}

/// A helper that gives entries of a map.
#[must_use]
pub fn fragment_helper<P: Parameters, T>(
    name: &'static str,
    purpose: &'static str,
    parameters: P::Names,
    build: impl FnOnce(&mut MapBuilder<T>, P),
) -> FragmentHelper<P, T> {
    let (variables, symbols) = P::bind(parameters);
    let entries = Fragment::<T>::build(|map| build(map, symbols)).into_entries();
    FragmentHelper {
        helper: Helper::shared(name, purpose, variables, HelperBody::Fragment(entries)),
        marker: PhantomData,
    }
}

/// Lines of a text under construction.
#[derive(Default)]
pub struct Lines {
    lines: Vec<Line>,
}

impl Lines {
    /// The lines that `build` adds.
    pub fn build(build: impl FnOnce(&mut Self)) -> Vec<Line> {
        let mut lines = Self::default();
        build(&mut lines);
        lines.lines
    }

    /// One line.
    pub fn line(&mut self, text: impl TextPart) {
        let text = crate::expression::text_of(&[&text]);
        self.lines.push(Line::Text(text.expression()));
    }

    /// Lines under a condition.
    #[track_caller]
    pub fn when(&mut self, condition: impl Condition, build: impl FnOnce(&mut Self)) {
        let id = ControlId::new();
        let branches = vec![(condition.condition(), Self::build(build))];
        self.lines.push(Line::If { id, branches, otherwise: Vec::new() });
    }

    /// Lines under a condition, and lines where it does not hold.
    #[track_caller]
    pub fn either(
        &mut self,
        condition: impl Condition,
        build: impl FnOnce(&mut Self),
        otherwise: impl FnOnce(&mut Self),
    ) {
        let id = ControlId::new();
        let branches = vec![(condition.condition(), Self::build(build))];
        self.lines.push(Line::If { id, branches, otherwise: Self::build(otherwise) });
    }

    /// Lines for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let id = ControlId::new();
        let (key, value) = (Variable::new(names[0], K::TYPE), Variable::new(names[1], V::TYPE));
        let key_symbol = Expr::new(Expression::Variable(key.clone()));
        let value_symbol = V::symbol(Expression::Variable(value.clone()));
        let body = Self::build(|lines| build(lines, key_symbol, value_symbol));
        self.lines.push(Line::Range { id, subject: subject.expression(), key: Some(key), value, body });
    }

    /// Lines for each element of a list.
    #[track_caller]
    pub fn each<V: Symbolic>(&mut self, name: &str, subject: &Expr<Vec<V>>, build: impl FnOnce(&mut Self, V::Symbol)) {
        let id = ControlId::new();
        let value = Variable::new(name, V::TYPE);
        let symbol = V::symbol(Expression::Variable(value.clone()));
        let body = Self::build(|lines| build(lines, symbol));
        self.lines.push(Line::Range { id, subject: subject.expression(), key: None, value, body });
    }

    /// Lines in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        let (variable, symbol) = S::bound(name, &value.expression());
        let body = Self::build(|lines| build(lines, symbol));
        self.lines.push(Line::Let { variable, value: value.expression(), body });
    }
}

/// A helper with parameters that gives a text of several lines.
#[must_use]
pub fn lines_helper<P: Parameters>(
    name: &'static str,
    purpose: &'static str,
    parameters: P::Names,
    build: impl FnOnce(&mut Lines, P),
) -> TextHelper<P, String> {
    let (variables, symbols) = P::bind(parameters);
    let lines = Lines::build(|lines| build(lines, symbols));
    TextHelper::new(name, purpose, variables, HelperBody::Lines(lines))
}
