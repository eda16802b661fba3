//! One finding: which rule, how grave, what, where, and the fix.
//!
//! Must not know how findings are ordered or written.

use std::borrow::Cow;

use crate::source::Span;

/// How grave a finding is. The order is from grave to light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing may be produced from this input.
    Error,
    /// Output is produced, and somebody should look.
    Warning,
    /// A suggestion.
    Advice,
}

impl Level {
    /// The word that reports print: `error`, `warning`, `advice`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// A marked place with a remark.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The remark, one short clause; may be empty.
    pub text: String,
    /// True where the fault is, false for places that explain it.
    pub primary: bool,
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use = "a finding is lost unless it is pushed to `Findings`"]
pub struct Finding {
    /// The id of the rule, for example `Y010`. Stable: users accept warnings by it.
    pub rule: Cow<'static, str>,
    /// How grave it is.
    pub level: Level,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
    /// Places, the primary one first by custom.
    pub labels: Vec<Label>,
    /// The value path, such as `gatewayGroups.banking.image.tag`, above all where no place exists.
    pub path: Option<String>,
    /// Facts that explain the message.
    pub notes: Vec<String>,
    /// What to do: one fix an entry.
    pub help: Vec<String>,
    /// Rows of the requirements inventory on which the rule rests.
    pub rows: Vec<&'static str>,
}

impl Finding {
    /// A finding without a place.
    pub fn new(level: Level, rule: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            level,
            message: message.into(),
            labels: Vec::new(),
            path: None,
            notes: Vec::new(),
            help: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Puts another text in the place of one, wherever a reader would see it; not in the value path.
    pub(crate) fn replace(&mut self, text: &str, other: &str) {
        let labels = self.labels.iter_mut().map(|label| &mut label.text);
        for shown in [&mut self.message].into_iter().chain(labels).chain(&mut self.notes).chain(&mut self.help) {
            *shown = replaced(shown, text, other);
        }
    }

    /// An error: nothing may be produced.
    pub fn error(rule: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Level::Error, rule, message)
    }

    /// A warning: output is produced.
    pub fn warning(rule: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Level::Warning, rule, message)
    }

    /// A suggestion.
    pub fn advice(rule: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self::new(Level::Advice, rule, message)
    }

    /// Adds the place of the fault. The text may be empty.
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), primary: true });
        self
    }

    /// Adds a place that explains the fault, such as an earlier definition.
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into(), primary: false });
        self
    }

    /// Says which value it is about.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds a fact that explains the message.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a fix.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds a row of the requirements inventory.
    pub fn row(mut self, row: &'static str) -> Self {
        self.rows.push(row);
        self
    }

    /// The first primary label, else the first label.
    pub fn place(&self) -> Option<&Label> {
        self.labels.iter().find(|label| label.primary).or(self.labels.first())
    }
}

/// `text` with another text wherever `wanted` stands as a whole: a word is not looked for within words.
fn replaced(text: &str, wanted: &str, other: &str) -> String {
    let ends = |neighbour: Option<char>, own: Option<char>| {
        !(neighbour.is_some_and(char::is_alphanumeric) && own.is_some_and(char::is_alphanumeric))
    };
    if wanted.len() > text.len() {
        // Looking for a long text begins with reading all of it.
        return text.to_owned();
    }
    let (mut result, mut done) = (String::with_capacity(text.len()), 0);
    for (start, _) in text.match_indices(wanted) {
        let end = start + wanted.len();
        let is_whole = ends(text[..start].chars().next_back(), wanted.chars().next())
            && ends(text[end..].chars().next(), wanted.chars().next_back());
        if is_whole {
            result.push_str(&text[done..start]);
            result.push_str(other);
            done = end;
        }
    }
    result + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn what_is_hidden_is_not_looked_for_within_words() {
        assert_eq!(replaced("the key `n` is not a number", "n", "***"), "the key `***` is not a number");
        assert_eq!(replaced("p: pp p", "p", "***"), "***: pp ***");
        assert_eq!(replaced("it is \"a b\"", "\"a b\"", "***"), "it is ***");
    }
}
