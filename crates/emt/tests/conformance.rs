//! The reference architecture row by row on its own values, and the seeds' examples.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed unwrap is a failed test")]
#![cfg(feature = "check")]

use std::collections::BTreeMap;

use emt::checks::{DedicatedStorage, Infrastructure, Level, NodeGroup, NodeType};
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
fn three_m5_large_hold_seven_of_twelve_traffic_pods_of_the_reference() {
    let nodes = vec![NodeGroup { node: NodeType::named("m5.large").unwrap(), count: 3 }];
    let infrastructure = Infrastructure { nodes, ..Infrastructure::default() };
    let plan = plan(&reference_input().unwrap(), &infrastructure, &[]).unwrap();
    let capacity = plan.capacity.as_ref().unwrap();
    assert_eq!((capacity.traffic_pods_that_fit, capacity.traffic_pods), (7, 12));
    let titles: Vec<_> = plan.sections.iter().map(|section| section.title).collect();
    assert!(titles.contains(&"Firewall") && titles.contains(&"Secrets to create before the release"), "{titles:?}");
    let events = plan.sections.iter().find(|section| section.title == "Storage").unwrap();
    assert_eq!(events.lines[0][..2], ["apim-events", "13Gi"]);
}

#[test]
fn disks_have_the_sizes_of_the_reference_or_those_that_somebody_said() {
    let lines = |dedicated_storage: DedicatedStorage| {
        let infrastructure = Infrastructure { dedicated_storage, ..Infrastructure::default() };
        let plan = plan(&reference_input().unwrap(), &infrastructure, &[]).unwrap();
        plan.sections.into_iter().find(|section| section.title == "Storage beside the release").unwrap().lines
    };
    let reference = lines(DedicatedStorage::default());
    assert_eq!(reference[0], ["Cassandra", "50 GB", "3", "S1-098"]);
    assert_eq!(reference[3][..2], ["total", "290 GB"]);
    assert_eq!(reference[4][..2], ["reference: one node of each database", "70 GB"]);
    let said = lines(DedicatedStorage { cassandra: Some("100Gi".to_owned()), ..DedicatedStorage::default() });
    assert_eq!(said[0], ["Cassandra", "107.4 GB", "3", "environments.yaml"]);
    assert_eq!(said[3][..2], ["total", "462.1 GB"]);
}

#[test]
fn clusters_of_groups_are_planned_as_they_see_them() {
    let release = Release::new("apim", "apim").unwrap();
    let more = "\
cassandra: { enabled: false }
gatewayGroupDefaults: { manager: { enabled: false } }
gatewayGroups:
  main: { cassandra: { enabled: true, port: 9142, hosts: [a.example.com, b.example.com], keyspace: k } }
";
    let input = Input::from_files([("reference", emt::REFERENCE_VALUES), ("more", more)], release).unwrap();
    let plan = plan(&input, &Infrastructure::default(), &[]).unwrap();
    let section = |title: &str| plan.sections.iter().find(|section| section.title == title).unwrap();
    assert_eq!(section("Storage beside the release").lines[0][..3], ["Cassandra", "50 GB", "2"]);
    assert!(section("Firewall").lines.iter().any(|line| line.iter().any(|cell| cell == "9142")), "{plan:?}");
}

#[test]
fn what_is_to_be_kept_and_built_is_that_of_the_values() {
    let release = || Release::new("apim", "apim").unwrap();
    let lines = |more: &str, title: &str| {
        let input = Input::from_files([("reference", emt::REFERENCE_VALUES), ("more", more)], release()).unwrap();
        let plan = plan(&input, &Infrastructure::default(), &[]).unwrap();
        plan.sections.into_iter().find(|section| section.title == title).unwrap().lines
    };
    let baked = "gatewayGroups: { main: { groupId: emt-group, configuration: { mode: baked } } }\n";
    let built = lines(baked, "Image builds");
    assert!(built[0][1].starts_with("none"), "{built:?}");
    let wanted =
        ["build_gw_image.py --license=", "--group-id=emt-group ", "--out-image=registry.example.com/apim/gateway:"];
    assert!(wanted.iter().all(|part| built[1][1].contains(part)), "{built:?}");

    let kept = |more: &str| -> Vec<String> {
        lines(more, "Backup and recovery").into_iter().map(|line| line[0].clone()).collect()
    };
    let has = |more: &str, what: &str| kept(more).iter().any(|line| line == what);
    for what in ["metrics database", "Cassandra", "logs and events", "images", "another region"] {
        assert!(has("{}\n", what), "{what}");
    }
    assert!(!has("metricsDatabase: { enabled: false }\n", "metrics database"));
    let data = |more: &str| lines(more, "Subnets").into_iter().find(|line| line[0] == "data").unwrap();
    assert_eq!(data("{}\n")[2], "3 for Cassandra, 2 for metrics database");
    assert_eq!(data("metricsDatabase: { enabled: false }\n")[2], "3 for Cassandra");
}

#[test]
fn a_change_goes_from_the_first_environment_to_the_last() {
    let home = tempfile::tempdir().unwrap();
    let listing = "environments:\n  prod: { files: [], release: a, namespace: a, stage: production, promotesFrom: test }\n  \
         dr: { files: [], release: a, namespace: b, stage: production, promotesFrom: prod, standby: true }\n  \
         test: { files: [], release: a, namespace: c, stage: test, promotesFrom: dev }\n  \
         lab: { files: [], release: a, namespace: d, stage: test, promotesFrom: dev }\n  \
         dev: { files: [], release: a, namespace: e, stage: development }\n";
    std::fs::write(home.path().join("environments.yaml"), listing).unwrap();
    let workspace = emt::Workspace::open(home.path()).unwrap();
    let order = |name: &str| -> Vec<String> {
        workspace.promotion(name).unwrap().into_iter().map(|stop| stop.environment).collect()
    };
    assert_eq!(order("prod"), ["dev", "test", "prod", "dr"]);
    assert_eq!(order("lab"), ["dev", "lab"]);
    assert_eq!(order("dev"), ["dev", "test", "lab", "prod", "dr"]);
    assert!(workspace.promotion("live").is_err());
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
