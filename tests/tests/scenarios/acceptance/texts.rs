//! YAML that readers read differently, behind values that render.
//!
//! Knows nothing of the values but a few keys: one that takes a boolean, maps of texts, and one that takes any object.

use super::Candidate;
use crate::generate::source;

/// An object of the user's, up to a key whose value may be anything.
const OBJECT: &str = "extraObjects: { a: { apiVersion: v1, kind: A, metadata: { name: a }, any: ";

/// What is called so, and stands behind the values.
const AFTER: &[(&str, &str)] = &[
    ("nothing more", ""),
    ("a comment", "# comment\n"),
    ("a document's start and end", "commonLabels: {}\n...\n"),
    ("a boolean of YAML 1.1", "allowInlineSecrets: on\n"),
    ("another boolean of YAML 1.1", "allowInlineSecrets: No\n"),
    ("a letter that is a boolean", "allowInlineSecrets: y\n"),
    ("a quoted boolean", "allowInlineSecrets: \"true\"\n"),
    ("a boolean in capitals", "allowInlineSecrets: TRUE\n"),
    ("a boolean for a text", "commonAnnotations: { a: true }\n"),
    ("a number for a text", "commonAnnotations: { a: 1 }\n"),
    ("a word of YAML 1.1 for a text", "commonAnnotations: { a: on }\n"),
    ("a date for a text", "commonAnnotations: { a: 2001-01-01 }\n"),
    ("a time for a text", "commonAnnotations: { a: 12:30:45 }\n"),
    ("a key that is a number", "commonAnnotations: { 1: a }\n"),
    ("a key that is a boolean", "commonAnnotations: { true: a }\n"),
    ("a key that is a boolean in YAML 1.1", "commonAnnotations: { on: a }\n"),
    ("a key that is null", "commonAnnotations: { null: a }\n"),
    ("a key behind a question mark", "? commonAnnotations\n: { a: b }\n"),
    ("a list as a key", "commonAnnotations: { [a]: b }\n"),
    ("an alias as a key", "commonAnnotations: { a: &b c, *b : d }\n"),
    ("an alias", "commonAnnotations: { a: &b c, d: *b }\n"),
    ("an alias without anchor", "commonAnnotations: { a: *b }\n"),
    ("an anchor with a dot", "commonAnnotations: { a: &b.c d }\n"),
    ("a merge key", "commonLabels: &a { b: c }\ncommonAnnotations: { <<: *a }\n"),
    ("a tag for a text", "commonAnnotations: { a: !!str 1 }\n"),
    ("a tag for an integer", "events: { reserveMiB: !!int \"3\" }\n"),
    ("a tag of nobody's", "commonAnnotations: { a: !b c }\n"),
    ("a key that stands twice", "commonLabels: { a: b }\ncommonLabels: { c: d }\n"),
    ("a tab before a key in braces", "commonLabels: {\ta: b }\n"),
    ("a tab behind a colon", "commonLabels:\t{ a: b }\n"),
    ("a tab at the end of a line", "commonLabels: { a: b }\t\n"),
    ("a tab as indentation", "commonLabels:\n\ta: b\n"),
    ("a tab in a list in brackets", "commonLabels: {\n\ta: b }\n"),
    ("a second document", "---\ncommonLabels: { a: b }\n"),
    ("an empty second document", "---\n"),
    ("an octal integer of YAML 1.1", "events: { reserveMiB: 017 }\n"),
    ("an octal integer of YAML 1.2", "events: { reserveMiB: 0o17 }\n"),
    ("a hexadecimal integer", "events: { reserveMiB: 0x1F }\n"),
    ("a binary integer", "events: { reserveMiB: 0b11 }\n"),
    ("an integer with an underscore", "events: { reserveMiB: 1_000 }\n"),
    ("an integer with a plus", "events: { reserveMiB: +3 }\n"),
    ("an integer with an exponent", "events: { reserveMiB: 1e3 }\n"),
    ("an integer with a point", "events: { reserveMiB: 3.0 }\n"),
    ("a fraction", "events: { reserveMiB: 2.5 }\n"),
    ("an integer in quotes", "events: { reserveMiB: \"3\" }\n"),
    ("nothing for a map with defaults", "commonLabels:\n"),
    ("null for a text", "global: { imageRegistry: null }\n"),
    ("null for a map", "podDefaults: ~\n"),
    ("a curly brace", "commonAnnotations: { a: \"{{ .Values }}\" }\n"),
    ("a curly brace without quotes", "commonAnnotations: { a: {{ .Values }} }\n"),
    ("a text of several lines", "commonAnnotations:\n  a: |\n    b\n    c\n"),
    ("a text of several lines in quotes", "commonAnnotations:\n  a: \"b\n    c\"\n"),
    ("a byte order mark", "\u{feff}commonAnnotations: { a: b }\n"),
    ("a line separator in a text", "commonAnnotations: { a: b\u{2028}c }\n"),
    ("a next line in a text", "commonAnnotations: { a: \"b\u{85}c\" }\n"),
    ("a control character", "commonAnnotations: { a: \"b\u{1}c\" }\n"),
    ("lines that end as on Windows", "commonLabels: { a: b }\r\n"),
    ("lines that end as on old machines", "commonLabels: { a: b }\rcommonAnnotations: { a: b }\n"),
    ("an unclosed brace", "commonLabels: { a: b\n"),
    ("a colon too many", "commonLabels: a: b\n"),
];

/// What is called so, and stands in an object of the user's, where anything may.
const ANYTHING: &[(&str, &str)] = &[
    ("null in an object", "null"),
    ("null in a list of an object", "[null]"),
    ("the largest exact integer", "9007199254740991"),
    ("an integer that is too large", "9007199254740993"),
    ("an infinite number", ".inf"),
    ("what is not a number", ".nan"),
    ("a large exponent", "1e400"),
    ("a boolean of YAML 1.1 in an object", "yes"),
    ("DEL in an object", "\"\\x7F\""),
    ("a C1 control in an object", "\"\\x9F\""),
    ("U+FFFE in an object", "\"\\uFFFE\""),
    ("an escape of a next line in an object", "\"\\N\""),
    ("a null character in an object", "\"\\0\""),
    ("an escaped half of a pair", "\"\\uD83D\""),
    ("an escaped pair", "\"\\uD83D\\uDE00\""),
    ("an escaped character of the other planes", "\"\\U0001F600\""),
];

/// All texts.
pub(super) fn all() -> Vec<Candidate> {
    let before = helmwright_yaml::write(&source().base);
    let of = |name: &str, text: String| Candidate::of_text(name.to_owned(), text.into_bytes());
    let object = |any: &str| format!("{before}{OBJECT}{any} }} }}\n");
    let mut all: Vec<Candidate> = AFTER.iter().map(|(name, text)| of(name, format!("{before}{text}"))).collect();
    all.extend(ANYTHING.iter().map(|(name, any)| of(name, object(any))));
    let deep = |levels: usize| object(&format!("{}{}", "[".repeat(levels), "]".repeat(levels)));
    all.extend([
        of("an empty file", String::new()),
        of("a list", "- a\n".to_owned()),
        of("a text", "a\n".to_owned()),
        of("a directive of YAML 1.1", format!("%YAML 1.1\n---\n{before}")),
        of("a directive of YAML 1.2", format!("%YAML 1.2\n---\n{before}")),
        of("a directive for tags", format!("%TAG ! tag:example.com,2000:\n---\n{before}")),
        of("a document's end before its start", format!("...\n{before}")),
        of("levels that are too many", deep(120)),
        of("nodes that are too many", object(&format!("[{}]", "1,".repeat(201_000)))),
        of("a file that is too large", format!("{before}# {}\n", "x".repeat(4 * 1024 * 1024))),
        of("findings that are too many", object(&format!("[{}]", "on,".repeat(1_100)))),
    ]);
    let mut latin = before.as_bytes().to_vec();
    latin.extend(b"commonAnnotations: { a: \"\xe9\" }\n");
    all.push(Candidate::of_text("Latin 1".to_owned(), latin));
    let wide = |bytes: fn(u16) -> [u8; 2]| format!("\u{feff}{before}").encode_utf16().flat_map(bytes).collect();
    all.push(Candidate::of_text("UTF-16, little end first".to_owned(), wide(u16::to_le_bytes)));
    all.push(Candidate::of_text("UTF-16, big end first".to_owned(), wide(u16::to_be_bytes)));
    all
}
