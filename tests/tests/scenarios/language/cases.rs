//! The hard values: a table of those that YAML, Go templates and floats like to misread, in every place where they fit.

use emt_tests::Case;
use serde_json::{Value, json};

use super::values::LARGEST;

/// Texts of one line.
const LINES: &[&str] = &[
    "",
    " ",
    "  two  ",
    " lead",
    "trail ",
    "on",
    "Off",
    "y",
    "NO",
    "true",
    "null",
    "~",
    ".nan",
    "0",
    "007",
    "0o17",
    "0x1F",
    "0b11",
    "1_000",
    "1e3",
    "1E3",
    "1e",
    "1.0",
    ".5",
    "-1",
    "1:30",
    "2001-01-01",
    "9007199254740993",
    "-",
    "--",
    "---",
    "...",
    "- x",
    "? x",
    ": x",
    "a: b",
    "a:",
    "a #b",
    "#c",
    "&a",
    "*a",
    "!a",
    "|",
    ">-",
    "%a",
    "%s %d%%",
    "@a",
    "`a`",
    "'",
    "\"",
    "'a'",
    "\"a\"",
    "it's",
    "\\",
    "\\n",
    "C:\\dir",
    "{}",
    "[]",
    "{a: b}",
    "{{",
    "}}",
    "{",
    "}",
    "{{ .Values }}",
    "{{- end }}",
    "{{/* c */}}",
    "<<",
    "<&>",
    "é",
    "ünï",
    "你好",
    "\u{1F600}",
    "\u{200b}",
    "a\u{a0}b",
    "\u{10FFFF}",
    "\u{E000}",
    "$HOME",
    "x\u{301}",
    "a,b",
    "=",
    "map[]",
    "no value",
    "trailing backslash\\",
];

/// Texts of several lines.
const PROSE: &[&str] = &[
    "",
    "\n",
    "\n\n",
    "a",
    "a\n",
    "a\n\n\n",
    "\na",
    "\n\n  a\nb",
    "  a\n b",
    " \na",
    "a\n  ",
    "a\n  \n",
    "a  \nb  ",
    "\ta",
    "a\tb\n\tc\n",
    "a\n---\nb",
    "---\na",
    "a: b\n- c\n",
    "# a\n#b",
    "{{ x }}\n}}",
    "on",
    "1e3",
    " ",
    "  \n",
    "a\n\t\n",
    "\"a\"\n'b'",
    "é\n\u{1F600}\n",
];

/// Texts that may hold control characters.
const ANY: &[&str] =
    &["\r", "a\r\nb", "\u{85}", "\u{2028}x", "\u{feff}", "\u{1}\u{1b}[0m", "\u{0}", "\u{b}\u{c}\u{8}\u{7}"];

/// Parts of names.
const PARTS: &[&str] =
    &["", "1", "9", "10", "1e3", "0x1f", "on", "y", ".", "-", "--", "1-2", "a.b", "2001-01-01", "x", "0-e", "-1e-3"];

/// Keys of maps.
const KEYS: &[&str] = &[
    "10",
    "9",
    "a",
    "B",
    "a1",
    "a10",
    "a9",
    "on",
    "y",
    "null",
    "1e3",
    "a b",
    "a: b",
    "#a",
    "- a",
    "{{",
    "it's",
    "~",
    ".",
    "-",
    "A_",
    "a-b",
    "checksum/x",
    "trailing ",
];

/// Names of releases: long, with dots, with a digit first.
const RELEASES: &[&str] = &[
    "apim",
    "r",
    "0",
    "1e3",
    "12",
    "a.b",
    "9.9",
    "0x1f",
    "on",
    "abcdefghijklmnopqrstuvwxyz-0123456789.abcdefghijklmno",
    "null",
];

/// All cases.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = vec![Case::new(json!({}))];
    let mut add = |values: Value| cases.push(Case::new(values));
    for line in LINES {
        add(json!({
            "line": line, "prose": line, "any": line, "text": line, "lines": [line, "x", line],
            "labels": { "app": line, "z": line }, "more": { "app": line, "b": line }, "files": { "only": line },
            "json": if *line == "<<" { json!(line) } else { json!({ "key": line, *line: [line] }) },
            "workerDefaults": { "title": line, "words": [line], "labels": { "tier": line } },
            "workers": { "w": { "title": line, "limits": { "type": line } } },
        }));
    }
    for prose in PROSE {
        add(json!({ "objects": [
            { "kind": "One", "apiVersion": "v1", "z": prose }, { "kind": "Two", "metadata": { "a": [{ "a9": "x", "a10": prose }] } },
        ] }));
        add(json!({
            "prose": prose, "any": prose, "text": prose, "files": { "a": prose, "a9": prose, "a10": prose }, "json": prose,
            "other": true,
        }));
        add(
            json!({ "prose": "", "line": "", "files": { "a.conf": prose, "0": "last?" }, "json": [[prose], { "x": prose }] }),
        );
    }
    for any in ANY {
        add(json!({ "any": any, "text": any }));
    }
    for part in PARTS {
        add(json!({ "part": part, "sign": part, "any": part, "text": part }));
    }
    for sign in LINES.iter().filter(|line| line.chars().all(|c| (' '..='~').contains(&c) && c != '"' && c != '\\')) {
        add(json!({ "sign": sign, "labels": { "app": "x" }, "numbers": { "ten": 0 } }));
    }
    let maps: serde_json::Map<String, Value> = KEYS.iter().map(|key| ((*key).to_owned(), json!(key))).collect();
    let numbers = KEYS
        .iter()
        .enumerate()
        .map(|(number, key)| ((*key).to_owned(), json!(number)))
        .chain([("ten".to_owned(), json!(1))]);
    add(json!({
        "labels": maps, "more": maps, "files": maps, "numbers": numbers.collect::<serde_json::Map<_, _>>(), "json": maps,
        "workerDefaults": { "labels": maps },
    }));
    for key in KEYS {
        add(
            json!({ "labels": { *key: "v" }, "more": { *key: "w" }, "files": { *key: "a\nb\n\n" }, "numbers": { *key: 7 }, "json": { *key: {} } }),
        );
    }
    integers(&mut add);
    emptiness(&mut add);
    workers(&mut add);
    for release in RELEASES {
        for (namespace, values) in [("ns", json!({})), ("1e3", json!({ "part": "0", "enabled": false }))] {
            cases.push(Case { release: (*release).to_owned(), namespace: namespace.to_owned(), values });
        }
    }
    cases
}

fn integers(add: &mut dyn FnMut(Value)) {
    let edges = [0, 1, -1, 5, 999_998, 999_999, 1_000_000, 1_000_001, 123_456_789, LARGEST - 1, LARGEST, -LARGEST];
    for edge in edges {
        let numbers = json!({ "ten": edge, "a": edge, "b": 1 });
        add(json!({
            "exact": edge, "whole": edge, "numbers": numbers, "json": { "n": edge, "l": [edge] },
            "limits": [{ "maxCPU": edge, "type": "t", "strict": edge > 3 }], "line": "",
            "workerDefaults": { "weight": edge, "limits": { "maxCPU": edge } },
            "adjustment": { "weight": edge }, "workers": { "a": { "weight": edge }, "b": {} },
        }));
        if edge.abs() <= 999_999 {
            add(json!({ "small": edge, "workerDefaults": { "count": edge }, "workers": { "a": { "count": edge } } }));
        }
        if (0..=1_000_000).contains(&edge) {
            add(json!({ "million": edge, "other": true }));
        }
    }
    for share in [json!(0), json!(1000), json!("0%"), json!("100%")] {
        add(json!({ "share": share, "workers": { "a": { "share": share } } }));
    }
    // Floats that are integers are integers.
    add(
        json!({ "exact": 3.0, "whole": 1_000_000.0, "json": [2.5, 3.0, 1e21, 1e-7, 1e16, 1e20, -1.5e300, 123456.789e3, 1e15, 0.1] }),
    );
}

fn emptiness(add: &mut dyn FnMut(Value)) {
    add(json!({
        "line": "", "any": "", "text": "", "sign": "", "part": "", "prose": "", "lines": [], "limits": [],
        "numbers": { "ten": 0 }, "json": {}, "workerDefaults": { "words": [], "title": "" }, "enabled": false,
    }));
    add(json!({ "json": [], "lines": [""], "enabled": false, "other": true, "mode": "SLOW" }));
    add(json!({ "mode": "SLOW", "exact": 1, "other": true }));
    add(json!({ "mode": "SLOW", "exact": 6, "other": true, "text": "" }));
    add(json!({ "enabled": false, "lines": [], "line": "" }));
    add(json!({ "refused": true }));
    add(json!({ "small": 999_999, "other": true }));
    add(json!({ "json": true }));
    add(json!({ "json": 0 }));
    add(json!({ "json": "" }));
    add(json!({ "json": { "deep": { "deeper": { "deepest": [[], {}, [{}], "", 0, false, null] } } } }));
    // Helm cannot drop an entry of a map by an empty one, and null takes it out.
    add(json!({ "labels": {}, "more": {}, "files": {}, "numbers": {}, "workerDefaults": { "labels": {} } }));
    add(json!({ "labels": { "app": null } }));
    add(json!({
        "labels": { "app": null }, "files": { "a.conf": null }, "numbers": { "ten": null }, "any": "", "mode": "SLOW",
        "workerDefaults": { "labels": { "tier": null } }, "workers": { "a": { "words": [] }, "b": {} },
    }));
}

fn workers(add: &mut dyn FnMut(Value)) {
    let falsy = json!({
        "enabled": false, "count": 0, "weight": 0, "title": "", "words": [], "labels": {}, "share": 0,
        "limits": { "maxCPU": 0, "type": "", "strict": false },
    });
    let truthy = json!({
        "enabled": true, "count": 5, "weight": 7, "title": "t", "words": ["w"], "labels": { "tier": "front", "new": "x" },
        "share": "50%", "limits": { "maxCPU": 9, "type": "soft", "strict": true },
    });
    for (defaults, entry) in [(&truthy, &falsy), (&falsy, &truthy), (&falsy, &falsy), (&truthy, &json!({}))] {
        add(
            json!({ "workerDefaults": defaults, "workers": { "a": entry, "b": {}, "c": { "limits": {} } }, "adjustment": entry }),
        );
    }
    let partial = json!({ "limits": { "maxCPU": 1 }, "labels": { "tier": "" } });
    add(
        json!({ "workers": { "10": partial, "9": { "enabled": false }, "1e3": { "words": ["", "x"] }, "on": { "title": "é" } } }),
    );
    add(json!({ "workers": { "a": { "title": "first" }, "b": {}, "c": { "labels": { "x": "1" } }, "d": {} } }));
}
