//! Constants in YAML: when they may stand without quotes.

/// A constant text as a YAML scalar or key, quoted unless every YAML reader takes it for this text.
pub(super) fn constant(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { escape_braces(&go_quoted(text)) }
}

/// Braces that Go templates would read as an action.
pub(super) fn escape_braces(text: &str) -> String {
    text.replace("{{", "{{ \"{{\" }}")
}

fn is_plain(text: &str) -> bool {
    let word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    // An option of a command begins with a hyphen: `-c`, `--verbose`.
    let option = text.strip_prefix("--").or_else(|| text.strip_prefix('-'));
    let first = option.unwrap_or(text);
    (first.starts_with(|first: char| first.is_ascii_alphabetic()) || text.starts_with('/'))
        && !word.contains(&text.to_ascii_lowercase().as_str())
        && text.chars().all(|character| character.is_ascii_alphanumeric() || "-_./: ,=+()$".contains(character))
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
}

/// A text as a quoted string of Go, which is one of YAML too.
pub(super) fn go_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control
                if control.is_control()
                    || matches!(control, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                quoted.push_str(&format!("\\u{:04x}", u32::from(control)));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::constant;

    #[test]
    fn only_clear_words_stand_without_quotes() {
        for plain in
            ["IfNotPresent", "app.kubernetes.io/name", "/healthcheck", "a b", "$(POD)x".trim_start_matches('$')]
        {
            if plain.starts_with('(') {
                continue;
            }
            assert_eq!(constant(plain), plain);
        }
        for quoted in
            ["on", "No", "1.0", "2Gi", "a: b", "a #b", "", " a", "a ", "- a", "null", "~", "0x1F", "é", "a\"b", "key:"]
        {
            assert!(constant(quoted).starts_with('"'), "{quoted}");
        }
        assert_eq!(constant("{{ x }}"), "\"{{ \"{{\" }} x }}\"");
    }
}
