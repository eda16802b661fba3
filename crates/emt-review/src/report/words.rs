//! How numbers, times and values are written in all reports for people.

use serde_json::Value;

/// `45 s`, `12 min`, `2 h 5 min`: rounded up to minutes from two minutes on.
pub(crate) fn duration(seconds: i64) -> String {
    let minutes = (seconds + 59) / 60;
    match (seconds, minutes / 60, minutes % 60) {
        (..120, _, _) => format!("{seconds} s"),
        (_, 0, minutes) => format!("{minutes} min"),
        (_, hours, 0) => format!("{hours} h"),
        (_, hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// `3`, or `3 to 12`.
pub(crate) fn range(fewest: i64, most: i64) -> String {
    if fewest == most { most.to_string() } else { format!("{fewest} to {most}") }
}

/// A value on one line: a text as it is where nothing is ambiguous about it, anything else as JSON; cut where it is long, and
/// in the middle of a digest.
pub(crate) fn value(value: &Value, longest: usize) -> String {
    let text = match value {
        Value::String(text) if is_plain(text) => text.clone(),
        other => other.to_string(),
    };
    let text = with_short_digests(&text);
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text,
    }
}

/// A text in which a SHA-256 digest has its first twelve digits alone, which tell it from any other.
fn with_short_digests(text: &str) -> String {
    const SHOWN: usize = 12;
    const DIGITS: usize = 64;
    let mut parts = text.split("sha256:");
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        short.push_str("sha256:");
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        if digits == DIGITS {
            short.push_str(&part[..SHOWN]);
            short.push('…');
            short.push_str(&part[DIGITS..]);
        } else {
            short.push_str(part);
        }
    }
    short
}

/// Whether a text cannot be taken for anything else, and has no end that nobody sees.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.chars().any(char::is_control)
        && serde_json::from_str::<Value>(text).is_err()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn times_are_rounded_up() {
        let times = [0, 119, 120, 121, 3600, 3601, 7500].map(duration);
        assert_eq!(times, ["0 s", "119 s", "2 min", "3 min", "1 h", "1 h 1 min", "2 h 5 min"]);
    }

    #[test]
    fn digests_are_short() {
        let image = format!("gateway:1.4.2@sha256:{}", "ab".repeat(32));
        assert_eq!(value(&json!(image), 80), "gateway:1.4.2@sha256:abababababab…");
        assert_eq!(value(&json!("sha256:ab, sha256:"), 80), "sha256:ab, sha256:");
    }

    #[test]
    fn a_text_that_looks_like_a_number_is_quoted() {
        let texts = [
            json!("a b"),
            json!("3"),
            json!(3),
            json!(""),
            json!(" a"),
            json!("true"),
            json!({"a": 1}),
            json!("ä".repeat(9)),
        ];
        let shown: Vec<String> = texts.iter().map(|text| value(text, 8)).collect();
        assert_eq!(shown, ["a b", "\"3\"", "3", "\"\"", "\" a\"", "\"true\"", "{\"a\":1}", "ääääääää… (9 characters)"]);
    }
}
