//! Errors of the parser as findings: in the words of a values file's author, at the place where the fault is.
//!
//! Must not know the tree. With `loader` and `scalars` the only module that knows
//! the parser.

use granit_parser::{ErrorKind, ScanError};
use helmwright_diagnostics::{Finding, SourceId, Span};

use crate::describe::quoted;
use crate::refusals::too_deep;
use crate::rules;
use crate::tabs::{tab_finding, tab_in_prefix};

/// The finding for an error of the parser.
pub(crate) fn syntax_finding(error: &ScanError, text: &str, source: SourceId) -> Finding {
    let span = place(error, text, source);
    let line_start = span.start - before_on_line(text, span.start).len();
    if is_tab(error.kind()) || tab_in_prefix(rest_of_line(text, line_start)).is_some() {
        // The parser may stop a line before the tab, or at one that is no indentation.
        return tab_finding(text, source, line_start, &[])
            .unwrap_or_else(|| rules::TAB.finding("a tab").at(span, "").help("write spaces"));
    }
    let finding = |message: &str, label: &str| rules::SYNTAX.finding(message).at(span, label);
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => too_deep(span),
        ErrorKind::DirectiveDisallowed => rules::DIRECTIVE
            .finding("a directive is not supported")
            .at(Span::new(source, span.start, span.start + rest_of_line(text, span.start).len()), "")
            .help("remove this line"),
        ErrorKind::MappingValueNotAllowed if before_on_line(text, span.start).contains(": ") => {
            finding("a second `: ` in one value", "no key may stand here")
                .help("quote the value if the colon is part of it")
                .help("otherwise put the inner key on a line of its own, indented further")
        }
        ErrorKind::MappingValueNotAllowed => finding("no key may stand here", "the key before this colon")
            .help("indent the key like its neighbours")
            .help("write the line above as `key: value`, and close its quotes and brackets"),
        ErrorKind::UnexpectedCharacter { character } => {
            finding(&format!("a value may not start with `{character}`"), "")
                .help(format!("quote it: {}", quoted(rest_of_line(text, span.start))))
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => {
            finding("a quoted string does not end", "still inside the string here").help("close the quotes")
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            finding("text after a quoted string", "the string ended before this")
                .help("quote all of the value, and double a single quote inside single quotes: 'it''s'")
        }
        ErrorKind::UnknownQuotedScalarEscape => finding("an unknown escape in a string in double quotes", "")
            .help("write `\\\\` for a backslash, or use single quotes"),
        ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. } => {
            let opened = text.get(span.start..).unwrap_or_default().starts_with(['[', '{']);
            finding("a bracket is not closed", if opened { "opened here" } else { "the text ends here" })
                .help("close it with `]` or `}`")
        }
        ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::InvalidColonPlacement => {
            finding("`,` or a closing bracket is missing", "").help("close the list or map before this place")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => {
            finding("this line is not indented like its neighbours", "")
                .help("give keys of one map and items of one list the same indentation")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            finding("a colon is missing after a key", "").help("write `key: value`, with a space after the colon")
        }
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            finding("a list item may not start here", "")
                .help("put `- ` on a line of its own, or quote the value if it starts with a dash")
        }
        ErrorKind::ExpectedBlockSequenceEntry => finding("a list item is expected here", "")
            .help("start the line with `- `, or indent it like the key that holds the list"),
        ErrorKind::CommentInterceptedScalar => finding("a value goes on after a comment", "the value ended here")
            .help("put the value on one line, or the comment on a line of its own before it"),
        other => finding(&format!("not YAML: {other}"), "")
            .help("quote text that holds `: ` or ` #`, or that starts with one of @ ` % { [ & * ! | >"),
    }
}

/// The fault's place. An error at the end of the text is shown at the last character that is not blank.
fn place(error: &ScanError, text: &str, source: SourceId) -> Span {
    let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let rest = text.get(offset..).unwrap_or_default();
    if rest.trim().is_empty() {
        let end = text.trim_end().len();
        let last = text.get(..end).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
        return Span::new(source, end - last, end);
    }
    let width = rest.chars().next().filter(|character| !character.is_whitespace()).map_or(0, char::len_utf8);
    Span::new(source, offset, offset + width)
}

fn is_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
    )
}

/// The line's text before `offset`.
fn before_on_line(text: &str, offset: usize) -> &str {
    let before = text.get(..offset).unwrap_or_default();
    before.get(before.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or_default()
}

/// The line's text from `offset` on.
fn rest_of_line(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or_default().lines().next().unwrap_or_default().trim_end()
}
