//! How `toYaml` writes a text: the choice of Go's YAML library among its forms.
//!
//! Only what an object may lose at its end depends on it. Facts: `stringv` and `yaml_emitter_analyze_scalar` of
//! go.yaml.in/yaml/v2, which Helm 3 and 4 use.

/// A form of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Without quotes.
    Plain,
    /// In quotes of either kind.
    Quoted,
    /// As a block below a `|`.
    Block,
}

/// The form of a text in a block of YAML. Limit: a text that ends in an ASCII character and would be read as another type
/// counts as plain.
pub(super) fn form(text: &str) -> Form {
    // A space beside a line break, and what YAML cannot show, need the escapes of double quotes.
    let before_break = [" \n", " \u{2028}", " \u{2029}"].iter().any(|end| text.contains(end));
    if before_break || text.ends_with(' ') || !text.chars().all(is_printable) {
        Form::Quoted
    } else if text.contains('\n') {
        Form::Block
    } else if may_be_plain(text) {
        Form::Plain
    } else {
        Form::Quoted
    }
}

/// `is_printable` of the library, which takes nothing beyond the Basic Multilingual Plane.
fn is_printable(character: char) -> bool {
    matches!(character, '\n' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

/// Whether nothing in a line is a sign of YAML.
fn may_be_plain(line: &str) -> bool {
    let signs = ['#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', ' '];
    let is_sign = line.is_empty()
        || line.starts_with(signs)
        || line.starts_with("---")
        || line.starts_with("...")
        // Line breaks to the library, like the other one that is not printable.
        || line.contains(['\u{2028}', '\u{2029}']);
    let opens = ["?", ":", "-"].iter().any(|sign| line.strip_prefix(sign).is_some_and(ends_word));
    let ends_key = line.match_indices(':').any(|(at, _)| ends_word(&line[at + 1..]));
    let comments = line.contains(" #");
    !(is_sign || opens || ends_key || comments)
}

/// Whether a word ends where this begins.
fn ends_word(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::{Form, form};

    #[test]
    fn forms_are_those_of_the_library() {
        for text in ["a", "a b", "a\u{a0}", "a:b", "-a", "a#b", "\u{3000}"] {
            assert_eq!(form(text), Form::Plain, "{text:?}");
        }
        for text in ["a\nb", "\n", "a\n\n", " a\n", "a\u{2028}\n", "a\n\u{a0}"] {
            assert_eq!(form(text), Form::Block, "{text:?}");
        }
        for text in
            ["", "a ", " a", "a\t", "a \nb", "a\n ", "\u{1F600}\n\n", "a\r\n", "#a", "a: b", "- a", "a\u{2028}\u{a0}"]
        {
            assert_eq!(form(text), Form::Quoted, "{text:?}");
        }
    }
}
