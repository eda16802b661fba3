//! `emt plan`: what an environment needs beside the release.

use crate::run::Home;

#[test]
fn the_plan_of_an_environment() {
    insta::assert_snapshot!(Home::with_environments().told(&["plan", "prod", "--nodes", "m5.large=3"]));
}

#[test]
fn files_have_no_promotion() {
    let home = Home::with_environments();
    let plan = home.told(&["plan", "-f", "values/base.yaml", "-f", "values/groups.yaml"]);
    assert!(plan.contains("Firewall") && !plan.contains("Promotion"), "{plan}");
}
