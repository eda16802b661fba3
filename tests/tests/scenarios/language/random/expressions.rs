//! Random expressions, by the type of their result.

use std::collections::BTreeMap;

use helmwright::expression::{
    Charset, Expr, Expression, Symbol, TextPart, add, all, any, before, contains, divide, either, equal, first_of,
    first_text, greater, index, join, length, less, maximum, minimum, multiply, not, not_empty, one_of, overlay,
    remainder, replace, sha256, subtract, ternary, text_of, to_json, to_text, trim_suffix, truncate, word_of,
};
use helmwright::values::{release, values};

use crate::generate::Random;
use crate::language::values::{Key, LanguageValues, LanguageValuesSymbol, Line, Worker};

pub(super) type Text = Expr<String>;
pub(super) type Integer = Expr<i64>;
pub(super) type Labels = Expr<BTreeMap<Key, Line>>;
pub(super) type Words = Expr<Vec<Line>>;

/// What is in scope at one place.
#[derive(Clone, Default)]
pub(super) struct Scope {
    pub(super) texts: Vec<Text>,
    pub(super) integers: Vec<Integer>,
    pub(super) labels: Vec<Labels>,
    pub(super) words: Vec<Words>,
}

/// Makes expressions.
pub(super) struct Expressions {
    pub(super) random: Random,
    values: LanguageValuesSymbol,
}

/// Constants with which texts are composed, compared and replaced.
const TEXTS: &[&str] = &[
    "-",
    "x",
    ": ",
    "{{",
    "}}",
    "{",
    "100%",
    "\"",
    "\\",
    "'",
    " # ",
    "on",
    "1e3",
    "",
    ".",
    "{{ fail }}",
    "é",
    "a-",
    "\n",
    "%d",
];

fn retyped<T: ?Sized>(symbol: &impl Symbol) -> Expr<T> {
    Expr::new(symbol.expression())
}

impl Expressions {
    pub(super) fn new(random: Random) -> Self {
        Self { random, values: values::<LanguageValues>() }
    }

    fn constant(&mut self) -> &'static str {
        TEXTS[self.random.below(TEXTS.len())]
    }

    fn scoped<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty() && self.random.chance(60)).then(|| self.random.pick(of).clone())
    }

    /// A text.
    pub(super) fn text(&mut self, depth: usize, scope: &Scope) -> Text {
        if depth == 0 {
            if let Some(text) = self.scoped(&scope.texts) {
                return text;
            }
            let v = &self.values;
            let choices: [Text; 12] = [
                retyped(&v.word),
                retyped(&v.part),
                retyped(&v.sign),
                retyped(&v.line),
                retyped(&v.prose),
                retyped(&v.any),
                v.text.clone(),
                retyped(&v.mode),
                retyped(&release::name()),
                retyped(&release::service()),
                retyped(&overlay::<Worker>(&v.worker_defaults, &v.adjustment).title),
                retyped(&v.worker_defaults.limits.r#type),
            ];
            return self.random.pick(&choices).clone();
        }
        let below = depth - 1;
        match self.random.below(16) {
            0..=3 => self.composed(below, scope),
            4 => first_text(self.text(below, scope), self.text(below, scope)),
            5 => {
                let (first, second) = (self.text(below, scope), self.text(below, scope));
                first_of(&first, &second)
            }
            6 => {
                let text = self.ascii(below, scope);
                truncate(text, self.random.below(9) as u32)
            }
            7 => trim_suffix(self.text(below, scope), self.constant()),
            8 => {
                let (from, to) = (self.constant(), self.constant());
                replace(self.text(below, scope), from, to)
            }
            9 => sha256(self.text(below, scope)),
            10 => match self.random.below(4) {
                0 => to_json(&self.labels(below, scope)),
                1 => to_json(&self.words(below, scope)),
                2 => to_json(&self.text(below, scope)),
                _ => to_json(&self.values.worker_defaults.clone()),
            },
            11 => {
                let separator = self.constant();
                join(&self.words(below, scope), separator)
            }
            12 => to_text(self.integer(below, scope)),
            13 => word_of(self.boolean(below, scope)),
            14 => {
                let condition = self.boolean(below, scope);
                ternary(condition, self.text(below, scope), self.text(below, scope))
            }
            _ => {
                let defaults = self.values.worker_defaults.labels.clone();
                let labels = overlay::<BTreeMap<Key, Line>>(&defaults, &self.labels(below, scope));
                retyped(&index(&labels, "tier"))
            }
        }
    }

    /// A text that holds ASCII alone.
    fn ascii(&mut self, depth: usize, scope: &Scope) -> Text {
        for _ in 0..5 {
            let text = self.text(depth, scope);
            if text.expression().value_type().charset() >= Charset::Token {
                return text;
            }
        }
        sha256(self.text(depth, scope))
    }

    /// A text that begins and ends in characters.
    pub(super) fn framed(&mut self, depth: usize, scope: &Scope) -> Text {
        let inner = self.composed(depth, scope);
        text_of(&[&"<", &inner, &">"])
    }

    /// A text that a block can hold.
    pub(super) fn printable(&mut self, depth: usize, scope: &Scope) -> Text {
        for _ in 0..5 {
            let text = self.text(depth, scope);
            if text.expression().value_type().charset() >= Charset::Printable {
                return text;
            }
        }
        retyped(&self.values.prose)
    }

    fn composed(&mut self, depth: usize, scope: &Scope) -> Text {
        let mut parts: Vec<Box<dyn TextPart>> = Vec::new();
        for _ in 0..=self.random.below(3) {
            match self.random.below(3) {
                0 => parts.push(Box::new(Expr::<String>::new(Expression::Literal(self.constant().into())))),
                1 => parts.push(Box::new(self.text(depth, scope))),
                _ => parts.push(Box::new(self.integer(depth, scope))),
            }
        }
        let parts: Vec<&dyn TextPart> = parts.iter().map(|part| &**part).collect();
        text_of(&parts)
    }

    /// An integer, far below 2^53.
    pub(super) fn integer(&mut self, depth: usize, scope: &Scope) -> Integer {
        if depth == 0 {
            if let Some(integer) = self.scoped(&scope.integers) {
                return integer;
            }
            let v = &self.values;
            let choices: [Integer; 5] = [
                retyped(&v.small),
                retyped(&v.million),
                retyped(&v.worker_defaults.count),
                length(&v.line),
                remainder(&v.exact, 1_000_000),
            ];
            return self.random.pick(&choices).clone();
        }
        let below = depth - 1;
        let (left, right) = (self.integer(below, scope), self.integer(below, scope));
        match self.random.below(9) {
            0 => add(left, right),
            1 => subtract(left, right),
            2 => multiply(left, 1 + self.random.below(9) as i64),
            3 => divide(left, 1 + self.random.below(9) as i64),
            4 => remainder(left, -1 - self.random.below(9) as i64),
            5 => maximum(left, right),
            6 => minimum(left, self.random.below(2_000_000) as i64),
            7 => either(self.boolean(below, scope), left, right),
            _ => length(self.text(below, scope)),
        }
    }

    /// A condition.
    pub(super) fn boolean(&mut self, depth: usize, scope: &Scope) -> Expr<bool> {
        if depth == 0 {
            let v = &self.values;
            let choices =
                [v.enabled.clone(), v.other.clone(), equal(&v.mode, "fast"), not_empty(&v.line), not_empty(&v.lines)];
            return self.random.pick(&choices).clone();
        }
        let below = depth - 1;
        match self.random.below(12) {
            0 => {
                let (left, right) = (self.text(below, scope), self.text(below, scope));
                equal(&left, &right)
            }
            1 => equal(&self.integer(below, scope), &(self.random.below(3) as i64)),
            2 => less(self.integer(below, scope), self.integer(below, scope)),
            3 => greater(self.integer(below, scope), 10),
            4 => before(self.text(below, scope), self.text(below, scope)),
            5 => contains(self.text(below, scope), self.constant()),
            6 => one_of(self.text(below, scope), &self.words(below, scope)),
            7 => not(self.boolean(below, scope)),
            8 => all([&self.boolean(below, scope), &self.boolean(below, scope), &self.boolean(0, scope)]),
            9 => any([&self.boolean(below, scope), &self.boolean(below, scope)]),
            10 => not_empty(self.text(below, scope)),
            _ => match self.random.below(2) {
                0 => not_empty(self.labels(below, scope)),
                _ => not_empty(self.words(below, scope)),
            },
        }
    }

    /// A map to texts.
    pub(super) fn labels(&mut self, depth: usize, scope: &Scope) -> Labels {
        if depth == 0 {
            if let Some(labels) = self.scoped(&scope.labels) {
                return labels;
            }
            let v = &self.values;
            let choices = [v.labels.clone(), v.more.clone(), v.worker_defaults.labels.clone()];
            return self.random.pick(&choices).clone();
        }
        let (left, right) = (self.labels(depth - 1, scope), self.labels(depth - 1, scope));
        match self.random.below(2) {
            0 => overlay::<BTreeMap<Key, Line>>(&left, &right),
            _ => first_of(&left, &right),
        }
    }

    /// A list of texts.
    pub(super) fn words(&mut self, depth: usize, scope: &Scope) -> Words {
        if depth == 0 {
            if let Some(words) = self.scoped(&scope.words) {
                return words;
            }
            let v = &self.values;
            let merged = overlay::<Worker>(&v.worker_defaults, &v.adjustment).words.clone();
            return self.random.pick(&[v.lines.clone(), v.worker_defaults.words.clone(), merged]).clone();
        }
        let (left, right) = (self.words(depth - 1, scope), self.words(depth - 1, scope));
        first_of(&left, &right)
    }
}
