//! The reasons for which reading refuses a file.
//!
//! One table for the reader, the documentation and the tests. Ids are stable and never given twice.

use helmwright_diagnostics::Finding;

/// Why something is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `Y` and three digits.
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
    pub(crate) fn finding(self, message: impl Into<String>) -> Finding {
        Finding::error(self.id, message)
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $title:literal, why: $why:literal, fix: $fix:literal;)*) => {
        $(pub(crate) const $name: Rule = Rule { id: $id, title: $title, why: $why, fix: $fix };)*

        /// Every rule of the reader, by id.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    SYNTAX = "Y001", "not YAML",
        why: "No reader can say what is meant; or Helm's reader refuses what YAML 1.2 readers accept.",
        fix: "Correct the line. Quote text that holds `: `, ` #` or starts with one of @ ` % { [ & * !";
    TAB = "Y002", "a tab in the indentation",
        why: "YAML forbids it, since readers disagree on how wide a tab is.",
        fix: "Indent with spaces.";
    NOT_UTF8 = "Y003", "a file that is not UTF-8",
        why: "The text cannot be read without guessing its encoding.",
        fix: "Save the file as UTF-8.";
    FILE_SIZE = "Y004", "a file above 4 MiB",
        why: "It is no values file, and Helm stores a release in an object of at most 1 MiB.",
        fix: "Split the file, or give the file that was meant.";
    DEPTH = "Y005", "more than 100 levels",
        why: "Every later step walks the tree; a hostile file must not exhaust it.",
        fix: "Flatten the value.";
    EXPANSION = "Y006", "more than 200,000 nodes or 16 MiB of text, aliases expanded",
        why: "A few lines of nested aliases can expand to terabytes.",
        fix: "Write the values out, or use fewer aliases.";
    DOCUMENTS = "Y007", "a second document",
        why: "Some versions of Helm merge the documents of a values file, others read only one without a word.",
        fix: "Keep one document a file, and give several files in order.";
    TOP_LEVEL = "Y008", "a file that is not a map",
        why: "Values are keys with values; Helm refuses anything else.",
        fix: "Start every line at the left margin with a key and a colon.";
    DUPLICATE = "Y009", "a key that stands twice in a map",
        why: "Helm silently takes the last one, other readers refuse the file.",
        fix: "Remove one of them, or merge their values.";
    AMBIGUOUS = "Y010", "a plain scalar that readers read differently",
        why: "Helm follows YAML 1.1, editors and most libraries YAML 1.2: `on`, `017` or `1_000` mean different things.",
        fix: "Quote it if it is a string, write true, false or a decimal number otherwise.";
    KEY = "Y011", "a key that is not a string",
        why: "Helm turns it into a string that may not be the one written: the key `n` becomes \"false\".",
        fix: "Quote the key.";
    MERGE = "Y012", "a merge key",
        why: "`<<` is YAML 1.1 only: Helm expands it, YAML 1.2 readers keep a key named `<<`.",
        fix: "Write the keys out, or put the shared ones in a values file of their own that comes first.";
    TAG = "Y013", "a tag other than !!str",
        why: "Readers ignore, refuse or convert what they do not know.",
        fix: "Remove the tag; quote the value if it is a string.";
    INTEGER = "Y014", "an integer beyond 9007199254740991",
        why: "Helm carries numbers as 64-bit floats, so the last digits would change.",
        fix: "Quote it if it is an identifier, write a smaller number otherwise.";
    NOT_FINITE = "Y015", "a number that is infinite or not a number",
        why: "It cannot be carried as JSON: Helm refuses it, or keeps a string.",
        fix: "Write a finite number, or quote it if it is a string.";
    ALIAS = "Y016", "an alias without an anchor before it, or an anchor whose name Helm does not take",
        why: "It stands for nothing.",
        fix: "Quote it if it is a string that starts with `*` or `&`; otherwise define the anchor first with `&name`.";
    DIRECTIVE = "Y017", "a directive",
        why: "Helm's reader knows version 1.1 only and refuses `%YAML 1.2`.",
        fix: "Remove the line that starts with `%`.";
    CHARACTER = "Y018", "a character that YAML files may not hold as such",
        why: "Helm refuses control characters; U+0085, U+2028 and U+2029 end a line for Helm but not for YAML 1.2.",
        fix: "Remove it, or write it as an escape in a string in double quotes.";
    TOO_MANY = "Y019", "more than 1,000 findings",
        why: "The file is probably not the one that was meant; reading stops.",
        fix: "Mend the findings above, or give the file that was meant.";
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_numbered_in_order() {
        for (index, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.id, format!("Y{:03}", index + 1));
        }
    }
}
