//! Texts that match a pattern of the values schema.
//!
//! The pattern's syntax tree is walked: repetitions take their smallest, a small or (seldom) their largest number,
//! classes any of their characters. Limit: what the anchors at both ends mean is taken for granted, as all patterns of
//! the schema have them.

use regex_lite::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use emt_tests::Random;

/// Repetitions beyond this many are seldom tried.
const FEW: u32 = 12;

/// What a repetition without end is taken for.
const MANY: u32 = 80;

/// A pattern, read once.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    tree: Hir,
}

impl Pattern {
    /// The pattern of a schema.
    pub(crate) fn new(pattern: &str) -> Self {
        Self { regex: Regex::new(pattern).unwrap(), tree: regex_syntax::parse(pattern).unwrap() }
    }

    /// Whether the text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// A text that matches.
    pub(crate) fn text(&self, random: &mut Random) -> String {
        let mut text = String::new();
        write(&self.tree, random, &mut text);
        text
    }
}

fn write(tree: &Hir, random: &mut Random, text: &mut String) {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).unwrap());
        }
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            // Ranges first: the wide ones would win otherwise.
            let range = random.pick(ranges);
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            let code = match random.below(4) {
                0 => start,
                1 => end,
                _ => random.between(i64::from(start), i64::from(end)) as u32,
            };
            text.push(char::from_u32(code).unwrap_or(range.start()));
        }
        HirKind::Class(Class::Bytes(class)) => {
            text.push(char::from(class.ranges()[0].start()));
        }
        HirKind::Repetition(repetition) => {
            let (least, most) = (repetition.min, repetition.max.unwrap_or(repetition.min.max(MANY)));
            let count = match random.below(20) {
                0..=4 => least,
                5 => most,
                _ => random.between(i64::from(least), i64::from(most.min(least + FEW))) as u32,
            };
            (0..count).for_each(|_| write(&repetition.sub, random, text));
        }
        HirKind::Capture(capture) => write(&capture.sub, random, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, random, text)),
        HirKind::Alternation(parts) => write(random.pick(parts), random, text),
    }
}

#[test]
fn generated_texts_match() {
    for (number, pattern) in [
        "^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$",
        "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?)?$",
        "^[^\\x00-\\x1F\\x7F-\\x9F]*$",
        "^(0|[1-9][0-9]?|100)%$",
    ]
    .iter()
    .enumerate()
    {
        let (pattern, mut random) = (Pattern::new(pattern), Random::of(1, number as u64));
        for _ in 0..200 {
            let text = pattern.text(&mut random);
            assert!(pattern.matches(&text), "{text:?} does not match {pattern:?}");
        }
    }
}
