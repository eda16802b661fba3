//! Finds the characters that a YAML file may not hold as such.
//!
//! They are looked for in the whole text, comments included: Helm ends a line at U+0085, so that a comment may hide a
//! key that only Helm sees.

use helmwright_diagnostics::{Finding, SourceId, Span};

use crate::rules;

/// One finding for every place, at most `limit`.
pub(crate) fn refused_characters(text: &str, source: SourceId, limit: usize) -> Vec<Finding> {
    // Nearly every file is plain ASCII, and bytes are quick to look through.
    if text.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b' '..=b'~')) {
        return Vec::new();
    }
    let next = |at: usize, character: char| text.get(at + character.len_utf8()..).unwrap_or_default().chars().next();
    text.char_indices()
        .filter(|(at, character)| !(*character == '\r' && next(*at, *character) == Some('\n')))
        .filter_map(|(at, character)| Some((at, character, problem(character)?)))
        .take(limit)
        .map(|(at, character, problem)| finding(character, problem, Span::new(source, at, at + character.len_utf8())))
        .collect()
}

fn finding(character: char, problem: &'static str, span: Span) -> Finding {
    let code = u32::from(character);
    let finding =
        rules::CHARACTER.finding(format!("the character U+{code:04X} may not stand in a YAML file")).at(span, problem);
    if character == '\r' {
        return finding.help("end lines with a line feed");
    }
    let escape = if code <= 0xff { format!("\\x{code:02x}") } else { format!("\\u{code:04x}") };
    finding.help(format!("remove it, or write it as \"{escape}\" in a string in double quotes"))
}

fn problem(character: char) -> Option<&'static str> {
    match character {
        '\t' | '\n' => None,
        '\r' => Some("YAML ends the line here, editors do not"),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some("Helm ends the line here, YAML 1.2 readers do not"),
        '\u{feff}' => Some("a byte order mark inside the text"),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => Some("Helm refuses the file because of it"),
        _ => None,
    }
}
