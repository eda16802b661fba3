//! Where the parser, which follows YAML 1.2, and Helm's disagree on how a scalar is written.
//!
//! Found by comparing the two on generated files. Must not know the tree. With `loader` and `syntax` the only module
//! that knows the parser.

use std::borrow::Cow;

use granit_parser::ScalarStyle;
use helmwright_diagnostics::{Finding, SourceId, Span};

use crate::describe::{quoted, shown};
use crate::limits::MAX_FINDINGS;
use crate::refusals::long_key;
use crate::rules;

/// The findings about how a scalar is written. `text` is the file's, `content` the scalar's.
pub(crate) fn disagreements(
    text: &str,
    content: &str,
    style: ScalarStyle,
    in_brackets: bool,
    span: Span,
) -> Vec<Finding> {
    let written = text.get(span.start..span.end).unwrap_or_default();
    if in_brackets && colon_on_later_line(text, span) {
        return vec![long_key(span)];
    }
    match style {
        ScalarStyle::Plain if in_brackets => plain_in_brackets(text, written, span).into_iter().collect(),
        ScalarStyle::DoubleQuoted if written.contains('\\') => newer_escapes(written, span.start, span.source),
        ScalarStyle::Literal | ScalarStyle::Folded
            if content.trim_start_matches('\n').starts_with('\t') && !has_indentation_digit(text, span) =>
        {
            vec![leading_tab(span)]
        }
        _ => Vec::new(),
    }
}

/// The text of a block scalar as Helm reads it. Where the file ends in the scalar without a line break, YAML 1.2 readers
/// add one and Helm does not.
pub(crate) fn block_text<'a>(content: Cow<'a, str>, text: &str, span: Span) -> Cow<'a, str> {
    let Some(shorter) = content.strip_suffix('\n').filter(|_| span.end == text.len()) else { return content };
    // The span starts after the indentation of the first line with content, if there is one.
    let before = text.get(..span.start).unwrap_or_default();
    let indentation = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    // A last line of nothing but indentation is no part of the content, so the break before it was written.
    let written_break = last_line.len() <= indentation || shorter.trim_matches('\n').is_empty();
    // Without content the span starts at the header, and then the only break may be the header's own.
    let header_break = shorter.is_empty() && text.get(span.start..).unwrap_or_default().matches('\n').count() == 1;
    if !written_break || header_break { Cow::Owned(shorter.to_owned()) } else { content }
}

/// Whether a block scalar's header gives its indentation (`|2`). `span` is the content's, which the header precedes.
fn has_indentation_digit(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default().trim_end();
    let header = before.rfind(['|', '>']).and_then(|at| before.get(at + 1..)).unwrap_or_default();
    header.chars().take_while(|character| !character.is_whitespace()).any(|character| character.is_ascii_digit())
}

/// The finding for a block scalar whose text starts with a tab: Helm takes the tab for indentation.
fn leading_tab(span: Span) -> Finding {
    rules::TAB
        .finding("a text block starts with a tab")
        .at(span, "Helm takes the tab for indentation")
        .help("start the text with another character, or write it as a string in double quotes with `\\t`")
}

/// The finding for a plain scalar inside brackets that Helm reads differently: there a `?` ends it, a `:` may not start
/// it, and one at its end is a part of it (`[a, b:]`).
fn plain_in_brackets(text: &str, written: &str, span: Span) -> Option<Finding> {
    if written.is_empty() {
        return None;
    }
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let colon_ends = after.strip_prefix(':').is_some_and(|rest| rest.starts_with([',', '[', ']', '{', '}']));
    let label = if written.contains('?') {
        "inside brackets Helm takes `?` for the start of a key"
    } else if written.starts_with(':') {
        "inside brackets Helm takes `:` for the end of a key"
    } else if colon_ends {
        "Helm takes the colon after it for a part of it"
    } else {
        return None;
    };
    let message = format!("{} does not mean the same to every YAML reader inside brackets", shown(written));
    let help = format!("quote it: {}", quoted(written));
    let finding = rules::AMBIGUOUS.finding(message).at(span, label).help(help);
    Some(if colon_ends { finding.help("or put a space after the colon if it is a key") } else { finding })
}

/// Whether a key inside brackets has its colon on a later line, which Helm refuses.
fn colon_on_later_line(text: &str, span: Span) -> bool {
    let after = text.get(span.end..).unwrap_or_default();
    let next = after.trim_start();
    let gap = after.get(..after.len() - next.len()).unwrap_or_default();
    next.starts_with(':') && gap.contains('\n')
}

/// Escapes that YAML 1.2 has and Helm's reader does not: `\/` and pairs of surrogates. `written` is a scalar with its
/// double quotes, starting at byte `start`.
fn newer_escapes(written: &str, start: usize, source: SourceId) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut characters = written.char_indices();
    while let Some((at, character)) = characters.next().filter(|_| findings.len() < MAX_FINDINGS) {
        if character != '\\' {
            continue;
        }
        let Some((_, escape)) = characters.next() else { break };
        let surrogate = escape == 'u' && written.get(at + 2..at + 4).is_some_and(is_surrogate);
        if escape != '/' && !surrogate {
            continue;
        }
        let mut length = 2;
        if surrogate {
            // Four digits, and the second half of the pair if there is one.
            let pair = written.get(at + 6..at + 8) == Some("\\u");
            length = if pair { 12 } else { 6 };
            characters = written.char_indices();
            characters.by_ref().take_while(|(next, _)| next + 1 < at + length).for_each(drop);
        }
        let help = if surrogate { "write the character itself, or \"\\U\" and eight digits" } else { "write `/`" };
        let finding = rules::SYNTAX
            .finding("an escape that Helm's reader does not know")
            .at(Span::new(source, start + at, start + at + length), "")
            .help(help);
        findings.push(finding);
    }
    findings
}

fn is_surrogate(first_digits: &str) -> bool {
    u8::from_str_radix(first_digits, 16).is_ok_and(|byte| (0xd8..=0xdf).contains(&byte))
}
