//! `emt plan`: what an environment needs beside the release.

use crate::run::Home;

#[test]
fn the_plan_of_an_environment() {
    insta::assert_snapshot!(Home::with_environments().told(&["plan", "prod", "--nodes", "m5.large=3"]));
}

#[test]
fn what_stands_beside_the_release_is_planned_as_the_environment_says() {
    let home = Home::with_environments();
    let environment = "\
environments:
  prod:
    files: [base.yaml, groups.yaml]
    release: apim
    namespace: apim-prod
    nodes: { gateways: { type: m5.xlarge, count: 6 } }
    monitoringNodes: { logs: { type: t3.large, count: 1 } }
    dedicatedStorage: { logs: 250Gi }
";
    home.write("values/environments.yaml", environment.as_bytes());
    let plan = home.told(&["plan", "prod"]);
    let line = |start: &str| {
        let line = plan.lines().find(|line| line.trim_start().starts_with(start));
        line.unwrap_or_else(|| panic!("{plan}")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(line("the release").starts_with("the release m5.xlarge 6 4 vCPU, 16 GiB"));
    assert!(line("monitoring").starts_with("monitoring t3.large 1 2 vCPU, 8 GiB"));
    assert_eq!(line("logs"), "logs 268.4 GB 1 environments.yaml");
}

#[test]
fn nodes_of_an_unknown_type_are_told_where_they_stand() {
    for key in ["nodes", "monitoringNodes"] {
        let home = Home::with_environments();
        let environment = format!(
            "environments:\n  prod:\n    files: [base.yaml, groups.yaml]\n    release: apim\n    \
             namespace: apim-prod\n    {key}:\n      logs: {{ type: m5.larg, count: 1 }}\n"
        );
        home.write("values/environments.yaml", environment.as_bytes());
        let told = home.told(&["check", "prod"]);
        assert!(
            told.contains("environments.yaml:7:15")
                && told.contains("did you mean m5.large?")
                && told.contains("m5.larg"),
            "{told}"
        );
        assert!(home.told(&["plan", "prod"]).contains("m5.larg"));
    }
}

#[test]
fn files_have_no_promotion() {
    let home = Home::with_environments();
    let plan = home.told(&["plan", "-f", "values/base.yaml", "-f", "values/groups.yaml"]);
    assert!(plan.contains("Firewall") && !plan.contains("Promotion"), "{plan}");
}
