//! The reasons for which reading refuses values.
//!
//! One table for the reader, the documentation and the tests. Ids are stable and never given twice.

use helmwright_diagnostics::Finding;

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `V` and three digits.
    pub id: &'static str,
    /// What is refused, in a few words.
    pub title: &'static str,
    /// What would go wrong.
    pub why: &'static str,
    /// What to do instead.
    pub fix: &'static str,
}

impl Rule {
    /// A finding of this rule.
    pub(super) fn finding(self, message: impl Into<String>) -> Finding {
        Finding::error(self.id, message)
    }
}

macro_rules! rules {
    ($($name:ident = $id:literal, $title:literal, why: $why:literal, fix: $fix:literal;)*) => {
        $(pub(super) const $name: Rule = Rule { id: $id, title: $title, why: $why, fix: $fix };)*

        /// Every rule of the values reader, by id.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    UNKNOWN_KEY = "V001", "a key that the values do not have",
        why: "No template reads it, so what it is meant to change would stay as it is.",
        fix: "Write the key that was meant, at its place.";
    NULL = "V002", "null",
        why: "Helm takes null for the wish to remove a default; a template that reads the value then fails or prints nothing.",
        fix: "Remove the line to keep the default; write \"\", 0, [] or {} for \"not set\".";
    WRONG_TYPE = "V003", "a value of another type",
        why: "A template would print it in a form that Kubernetes refuses, or fail.",
        fix: "Write a value of the type that is named; texts that look like numbers need quotes.";
    TEXT = "V004", "a text of another form",
        why: "The system that reads it would refuse it, or read something else.",
        fix: "Write a text of the form that is named.";
    CHOICE = "V005", "a word that is no choice",
        why: "Nothing is defined for it.",
        fix: "Write one of the words that are named.";
    RANGE = "V006", "a number out of range, or more entries than there may be",
        why: "Kubernetes or the product refuses it, or it makes no sense in its unit.",
        fix: "Write a number between the bounds that are named.";
    MISSING_KEY = "V007", "a key that is missing",
        why: "It has no default: only the user can know it.",
        fix: "Add the key.";
    TAKEN = "V008", "a word that is taken",
        why: "The chart sets it itself, and the object would have it twice; or YAML reads it as something else.",
        fix: "Choose another name.";
    ENTRY_NAME = "V009", "an entry whose name has another form",
        why: "The name becomes part of the names of objects, or a key in them, and would be refused there.",
        fix: "Rename the entry.";
    OTHER = "V010", "a value that another rule of the schema refuses",
        why: "The schema, which Helm checks as well, says so.",
        fix: "Follow the message.";
    DECODER = "V011", "a value that its type refuses",
        why: "The type of the value checks more than a schema can say.",
        fix: "Follow the message.";
    RENAMED = "V012", "a key that has another name now",
        why: "No template reads the former name any more, so what it is meant to change would stay as it is.",
        fix: "Rename the key; the message says what does so in whole files.";
    TOO_MANY = "V013", "more than 1,000 faults",
        why: "The file is probably not the one that was meant; what is beyond them is not looked at.",
        fix: "Mend the others, or give the file that was meant.";
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_numbered_in_order() {
        for (index, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.id, format!("V{:03}", index + 1));
        }
    }
}
