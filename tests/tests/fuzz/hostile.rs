//! Files that are large, deep or wide on purpose.

use std::fmt::Write as _;

use emt_tests::Random;

/// A file of at most so many bytes, and what it is.
pub(crate) fn file(random: &mut Random, most: usize) -> (&'static str, Vec<u8>) {
    type Kind = (&'static str, fn(&mut Random, usize) -> String);
    let kinds: [Kind; 16] = [
        ("open brackets", |random, size| random.pick(&["[", "{a: ", "[{a: ["]).repeat(size)),
        ("closed brackets", |random, size| {
            let levels = random.below(size.min(20_000)) / 2;
            format!("a: {}{}\n", "[".repeat(levels), "]".repeat(levels))
        }),
        ("deep blocks", |random, _| {
            let levels = random.below(1_400);
            (0..levels).map(|level| format!("{}a:\n", " ".repeat(level))).collect()
        }),
        ("deep lists", |random, size| format!("a:\n{}x\n", "- ".repeat(random.below(size / 2)))),
        ("aliases of aliases", |random, _| {
            let (levels, wide) = (random.below(30) + 1, random.below(20) + 1);
            let mut text = "a0: &a0 [x, y]\n".to_owned();
            for level in 1..levels {
                let below = vec![format!("*a{}", level - 1); wide].join(", ");
                let _ = writeln!(text, "a{level}: &a{level} [{below}]");
            }
            text
        }),
        ("aliases of a large text", |random, size| {
            let large = "x".repeat(size / 2);
            format!("a: &a {large}\nb: [{}]\n", vec!["*a"; random.below(size / 10)].join(", "))
        }),
        ("aliases of a map", |random, size| {
            let keys: String = (0..random.below(2_000)).map(|key| format!("k{key}: 1, ")).collect();
            let groups: String = (0..size / 20).map(|group| format!("  g{group}: *a\n")).collect();
            format!("global: &a {{ {keys} }}\ngatewayGroups:\n{groups}")
        }),
        ("a large text", |random, size| {
            let piece = *random.pick(&["x", "ü", "\u{1f980}", "a b ", "\\", "\"", "{{ .Values }}", "\u{301}"]);
            let text = piece.repeat(size / piece.len());
            match random.below(4) {
                0 => format!("commonAnnotations: {{ a: {text} }}\n"),
                1 => format!("commonAnnotations: {{ a: '{}' }}\n", text.replace('\'', "")),
                2 => format!("commonAnnotations:\n  a: |\n    {text}\n"),
                _ => format!("{text}: a\n"),
            }
        }),
        ("many lines of text", |_, size| format!("commonAnnotations:\n  a: >-\n{}", "    b\n".repeat(size / 6))),
        ("many keys", |random, size| {
            let head = *random.pick(&["", "commonLabels:\n", "gatewayGroups:\n", "extraObjects:\n", "secrets:\n"]);
            let value = *random.pick(&["1", "{}", "a", "{ image: { tag: a } }", "~", "on"]);
            let keys = size / (value.len() + 12);
            format!("{head}{}", (0..keys).map(|key| format!("  k{key}: {value}\n")).collect::<String>())
        }),
        ("one key many times", |_, size| "domain: a\n".repeat(size / 10)),
        ("many items", |random, size| {
            let key =
                *random.pick(&["cassandra: { hosts: [", "image: { pullSecrets: [", "podDefaults: { tolerations: ["]);
            let item = *random.pick(&["a, ", "1, ", "{}, ", "{ key: a }, ", "~, "]);
            format!("{key}{}] }}\n", item.repeat(size / item.len()))
        }),
        ("many faults", |random, size| {
            random.pick(&["a: *b\n", "a: on\n", "\tb\n", "? [a]\n", "&a b: !c d\n"]).repeat(size / 8)
        }),
        ("comments and blanks", |random, size| random.pick(&["# a\n", "\n", " \n", "\r\n", "#"]).repeat(size / 4)),
        ("anchors", |_, size| (0..size / 24).map(|key| format!("k{key}: &a{key} {key}\n")).collect()),
        ("documents", |random, size| random.pick(&["---\n", "...\n", "--- a\n", "%YAML 1.2\n"]).repeat(size / 8)),
    ];
    let (name, make) = random.pick(&kinds);
    // Most are small: they are tried often.
    let size = if random.chance(25) { most } else { 1_000 + random.below(60_000) };
    let mut text = make(random, size).into_bytes();
    text.truncate(most);
    (name, text)
}
