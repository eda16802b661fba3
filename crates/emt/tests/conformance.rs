//! The reference architecture row by row on its own values, and the seeds' examples.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is a failed test")]
#![cfg(feature = "check")]

use std::collections::BTreeMap;

use emt::checks::{Level, NodeGroup, NodeType};
use emt::{Input, Release, RowId, Workspace, conformance, conformance_mutants, plan, reference_input, render};

#[test]
fn nothing_deviates_from_the_reference_but_what_is_not_there_yet() {
    let report = conformance(&reference_input().unwrap(), None).unwrap();
    assert_eq!(report.answers.len(), 370);
    let deviating: Vec<_> =
        report.answers.iter().filter(|answer| answer.state() == "deviates").map(|answer| answer.row.id).collect();
    assert!(deviating.is_empty(), "{deviating:?}");
    let generated = report.answers.iter().filter(|answer| answer.kind == "object").count();
    assert!(generated >= 171, "{generated}");
    let required = report.answers.iter().filter(|answer| answer.row.level == Level::Required).count();
    let missing = report.answers.iter().filter(|answer| answer.state() == "missing").map(|answer| answer.row.id);
    println!("missing: {}", missing.collect::<Vec<_>>().join(" "));
    println!("{}", report.to_text(false));
    println!("{required} rows are required, {generated} are answered by objects");
}

/// Every environment does what the reference architecture says, or names the decision not to.
#[test]
fn committed_environments_conform_or_say_why_not() {
    let values = concat!(env!("CARGO_MANIFEST_DIR"), "/../../values");
    let mut workspace = Workspace::open(values).unwrap();
    let environments: Vec<_> = workspace.environments().map(|(name, one)| (name.to_owned(), one.clone())).collect();
    assert!(!environments.is_empty());
    for (name, environment) in environments {
        let report = conformance(&workspace.input(&name).unwrap(), Some(&environment)).unwrap();
        let open = report.answers.iter().filter(|answer| !answer.holds && answer.accepted.is_none());
        let open: Vec<_> = open.map(|answer| format!("{}: {:?}", answer.row.id, answer.found)).collect();
        assert_eq!(open, [""; 0], "{name}");
        assert_eq!(report.needless, [], "{name}");
        assert!(report.passed());
        let decided = report.answers.iter().filter(|answer| answer.state() == "accepted").count();
        println!("{name}: {} hold, {decided} deviations are named", report.held().0);
        // What is decided stands in the report with its reason.
        assert_eq!(report.to_text(false).matches("accepted: ").count(), decided);
    }
}

/// Without the entry of environments.yaml, the row counts.
#[test]
fn a_deviation_that_nobody_decided_on_fails() {
    let values = concat!(env!("CARGO_MANIFEST_DIR"), "/../../values");
    let mut workspace = Workspace::open(values).unwrap();
    let mut prod = workspace.environment("prod").unwrap().clone();
    let input = workspace.input("prod").unwrap();
    let rows: Vec<_> = prod.deviations.keys().cloned().collect();
    for row in rows {
        let decision = prod.deviations.remove(&row).unwrap();
        assert!(!conformance(&input, Some(&prod)).unwrap().passed(), "{row}");
        prod.deviations.insert(row, decision);
    }
    // One of a row that holds is no deviation, and one of no row neither.
    let decision = prod.deviations.values().next().unwrap().clone();
    for (row, told) in [("S1-151", "S1-151 holds here: HPA on gateway."), ("S1-999", "there is no row S1-999")] {
        let mut more = prod.clone();
        more.deviations.insert(RowId::new(row).unwrap(), decision.clone());
        let report = conformance(&input, Some(&more)).unwrap();
        assert_eq!(report.needless.iter().map(ToString::to_string).collect::<Vec<_>>(), [told]);
        assert!(!report.passed() && report.to_text(false).contains(told));
    }
}

#[test]
fn every_assertion_that_holds_notices_a_change() {
    let mutants = conformance_mutants(&reference_input().unwrap()).unwrap();
    println!("{} of {} changes noticed, in {} rows", mutants.killed(), mutants.total, mutants.rows);
    assert!(mutants.total > 400);
    assert!(mutants.survivors.is_empty(), "{:?}", mutants.survivors);
}

#[test]
fn the_page_is_fresh() {
    let page = include_str!("../../../docs/reference-architecture.md");
    assert!(page == emt::checks::reference_page(), "run cargo run -p emt-check --example reference_page");
}

#[test]
fn three_m5_large_hold_seven_of_twelve_traffic_pods_of_the_reference() {
    let nodes = [NodeGroup { node: NodeType::named("m5.large").unwrap(), count: 3 }];
    let plan = plan(&reference_input().unwrap(), &nodes).unwrap();
    let capacity = plan.capacity.as_ref().unwrap();
    assert_eq!((capacity.traffic_pods_that_fit, capacity.traffic_pods), (7, 12));
    let titles: Vec<_> = plan.sections.iter().map(|section| section.title).collect();
    assert!(titles.contains(&"Firewall") && titles.contains(&"Secrets to create before the release"), "{titles:?}");
    let events = plan.sections.iter().find(|section| section.title == "Storage").unwrap();
    assert_eq!(events.lines[0][..2], ["apim-events", "13Gi"]);
}

/// The two groups of seed 000: a change to one changes no byte of the other's objects.
#[test]
fn groups_scale_and_roll_independently() {
    let objects = |more: &str| -> BTreeMap<String, String> {
        let second = "gatewayGroups:\n  second:\n    image: { tag: second-1.0.0 }\n    cassandra: { keyspace: second }\n    \
             hosts: { manager: apimgmt2, traffic: apimgr2 }\n";
        let files = [("reference", emt::REFERENCE_VALUES), ("second", second), ("change", more)];
        let input = Input::from_files(files, Release::new("apim", "apim").unwrap()).unwrap();
        let manifests = render(&input).unwrap();
        let of = manifests.iter().map(|one| (format!("{}/{}", one.kind(), one.name()), one.object().to_string()));
        of.collect()
    };
    let before = objects("gatewayGroups: { main: {} }\n");
    let after = objects(
        "gatewayGroups:\n  main:\n    image: { tag: main-2.0.0 }\n    envSettings: { properties: { A: b } }\n    \
         traffic: { autoscaling: { maxReplicas: 6 } }\n",
    );
    let changed: Vec<_> =
        before.iter().filter(|(name, object)| after[*name] != **object).map(|(name, _)| name).collect();
    assert!(changed.iter().any(|name| *name == "Deployment/apim-main-traffic"), "{changed:?}");
    assert!(changed.iter().all(|name| !name.contains("second")), "{changed:?}");
}
