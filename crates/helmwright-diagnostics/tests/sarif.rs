//! What is written as SARIF is SARIF, by the schema of OASIS (as packed in the crate serde-sarif 0.8, MIT).

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use helmwright_diagnostics::{Finding, Findings, Level, SarifRule, SarifTool, SourceMap, Span, sarif};
use serde_json::{Value, json};

fn tool() -> SarifTool {
    let rule = |id: &str, level| SarifRule {
        id: id.to_owned(),
        title: "a title".to_owned(),
        description: "Why.".to_owned(),
        help: "# A page".to_owned(),
        level,
    };
    let rules = vec![rule("E001", Level::Error), rule("W002", Level::Warning), rule("A003", Level::Advice)];
    SarifTool { name: "tool".to_owned(), version: "1.2.3".to_owned(), rules }
}

/// Findings of every shape, below `above` lines.
fn written(above: usize) -> Value {
    let mut sources = SourceMap::new();
    let text = format!("{}a: 1\nüb: 2\na: 3\n", "#\n".repeat(above));
    let file = sources.add("values/a file.yaml", &text);
    let absolute = sources.add("/etc/values.yaml", "x: 1\n");
    let span = |start: usize, end: usize| Span::new(file, above * 2 + start, above * 2 + end);
    let mut findings = Findings::new();
    findings.push(Finding::warning("W002", "no place").path("a.b"));
    findings.push(Finding::advice("A003", "neither place nor path"));
    findings.push(Finding::error("Z009", "of no rule").at(Span::new(absolute, 0, 1), ""));
    let twice =
        Finding::error("E001", "twice").also(span(0, 1), "first here").note("why").help("remove one").row("S12");
    findings.push(twice.clone().at(span(12, 13), "again").path("a"));
    findings.push(twice.at(span(5, 8), "").path("a"));
    serde_json::from_str(&sarif(&findings, &sources, &tool()).unwrap()).unwrap()
}

#[test]
fn it_is_valid() {
    let mut schema: Value = serde_json::from_str(include_str!("sarif-schema-2.1.0.json")).unwrap();
    // The pattern of two keys that are never written here is no regular expression.
    for holder in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{holder}/properties/language")).unwrap();
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let errors = |log: &Value| validator.iter_errors(log).map(|error| error.to_string()).collect::<Vec<_>>();
    assert_eq!(errors(&written(0)), Vec::<String>::new());
    let mut wrong = written(0);
    wrong["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = json!(0);
    assert!(!errors(&wrong).is_empty(), "the schema judges nothing");
}

#[test]
fn places_levels_and_rules_are_those_of_the_findings() {
    let log = written(0);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules: Vec<_> =
        results.iter().map(|one| (one["ruleId"].as_str().unwrap(), one["ruleIndex"].as_u64())).collect();
    assert_eq!(rules, [("Z009", None), ("E001", Some(0)), ("E001", Some(0)), ("A003", Some(2)), ("W002", Some(1))]);
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "file:///etc/values.yaml");
    let place = &results[2]["locations"][0];
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "values/a%20file.yaml");
    let region = json!({ "startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 2 });
    assert_eq!(place["physicalLocation"]["region"], region);
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "a");
    assert_eq!(results[2]["relatedLocations"][0]["message"]["text"], "first here");
    assert_eq!(results[2]["message"]["text"], "twice\nnote: why\nhelp: remove one");
    assert_eq!(results[3]["level"], "note");
    assert_eq!(results[4]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "a.b");
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_repetitions_apart() {
    let prints = |log: &Value| -> Vec<String> {
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        results.map(|one| one["partialFingerprints"]["finding/v1"].as_str().unwrap().to_owned()).collect()
    };
    let (first, moved) = (prints(&written(0)), prints(&written(3)));
    assert_eq!(first, moved);
    assert_eq!(first[1].split(':').next(), first[2].split(':').next());
    assert_eq!(first.iter().collect::<std::collections::BTreeSet<_>>().len(), first.len());
}
