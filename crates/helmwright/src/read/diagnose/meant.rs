//! What was probably meant by a value that is refused. A guess is told only if the schema takes it.

use helmwright_yaml::{Node, NodeValue};
use serde_json::Value;

use super::scalars::is_only;
use crate::describe::view::View;
use crate::expression::YAML_WORDS;

/// How to write a value as the type that is expected. `node` is the value as its file has it.
pub(super) fn converted(view: View<'_>, found: &Value, node: Option<&Node>) -> Option<String> {
    let types = view.types();
    let takes = |name: &str| types.contains(&name);
    match found {
        Value::Number(_) | Value::Bool(_) if takes("string") => {
            let text = found.to_string();
            let told = if is_written_so(node, &text) { format!(": \"{text}\"") } else { " as it stands".to_owned() };
            takes_text(view, &text).then(|| format!("put it in quotes{told}"))
        }
        Value::String(text) if takes("integer") && is_integer(text) => Some(format!("write it without quotes: {text}")),
        Value::String(text) if takes("boolean") => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" | "y" => Some("write it without quotes: true".to_owned()),
            "false" | "no" | "off" | "n" | "none" => Some("write it without quotes: false".to_owned()),
            _ => None,
        },
        Value::String(text) if is_only(view, "array") && text.contains(',') => {
            let items = text.split(',').map(|item| Value::from(item.trim()).to_string());
            Some(format!("write a list: [{}]", items.collect::<Vec<_>>().join(", ")))
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) if is_only(view, "array") => {
            Some(format!("write a list: [{found}]"))
        }
        Value::Object(_) if is_only(view, "array") => Some("begin each item with `- `".to_owned()),
        Value::Array(items) if is_only(view, "object") && !view.is_struct() => {
            let named = !items.is_empty() && items.iter().all(|item| item.get("name").is_some());
            let help = if named {
                "write each item's name as a key: `name:` instead of `- name:`"
            } else {
                "write keys with values"
            };
            Some(help.to_owned())
        }
        _ => None,
    }
}

/// Whether a file has a number as `text`, and not in another form of the same number such as `1.40`, `1e2` or `+5`: those
/// of the same length all stand for a whole number or one below 1.
fn is_written_so(node: Option<&Node>, text: &str) -> bool {
    node.is_some_and(|node| {
        let comparable = match node.value {
            NodeValue::Integer(_) => true,
            NodeValue::Float(number) => number > 1.0 && number.fract() != 0.0,
            _ => false,
        };
        comparable && node.span.end - node.span.start == text.len()
    })
}

fn is_integer(text: &str) -> bool {
    text.parse::<i64>().is_ok_and(|integer| integer.to_string() == text)
}

/// A text that the schema takes and that means the same as `text`: without blanks around it, without a URL's scheme, in
/// lower case, an amount of bytes without the B.
pub(super) fn mended(view: View<'_>, text: &str) -> Option<String> {
    let mut guesses = plainer(text).to_vec();
    guesses.extend(text.trim().strip_suffix('B').map(str::to_owned));
    first_taken(view, text, &guesses)
}

/// A name near `text` that the schema takes.
pub(super) fn renamed(view: View<'_>, text: &str) -> Option<String> {
    let mut guesses = plainer(text).to_vec();
    guesses.push(text.trim().to_lowercase().replace(['_', '.', ' '], "-"));
    guesses.push(text.trim().replace(['-', '.', ' '], "_"));
    guesses.push(text.trim().to_uppercase().replace(['-', '.', ' '], "_"));
    first_taken(view, text, &guesses)
}

fn plainer(text: &str) -> [String; 3] {
    let trimmed = text.trim();
    let without_scheme = trimmed.split_once("://").map_or(trimmed, |(_, rest)| rest).trim_end_matches('/');
    [trimmed.to_owned(), without_scheme.to_owned(), without_scheme.to_lowercase()]
}

fn first_taken(view: View<'_>, text: &str, guesses: &[String]) -> Option<String> {
    guesses.iter().find(|guess| *guess != text && !guess.is_empty() && takes_text(view, guess)).cloned()
}

fn takes_text(view: View<'_>, text: &str) -> bool {
    let matches = |pattern| regex_lite::Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(text));
    let taken = view.keyword("not").and_then(|not| not.get("enum")).and_then(Value::as_array);
    view.text("pattern").is_none_or(matches)
        && view.keyword("enum").and_then(Value::as_array).is_none_or(|words| words.contains(&Value::from(text)))
        && taken.is_none_or(|taken| !taken.contains(&Value::from(text)))
}

/// Why a word is refused that its pattern allows.
pub(super) fn taken(word: &str) -> String {
    if YAML_WORDS.contains(&word) {
        format!("`{word}` is a word that YAML readers take for a boolean or null")
    } else {
        format!("`{word}` is taken: the chart sets it itself")
    }
}
