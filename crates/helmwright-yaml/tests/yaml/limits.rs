//! Hostile and oversized files: a clear finding, soon, and in little memory.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use helmwright_yaml::{MAX_BYTES, MAX_DEPTH, MAX_FINDINGS};

use crate::{accepted, read_file, refused};

/// Far above what an unoptimised build needs on a slow machine, far below what a bomb would take.
const SOON: Duration = Duration::from_secs(20);

fn refused_soon(bytes: &[u8]) -> (Vec<String>, String) {
    let start = Instant::now();
    let told = refused(bytes);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    told
}

#[test]
fn a_large_file_is_not_parsed() {
    let (rules, text) = refused_soon(&vec![b'['; MAX_BYTES + 1]);
    assert_eq!(rules, ["Y004"]);
    insta::assert_snapshot!(text, @r#"
    error[Y004]: the file has 4194305 bytes, more than 4194304
     --> values.yaml:1:1
      |
    1 |
      | ^
      |
      = help: split the file, or give the file that was meant
    "#);
}

#[test]
fn the_largest_file_is_read_soon() {
    let text = format!("a: |\n  {}\n", "word ".repeat(MAX_BYTES / 5 - 10));
    let start = Instant::now();
    assert!(accepted(&text)["a"].is_string());
    let comments = "# comment\n".repeat(MAX_BYTES / 10);
    assert_eq!(accepted(&comments), serde_json::json!({}));
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn depth_is_bounded() {
    let nested = |levels: usize| format!("a: {}{}\n", "[".repeat(levels), "]".repeat(levels));
    accepted(&nested(MAX_DEPTH - 1));
    let (rules, text) = refused_soon(nested(MAX_DEPTH).as_bytes());
    assert_eq!(rules, ["Y005"]);
    assert!(text.contains("more than 100 levels"), "{text}");
    for levels in [1000, 2_000_000] {
        assert_eq!(refused_soon("[".repeat(levels).as_bytes()).0, ["Y005"]);
        assert_eq!(refused_soon("- ".repeat(levels).as_bytes()).0, ["Y005"]);
    }
    let mut block = String::new();
    for level in 0..200 {
        let _ = writeln!(block, "{:level$}a:", "");
    }
    assert_eq!(refused_soon(block.as_bytes()).0, ["Y005"]);
}

#[test]
fn depth_counts_through_aliases() {
    let mut text = String::from("a0: &a0 [x]\n");
    for level in 1..MAX_DEPTH {
        let _ = writeln!(text, "a{level}: &a{level} [*a{}]", level - 1);
    }
    assert_eq!(refused_soon(text.as_bytes()).0, ["Y005"]);
}

#[test]
fn a_bomb_of_aliases_is_refused() {
    let mut text = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..20 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{items}]");
    }
    let (rules, told) = refused_soon(text.as_bytes());
    assert_eq!(rules, ["Y006"]);
    insta::assert_snapshot!(told, @r#"
    error[Y006]: more than 200000 nodes or 16 MiB of text, aliases expanded
     --> values.yaml:5:9
      |
    5 | a4: &a4 [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3]
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here the limit is passed
      |
      = help: write the values out, or use fewer aliases
    "#);
}

#[test]
fn aliases_without_an_anchor_count_as_others_do() {
    let limit = |first: &str| {
        let mut text = format!("a0: &a0 [{}]\n", vec![first; 100].join(", "));
        for level in 1..20 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            let _ = writeln!(text, "a{level}: &a{level} [{items}]");
        }
        let (sources, result) = read_file(text.as_bytes());
        let findings = result.unwrap_err();
        let passed = findings.iter().find(|finding| finding.rule == "Y006").unwrap();
        sources.start(passed.place().unwrap().span).line
    };
    assert_eq!(limit("*x"), limit("lol"));
}

#[test]
fn aliases_of_a_long_text_are_refused() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 1000].join(", "));
    assert_eq!(refused_soon(text.as_bytes()).0, ["Y006"]);
}

#[test]
fn anchors_in_anchors_are_refused() {
    let mut text = String::new();
    for level in 0..90 {
        let _ = write!(text, "&a{level} [");
    }
    let text = format!("a: {text}{}{}\n", "x, ".repeat(20_000), "]".repeat(90));
    assert_eq!(refused_soon(text.as_bytes()).0, ["Y006"]);
}

#[test]
fn many_nodes_are_refused() {
    assert_eq!(refused_soon(format!("a: [{}]\n", "1,".repeat(300_000)).as_bytes()).0, ["Y006"]);
    let keys: String = (0..210_000).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "k{number}: 1");
        text
    });
    assert_eq!(refused_soon(keys.as_bytes()).0, ["Y006"]);
}

#[test]
fn reading_stops_after_many_findings() {
    let text = format!("a: [{}]\n", "on, ".repeat(5000));
    let (_, result) = read_file(text.as_bytes());
    let findings = result.unwrap_err();
    assert_eq!(findings.len(), MAX_FINDINGS + 1);
    let last = findings.iter().last().unwrap();
    assert_eq!(
        (last.rule.as_ref(), last.message.as_str()),
        ("Y019", "more than 1000 findings; the rest of the file was not read")
    );
}

#[test]
fn findings_on_one_long_line_are_told_soon() {
    for (line, rule) in [
        (format!("a: [{}]", "*x, ".repeat(500_000)), "Y019"),
        (format!("a: \"{}\"", "\\/".repeat(1_000_000)), "Y019"),
        ("? ".repeat(1_000_000), "Y005"),
        (format!("a: [{}]", "b?c, ".repeat(500_000)), "Y019"),
    ] {
        let (rules, told) = refused_soon(line.as_bytes());
        assert_eq!(rules.last().map(String::as_str), Some(rule));
        assert!(told.len() < 1_000_000, "{}", told.len());
    }
}

#[test]
fn modest_aliases_are_expanded() {
    let value = accepted("a: &a {x: [1, 2]}\nb: *a\nc: [*a, *a]\nd: &a 3\ne: *a\n");
    assert_eq!(
        value,
        serde_json::json!({
            "a": {"x": [1, 2]}, "b": {"x": [1, 2]}, "c": [{"x": [1, 2]}, {"x": [1, 2]}], "d": 3, "e": 3
        })
    );
}
