//! Is every fault found where it stands? Faults are seeded one by one: for each rule of the readers and of environments, for
//! each keyword of the values schema in use, for each refusal of the chart, for what Kubernetes would not take. A fault counts
//! as found if a finding of its rule points at its file, line and column.
//!
//! What the rules of `emt check` find in their examples, `emt/tests/rules` tries in the same way.

mod seeds;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use emt::{Input, Release, Report, Workspace, check_input, rule_book, schema};
use serde_json::Value;

use seeds::{LISTINGS, MARK, NOT_SEEDED, OBJECTS, VALUES};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn base() -> Vec<u8> {
    fs::read(tests().join("base-values.yaml")).unwrap()
}

/// A text without its mark, and the line and column where that stood.
fn unmarked(text: &str) -> (String, (usize, usize)) {
    let offset = text.find(MARK).unwrap_or_else(|| panic!("no mark in {text:?}"));
    let before = &text[..offset];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (text.replacen(MARK, "", 1), (line, column))
}

/// What is said of values over those that all tests lie over.
fn judged(own: &[u8]) -> Report {
    alone_or_over(&[("base.yaml", base()), ("own.yaml", own.to_vec())])
}

fn alone_or_over(files: &[(&str, Vec<u8>)]) -> Report {
    match Input::from_files(files.iter().cloned(), Release::new("apim", "apim").unwrap()) {
        Ok(input) => check_input(&input, None),
        Err(refused) => Report { findings: refused.findings, sources: refused.sources, ..Report::default() },
    }
}

/// The places at which a rule's findings point, as file, line and column.
fn places(report: &Report, rule: &str) -> Vec<(String, usize, usize)> {
    let of_rule = report.findings.iter().filter(|finding| finding.rule == rule);
    let place = |finding: &emt::diagnostics::Finding| {
        let span = finding.place()?.span;
        let (at, name) = (report.sources.start(span), report.sources.name(span.source));
        Some((name.rsplit('/').next().unwrap_or_default().to_owned(), at.line, at.column))
    };
    of_rule.filter_map(place).collect()
}

/// Counts a fault as found, or says how it was missed.
fn count(
    missed: &mut Vec<String>,
    report: &Report,
    rule: &str,
    file: &str,
    (line, column): (usize, usize),
    seed: &str,
) {
    let found = places(report, rule);
    if !found.contains(&(file.to_owned(), line, column)) {
        let told = report.findings.iter().map(|one| format!("{} {}", one.rule, one.message));
        let told: Vec<String> = told.take(5).collect();
        missed.push(format!("{rule} at {file}:{line}:{column} of {seed:?}\n  found at {found:?}\n  told {told:?}"));
    }
}

#[test]
fn every_seeded_fault_is_found_at_its_place() {
    let (mut missed, mut seeded) = (Vec::new(), 0);
    for (rule, _, text) in VALUES.iter().chain(OBJECTS) {
        let (text, place) = unmarked(text);
        count(&mut missed, &judged(text.as_bytes()), rule, "own.yaml", place, &text);
        seeded += 1;
    }
    for (rule, _, own, place) in seeds::built() {
        let head = String::from_utf8_lossy(&own[..own.len().min(60)]).into_owned();
        count(&mut missed, &judged(&own), rule, "own.yaml", place, &head);
        seeded += 1;
    }
    for (rule, text) in LISTINGS {
        let (text, place) = unmarked(text);
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("environments.yaml"), &text).unwrap();
        fs::write(home.path().join("base.yaml"), base()).unwrap();
        fs::write(home.path().join("own.yaml"), "gatewayGroups: { main: { image: { tag: 1.0.0 } } }\n").unwrap();
        let report = match Workspace::open(home.path()) {
            Ok(mut workspace) => workspace.check::<&str>(&[]).unwrap(),
            Err(emt::LoadError::Refused(refused)) => {
                Report { findings: refused.findings, sources: refused.sources, ..Report::default() }
            }
            Err(error) => panic!("{error}"),
        };
        count(&mut missed, &report, rule, "environments.yaml", place, &text);
        seeded += 1;
    }
    let (refused, refusals) = refusals();
    missed.extend(refused);
    seeded += refusals;
    println!(
        "faults: {}/{seeded} seeded faults found at their place, {refusals} of them refusals",
        seeded - missed.len()
    );
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// The committed values that the chart refuses: the finding says the message, and points at the deepest key of its path
/// that the file has.
fn refusals() -> (Vec<String>, usize) {
    let (mut missed, mut seeded) = (Vec::new(), 0);
    let mut files: Vec<PathBuf> =
        fs::read_dir(tests().join("refused")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let whole = text.contains("acceptGeneralConditions");
        let report = match whole {
            true => alone_or_over(&[("own.yaml", text.clone().into_bytes())]),
            false => judged(text.as_bytes()),
        };
        let told = |finding: &emt::diagnostics::Finding| {
            format!("{}: {}", finding.path.clone().unwrap_or_default(), finding.message)
        };
        let base = if whole { String::new() } else { String::from_utf8(base()).unwrap() };
        for expected in text.lines().filter_map(|line| line.strip_prefix("# Refused: ")) {
            let found = report.findings.iter().find(|finding| finding.rule == "R001" && told(finding) == expected);
            // Where no file says anything near it, the path alone says what it is about.
            let key = format!("{}:", expected.split(['.', ':']).next().unwrap());
            let near = base.lines().chain(text.lines()).any(|line| line.starts_with(&key));
            seeded += 1;
            if !found.is_some_and(|finding| finding.place().is_some() || !near) {
                let told: Vec<String> = report.findings.iter().map(told).collect();
                missed.push(format!("{}: {expected}\n  told {told:?}", file.display()));
            }
        }
    }
    (missed, seeded)
}

#[test]
fn every_rule_is_seeded_or_says_why_not() {
    let built: BTreeSet<&str> = seeds::built().into_iter().map(|(rule, ..)| rule).collect();
    let mut seeded: BTreeSet<&str> = VALUES.iter().chain(OBJECTS).map(|(rule, ..)| *rule).chain(built).collect();
    seeded.extend(LISTINGS.iter().map(|(rule, _)| *rule));
    seeded.insert("R001");
    let excepted: BTreeSet<&str> = NOT_SEEDED.iter().map(|(rule, _)| *rule).collect();
    assert!(seeded.is_disjoint(&excepted), "{:?}", seeded.intersection(&excepted));
    let book = rule_book();
    // A rule with an example is tried by it.
    let all: BTreeSet<&str> = book.iter().filter(|rule| rule.fails.is_empty()).map(|rule| rule.id).collect();
    let known: BTreeSet<&str> = seeded.union(&excepted).copied().collect();
    assert_eq!(known, all);
}

#[test]
fn every_keyword_of_the_schema_is_seeded() {
    let mut used = BTreeSet::new();
    keywords(&schema(), &mut used);
    let built = seeds::built().into_iter().map(|(_, keyword, ..)| keyword);
    let seeded: BTreeSet<&str> =
        VALUES.iter().map(|(_, keyword, _)| *keyword).chain(built).filter(|keyword| !keyword.is_empty()).collect();
    assert_eq!(seeded, used.iter().map(String::as_str).collect());
}

/// Keywords that refuse something. A map below `properties` or `definitions` has names, not keywords.
fn keywords(schema: &Value, used: &mut BTreeSet<String>) {
    const REFUSING: [&str; 14] = [
        "type",
        "enum",
        "const",
        "pattern",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "required",
        "maxProperties",
        "propertyNames",
        "additionalProperties",
        "not",
        "uniqueItems",
    ];
    let Some(keys) = schema.as_object() else { return };
    for (key, inner) in keys {
        let refuses = REFUSING.contains(&key.as_str()) && (key != "additionalProperties" || *inner == false);
        if refuses {
            used.insert(key.clone());
        }
        match key.as_str() {
            "properties" | "definitions" => {
                inner.as_object().into_iter().flatten().for_each(|(_, one)| keywords(one, used))
            }
            "items" | "additionalProperties" | "propertyNames" | "not" => keywords(inner, used),
            "allOf" | "anyOf" | "oneOf" => inner.as_array().into_iter().flatten().for_each(|one| keywords(one, used)),
            _ => {}
        }
    }
}
