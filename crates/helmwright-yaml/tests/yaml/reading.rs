//! What is accepted, with which value and at which place.
//!
//! The expected values are those that `sigs.k8s.io/yaml` 1.4 and 1.6 give.

use helmwright_diagnostics::SourceMap;
use helmwright_yaml::{NodeValue, PathSegment, display_path, read, read_bytes, read_partly};
use serde_json::json;

use crate::{accepted, read_file};

#[test]
fn plain_scalars_on_which_readers_agree() {
    let cases = [
        ("true", json!(true)),
        ("False", json!(false)),
        ("TRUE", json!(true)),
        ("tRUE", json!("tRUE")),
        ("yEs", json!("yEs")),
        ("null", json!(null)),
        ("~", json!(null)),
        ("", json!(null)),
        ("0", json!(0)),
        ("-0", json!(0)),
        ("+12", json!(12)),
        ("8075", json!(8075)),
        ("9007199254740991", json!(9_007_199_254_740_991_i64)),
        ("-9007199254740991", json!(-9_007_199_254_740_991_i64)),
        ("0x1F", json!(31)),
        ("3.0", json!(3)),
        ("1.10", json!(1.1)),
        ("5.", json!(5)),
        (".5", json!(0.5)),
        ("1e3", json!(1000)),
        ("1.5e-3", json!(0.0015)),
        ("1e21", json!(1e21)),
        ("1.2.3", json!("1.2.3")),
        ("1e", json!("1e")),
        ("0o8", json!("0o8")),
        ("0xg", json!("0xg")),
        ("_1", json!("_1")),
        ("nan", json!("nan")),
        ("inf", json!("inf")),
        ("2001-01-01", json!("2001-01-01")),
        ("2001-12-14 21:59:43.10 -5", json!("2001-12-14 21:59:43.10 -5")),
        ("0:30", json!("0:30")),
        ("8080:80", json!("8080:80")),
        ("10.0.0.0/8", json!("10.0.0.0/8")),
        ("http://host:8080/a?b=c#d", json!("http://host:8080/a?b=c#d")),
        ("sha256:0123", json!("sha256:0123")),
        ("-a", json!("-a")),
        ("a b  # comment", json!("a b")),
        ("!!str 017", json!("017")),
        ("!!str", json!("")),
        ("two\n  lines", json!("two lines")),
    ];
    for (text, value) in cases {
        assert_eq!(accepted(&format!("a: {text}\n"))["a"], value, "{text}");
    }
}

#[test]
fn quoted_scalars_and_blocks() {
    let cases = [
        (r#""on""#, "on"),
        ("'017'", "017"),
        ("'it''s'", "it's"),
        (r#""\t\x41\u00e9\U0001F600\N\L\P\_\0\e\a""#, "\tAé😀\u{85}\u{2028}\u{2029}\u{a0}\0\u{1b}\u{7}"),
        ("\"two\n  lines\n\n  more\"", "two lines\nmore"),
        ("\"a\tb\"", "a\tb"),
        ("|\n  one\n   two\n", "one\n two\n"),
        ("|-\n  one\n", "one"),
        ("|+\n  one\n", "one\n\n"),
        ("|2\n    one\n", "  one\n"),
        (">\n  one\n  two\n\n  three\n", "one two\nthree\n"),
        ("|2\n  \tone\n", "\tone\n"),
    ];
    for (text, value) in cases {
        assert_eq!(accepted(&format!("a: {text}\n"))["a"], value, "{text}");
    }
}

#[test]
fn a_block_at_the_end_of_a_file_without_a_line_break() {
    // YAML 1.2 readers give the first a line break at its end; Helm does not.
    let cases = [
        ("a: |\n  x", "x"),
        ("a: >\n  x\n  y", "x y"),
        ("a: |+\n  x", "x"),
        ("a: |\n  x\n  ", "x\n"),
        ("a: |\n  x\n    ", "x\n  "),
        ("a: |+\n  x\n\n  ", "x\n\n"),
        ("a: |+\n  ", ""),
        ("a: |", ""),
    ];
    for (text, value) in cases {
        assert_eq!(accepted(text)["a"], value, "{text:?}");
    }
}

#[test]
fn keys() {
    let value = accepted("a: 1\n\"on\": 2\n'1': 3\nx:y: 4\n2001-01-01: 5\n\"<<\": 6\n!!str 7: 7\nkey with spaces: 8\n");
    let expected = json!({
        "a": 1, "on": 2, "1": 3, "x:y": 4, "2001-01-01": 5, "<<": 6, "7": 7, "key with spaces": 8
    });
    assert_eq!(value, expected);
}

#[test]
fn nothing_is_an_empty_map() {
    for text in ["", "\n", "# only a comment\n", "---\n", "---\n# comment\n...\n", "{}\n", "\u{feff}", "\u{feff}# x\n"]
    {
        assert_eq!(accepted(text), json!({}), "{text:?}");
    }
}

#[test]
fn line_ends_and_a_byte_order_mark() {
    assert_eq!(accepted("\u{feff}a: 1\r\nb:\r\n- x\r\n"), json!({"a": 1, "b": ["x"]}));
    assert_eq!(accepted("---\na: 1\n...\n"), json!({"a": 1}));
    let mut sources = SourceMap::new();
    let document = read_bytes(&mut sources, "values.yaml", b"\xef\xbb\xbfa: on\n").unwrap_err();
    let place = document.iter().next().unwrap().place().unwrap().span;
    assert_eq!((sources.start(place).line, sources.start(place).column), (1, 4));
}

#[test]
fn the_order_of_the_file_is_kept() {
    let value = accepted("z: 1\na: 2\nm: {b: 1, a: 2}\n");
    assert_eq!(value.to_string(), r#"{"z":1,"a":2,"m":{"b":1,"a":2}}"#);
}

#[test]
fn every_node_has_its_place() {
    let text =
        "a: 1\nlist:\n- x\n- \"two words\"\nmap:\n  é: {k: [1, 2]}\n  none:\nblock: |\n  one\n  two\nempty: []\n";
    let (sources, result) = read_file(text.as_bytes());
    let document = result.unwrap();
    let places: Vec<String> = document
        .root
        .walk()
        .map(|(path, node)| format!("{} = {:?}", display_path(&path), sources.slice(node.span)))
        .collect();
    insta::assert_snapshot!(places.join("\n"), @r#"
     = "a: 1\nlist:\n- x\n- \"two words\"\nmap:\n  é: {k: [1, 2]}\n  none:\nblock: |\n  one\n  two\nempty: []"
    a = "1"
    list = "- x\n- \"two words\""
    list[0] = "x"
    list[1] = "\"two words\""
    map = "é: {k: [1, 2]}\n  none"
    map["é"] = "{k: [1, 2]}"
    map["é"].k = "[1, 2]"
    map["é"].k[0] = "1"
    map["é"].k[1] = "2"
    map.none = ""
    block = "one\n  two\n"
    empty = "[]"
    "#);
    let (key, _) = document.root.get("map").unwrap().entry("é").unwrap();
    assert_eq!(sources.slice(key.span), "é");
    assert_eq!((sources.start(key.span).line, sources.start(key.span).column), (6, 3));
}

#[test]
fn a_value_through_an_alias_has_the_place_of_its_anchor() {
    let (sources, result) = read_file(b"base: &base\n  port: 8080\ncopy: *base\nlast: 1\n");
    let document = result.unwrap();
    let copy = document.root.pointer("/copy/port").unwrap();
    assert_eq!((sources.slice(copy.span), sources.start(copy.span).line), ("8080", 2));
    assert_eq!(sources.slice(document.root.span).lines().last(), Some("last: 1"));
}

#[test]
fn nodes_are_found_by_path_and_pointer() {
    let mut sources = SourceMap::new();
    let file = sources.add("values.yaml", "groups:\n  a/b~c:\n    hosts: [x, z]\n");
    let root = read(&sources, file).unwrap().root;
    let path: [PathSegment; 4] = ["groups".into(), "a/b~c".into(), "hosts".into(), 1.into()];
    assert_eq!(root.at(&path).and_then(|node| node.as_str()), Some("z"));
    assert_eq!(root.pointer("/groups/a~1b~0c/hosts/0").and_then(|node| node.as_str()), Some("x"));
    assert_eq!(root.pointer(""), Some(&root));
    assert!(matches!(root.at(&path[..1]).unwrap().value, NodeValue::Map(_)));
    for missing in
        ["groups", "/none", "/groups/a~1b~0c/hosts/2", "/groups/a~1b~0c/hosts/x", "/groups/a~1b~0c/hosts/0/z"]
    {
        assert_eq!(root.pointer(missing), None, "{missing}");
    }
}

#[test]
fn a_key_of_a_large_map_is_found_as_in_a_small_one() {
    for keys in [1, 32, 33, 500] {
        let text: String = (0..keys).map(|key| format!("key{key}: {key}\n")).collect();
        let root = read_file(text.as_bytes()).1.unwrap().root;
        for key in 0..keys {
            let (found, node) = root.entry(&format!("key{key}")).unwrap();
            assert_eq!((found.name.as_str(), &node.value), (format!("key{key}").as_str(), &NodeValue::Integer(key)));
        }
        assert!(root.get(&format!("key{keys}")).is_none());
        assert_eq!(root, root.clone());
    }
}

#[test]
fn what_is_refused_stands_in_the_tree_as_far_as_it_can() {
    let mut sources = SourceMap::new();
    let mut partly = |text: &str| {
        let file = sources.add("values.yaml", text);
        let (document, findings) = read_partly(&sources, file);
        (document.map(|document| document.root.to_json().to_string()), findings.len())
    };
    assert_eq!(partly("a: 1\na: 2\nb: on\nc: 3\n"), (Some(r#"{"a":2,"b":null,"c":3}"#.to_owned()), 2));
    assert_eq!(partly("on: 1\n? [a]\n: 2\n"), (Some(r#"{"on":1,"":2}"#.to_owned()), 2));
    assert_eq!(partly("# nothing\n"), (Some("{}".to_owned()), 0));
    assert_eq!(partly("a: [1\n"), (None, 1));
}
