//! The findings about the tree: documents, keys, anchors, aliases, tags, sizes.
//!
//! Words and places only; must not know when they apply.

use helmwright_diagnostics::{Finding, SourceId, Span};

use crate::describe::{quoted, shown};
use crate::limits::{MAX_DEPTH, MAX_FINDINGS, MAX_NODES, MAX_TEXT_BYTES};
use crate::node::Node;
use crate::rules;

/// A second document; `span` is its marker.
pub(crate) fn second_document(span: Span) -> Finding {
    rules::DOCUMENTS
        .finding("a second document in one file")
        .at(span, "some versions of Helm merge it, others drop it")
        .help("remove this line, or move what follows to a file of its own")
}

/// A line `...` before byte `start`, where the first document starts.
pub(crate) fn early_end(text: &str, start: usize, source: SourceId) -> Option<Finding> {
    let before = text.get(..start)?;
    let at = if before.starts_with("...") { 0 } else { before.find("\n...")? + 1 };
    let finding = rules::SYNTAX.finding("`...` ends a document that has not begun");
    Some(finding.at(Span::new(source, at, at + 3), "").help("remove this line"))
}

/// A top level that is no map.
pub(crate) fn top_level(node: &Node) -> Finding {
    rules::TOP_LEVEL
        .finding(format!("the file is {}, not a map", node.kind()))
        .at(node.span, "keys with values are expected")
        .help("start every line at the left margin with a key and a colon")
}

/// A key that stands twice.
pub(crate) fn duplicate_key(name: &str, span: Span, earlier: Span) -> Finding {
    rules::DUPLICATE
        .finding(format!("the key {} stands twice in one map", shown(name)))
        .at(span, "here again")
        .also(earlier, "first here")
        .help("remove one of them, or merge their values")
}

/// A key written on several lines.
pub(crate) fn long_key(span: Span) -> Finding {
    let finding = rules::KEY.finding("a key that spans several lines").at(span, "Helm refuses it");
    finding.help("write the key on one line")
}

/// A list or map where a key should be. The usual cause is a template's `{{ … }}` without quotes.
pub(crate) fn complex_key(text: &str, kind: &str, span: Span) -> Finding {
    let finding = rules::KEY.finding(format!("a key is {kind}")).at(span, "a key must be a string");
    let (before, after) = text.split_at_checked(span.start).unwrap_or_default();
    if before.ends_with('{') && after.starts_with('{') {
        finding.help("values are not templates: quote the value if it is meant to hold `{{`")
    } else {
        finding.help("write a string as the key")
    }
}

/// An alias where a key should be.
pub(crate) fn alias_key(span: Span) -> Finding {
    rules::KEY.finding("a key is an alias").at(span, "").help("write the key out")
}

/// An alias inside the node of its anchor.
pub(crate) fn own_alias(span: Span) -> Finding {
    rules::ALIAS.finding("an alias stands inside its own anchor").at(span, "").help("write the value out")
}

/// An alias without an anchor. The usual cause is a host name such as `*.example.com` without quotes.
pub(crate) fn unknown_alias(text: &str, name: &str, span: Span) -> Finding {
    let rest = text.get(span.start..).unwrap_or_default();
    let word = rest.split([' ', '\t', '\r', '\n', ',', ']', '}']).next().unwrap_or_default();
    rules::ALIAS
        .finding(format!("{} is an alias, and no anchor has this name", shown(&format!("*{name}"))))
        .at(span, "")
        .help(format!("quote it if it is a string: {}", quoted(word)))
        .help("otherwise define the anchor before it, with `&` and the name")
}

/// The finding for an anchor whose name Helm's reader does not take; `span` is the anchor's.
pub(crate) fn anchor_name(text: &str, name: &str, span: Span) -> Option<Finding> {
    let next = text.get(span.end..).and_then(|rest| rest.chars().next());
    let ends = next.is_none_or(|next| next.is_ascii_whitespace() || matches!(next, ',' | ']' | '}'));
    if ends && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
        return None;
    }
    let line = text.get(span.start..).unwrap_or_default().lines().next().unwrap_or_default().trim_end();
    let finding = rules::ALIAS
        .finding(format!("{} is no name of an anchor for Helm", shown(&format!("&{name}"))))
        .at(span, "")
        .help(format!("quote it if it is a string: {}", quoted(line)));
    Some(finding.help("otherwise name the anchor with letters, digits, `-` and `_` only, and put a space after it"))
}

/// A tag; `custom` if YAML does not define it.
pub(crate) fn tag(text: &str, custom: bool, span: Span) -> Finding {
    let written = text.get(span.start..span.end).unwrap_or_default();
    let finding = rules::TAG.finding(format!("the tag {} is not supported", shown(written))).at(span, "");
    if custom {
        finding.help("quote the value if it starts with `!`; otherwise remove the tag")
    } else {
        finding.help("remove the tag: a plain value has its type from its form")
    }
}

/// A map or list below the last level.
pub(crate) fn too_deep(span: Span) -> Finding {
    rules::DEPTH
        .finding(format!("more than {MAX_DEPTH} levels of maps and lists"))
        .at(span, "one level too many")
        .help("flatten the value")
}

/// More nodes or text than a document may have.
pub(crate) fn too_large(span: Span) -> Finding {
    let megabytes = MAX_TEXT_BYTES / (1024 * 1024);
    rules::EXPANSION
        .finding(format!("more than {MAX_NODES} nodes or {megabytes} MiB of text, aliases expanded"))
        .at(span, "here the limit is passed")
        .help("write the values out, or use fewer aliases")
}

/// The last finding of a file with too many; `span` is the text's end.
pub(crate) fn too_many(span: Span) -> Finding {
    rules::TOO_MANY
        .finding(format!("more than {MAX_FINDINGS} findings; the rest of the file was not read"))
        .at(span, "")
        .help("mend those above, or give the file that was meant")
}
