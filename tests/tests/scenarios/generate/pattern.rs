//! Texts that match a pattern of the values schema.
//!
//! The pattern's syntax tree is walked: repetitions take their smallest, a small or (seldom) their largest number,
//! classes any of their characters. Limit: what the anchors at both ends mean is taken for granted, as all patterns of
//! the schema have them.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::random::Random;

/// Repetitions beyond this many are seldom tried.
const FEW: u32 = 12;

/// What a repetition without end is taken for.
const MANY: u32 = 80;

/// A text that matches the pattern; `None` where there is none or the pattern cannot be read.
pub(crate) fn text(pattern: &str, random: &mut Random) -> Option<String> {
    let tree = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&tree, random, &mut text)?;
    Some(text)
}

fn write(tree: &Hir, random: &mut Random, text: &mut String) -> Option<()> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(()),
        HirKind::Literal(literal) => {
            text.push_str(std::str::from_utf8(&literal.0).ok()?);
            Some(())
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
            Some(())
        }
        HirKind::Class(Class::Bytes(class)) => {
            let range = class.ranges().first()?;
            text.push(char::from(range.start()));
            Some(())
        }
        HirKind::Repetition(repetition) => {
            let (least, most) = (repetition.min, repetition.max.unwrap_or(repetition.min.max(MANY)));
            let count = match random.below(20) {
                0..=4 => least,
                5 => most,
                _ => random.between(i64::from(least), i64::from(most.min(least + FEW))) as u32,
            };
            (0..count).try_for_each(|_| write(&repetition.sub, random, text))
        }
        HirKind::Capture(capture) => write(&capture.sub, random, text),
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, random, text)),
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
        let regex = regex_lite::Regex::new(pattern).unwrap();
        let mut random = Random::of(1, number as u64);
        for _ in 0..200 {
            let text = text(pattern, &mut random).unwrap();
            assert!(regex.is_match(&text), "{text:?} does not match {pattern}");
        }
    }
}
