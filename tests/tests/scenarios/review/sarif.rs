//! The review as SARIF: valid by the schema of OASIS, each result at the line that caused it, nothing left out.

use std::collections::BTreeSet;
use std::process::Command;

use emt::Workspace;
use emt::review::{Base, Cause, RULES, Review, review, sarif};
use serde_json::Value;

use super::{Seeded, committed, copy};

const SCHEMA: &str = include_str!("../../../../crates/helmwright-diagnostics/tests/sarif-schema-2.1.0.json");

/// The report as JSON, which the schema takes.
fn written(review: &Review) -> Value {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    // The pattern of two keys that are never written here is no regular expression.
    for holder in ["run", "toolComponent"] {
        let language = schema.pointer_mut(&format!("/definitions/{holder}/properties/language")).unwrap();
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    let log: Value = serde_json::from_str(&sarif(review)).unwrap();
    let validator = jsonschema::draft7::new(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    log
}

fn results(log: &Value) -> &[Value] {
    log["runs"][0]["results"].as_array().unwrap()
}

const BEFORE: &str =
    "gatewayGroups:\n  banking:\n    traffic: { traceLevel: INFO }\nevents: { storage: { keepOnUninstall: true } }\n";
const AFTER: &str = "gatewayGroups:\n  banking:\n    traffic: { traceLevel: DEBUG }\n\nevents:\n  storage:\n    keepOnUninstall: false\n";

#[test]
fn every_change_stands_at_the_line_that_caused_it() {
    let review = Seeded::new("prod", BEFORE, AFTER).review("prod");
    let log = written(&review);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RULES.len());
    let environment = &review.environments[0];
    let mut expected = BTreeSet::new();
    for object in &environment.objects {
        for field in &object.fields {
            for (risk, cause) in field.risks.iter().flat_map(|risk| field.causes.iter().map(move |cause| (risk, cause)))
            {
                let Cause::Value { index } = cause else { continue };
                let place = environment.values[*index].place().unwrap().to_string();
                expected.insert((risk.class.name().to_owned(), object.identity.title(), place));
            }
        }
    }
    let mut found = BTreeSet::new();
    for result in results(&log) {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        let related = result["relatedLocations"].as_array().into_iter().flatten();
        for place in result["locations"].as_array().unwrap().iter().chain(related) {
            let physical = &place["physicalLocation"];
            let (file, line) =
                (physical["artifactLocation"]["uri"].as_str().unwrap(), &physical["region"]["startLine"]);
            let subject = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].as_str().unwrap();
            let place = format!("{}:{line}", file.trim_start_matches("file://"));
            found.insert((result["ruleId"].as_str().unwrap().to_owned(), subject.to_owned(), place));
        }
    }
    assert_eq!(found, expected);
    let classes: BTreeSet<&str> = found.iter().map(|(class, ..)| class.as_str()).collect();
    assert!(classes.contains("restart") && classes.contains("data"), "{classes:?}");
    assert!(found.iter().any(|(.., place)| place.ends_with("/values/seed.yaml:3")), "{found:?}");
    assert!(found.iter().any(|(.., place)| place.ends_with("/values/seed.yaml:7")), "{found:?}");
}

#[test]
fn a_value_that_is_gone_stands_in_its_file_without_a_line_of_today() {
    let home = tempfile::tempdir().unwrap();
    let values = home.path().join("values");
    copy(&committed(), &values);
    let git = |arguments: &[&str]| {
        let names = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
        let output = Command::new("git").current_dir(home.path()).args(names).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "values"]);
    let prod = std::fs::read_to_string(values.join("prod.yaml")).unwrap();
    std::fs::write(values.join("prod.yaml"), prod.replacen("  adminAllowedCidrs: [10.10.0.0/16]\n", "", 1)).unwrap();
    let mut workspace = Workspace::open(&values).unwrap();
    let log = written(&review(&mut workspace, Base::Revision("HEAD".to_owned()), &["prod".to_owned()]).unwrap());
    assert!(!results(&log).is_empty());
    for result in results(&log) {
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(file.starts_with("file:///") && file.ends_with("/values/prod.yaml"), "{file}");
        assert!(place.get("region").is_none(), "{place}");
        assert!(result["locations"][0]["message"]["text"].as_str().unwrap().ends_with(": no longer set"));
    }
}

#[test]
fn objects_that_come_and_go_and_a_review_that_is_not_whole() {
    let added = "gatewayGroups:\n  more:\n    image: { tag: a@sha256:1111111111111111111111111111111111111111111111111111111111111111 }\n    cassandra: { keyspace: more }\n    hosts: { manager: m, traffic: t }\n";
    let log = written(&Seeded::new("prod", "{}\n", added).review("prod"));
    assert!(results(&log).iter().any(|result| result["message"]["text"].as_str().unwrap().contains("(new) in prod")));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    let log = written(&Seeded::new("prod", "nonsense: 1\n", "{}\n").review("prod"));
    let run = &log["runs"][0]["invocations"][0];
    assert_eq!(run["executionSuccessful"], false);
    let told = run["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.starts_with("prod was not compared: the base is refused: "), "{told}");
    assert!(told.ends_with("/before/seed.yaml:1:1: unknown key `nonsense`"), "{told}");
}
