//! Warnings that an environment takes on: what is accepted is not told, and an acceptance that is wrong is told itself.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
#![cfg(feature = "diagnose")]

use std::fs;

use emt::{Report, Workspace};

/// Values in which C003 finds something: the reference architecture's own requests.
const VALUES: &str = "\
acceptGeneralConditions: true
image: { registry: registry.example.com }
adminNodeManager: { enabled: false }
topology: { externalAdminNodeManagers: [anm.example.com:8090] }
gatewayGroupDefaults: { manager: { enabled: false } }
cassandra: { enabled: false }
metricsDatabase: { enabled: false }
ingress: { enabled: false }
events: { headroomReplicas: 3 }
gatewayGroups: { main: { image: { tag: 1.0.0 } } }
";

fn check(accepted: &str) -> Report {
    let home = tempfile::tempdir().unwrap();
    let listing = format!(
        "environments:\n  test:\n    files: [a.yaml]\n    release: apim\n    namespace: apim\n    stage: test\n{accepted}"
    );
    fs::write(home.path().join("environments.yaml"), listing).unwrap();
    fs::write(home.path().join("a.yaml"), VALUES).unwrap();
    Workspace::open(home.path()).unwrap().check::<&str>(&[]).unwrap()
}

/// Each finding as `rule line: message`.
fn told(report: &Report) -> Vec<String> {
    let line =
        |finding: &emt::diagnostics::Finding| finding.place().map_or(0, |label| report.sources.start(label.span).line);
    report.findings.iter().map(|one| format!("{} {}: {}", one.rule, line(one), one.message)).collect()
}

#[test]
fn what_is_accepted_is_not_told() {
    let found = check("");
    assert_eq!(told(&found), ["C003 10: a request of 512Mi reserves less than the heap of 1512 MiB"]);
    let accepted = check("    accepted: { C003: { reason: nodes of our own } }\n");
    assert!(accepted.findings.is_empty() && accepted.accepted == 1 && accepted.passed(), "{:?}", told(&accepted));
}

#[test]
fn acceptances_that_are_wrong_are_told_at_their_place() {
    let wrong = check(
        "    accepted:\n      C003: { reason: used }\n      C030: { reason: unknown }\n      H001: { reason: unused }\n      \
         C001: { reason: an error }\n      V001: { reason: an error }\n",
    );
    let mut told = told(&wrong);
    told.sort();
    let expected = [
        "E004 9: there is no rule C030",
        "E005 10: H001 finds nothing here: Production with fewer traffic gateways than zones",
        "E006 11: C001 is an error, which no environment can take on: A Java heap that does not fit into the memory limit",
        "E006 12: V001 is an error, which no environment can take on: a key that the values do not have",
    ];
    assert_eq!(told, expected);
    assert!(!wrong.passed());
}

/// Deviations from the reference architecture are judged like acceptances.
#[test]
fn deviations_that_are_wrong_are_told_at_their_place() {
    let deviations = |rows: &str| {
        check(&format!(
            "    accepted: {{ C003: {{ reason: used }} }}\ndeviations:\n  small:\n    reason: a reason\n    rows: {rows}\n    \
             environments: [test]\n"
        ))
    };
    let fine = deviations("[S1-089]");
    assert_eq!(told(&fine), [""; 0]);
    let wrong = deviations("[S1-089, S1-08, S1-151]");
    assert_eq!(told(&wrong), ["E008 11: there is no row S1-08", "E009 11: S1-151 holds in test: HPA on gateway."]);
    assert!(!wrong.passed());
    let help: Vec<_> = wrong.findings.iter().flat_map(|finding| &finding.help).map(String::as_str).collect();
    assert!(help[0].starts_with("did you mean S1-"), "{help:?}");
    assert_eq!(help[1], "remove the row, or the environment");
}

/// A rule that compares environments cannot find anything in one alone: its acceptance is not unused then.
#[test]
fn an_acceptance_is_unused_only_where_its_rule_could_look() {
    let home = tempfile::tempdir().unwrap();
    let environment = |name: &str| {
        format!(
            "  {name}:\n    files: [a.yaml]\n    release: apim\n    namespace: apim\n    stage: test\n    accepted: {{ C003: \
             {{ reason: a }}, P004: {{ reason: a }} }}\n"
        )
    };
    let listing = format!("environments:\n{}{}", environment("one"), environment("two"));
    fs::write(home.path().join("environments.yaml"), listing).unwrap();
    fs::write(home.path().join("a.yaml"), VALUES).unwrap();
    let rules = |names: &[&str]| -> Vec<String> {
        let report = Workspace::open(home.path()).unwrap().check(names).unwrap();
        report.findings.iter().map(|finding| finding.rule.to_string()).collect()
    };
    assert!(rules(&["one"]).is_empty());
    assert!(rules(&["one", "one"]).is_empty(), "an environment that is named twice is still one");
    assert_eq!(rules(&[]), ["E005", "E005"]);
}

#[test]
fn a_rule_that_could_not_look_makes_no_acceptance_unused() {
    let home = tempfile::tempdir().unwrap();
    let environment = |name: &str, file: &str, more: &str| {
        format!("  {name}:\n    files: [{file}]\n    release: apim\n    namespace: {name}\n    stage: test\n{more}")
    };
    let promoted = "    promotesFrom: broken\n    accepted:\n      C003: { reason: a }\n      P001: { reason: a }\n      P004: { reason: a }\n";
    let listing = format!(
        "environments:\n{}{}",
        environment("broken", "broken.yaml", ""),
        environment("next", "a.yaml", promoted)
    );
    fs::write(home.path().join("environments.yaml"), listing).unwrap();
    fs::write(home.path().join("a.yaml"), VALUES).unwrap();
    fs::write(home.path().join("broken.yaml"), "domian: a\n").unwrap();
    let report = Workspace::open(home.path()).unwrap().check::<&str>(&[]).unwrap();
    assert!(!report.passed());
    let told = told(&report);
    assert!(!told.iter().any(|finding| finding.starts_with("E005")), "{told:?}");
}
