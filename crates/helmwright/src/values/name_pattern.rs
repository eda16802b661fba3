//! Patterns of names, matched without an engine: most newtypes of values have one, and compiling theirs took a sixth of a
//! render.
//!
//! A name pattern is anchored at both ends and is a row of characters and classes of which one may repeat, with a row more
//! that may be left out: `^v[a-z]([a-z0-9-]{0,18}[a-z0-9])?$`. Everything else is for the engine; a test holds that both
//! agree.

/// A name pattern, read.
#[derive(Debug)]
pub(super) struct NamePattern {
    /// Rows of which the text has to match one.
    rows: Vec<Vec<Atom>>,
}

/// A class of characters.
#[derive(Clone, Copy, Debug)]
struct Class {
    /// A bit for each ASCII character.
    ascii: u128,
    /// Whether all characters beyond ASCII belong to it.
    beyond: bool,
}

impl Class {
    fn has(self, character: char) -> bool {
        if character.is_ascii() { self.ascii & (1_u128 << u32::from(character)) != 0 } else { self.beyond }
    }
}

/// A class of characters, and how often it may stand.
#[derive(Clone, Debug)]
struct Atom {
    class: Class,
    least: usize,
    most: usize,
}

impl NamePattern {
    /// The pattern, if it is a name pattern.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let body = pattern.strip_prefix('^')?.strip_suffix('$')?;
        let (mut rows, body) = match optional(body) {
            Some(inner) => (vec![Vec::new()], inner),
            None => (Vec::new(), body),
        };
        let (head, tail) = body.split_at(body.find('(').unwrap_or(body.len()));
        let head = atoms(head)?;
        rows.push(head.clone());
        if !tail.is_empty() {
            rows.push([head, atoms(optional(tail)?)?].concat());
        }
        let flexible = |row: &Vec<Atom>| row.iter().filter(|atom| atom.least != atom.most).count() <= 1;
        rows.iter().all(flexible).then_some(Self { rows })
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        let length = text.chars().count();
        self.rows.iter().any(|row| row_matches(row, text, length))
    }
}

/// The inside of `(…)?`.
fn optional(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(")?")?;
    let mut depth = 0;
    for character in inner.chars() {
        depth += match character {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth < 0 {
            return None;
        }
    }
    (depth == 0).then_some(inner)
}

/// A row of characters and classes with their repetitions.
fn atoms(mut text: &str) -> Option<Vec<Atom>> {
    let mut atoms = Vec::new();
    while let Some(first) = text.chars().next() {
        let (class, rest) = match text.strip_prefix('[') {
            Some(rest) => {
                let (class, rest) = rest.split_once(']')?;
                (class_of(class)?, rest)
            }
            None if first.is_ascii_alphanumeric() || "-_/@:=".contains(first) => {
                (Class { ascii: 1 << u32::from(first), beyond: false }, &text[1..])
            }
            None => return None,
        };
        let (least, most, rest) = repetition(rest)?;
        atoms.push(Atom { class, least, most });
        text = rest;
    }
    Some(atoms)
}

/// The characters of a class without escapes other than `\xNN`.
fn class_of(text: &str) -> Option<Class> {
    let (negated, text) = text.strip_prefix('^').map_or((false, text), |text| (true, text));
    // Engines read sets of two into these.
    let is_set = ["[", "&&", "~~", "--"].iter().any(|sign| text.contains(sign));
    if text.is_empty() || !text.is_ascii() || is_set {
        return None;
    }
    let mut rest = text.as_bytes();
    let mut ascii = 0_u128;
    while let Some((first, behind)) = class_character(rest)? {
        rest = behind;
        let mut last = first;
        // A `-` at the end stands for itself.
        if let [b'-', behind @ ..] = rest
            && let Some((end, behind)) = class_character(behind)?
        {
            (last, rest) = (end, behind);
        }
        if !first.is_ascii() || !last.is_ascii() {
            return None;
        }
        for character in first..=last {
            ascii |= 1 << character;
        }
    }
    Some(Class { ascii: if negated { !ascii } else { ascii }, beyond: negated })
}

/// The first character of a class and what stands behind it; `Some(None)` at its end, `None` for another escape.
#[expect(clippy::option_option, reason = "there is no character, or none that is known")]
fn class_character(text: &[u8]) -> Option<Option<(u8, &[u8])>> {
    match text {
        [] => Some(None),
        [b'\\', b'x', high, low, rest @ ..] => {
            let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            Some(Some((digit(*high)? * 16 + digit(*low)?, rest)))
        }
        [b'\\', ..] => None,
        [character, rest @ ..] => Some(Some((*character, rest))),
    }
}

fn repetition(text: &str) -> Option<(usize, usize, &str)> {
    match text.as_bytes().first() {
        Some(b'*') => Some((0, usize::MAX, &text[1..])),
        Some(b'+') => Some((1, usize::MAX, &text[1..])),
        Some(b'?') => Some((0, 1, &text[1..])),
        Some(b'{') => {
            let (range, rest) = text[1..].split_once('}')?;
            let (least, most) = range.split_once(',').unwrap_or((range, range));
            Some((least.parse().ok()?, most.parse().ok()?, rest))
        }
        _ => Some((1, 1, text)),
    }
}

fn row_matches(row: &[Atom], text: &str, length: usize) -> bool {
    let least: usize = row.iter().map(|atom| atom.least).sum();
    let Some(mut spare) = length.checked_sub(least) else { return false };
    let mut rest = text.chars();
    for atom in row {
        let taken = spare.min(atom.most - atom.least);
        spare -= taken;
        if !rest.by_ref().take(atom.least + taken).all(|character| atom.class.has(character)) {
            return false;
        }
    }
    spare == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_lite::Regex;

    use super::NamePattern;

    const PATTERNS: &[&str] = &[
        "^[a-z]([a-z0-9-]{0,3}[a-z0-9])?$",
        "^([a-z]([a-z0-9-]{0,3}[a-z0-9])?)?$",
        "^[A-Za-z0-9._-]{1,4}$",
        "^[A-Za-z_$-]{0,4}$",
        "^([A-Za-z_][A-Za-z0-9_]{0,4})?$",
        "^[1-5][0-9]{2}$",
        "^[a-z]*$",
        "^[a-z]+[0-9]$",
        "^[a-c-]?$",
        "^[a-c]-[A0-5]{1,2}$",
        "^c[^a]*$",
        "^[^ab\\x2D][^\\x00-\\x1F]*$",
        "^a?b{2}$",
        "^-[a-c~&.^-]*$",
    ];

    #[test]
    fn what_is_no_name_pattern_is_left_to_the_engine() {
        for pattern in [
            "[a-z]",
            "^a.$",
            "^[^é]*$",
            "^[\\d]$",
            "^[]$",
            "^[a--b]$",
            "^[a&&b]$",
            "^[a]*[b]*$",
            "^([a])?([b])?$",
            "^([a]|[b])?$",
            "^[a]([b]([c])?)?$",
        ] {
            assert!(NamePattern::new(pattern).is_none(), "{pattern}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_engine_agrees(text in "[a-cA0-5._$~&^é\\u{1}-]{0,7}", number in 0..PATTERNS.len()) {
            let pattern = PATTERNS[number];
            let name = NamePattern::new(pattern).unwrap();
            prop_assert_eq!(name.is_match(&text), Regex::new(pattern).unwrap().is_match(&text), "{} {}", pattern, text);
        }
    }
}
