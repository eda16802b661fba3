//! What an object loses at its end.
//!
//! Helm trims white space at the end of each document. Where a text block is the last thing that is printed of an
//! object, the text loses its end. The evaluator keeps track of what is printed last; if that loses something, the
//! object is evaluated once more and loses it too.
//!
//! Limit: where a text of one line ends in white space beyond ASCII, such as U+00A0, and without that white space YAML reads
//! something else than a text, or nothing, Helm gives that, and the evaluator a text.

use serde_json::Value;

use super::go_yaml::{Form, form};

/// Follows what an object ends in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ending<'a> {
    last: Last<'a>,
    /// How many pieces have been printed.
    pieces: usize,
    /// The piece that loses its end; 0 where none does.
    trimmed: usize,
}

/// What was printed last.
#[derive(Clone, Copy, Debug, Default)]
enum Last<'a> {
    /// Something that ends in a character.
    #[default]
    Safe,
    /// A text block that ends in white space.
    Open,
    /// What `toYaml` printed of a value.
    Whole(&'a Value),
}

impl<'a> Ending<'a> {
    /// A scalar on its line, or a comment.
    pub(super) fn scalar(&mut self) {
        self.print(Last::Safe);
    }

    /// A text block: gives what it keeps, without line breaks at its end.
    pub(super) fn block<'t>(&mut self, text: &'t str) -> &'t str {
        let kept = text.trim_end_matches('\n');
        let open = kept.ends_with(char::is_whitespace);
        if self.print(if open { Last::Open } else { Last::Safe }) { kept.trim_end() } else { kept }
    }

    /// A list or map printed by `toYaml`: gives what becomes of it, if it loses something.
    pub(super) fn whole(&mut self, value: &'a Value) -> Option<Value> {
        self.print(Last::Whole(value)).then(|| {
            let mut trimmed = value.clone();
            if let Some(text) = last_text(&mut trimmed) {
                let ended_line = text.ends_with('\n');
                text.truncate(text.trim_end().len());
                if ended_line && !text.is_empty() {
                    text.push('\n');
                }
            }
            trimmed
        })
    }

    /// How to begin anew, if the object loses something at its end.
    pub(super) fn trimmed(&self) -> Option<Self> {
        let loses = match self.last {
            _ if self.trimmed > 0 => false,
            Last::Safe => false,
            Last::Open => true,
            Last::Whole(value) => last_of(value).as_str().is_some_and(loses),
        };
        loses.then_some(Self { trimmed: self.pieces, ..Self::default() })
    }

    /// Whether the piece loses its end.
    fn print(&mut self, last: Last<'a>) -> bool {
        self.last = last;
        self.pieces += 1;
        self.pieces == self.trimmed
    }
}

/// Whether a text loses something where `toYaml` prints it last.
fn loses(text: &str) -> bool {
    match form(text) {
        Form::Plain => text.ends_with(char::is_whitespace),
        Form::Quoted => false,
        // One line break is kept.
        Form::Block => text == "\n" || text.strip_suffix('\n').unwrap_or(text).ends_with(char::is_whitespace),
    }
}

/// The scalar, or empty list or map, that `toYaml` prints last.
fn last_of(value: &Value) -> &Value {
    let below = match value {
        Value::Array(list) => list.last(),
        Value::Object(map) => last_key(map.keys()).and_then(|key| map.get(key)),
        _ => None,
    };
    below.map_or(value, last_of)
}

fn last_text(value: &mut Value) -> Option<&mut String> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(list) => list.last_mut().and_then(last_text),
        Value::Object(map) => {
            let key = last_key(map.keys())?.clone();
            map.get_mut(&key).and_then(last_text)
        }
        _ => None,
    }
}

/// The key that `toYaml` prints last.
fn last_key<'k>(keys: impl Iterator<Item = &'k String>) -> Option<&'k String> {
    keys.reduce(|last, key| if before(last, key) { key } else { last })
}

/// The order of keys in `toYaml`, from Go's YAML library: numbers inside keys count as numbers.
fn before(left: &str, right: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut digits = false;
    for at in 0..a.len().min(b.len()) {
        if a[at] == b[at] {
            digits = a[at].is_numeric();
            continue;
        }
        match (a[at].is_alphabetic(), b[at].is_alphabetic()) {
            (true, true) => return a[at] < b[at],
            (false, false) => {}
            (letter, other) => return if digits { letter } else { other },
        }
        // Zeros before a number do not count, those inside do.
        let inside = (a[at] == '0' || b[at] == '0')
            && a[..at].iter().rev().take_while(|digit| digit.is_ascii_digit()).any(|digit| *digit != '0');
        let start = i64::from(inside);
        let (number_a, end_a) = number(&a[at..], start);
        let (number_b, end_b) = number(&b[at..], start);
        return if number_a != number_b {
            number_a < number_b
        } else if end_a != end_b {
            end_a < end_b
        } else {
            a[at] < b[at]
        };
    }
    a.len() < b.len()
}

/// The number at the start, behind the digits given, and how long it is.
fn number(text: &[char], start: i64) -> (i64, usize) {
    let digits = text.iter().map_while(|digit| digit.to_digit(10));
    digits.fold((start, 0), |(number, length), digit| {
        (number.wrapping_mul(10).wrapping_add(i64::from(digit)), length + 1)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{before, last_of};

    #[test]
    fn keys_are_ordered_as_go_orders_them() {
        for (first, second) in
            [("9", "10"), ("a9", "a10"), ("B", "a"), ("a", "a1"), ("1", "a"), ("a-", "ab"), ("a2b", "a10")]
        {
            assert!(before(first, second) && !before(second, first), "{first} {second}");
        }
    }

    #[test]
    fn the_last_scalar_is_found_at_depth() {
        assert_eq!(last_of(&json!({"b": [1, {"x10": "last", "x9": 2}], "a": 3})), &json!("last"));
        assert_eq!(last_of(&json!({"a": {}})), &json!({}));
    }
}
