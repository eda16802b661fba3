//! Wrong values: each message names the place and the fix, the exit status is 1, and nothing is written.

use std::time::{Duration, Instant};

use crate::run::{Home, VALUES};

/// What `emt render -f own.yaml -o out` tells; nothing may be written.
fn refused(text: &[u8]) -> String {
    let home = Home::new(&[]);
    home.write("own.yaml", text);
    let told = home.told(&["render", "-f", "own.yaml", "-o", "out"]);
    assert_eq!(home.listing(""), ["own.yaml"], "nothing is written");
    assert!(told.ends_with("--- exit status 1\n"), "{told}");
    told
}

/// The same for values that would be complete without these lines, which stand first.
fn refused_with(lines: &str) -> String {
    refused(format!("{lines}{VALUES}").as_bytes())
}

#[test]
fn unknown_key_at_depth() {
    insta::assert_snapshot!(refused_with(
        "gatewayGroups:\n  main:\n    image: { tag: a }\n    traffic:\n      autoscaling:\n        minReplica: 2\n"
    ));
}

#[test]
fn wrong_types() {
    insta::assert_snapshot!(refused_with(
        "gatewayGroups:\n  main:\n    image: { tag: a }\n    traffic: { replicas: three, heapSizeMiB: \"1512\" }\n"
    ));
}

#[test]
fn missing_required() {
    insta::assert_snapshot!(refused(b"gatewayGroups:\n  main:\n    image: { tag: a }\n"));
}

#[test]
fn ambiguous_scalars() {
    insta::assert_snapshot!(refused_with("commonLabels: { power: on, code: 017 }\n"));
}

#[test]
fn duplicate_key() {
    insta::assert_snapshot!(refused_with("cassandra: { enabled: true }\n"));
}

#[test]
fn tab() {
    insta::assert_snapshot!(refused_with("gatewayGroups:\n\tmain: {}\n"));
}

#[test]
fn empty_file() {
    insta::assert_snapshot!(refused(b""));
}

#[test]
fn two_documents() {
    insta::assert_snapshot!(refused(b"fullnameOverride: one\n---\nfullnameOverride: other\n"));
}

#[test]
fn not_utf8() {
    insta::assert_snapshot!(refused(b"fullnameOverride: caf\xe9\n"));
}

#[test]
fn null() {
    insta::assert_snapshot!(refused_with("gatewayGroups:\n  main:\n    image: { tag: null }\n"));
}

#[test]
fn values_that_contradict_each_other() {
    insta::assert_snapshot!(refused_with(
        "gatewayGroups:\n  main:\n    image: { tag: a }\n    traffic:\n      autoscaling: { minReplicas: 5, maxReplicas: 3 }\n  other: {}\n"
    ));
}

#[test]
fn a_group_name_that_makes_a_name_too_long() {
    insta::assert_snapshot!(refused_with("gatewayGroups:\n  retail-and-corporate-banking: { image: { tag: a } }\n"));
}

#[test]
fn hostile_files_are_refused_at_once() {
    let deep = "[".repeat(100_000);
    let bomb: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned())
        .chain((1..12).map(|level| {
            let below = vec![format!("*a{}", level - 1); 10].join(", ");
            format!("a{level}: &a{level} [{below}]\n")
        }))
        .collect();
    let large = "# a line of a file that is no values file\n".repeat(250_000);
    for (name, text) in [("deep", deep), ("bomb", bomb), ("large", large)] {
        let start = Instant::now();
        let told = refused(text.as_bytes());
        assert!(start.elapsed() < Duration::from_secs(20), "{name}");
        assert!(told.len() < 5_000 && told.contains("help"), "{name}: {told}");
    }
}

#[test]
fn every_fault_of_every_file_is_told_at_its_place() {
    let home = Home::with_environments();
    home.write("values/base.yaml", format!("fullnameOverride: Upper\n{VALUES}").as_bytes());
    home.write("values/groups.yaml", b"gatewayGroups:\n  main:\n    imgae: { tag: 1.4.2 }\n");
    insta::assert_snapshot!(home.told(&["render", "prod"]));
}

#[test]
fn a_check_tells_a_shared_fault_once() {
    let home = Home::with_environments();
    home.write("values/groups.yaml", b"gatewayGroups:\n  main:\n    imgae: { tag: 1.4.2 }\n");
    insta::assert_snapshot!(home.told(&["check"]));
}

#[test]
fn a_listing_with_faults() {
    let home = Home::with_environments();
    let environments = "\
environments:
  prod: { files: [bsae.yaml, /etc/base.yaml], release: Apim, namespace: apim, kubernetesVersion: 1.35, promotedFrom: test }
";
    home.write("values/environments.yaml", environments.as_bytes());
    insta::assert_snapshot!(home.told(&["render", "prod"]));
}

#[test]
fn a_listed_file_that_is_missing() {
    let home = Home::with_environments();
    let environments = "environments:\n  prod: { files: [bsae.yaml], release: apim, namespace: apim }\n";
    home.write("values/environments.yaml", environments.as_bytes());
    insta::assert_snapshot!(home.told(&["render", "prod"]));
}
