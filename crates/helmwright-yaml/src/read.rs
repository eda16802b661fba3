//! Reading a file: what can be said before parsing, then the parse.

use std::fmt::Write as _;

use helmwright_diagnostics::{Finding, Findings, SourceId, SourceMap, Span};

use crate::characters::refused_characters;
use crate::limits::{MAX_BYTES, MAX_FINDINGS};
use crate::loader;
use crate::node::{Document, Entries, Node, NodeValue};
use crate::rules;

/// Reads the one document of a text as a tree.
///
/// An empty text, or one that holds nothing but comments, is an empty map, as for Helm.
///
/// # Errors
///
/// Everything that [`RULES`](crate::RULES) refuses, with places and fixes. After an error of syntax nothing is known
/// of the rest of the file; other findings do not stop the reading.
pub fn read(sources: &SourceMap, source: SourceId) -> Result<Document, Findings> {
    match read_partly(sources, source) {
        (Some(document), findings) if findings.is_empty() => Ok(document),
        (_, findings) => Err(findings),
    }
}

/// Reads a text as far as it can be read: what is refused is told in the findings. In the tree a refused value is null; a
/// refused key stands there as it is written, twice if it stands twice, and one that is no text without a name. Of a text
/// that is no YAML there is no tree.
pub fn read_partly(sources: &SourceMap, source: SourceId) -> (Option<Document>, Findings) {
    let text = sources.text(source);
    if text.len() > MAX_BYTES {
        return (None, too_large(text.len()).at(Span::new(source, 0, 0), "").into());
    }
    let mut findings: Findings = refused_characters(text, source, MAX_FINDINGS).into_iter().collect();
    let hidden = !findings.is_empty();
    let (root, found) = loader::load(text, source);
    // With a refused character in the text, an error of syntax is most likely its echo.
    findings.extend(found.into_iter().filter(|finding| !(hidden && finding.rule == rules::SYNTAX.id)));
    findings.sort(sources);
    findings.dedupe();
    let nothing = || Node { span: Span::new(source, 0, 0), value: NodeValue::Map(Entries::default()) };
    let root = root.or_else(|| findings.is_empty().then(nothing));
    (root.map(|root| Document { source, root }), findings)
}

/// Adds a file's bytes to the sources under `name` and reads them. A byte order mark is accepted.
///
/// # Errors
///
/// As [`read`], and for bytes that are not UTF-8; the text in the map then has U+FFFD in their place.
pub fn read_bytes(sources: &mut SourceMap, name: &str, bytes: &[u8]) -> Result<Document, Findings> {
    let source = add(sources, name, bytes)?;
    read(sources, source)
}

/// As [`read_bytes`], as far as it can be read: see [`read_partly`].
pub fn read_bytes_partly(sources: &mut SourceMap, name: &str, bytes: &[u8]) -> (Option<Document>, Findings) {
    match add(sources, name, bytes) {
        Ok(source) => read_partly(sources, source),
        Err(findings) => (None, findings),
    }
}

fn add(sources: &mut SourceMap, name: &str, bytes: &[u8]) -> Result<SourceId, Findings> {
    if bytes.len() > MAX_BYTES {
        let source = sources.add(name, "");
        return Err(too_large(bytes.len()).at(Span::new(source, 0, 0), "").into());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(name, text)),
        Err(error) => Err(not_utf8(sources, name, bytes, error.valid_up_to()).into()),
    }
}

fn too_large(bytes: usize) -> Finding {
    rules::FILE_SIZE
        .finding(format!("the file has {bytes} bytes, more than {MAX_BYTES}"))
        .help("split the file, or give the file that was meant")
}

fn not_utf8(sources: &mut SourceMap, name: &str, bytes: &[u8], offset: usize) -> Finding {
    let valid = bytes.get(..offset).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
    // The mark is dropped from the source's text, so the place of the fault moves with it.
    let mark = if valid.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let source = sources.add(name, String::from_utf8_lossy(bytes));
    let start = offset - mark;
    let span = Span::new(source, start, start + char::REPLACEMENT_CHARACTER.len_utf8());
    let position = sources.start(span);
    let byte = bytes.get(offset).copied().unwrap_or_default();
    let mut message = String::from("the file is not UTF-8: ");
    // Writing to a string cannot fail.
    let _ = write!(message, "byte 0x{byte:02X} at offset {offset} ({}:{})", position.line, position.column);
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let help = if utf16 { "it looks like UTF-16: save the file as UTF-8" } else { "save the file as UTF-8" };
    rules::NOT_UTF8.finding(message).at(span, "not a character").help(help)
}
