//! Small changes of a file: of its bytes, its lines, its words, its structure.

use emt::diagnostics::SourceMap;
use emt_tests::Random;
use serde_json::{Map, Value, json};

use crate::corpus::Corpus;

/// Texts that YAML, schemas or reports may stumble over.
const WORDS: &[&str] = &[
    "~",
    "null",
    "on",
    "017",
    "1_000",
    "0x1F",
    "1e999",
    "-0",
    "9007199254740993",
    "12:30:45",
    "2001-01-01",
    ".inf",
    ".nan",
    "=",
    "<<",
    "<<: *a",
    "*a",
    "&a",
    "&a *a",
    "!!binary aGk=",
    "!a",
    "|",
    "|+",
    ">-9",
    "'",
    "\"",
    "\"\\x",
    "\"\\ud800\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "? ",
    "- ",
    "#",
    "%YAML 1.1",
    "---",
    "...",
    "\t",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{0}",
    "\u{7f}",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "e\u{301}\u{301}\u{301}",
    "\u{202e}abc",
    "日本語",
    "İ",
    "ẞ",
    "{{ .Values.a }}",
    "$(A)",
    "${env.A}",
    "a.b.c",
    "a[0]",
    "*",
    "",
    " ",
    "stabilizationSeconds",
    "gatewayGroups",
    "__proto__",
    "1Gi",
    "9999999999999999999Ei",
    "100%",
    "-1%",
    "sha256:",
    "a@sha256:b",
    "999.999.999.999/99",
    "::/0",
    "http://[::1]:99999",
];

/// Changes a file, and says how.
pub(crate) fn mutate(random: &mut Random, corpus: &Corpus, bytes: &mut Vec<u8>) -> &'static str {
    type Mutation = (&'static str, fn(&mut Random, &Corpus, &mut Vec<u8>));
    const MUTATIONS: &[Mutation] = &[
        ("bytes", change_bytes),
        ("lines", change_lines),
        ("words", change_words),
        ("another file", splice),
        ("structure", change_structure),
        ("structure", change_structure),
        ("structure", change_structure),
    ];
    let (name, change) = random.pick(MUTATIONS);
    change(random, corpus, bytes);
    name
}

/// A range of the bytes, mostly short.
fn range(random: &mut Random, length: usize) -> std::ops::Range<usize> {
    let start = random.below(length + 1);
    let most = if random.chance(80) { 20 } else { length };
    start..(start + random.below(most + 1)).min(length)
}

fn change_bytes(random: &mut Random, _: &Corpus, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        let place = range(random, bytes.len());
        match random.below(5) {
            0 => drop(bytes.drain(place)),
            1 => {
                let copied = bytes[place.clone()].to_vec();
                bytes.splice(place.start..place.start, copied);
            }
            2 => bytes.truncate(place.start.max(1)),
            3 => {
                let new: Vec<u8> = (0..=random.below(6)).map(|_| random.below(256) as u8).collect();
                bytes.splice(place, new);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(place.start) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
}

fn change_lines(random: &mut Random, _: &Corpus, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    for _ in 0..=random.below(4) {
        let (one, other) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(6) {
            0 if lines.len() > 1 => drop(lines.remove(one)),
            1 => lines.insert(one, lines[other].clone()),
            2 => lines.swap(one, other),
            3 => drop(lines[one].splice(0..0, vec![b' '; random.below(5)])),
            4 => {
                let blanks = lines[one].iter().take_while(|byte| **byte == b' ').count();
                lines[one].drain(..random.below(blanks + 1));
            }
            _ => lines[one].splice(0..0, *b"\t").for_each(drop),
        }
    }
    *bytes = lines.concat();
}

fn change_words(random: &mut Random, _: &Corpus, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(3) {
        let starts: Vec<usize> =
            (0..bytes.len()).filter(|at| *at > 0 && matches!(bytes[at - 1], b' ' | b'\n')).collect();
        if starts.is_empty() {
            return;
        }
        let start = *random.pick(&starts);
        let end = bytes[start..].iter().position(|byte| matches!(byte, b' ' | b'\n' | b':' | b','));
        let end = if random.chance(30) { start } else { end.map_or(bytes.len(), |length| start + length) };
        bytes.splice(start..end, random.pick(WORDS).bytes());
    }
}

fn splice(random: &mut Random, corpus: &Corpus, bytes: &mut Vec<u8>) {
    let other = corpus.any(random);
    let (from, to) = (range(random, other.len()), range(random, bytes.len()));
    bytes.splice(to, other[from].to_vec());
}

/// Reads the file, changes the tree, and writes it down again; what cannot be read stays.
fn change_structure(random: &mut Random, _: &Corpus, bytes: &mut Vec<u8>) {
    let mut sources = SourceMap::new();
    let Ok(document) = emt::yaml::read_bytes(&mut sources, "", bytes) else { return };
    let mut tree = document.root.to_json();
    for _ in 0..=random.below(3) {
        let mut paths = Vec::new();
        collect(&tree, &mut String::new(), &mut paths);
        let (place, other) = (random.pick(&paths).clone(), random.pick(&paths).clone());
        let other = tree.pointer(&other).cloned().unwrap_or_default();
        if let Some(node) = tree.pointer_mut(&place) {
            change_node(random, node, other);
        }
    }
    *bytes = emt::yaml::write(&tree).into_bytes();
}

fn collect(value: &Value, path: &mut String, paths: &mut Vec<String>) {
    paths.push(path.clone());
    let length = path.len();
    let below: Vec<(String, &Value)> = match value {
        Value::Object(entries) => {
            entries.iter().map(|(key, entry)| (key.replace('~', "~0").replace('/', "~1"), entry)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (step, entry) in below {
        path.push('/');
        path.push_str(&step);
        collect(entry, path, paths);
        path.truncate(length);
    }
}

fn change_node(random: &mut Random, node: &mut Value, other: Value) {
    match random.below(9) {
        0 => *node = other,
        1 => *node = json!(random.pick(WORDS)),
        2 => *node = json!(random.between(-(1 << 53) + 1, (1 << 53) - 1)),
        3 => {
            *node = [json!([]), json!({}), json!(null), json!(true), json!(""), json!(0.5), json!([null])]
                [random.below(7)]
            .clone()
        }
        4 => *node = json!({ "a": node.take() }),
        5 => *node = json!([node.take()]),
        6 => {
            for _ in 0..random.below(120) {
                *node = if random.chance(50) {
                    json!([node.take()])
                } else {
                    json!({ *random.pick(&["a", "main"]): node.take() })
                };
            }
        }
        7 => match node {
            Value::Object(entries) if !entries.is_empty() => {
                let key = random.pick(&entries.keys().cloned().collect::<Vec<_>>()).clone();
                let entry = entries.remove(&key).unwrap_or_default();
                if random.chance(60) {
                    let name = if random.chance(50) { (*random.pick(WORDS)).to_owned() } else { format!("{key}s") };
                    entries.insert(name, entry);
                }
            }
            _ => *node = other,
        },
        _ => {
            let many = (0..random.below(60)).map(|index| (format!("n{index}"), other.clone()));
            *node = if random.chance(50) {
                many.map(|(_, item)| item).collect()
            } else {
                Value::Object(many.collect::<Map<_, _>>())
            };
        }
    }
}
