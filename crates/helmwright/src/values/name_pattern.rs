//! Patterns of names, matched without an engine: most newtypes of values have one, and compiling theirs took a sixth of a
//! render.
//!
//! A name pattern is anchored at both ends and is a row of ASCII classes of which one may repeat, with a row more that may
//! be left out: `^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$`. Everything else is for the engine; a test holds that both agree.

/// A name pattern, read.
#[derive(Debug)]
pub(super) struct NamePattern {
    /// Rows of which the text has to match one.
    rows: Vec<Vec<Atom>>,
}

/// A class of characters, and how often it may stand.
#[derive(Clone, Debug)]
struct Atom {
    /// A bit for each ASCII character.
    class: u128,
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
        self.rows.iter().any(|row| row_matches(row, text.as_bytes()))
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

/// A row of classes with their repetitions.
fn atoms(mut text: &str) -> Option<Vec<Atom>> {
    let mut atoms = Vec::new();
    while let Some(rest) = text.strip_prefix('[') {
        let (class, rest) = rest.split_once(']')?;
        let class = class_of(class)?;
        let (least, most, rest) = repetition(rest)?;
        atoms.push(Atom { class, least, most });
        text = rest;
    }
    text.is_empty().then_some(atoms)
}

/// The characters of a class without negation and escapes.
fn class_of(text: &str) -> Option<u128> {
    let bytes = text.as_bytes();
    if !text.is_ascii() || text.contains(['\\', '[', '&', '~']) || text.starts_with('^') {
        return None;
    }
    let (mut class, mut at) = (0_u128, 0);
    while at < bytes.len() {
        let range = bytes.get(at + 1) == Some(&b'-') && at + 2 < bytes.len();
        let last = if range { bytes[at + 2] } else { bytes[at] };
        for character in bytes[at]..=last {
            class |= 1_u128 << character;
        }
        at += if range { 3 } else { 1 };
    }
    Some(class)
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

fn row_matches(row: &[Atom], text: &[u8]) -> bool {
    let least: usize = row.iter().map(|atom| atom.least).sum();
    let Some(mut spare) = text.len().checked_sub(least) else { return false };
    let mut rest = text;
    for atom in row {
        let taken = spare.min(atom.most - atom.least);
        spare -= taken;
        let (part, behind) = rest.split_at(atom.least + taken);
        if !part.iter().all(|byte| byte.is_ascii() && atom.class & (1_u128 << byte) != 0) {
            return false;
        }
        rest = behind;
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
    ];

    #[test]
    fn what_is_no_name_pattern_is_left_to_the_engine() {
        for pattern in [
            "[a-z]",
            "^a$",
            "^[^a]*$",
            "^[\\x00]$",
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
        fn the_engine_agrees(text in "[a-cA0-5._$é-]{0,7}", number in 0..PATTERNS.len()) {
            let pattern = PATTERNS[number];
            let name = NamePattern::new(pattern).unwrap();
            prop_assert_eq!(name.is_match(&text), Regex::new(pattern).unwrap().is_match(&text), "{} {}", pattern, text);
        }
    }
}
