//! `emt explain`: what a value does, and where a field comes from.

use crate::run::{Home, VALUES};

/// A workspace whose gateways say little themselves.
fn home() -> Home {
    let environments = "environments:\n  prod: { files: [base.yaml, own.yaml], release: apim, namespace: apim-prod }\n";
    let own = "\
gatewayGroupDefaults:
  traffic: { resources: { limits: { memory: 3Gi } } }
gatewayGroups:
  main:
    image: { tag: 1.4.2 }
    traffic:
      autoscaling: { maxReplicas: 7 }
  other:
    image: { tag: 1.4.2 }
";
    Home::new(&[("values/environments.yaml", environments), ("values/base.yaml", VALUES), ("values/own.yaml", own)])
}

#[test]
fn a_value() {
    let home = home();
    insta::assert_snapshot!(home.told(&["explain", "gatewayGroups.*.traffic.autoscaling.maxReplicas"]));
    insta::assert_snapshot!(home.told(&["explain", "gatewayGroups.main.traffic.autoscaling.maxReplicas", "prod"]));
    insta::assert_snapshot!(home.told(&["explain", "networkPolicy.enabled"]));
}

#[test]
fn a_value_that_a_group_takes_from_below() {
    let home = home();
    let told = home.told(&["explain", "gatewayGroups.main.traffic.resources.limits.memory", "prod"]);
    assert!(
        told.contains(
            "Here\n  \"3Gi\"  (from gatewayGroupDefaults.traffic.resources.limits.memory: values/own.yaml:2:"
        ),
        "{told}"
    );
    let told = home.told(&["explain", "gatewayGroups.main.traffic.ingress.exposure", "prod"]);
    assert!(told.contains("(from ingress.exposure: default)"), "{told}");
}

#[test]
fn a_group_that_there_is_not() {
    let told = home().told(&["explain", "gatewayGroups.othre.traffic.replicas", "prod"]);
    assert!(
        told.contains("there is no value `othre` below gatewayGroups") && told.contains("did you mean other?"),
        "{told}"
    );
    assert!(told.ends_with("--- exit status 2\n"), "{told}");
}

#[test]
fn a_field() {
    let home = home();
    let limit = "Deployment/apim-main-traffic.spec.template.spec.containers[traffic].resources.limits.memory";
    insta::assert_snapshot!(home.told(&["explain", limit, "prod"]));
    insta::assert_snapshot!(home.told(&[
        "explain",
        "HorizontalPodAutoscaler/apim-main-traffic.spec.maxReplicas",
        "prod"
    ]));
    // The group that says nothing has it from the defaults.
    insta::assert_snapshot!(home.told(&[
        "explain",
        "HorizontalPodAutoscaler/apim-other-traffic.spec.maxReplicas",
        "prod"
    ]));
}

#[test]
fn for_programs() {
    let home = home();
    let field = "HorizontalPodAutoscaler/apim-main-traffic.spec.maxReplicas";
    insta::assert_snapshot!(home.told(&["explain", field, "prod", "--format", "json"]));
    insta::assert_snapshot!(home.told(&["explain", "gatewayGroups.*.traffic.replicas", "--format", "json"]));
}

#[test]
fn a_key_of_an_earlier_version() {
    let former = "gatewayGroups.main.traffic.autoscaling.scaleUp.stabilizationSeconds";
    insta::assert_snapshot!(home().told(&["explain", former]));
}

#[test]
fn what_there_is_not() {
    let home = home();
    for subject in ["gatewayGroups.*.traffic.replica", "a..b"] {
        insta::assert_snapshot!(home.told(&["explain", subject]));
    }
    for subject in ["Deployment/apim-mian-traffic", "Deployment/apim-main-traffic.spec.replica", "Gateway/x", "Pod/a/b"]
    {
        insta::assert_snapshot!(home.told(&["explain", subject, "prod"]));
    }
    insta::assert_snapshot!(home.told(&["explain", "Deployment/apim-main-traffic"]));
}

#[test]
fn a_secret_is_not_shown() {
    let home = home();
    let secret =
        "allowInlineSecrets: true\nsecrets: { login: { source: inline, values: { password: s3cr3t-mark } } }\n";
    home.write("values/own.yaml", format!("{secret}gatewayGroups: {{ main: {{ image: {{ tag: a }} }} }}\n").as_bytes());
    for subject in
        ["Secret/login", "Secret/login.stringData.password", "Secret/login.stringData", "secrets.login.values"]
    {
        let told = home.told(&["explain", subject, "prod"]);
        assert!(told.contains("***") && !told.contains("s3cr3t-mark"), "{told}");
    }
}
