//! Every rule finds what its example shows, at the marked lines, and nothing else; what it prints as a fix mends it, and
//! in what it shows instead no rule finds anything.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is a failed test")]
#![cfg(feature = "diagnose")]

use std::collections::BTreeSet;
use std::fs;

use emt::checks::rules::{Documentation, Example, Rule, rules};
use emt::diagnostics::{Finding, SourceMap, Style, human};
use emt::{Report, Workspace};
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// Two environments, of which `prod` is promoted from `staging`, with examples over their values.
struct Home(TempDir);

impl Home {
    fn new(layers: &[&[Example]]) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let hardened = include_str!("../../../../values/profiles/hardened.yaml");
        for (name, text) in [
            ("hardened.yaml", hardened),
            ("shared.yaml", include_str!("shared.yaml")),
            ("staging.yaml", include_str!("staging.yaml")),
            ("prod.yaml", include_str!("prod.yaml")),
        ] {
            fs::write(home.0.path().join(name), text).unwrap();
        }
        let environment = |name: &str, stage: &str| {
            json!({
                "files": ["hardened.yaml", "shared.yaml", format!("{name}.yaml")],
                "release": "apim", "namespace": format!("apim-{name}"), "stage": stage,
            })
        };
        let mut listing = json!({ "environments": {
            "staging": environment("staging", "test"), "prod": environment("prod", "production"),
        } });
        listing["environments"]["prod"]["promotesFrom"] = json!("staging");
        for (index, layer) in layers.iter().enumerate() {
            for example in *layer {
                if example.file == "environments.yaml" {
                    merge(&mut listing, read(&example.text));
                    continue;
                }
                let name = format!("{index}-{}", example.file);
                fs::write(home.0.path().join(&name), &example.text).unwrap();
                let of = example.file.trim_end_matches(".yaml");
                listing["environments"][of]["files"].as_array_mut().unwrap().push(json!(name));
            }
        }
        fs::write(home.0.path().join("environments.yaml"), emt::yaml::write(&listing)).unwrap();
        home
    }

    fn check(&self) -> Report {
        Workspace::open(self.0.path()).unwrap().check::<&str>(&[]).unwrap()
    }

    /// `file:line` of a finding, the file without the number that a layer gives it.
    fn place(&self, finding: &Finding, sources: &SourceMap) -> String {
        let Some(label) = finding.place() else { return "nowhere".to_owned() };
        let name = sources.name(label.span.source).rsplit('/').next().unwrap().to_owned();
        format!("{name}:{}", sources.start(label.span).line)
    }
}

fn read(text: &str) -> Value {
    let mut sources = SourceMap::new();
    let id = sources.add("example", text);
    emt::yaml::read(&sources, id).unwrap().root.to_json()
}

/// Lays one map over another.
fn merge(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                merge(below.entry(key).or_insert(Value::Object(Map::new())), value);
            }
        }
        (below, above) => *below = above,
    }
}

fn told(report: &Report) -> String {
    human(&report.findings, &report.sources, Style::default())
}

/// The lines that an example marks.
fn marked(layer: usize, examples: &[Example]) -> BTreeSet<String> {
    let lines = |example: &Example| -> Vec<String> {
        let marked = example.text.lines().enumerate().filter(|(_, line)| line.contains(Documentation::MARK));
        marked.map(|(index, _)| format!("{layer}-{}:{}", example.file, index + 1)).collect()
    };
    examples.iter().flat_map(lines).collect()
}

/// The values that a report's help sets, for the environments that its findings are of.
fn fixes(report: &Report) -> Vec<Example> {
    let mut fixes = Vec::new();
    for finding in &report.findings {
        let mut values = json!({});
        for help in finding.help.iter().filter_map(|help| help.strip_prefix("set ")) {
            let (path, value) = help.split_once(": ").unwrap();
            let value = read(&format!("value: {value}\n"))["value"].take();
            let steps = emt::yaml::parse_path(path).unwrap();
            let nested = steps.iter().rev().fold(value, |inner, key| json!({ key.to_string(): inner }));
            merge(&mut values, nested);
        }
        let environments = finding.notes.iter().find_map(|note| note.strip_prefix("in environment")).unwrap();
        if values != json!({}) {
            for name in environments.trim_start_matches('s').split(", ") {
                fixes.push(Example { file: format!("{}.yaml", name.trim()), text: emt::yaml::write(&values) });
            }
        }
    }
    fixes
}

#[test]
fn no_rule_finds_anything_in_the_values_that_examples_lie_over() {
    let report = Home::new(&[]).check();
    assert!(report.passed() && report.findings.is_empty(), "{}", told(&report));
}

#[test]
fn every_rule_finds_its_example_and_nothing_else() {
    let failed: Vec<String> = rules().iter().filter_map(|rule| finds_its_example(rule).err()).collect();
    println!("rules: {} examples found, {} missed", rules().len() - failed.len(), failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

fn finds_its_example(rule: &Rule) -> Result<(), String> {
    let documentation = &rule.documentation;
    let home = Home::new(&[&documentation.fails]);
    let report = home.check();
    let said = |what: &str| format!("{} ({}): {what}\n{}", rule.id, rule.name, told(&report));
    let is_its_own = |finding: &Finding| finding.rule == rule.id;
    if report.findings.is_empty() || !report.findings.iter().all(is_its_own) {
        return Err(said("the example has other findings"));
    }
    let places: BTreeSet<String> = report.findings.iter().map(|finding| home.place(finding, &report.sources)).collect();
    let marked = marked(0, &documentation.fails);
    // The listing is put together by this test, so that its lines are its own.
    let in_listing = marked.is_empty() && places.iter().all(|place| place.starts_with("environments.yaml:"));
    match in_listing || places == marked {
        true => Ok(()),
        false => Err(said(&format!("found at {places:?}, marked {marked:?}"))),
    }
}

#[test]
fn what_publishes_no_host_is_not_judged_for_how_it_would() {
    let text = "adminNodeManager: { hosts: { management: \"\", ui: \"\" } }\n\
                gatewayGroupDefaults: { hosts: { manager: \"\", traffic: \"\" } }\n";
    let without_hosts = ["staging", "prod"].map(|name| Example { file: format!("{name}.yaml"), text: text.to_owned() });
    let of_entries = ["N001", "N002", "N007", "N009", "N014", "N015", "N016", "H008", "H013"];
    for rule in rules().iter().filter(|rule| of_entries.contains(&rule.id)) {
        let report = Home::new(&[&rule.documentation.fails, &without_hosts]).check();
        let found: Vec<&Finding> = report.findings.iter().filter(|finding| finding.rule == rule.id).collect();
        assert!(found.is_empty(), "{}\n{}", rule.id, told(&report));
    }
}

#[test]
fn rules_look_at_more_than_their_examples_show() {
    let found = |text: &str, rule: &str| -> Vec<String> {
        let report = Home::new(&[&[Example { file: "prod.yaml".to_owned(), text: text.to_owned() }]]).check();
        let found = report.findings.iter().filter(|finding| finding.rule == rule);
        found.filter_map(|finding| finding.path.clone()).collect()
    };
    // What everybody may do does not count where administrators have ranges of their own.
    let guarded = "ingress: { exposure: public, adminAllowedCidrs: [192.0.2.0/24], allowedCidrs: [0.0.0.0/0] }\n";
    assert!(!found(guarded, "N002").is_empty() && found(guarded, "N001").is_empty());
    let nothing = "prechecks: { resources: { requests: { ephemeralStorage: \"0\" } } }\n";
    assert!(found(nothing, "C010").is_empty());
    let page = "adminNodeManager: { ports: { ui: { enabled: true, port: 8090 } } }\n";
    assert_eq!(found(page, "N017"), ["adminNodeManager.ports.ui.port"]);
    let closed = "adminNodeManager: { ports: { ui: { enabled: false, port: 8090 } } }\n";
    assert!(found(closed, "N017").is_empty());
    let manager = "gatewayGroupDefaults: { manager: { ports: { manager: { port: 8085 } } } }\n";
    assert!(found(manager, "N017").iter().all(|path| path.ends_with(".manager.ports.manager.port")));
    assert!(!found(manager, "N017").is_empty());
}

#[test]
fn a_value_that_looks_like_a_secret_is_never_shown() {
    let rule = rules().iter().find(|rule| rule.id == "A002").unwrap();
    let report = Home::new(&[&rule.documentation.fails]).check();
    for text in [told(&report), report.to_json(), report.to_sarif()] {
        assert!(text.contains("BACKEND_PASSWORD"));
        // The page of the rule, which SARIF carries, shows an example of its own.
        assert_eq!(text.matches("changeit").count(), rules_page_mentions(&text), "{text}");
    }
}

fn rules_page_mentions(text: &str) -> usize {
    let pages = text.lines().filter(|line| line.contains("\"markdown\""));
    pages.map(|page| page.matches("changeit").count()).sum()
}

#[test]
fn what_is_shown_instead_is_clean() {
    let mut failed = Vec::new();
    for rule in rules() {
        let report = Home::new(&[&rule.documentation.passes]).check();
        if !report.passed() || !report.findings.is_empty() {
            failed.push(format!("{}:\n{}", rule.id, told(&report)));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_is_printed_as_a_fix_mends_it() {
    let (mut mended, mut failed) = (0, Vec::new());
    for rule in rules() {
        let fails = &rule.documentation.fails;
        let fixes = fixes(&Home::new(&[fails]).check());
        if fixes.is_empty() {
            continue;
        }
        let layers: Vec<&[Example]> = std::iter::once(&**fails).chain(fixes.iter().map(std::slice::from_ref)).collect();
        let report = Home::new(&layers).check();
        if report.findings.is_empty() {
            mended += 1;
        } else {
            failed.push(format!("{}: {fixes:?}\n{}", rule.id, told(&report)));
        }
    }
    println!("fixes: {mended} of {} mend what was found", mended + failed.len());
    assert!(mended > 0 && failed.is_empty(), "{}", failed.join("\n"));
}
