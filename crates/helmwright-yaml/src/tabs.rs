//! Tabs in the indentation: finding them and telling of them.
//!
//! YAML forbids them; parsers differ in how strictly. Helm's refuses a tab wherever a key, an item or a comment may
//! start, on blank lines too. Must not know the parser.

use helmwright_diagnostics::{Finding, SourceId, Span};

use crate::rules;

/// The finding for all tabs from byte `from` on that indent a line or stand between a line's indicators, or `None`.
///
/// `excepted` are the ranges, in order, in which white space at the start of a line is no indentation: quoted strings
/// and text blocks.
pub(crate) fn tab_finding(text: &str, source: SourceId, from: usize, excepted: &[(usize, usize)]) -> Option<Finding> {
    let mut excepted = excepted.iter().peekable();
    let mut start = from;
    let mut places = text.get(from..).unwrap_or_default().split_inclusive('\n').filter_map(|line| {
        let tab = tab_in_prefix(line).map(|column| start + column);
        start += line.len();
        let tab = tab?;
        while excepted.next_if(|(_, end)| *end <= tab).is_some() {}
        let inside = excepted.peek().is_some_and(|(start, _)| *start <= tab);
        (!inside).then_some(tab)
    });
    let first = places.next()?;
    let more = places.count();
    let width = text.get(first..).unwrap_or_default().bytes().take_while(|byte| *byte == b'\t').count();
    let finding = rules::TAB
        .finding("a tab in the indentation")
        .at(Span::new(source, first, first + width), "a tab")
        .help("indent with spaces, two a level");
    Some(match more {
        0 => finding,
        1 => finding.note("one more line below is indented with a tab"),
        _ => finding.note(format!("{more} more lines below are indented with tabs")),
    })
}

/// Where the first tab stands before a line's first content, which white space and the indicators `-`, `?` and `:`
/// are not.
pub(crate) fn tab_in_prefix(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let indicator = || bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        match byte {
            b'\t' => return Some(at),
            b' ' => {}
            b'-' | b'?' | b':' if indicator() => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::tab_in_prefix;

    #[test]
    fn only_what_precedes_the_content_counts() {
        assert_eq!(tab_in_prefix("\ta: 1\n"), Some(0));
        assert_eq!(tab_in_prefix("  -\ta\n"), Some(3));
        assert_eq!(tab_in_prefix(" \t \n"), Some(1));
        for fine in ["a:\t1\n", "-1\t\n", "  - a\t\n", "- -x\t", "", "\n"] {
            assert_eq!(tab_in_prefix(fine), None, "{fine:?}");
        }
    }
}
