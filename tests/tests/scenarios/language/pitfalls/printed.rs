//! The printed form of the whole language: which functions and which lines occur.

use std::collections::BTreeSet;

use emt_tests::{Case, helms};
use helmwright::print::print;
use serde_json::json;

use crate::language::chart::{NAME, tree};
use crate::language::printed::Printed;
use crate::language::values::LanguageValues;

/// All that a printed template may call.
const FUNCTIONS: &[&str] = &[
    "add",
    "and",
    "coalesce",
    "contains",
    "deepCopy",
    "default",
    "dict",
    "div",
    "empty",
    "eq",
    "fail",
    "ge",
    "gt",
    "has",
    "include",
    "index",
    "int64",
    "join",
    "le",
    "len",
    "lt",
    "max",
    "mergeOverwrite",
    "min",
    "mod",
    "mul",
    "ne",
    "nindent",
    "not",
    "or",
    "printf",
    "quote",
    "replace",
    "sha256sum",
    "sub",
    "ternary",
    "toJson",
    "toString",
    "toYaml",
    "trimSuffix",
    "trunc",
];

/// What templates are made of besides.
const KEYWORDS: &[&str] = &["define", "else", "end", "if", "range", "with"];

/// The words of a template's actions that are neither paths, variables, numbers nor strings.
fn words(template: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut rest = template;
    while let Some((_, action)) = rest.split_once("{{") {
        let mut word = String::new();
        let (mut quoted, mut escaped, mut length) = (false, false, 0);
        let comment = action.trim_start_matches("- ").starts_with("/*");
        if comment {
            rest = action.split_once("*/").unwrap().1;
            continue;
        }
        for character in action.chars() {
            if !quoted && action[length..].starts_with("}}") {
                break;
            }
            length += character.len_utf8();
            if quoted {
                quoted = escaped || character != '"';
                escaped = character == '\\' && !escaped;
            } else if character.is_ascii_alphanumeric() || "._$".contains(character) {
                word.push(character);
            } else {
                words.insert(std::mem::take(&mut word));
                quoted = character == '"';
            }
        }
        words.insert(word);
        rest = &action[length..];
    }
    words.retain(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()));
    words
}

fn called() -> BTreeSet<String> {
    print(&tree()).unwrap().iter().flat_map(|template| words(&template.text)).collect()
}

/// Defaults live in `values.yaml`: no `dig`, and `default` for texts, lists and maps alone.
#[test]
fn p07_no_defaults_in_templates() {
    assert!(!called().contains("dig"));
    let known: BTreeSet<String> = FUNCTIONS.iter().chain(KEYWORDS).map(|word| (*word).to_owned()).collect();
    assert_eq!(called().difference(&known).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(known.difference(&called()).collect::<Vec<_>>(), Vec::<&String>::new(), "nothing tries these");
}

/// Three forms of lines: control alone on its line, a scalar behind its key or dash, a piece with its indentation.
#[test]
fn p21_three_forms_of_lines() {
    let forms = [
        r"\{\{- /\*.*\*/\}\}",
        r"\{\{- (if|else if|with|range|fail|\$[A-Za-z0-9]+ :=) .*\}\}",
        r"\{\{- (else|end) \}\}",
        r"\{\{- .* \| nindent [0-9]+ \}\}",
        r"\{\{ toYaml \. \}\}",
        r"(- )?[^{].*:( .*)?",
        r#""?\{\{ .* \}\}.*"?: .*"#,
        r"- .*",
        r"# .*",
        r"---",
    ];
    let form = regex_lite::Regex::new(&format!("^ *({})$", forms.join("|"))).unwrap();
    for template in print(&tree()).unwrap().iter().filter(|template| template.path.ends_with(".yaml")) {
        let mut whole = String::new();
        for line in template.text.lines() {
            assert!(!line.ends_with([' ', '\t']), "{}: {line:?}", template.path);
            whole.push_str(if whole.is_empty() { line } else { line.trim_start() });
            // A long action goes on in the next line.
            if whole.rfind("{{") > whole.rfind("}}") {
                whole.push(' ');
                continue;
            }
            assert!(form.is_match(&whole), "{}: {whole}", template.path);
            whole.clear();
        }
    }
}

/// Output depends on values, release and chart alone.
#[test]
fn p26_nothing_impure_is_called() {
    let called = called();
    for impure in
        ["lookup", "tpl", "now", "date", "randAlphaNum", "uuidv4", "env", "expandenv", "genCA", "getHostByName"]
    {
        assert!(!called.contains(impure), "{impure}");
    }
    for template in print(&tree()).unwrap() {
        for path in
            [".Capabilities", ".Release.Revision", ".Release.IsInstall", ".Release.IsUpgrade", ".Files", ".Template"]
        {
            assert!(!template.text.contains(path), "{}: {path}", template.path);
        }
    }
}

/// A parent chart that gives the chart another name changes no object.
#[test]
fn p27_the_chart_renders_alike_under_an_alias() {
    for template in print(&tree()).unwrap() {
        assert!(!template.text.contains(".Chart.Name"), "{}", template.path);
    }
    let defaults = serde_json::to_value(LanguageValues::default()).unwrap();
    let chart = Printed::with_schema::<LanguageValues>(NAME, tree(), defaults);
    for helm in helms() {
        let aliased = helm.template_many(&chart.path(), &[Case::new(json!({}))]).unwrap().remove(0).unwrap();
        let plain = helm.template(&chart.path(), "apim", "apim", &[], &[]).unwrap();
        assert_eq!(aliased, plain.objects);
    }
}
