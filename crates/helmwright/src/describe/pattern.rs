//! Regular expressions of schemas: the dialect that Go, JavaScript and Rust read alike.
//!
//! Helm compiles patterns with Go's engine, editors with JavaScript's, the reader with Rust's. One pattern that Go does not
//! know makes Helm refuse the whole chart. Must not know which types the patterns belong to.

/// Writes the characters that `\uXXXX`, `\u{…}` and `\x{…}` stand for, as no such form is known to all engines.
pub(crate) fn portable(pattern: &str) -> String {
    let mut written = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        written.push_str(before);
        match unicode_escape(escape) {
            Some((character, length)) => {
                written.push(character);
                rest = escape.get(length..).unwrap_or_default();
            }
            None => {
                // The backslash and the character that it protects.
                let length = escape.chars().take(2).map(char::len_utf8).sum();
                written.push_str(escape.get(..length).unwrap_or_default());
                rest = escape.get(length..).unwrap_or_default();
            }
        }
    }
    written + rest
}

/// The character beyond ASCII that an escape at the start of `text` stands for, and the length of the escape.
fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let braced = text.strip_prefix("\\u{").or_else(|| text.strip_prefix("\\x{"));
    let (digits, length) = match braced {
        Some(rest) => {
            let digits = rest.get(..rest.find('}')?)?;
            (digits, digits.len() + 4)
        }
        None => (text.strip_prefix("\\u")?.get(..4)?, 6),
    };
    let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    (!character.is_ascii()).then_some((character, length))
}

/// Why a pattern is not read alike by all engines, if it is not.
pub(crate) fn unportable(pattern: &str) -> Option<&'static str> {
    if regex_lite::Regex::new(pattern).is_err() {
        return Some("is no regular expression");
    }
    let mut characters = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(character) = characters.next() {
        match (character, characters.peek().copied()) {
            ('\\', Some('n' | 'r' | 't' | 'f' | 'v')) => {
                characters.next();
            }
            ('\\', Some('x')) => {
                characters.next();
                if characters.peek() == Some(&'{') {
                    return Some("has an escape with braces: write the character itself");
                }
            }
            ('\\', Some('u')) => return Some("has an escape \\u: write the character itself"),
            ('\\', Some(escaped)) if escaped.is_ascii_alphanumeric() => {
                return Some("has a class or an assertion such as \\d, \\w, \\s or \\b: write an explicit class");
            }
            ('\\', _) => {
                characters.next();
            }
            ('[', _) if in_class => return Some("has a bare [ in a class: write \\["),
            ('&' | '~' | '-', Some(next)) if in_class && next == character => {
                return Some("has a doubled character in a class, which Rust takes for an operator");
            }
            ('[', _) => {
                in_class = true;
                if characters.peek() == Some(&'^') {
                    characters.next();
                }
            }
            (']', _) => in_class = false,
            _ if in_class => {}
            ('.', _) => return Some("has a dot, which line ends make ambiguous: write an explicit class"),
            ('(', Some('?')) => {
                characters.next();
                if characters.peek() != Some(&':') {
                    return Some("has a look-around, a flag or a name in a group");
                }
            }
            ('*' | '+' | '?' | '}', Some('+')) => return Some("has a possessive quantifier"),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{portable, unportable};

    #[test]
    fn escapes_become_characters() {
        assert_eq!(
            portable(r"^[^\x00-\x1F\u0085\u{2028}\x{feff}]*\\u0085$"),
            "^[^\\x00-\\x1F\u{85}\u{2028}\u{feff}]*\\\\u0085$"
        );
        assert_eq!(portable(r"\u0041\u{41}\"), r"\u0041\u{41}\");
    }

    #[test]
    fn the_common_dialect() {
        for pattern in ["^[A-Za-z0-9._~/-]*$", r"^[ !#-\[\]-~]*$", "^(?:a|b){1,3}$", r"^[\x00-\x1F]\.\n$", "a+?"] {
            assert_eq!(unportable(pattern), None, "{pattern}");
        }
        for pattern in [
            r"\d",
            r"[\w]",
            r"\s",
            "(?=a)",
            "(?i)a",
            "(?P<n>a)",
            "a.b",
            "[[:alpha:]]",
            r"\u0085",
            r"\bword",
            "(",
            "[a&&b]",
        ] {
            assert!(unportable(pattern).is_some(), "{pattern}");
        }
    }
}
