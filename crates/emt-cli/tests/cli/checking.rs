//! `emt check` for programs, its exit status, and `emt rules`.

use serde_json::Value;

use crate::run::{Home, VALUES, text};

/// Values in which there are an error, a warning and an advice, and which render.
fn home() -> Home {
    let home = Home::with_environments();
    home.write("values/base.yaml", format!("{VALUES}networkPolicy: {{ enabled: false }}\n").as_bytes());
    let groups = "gatewayGroups:\n  main:\n    image: { tag: 1.4.2 }\n    traffic: { heapSizeMiB: 4096 }\n";
    home.write("values/groups.yaml", groups.as_bytes());
    home
}

fn json(home: &Home, arguments: &[&str]) -> Value {
    serde_json::from_slice(&home.emt(arguments).stdout).unwrap()
}

#[test]
fn the_json_report_is_what_its_schema_says() {
    let home = home();
    let schema: Value = serde_json::from_str(&text(&home.emt(&["schema", "--of", "findings"]))).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let mut report = json(&home, &["check", "--format", "json"]);
    assert!(validator.is_valid(&report), "{report:#}");
    for level in ["errors", "warnings", "advice"] {
        assert!(report["counts"][level].as_u64().unwrap() > 0, "no {level}: {:#}", report["counts"]);
    }
    report["findings"][0]["places"][0]["line"] = "one".into();
    assert!(!validator.is_valid(&report), "the schema judges nothing");
}

#[test]
fn sarif_has_every_finding_and_every_rule() {
    let home = home();
    let (report, log) = (json(&home, &["check", "--format", "json"]), json(&home, &["check", "--format", "sarif"]));
    let run = &log["runs"][0];
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(run["results"].as_array().unwrap().len(), findings.len());
    let book = json(&home, &["rules", "--format", "json"]);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), book["rules"].as_array().unwrap().len());
    for (result, finding) in run["results"].as_array().unwrap().iter().zip(findings) {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], finding["rule"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], finding["places"][0]["line"]);
    }
}

#[test]
fn a_fault_of_the_listing_is_in_the_report_that_was_asked_for() {
    let home = home();
    home.write(
        "values/environments.yaml",
        b"environments:\n  prod: { files: [], release: a, namespace: b, promotesFrom: nobody }\n",
    );
    let report = json(&home, &["check", "--format", "json"]);
    let rule = &report["findings"][0]["rule"];
    assert!(rule.as_str().is_some_and(|rule| rule.starts_with('E')), "{report:#}");
    let log = json(&home, &["check", "--format", "sarif"]);
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], *rule, "{log:#}");
    assert_eq!(home.emt(&["check", "--format", "json"]).status.code(), Some(1));
}

#[test]
fn warnings_are_denied_where_that_is_asked_for() {
    let home = Home::with_environments();
    assert_eq!(home.emt(&["check"]).status.code(), Some(0));
    assert_eq!(home.emt(&["check", "--deny-warnings"]).status.code(), Some(1));
}

#[test]
fn a_rule_is_explained() {
    let home = Home::new(&[]);
    insta::assert_snapshot!(home.told(&["rules", "c003"]));
    insta::assert_snapshot!(home.told(&["rules", "C303"]));
    let list = text(&home.emt(&["rules"]));
    assert!(["Y001", "V001", "E001", "K002", "C003"].iter().all(|id| list.contains(id)), "{list}");
}

#[test]
fn what_another_version_of_kubernetes_says_is_told() {
    let objects = "\
extraObjects:
  probe:
    apiVersion: v1
    kind: Pod
    metadata: { name: probe }
    spec:
      containers: [{ name: probe, image: registry.example.com/probe:1 }]
      workloadRef: { name: probes, podGroup: probe }
  budget:
    apiVersion: policy/v1beta1
    kind: PodDisruptionBudget
    metadata: { name: probe }
";
    // The field is of 1.35 alone: younger than one cluster and older than the other.
    let mut told = String::new();
    for version in ["1.34", "1.35", "1.36"] {
        let environments = format!(
            "environments:\n  prod: {{ files: [base.yaml, own.yaml], release: apim, namespace: apim-prod, kubernetesVersion: \"{version}\" }}\n"
        );
        let base = format!("{VALUES}gatewayGroups: {{ main: {{ image: {{ tag: 1.4.2 }} }} }}\n");
        let files = [
            ("values/environments.yaml", environments.as_str()),
            ("values/base.yaml", base.as_str()),
            ("values/own.yaml", objects),
        ];
        let report = json(&Home::new(&files), &["check", "--format", "json"]);
        let findings = report["findings"].as_array().unwrap().iter();
        for finding in findings.filter(|finding| finding["rule"] == "K002") {
            let (line, notes) = (&finding["places"][0]["line"], &finding["notes"]);
            told += &format!("{version}: {}, line {line}: {} {notes}\n", finding["level"], finding["message"]);
        }
    }
    insta::assert_snapshot!(told);
}
