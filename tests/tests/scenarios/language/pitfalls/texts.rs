//! Texts: what YAML reads, what quotes, blocks, ends and hashes do.

use emt_tests::{Case, helms};
use helmwright::evaluate::{self, Release};
use helmwright::expression::{sha256, truncate};
use helmwright::print::print;
use helmwright::text;
use helmwright::typed::{block, lines_helper};
use helmwright::values::release;
use helmwright_diagnostics::SourceMap;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{by_hand, chart, object, refusal, tree};
use crate::language::values::{Key, Line};

/// Helm reads a values file as YAML 1.1; what 1.2 reads otherwise is refused before.
#[test]
fn p13_ambiguous_scalars_are_refused() {
    let (ambiguous, alike) = ("on off yes No y 017 0o17 0b11 1_000", "0x1F 2001-01-01 1e3 true 12 blue");
    let reads = |scalar: &str| {
        let mut sources = SourceMap::new();
        let file = sources.add("values.yaml", format!("a: {scalar}\n"));
        helmwright_yaml::read(&sources, file).map(|document| document.root.to_json()["a"].clone())
    };
    for helm in helms() {
        for scalar in ambiguous.split(' ') {
            let theirs = helm.read_yaml(&[&format!("a: {scalar}\n")]).unwrap().remove(0).unwrap();
            assert_ne!(theirs["a"], json!(scalar), "{scalar}");
            assert!(reads(scalar).is_err(), "{scalar}");
        }
        for scalar in alike.split(' ') {
            let theirs = helm.read_yaml(&[&format!("a: {scalar}\n")]).unwrap().remove(0).unwrap();
            assert_eq!(reads(scalar).unwrap(), theirs["a"], "{scalar}");
        }
    }
}

/// Names that look like numbers, dates or words: a name is plain only where a part of it tells.
#[test]
fn p14_texts_stay_texts() {
    let chart = chart(|map, v| {
        map.map(map.fields().texts, |map| {
            map.set_key("telling", text!("{v.part}-gw-{v.part}"));
            map.set_key("letter", text!("x-{v.part}"));
            map.set_key("alone", &v.part);
            map.set_key("pair", text!("{v.part}-{v.part}"));
            map.set_key("release", release::name());
            map.set_key("hash", truncate(sha256(&v.part), 6));
            map.set_key("word", &v.word);
        });
    });
    let printed = super::template(&tree(|map, v| {
        map.map(map.fields().texts, |map| {
            map.set_key("telling", text!("{v.part}-gw-{v.part}"));
            map.set_key("pair", text!("{v.part}-{v.part}"));
        });
    }));
    assert!(printed.contains("telling: {{ .Values.part }}-gw-{{ .Values.part }}\n"), "{printed}");
    assert!(printed.contains("pair: \"{{ .Values.part }}-{{ .Values.part }}\"\n"), "{printed}");
    let parts = [
        "",
        "1",
        "12",
        "1e3",
        "1e",
        "0x1f",
        "0b1",
        "017",
        "on",
        "y",
        "null",
        "nan",
        ".",
        "-",
        "2001-01-01",
        "1-1",
        "e1",
        ".",
    ];
    // The start of their hashes: 8e1d22 has digits and one `e`.
    let hashes = ["41", "1b", "77", "a", "zz"];
    for helm in helms() {
        for part in parts.iter().chain(&hashes) {
            let texts = object(&chart, &helm, json!({ "part": part, "word": "e10" }))["texts"].clone();
            assert_eq!(texts["telling"], format!("{part}-gw-{part}"));
            assert_eq!((&texts["alone"], &texts["word"]), (&json!(part), &json!("e10")));
            assert_eq!(texts["pair"], format!("{part}-{part}"));
        }
    }
}

/// `toYaml` turns U+0085 into a space and leaves the key `<<` bare: the types of values exclude both.
#[test]
fn p15_what_to_yaml_loses_is_refused() {
    assert!(Line::new("x\u{85}y").is_err() && Key::new("<<").is_err());
    let chart = chart(|map, v| map.map(map.fields().json, |map| map.set_key("labels", &v.labels)));
    for helm in helms() {
        let naive = "a:\n  {{- toYaml .Values.a | nindent 2 }}\n";
        assert_eq!(by_hand(&helm, naive, &json!({ "a": { "b": "x\u{85}y" } })).unwrap()["a"]["b"], "x y");
        assert!(by_hand(&helm, naive, &json!({ "a": { "<<": "x" } })).unwrap_err().contains("map merge"));
        let message = refusal(&chart, &helm, json!({ "labels": { "<<": "x" } }));
        assert!(message.contains("<<") || message.contains("map merge"), "{message}");
        // Helm 3 checks values after it wrote them as YAML, which already lost the character.
        if helm.version.starts_with("4.") {
            assert!(refusal(&chart, &helm, json!({ "labels": { "a": "x\u{85}y" } })).contains("labels"));
        }
    }
}

/// What the writer of YAML leaves bare, Helm reads as a string.
#[test]
fn p16_written_yaml_is_read_back() {
    let texts = crate::generate::UGLY;
    let value = json!({
        "values": texts,
        "keys": texts.iter().map(|text| ((*text).to_owned(), json!(1))).collect::<serde_json::Map<_, _>>(),
    });
    for helm in helms() {
        let read = helm.read_yaml(&[&helmwright_yaml::write(&value)]).unwrap().remove(0).unwrap();
        assert_eq!(read, value);
    }
}

/// White space inside, before and behind a block.
#[test]
fn p21_blocks_keep_their_text() {
    let chart = chart(|map, v| {
        map.map(map.fields().texts, |map| {
            map.set_key("block", block(&v.prose));
            map.set_key("after", "x");
        });
    });
    let kept = ["a", "a\nb", "  a\n b", "\ta", "a\n\n  b", "\n\na", "a  \nb  ", "a\n  ", "\n a"];
    for helm in helms() {
        for text in kept {
            let object = object(&chart, &helm, json!({ "prose": text }));
            assert_eq!(object["texts"]["block"], format!("{text}\n"), "{text:?}");
        }
        for (text, block) in [("", ""), ("\n", ""), ("\n\n", ""), ("a\n\n\n", "a\n")] {
            assert_eq!(object(&chart, &helm, json!({ "prose": text }))["texts"]["block"], block, "{text:?}");
        }
    }
    let any = tree(|map, v| map.map(map.fields().texts, |map| map.set_key("block", block(&v.any))));
    let problem = "only.yaml: a block may hold characters that YAML cannot carry in one: leave `block` away";
    assert_eq!(print(&any).unwrap_err()[0].to_string(), problem);
}

/// A checksum is over the text of a helper, which Helm and the evaluator have byte for byte, not over rendered YAML.
#[test]
fn p23_checksums_are_over_texts() {
    let chart = chart(|map, v| {
        let file = lines_helper("pitfall.file", "A file.", [], |lines, ()| {
            lines.line("# file");
            lines.when(&v.enabled, |lines| lines.line(text!("line = {v.line}")));
            lines.range(["key", "value"], &v.labels, |lines, key, value| lines.line(text!("{key} = {value}")));
        });
        map.map(map.fields().texts, |map| {
            map.set_key("file", block(file.call(())));
            map.set_key("hash", sha256(file.call(())));
        });
    });
    for helm in helms() {
        for line in ["", " x ", "é\u{1F600}", "{{ }}"] {
            let texts = object(&chart, &helm, json!({ "line": line, "labels": { "z": line } }))["texts"].clone();
            let text = texts["file"].as_str().unwrap().trim_end_matches('\n');
            let hash: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(texts["hash"], hash);
        }
    }
}

/// A release's name has up to 53 characters, dots, and may begin with a digit.
#[test]
fn p24_names_of_releases() {
    let chart = chart(|map, _| {
        map.map(map.fields().texts, |map| {
            map.set_key("plain", text!("{release::name()}-gw"));
            map.set_key("alone", release::name());
            map.set_key("cut", truncate(release::name(), 20));
        });
    });
    let longest = "a".repeat(53);
    let names = ["0", "12", "1e3", "0x1f", "a.b", "9.9", "null", "on", longest.as_str()];
    let cases: Vec<Case> = names
        .iter()
        .map(|name| Case { release: (*name).to_owned(), namespace: "1e3".to_owned(), values: json!({}) })
        .collect();
    for helm in helms() {
        assert_eq!(chart.compare(&helm, &cases), (Vec::new(), names.len()));
        for refused in ["-a", "A", "a_b", &"a".repeat(54)] {
            let case = Case { release: refused.to_owned(), ..cases[0].clone() };
            assert!(helm.template_many(&chart.path(), &[case]).unwrap()[0].is_err(), "{refused}");
        }
    }
}

/// Helm trims the end of each document, and with it a text that ends there.
#[test]
fn p28_the_end_of_a_document_is_trimmed() {
    let last = chart(|map, v| map.map(map.fields().texts, |map| map.set_key("block", block(&v.prose))));
    let whole = chart(|map, v| map.map(map.fields().json, |map| map.set_key("files", &v.files)));
    for helm in helms() {
        for (text, kept) in
            [("a", "a\n"), ("a  ", "a\n"), ("a\n  \n", "a\n"), ("  ", ""), ("a\u{a0}", "a\n"), (" a", " a\n")]
        {
            assert_eq!(object(&last, &helm, json!({ "prose": text }))["texts"]["block"], kept, "{text:?}");
        }
        for (text, kept) in [("a\nb", "a\nb"), ("a\nb\n", "a\nb\n"), ("a\n\n\n", "a\n"), ("\n", ""), ("a  ", "a  ")] {
            let files =
                object(&whole, &helm, json!({ "files": { "a10": text, "a9": "x\n\n" } }))["json"]["files"].clone();
            assert_eq!((&files["a10"], &files["a9"]), (&json!(kept), &json!("x\n\n")), "{text:?}");
        }
    }
    // What is lost depends on the form that Go's YAML library chooses.
    let begins =
        ["a", "a\u{1F600}", "a\tb", "a \nb", "a\nb", "\u{e000}", "a: b", "-a", " a", "# a", "a\u{a0}b", "a\n b"];
    let ends = [
        "\n",
        "\n\n",
        "\u{a0}",
        "\u{3000}\n",
        "\u{a0}\n\n",
        "\u{2003} ",
        "\n\u{a0}",
        "\n\u{a0}\n",
        " \u{205f}",
        "\t\u{a0}",
    ];
    let texts = begins.iter().flat_map(|begin| ends.iter().map(move |end| format!("{begin}{end}")));
    let case = |text: String| Case {
        release: "r".to_owned(),
        namespace: "ns".to_owned(),
        values: json!({ "files": { "a10": text } }),
    };
    let cases: Vec<Case> = texts.map(case).collect();
    for helm in helms() {
        assert_eq!(whole.compare(&helm, &cases), (Vec::new(), cases.len()));
    }
    // No Helm is needed to see it.
    let tree = tree(|map, v| map.map(map.fields().texts, |map| map.set_key("block", block(&v.prose))));
    let release = Release { name: "r", namespace: "ns", chart_version: "1", app_version: "1" };
    let rendered = evaluate::evaluate(&tree, &json!({ "prose": "a  \n" }), &release, &mut ()).unwrap();
    assert_eq!(rendered[0].object["texts"]["block"], Value::from("a\n"));
}
