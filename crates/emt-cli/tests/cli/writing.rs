//! What the commands print and write when all is well, and what they leave alone.

use std::fs;

use crate::run::{Home, text};

#[test]
fn manifests_are_printed_in_helms_order() {
    let home = Home::with_environments();
    let printed = text(&home.emt(&["render", "prod"]));
    let order = ["PodDisruptionBudget", "ServiceAccount", "Service", "Deployment", "HorizontalPodAutoscaler"];
    let mut kinds: Vec<&str> = printed.lines().filter_map(|line| line.strip_prefix("kind: ")).collect();
    let objects = kinds.len();
    kinds.dedup();
    kinds.retain(|kind| order.contains(kind));
    assert_eq!(kinds, order);
    assert_eq!(printed.matches("\n  namespace: apim-prod\n").count(), objects);
    assert_eq!(printed, text(&home.emt(&["render", "prod"])), "a second run gives the same bytes");
}

#[test]
fn files_and_standard_input_are_values_too() {
    let home = Home::with_environments();
    let files = ["render", "-f", "values/base.yaml", "-f", "values/groups.yaml", "--namespace", "apim-prod"];
    assert_eq!(text(&home.emt(&files)), text(&home.emt(&["render", "prod"])));
}

#[test]
fn manifests_become_files_numbered_by_kind() {
    let home = Home::with_environments();
    let told = home.told(&["render", "prod", "-o", "out/prod"]);
    let written = home.listing("out/prod");
    assert!(told.contains(&format!("wrote {} objects to out/prod\n", written.len() - 1)), "{told}");
    assert_eq!(written[0], ".helmwright");
    // Hooks and tests have folders of their own.
    let objects: Vec<&String> = written.iter().skip(1).filter(|path| !path.contains('/')).collect();
    let number = |file: &String| -> u32 { file.split('-').next().unwrap().parse().unwrap() };
    assert!(objects.is_sorted_by_key(|file| number(file)), "{objects:?}");
    let autoscaler = |path: &String| path.contains("-horizontalpodautoscaler-apim-main-traffic.yaml");
    assert!(objects[0].contains("-poddisruptionbudget-") && written.iter().any(autoscaler), "{written:?}");
    // What is no longer rendered vanishes.
    let groups = "gatewayGroups: { main: { image: { tag: a }, traffic: { autoscaling: { enabled: false } } } }\n";
    home.write("values/groups.yaml", groups.as_bytes());
    assert!(home.emt(&["render", "prod", "-o", "out/prod"]).status.success());
    assert!(!home.listing("out/prod").iter().any(autoscaler));
}

#[test]
fn the_chart_is_a_directory() {
    let home = Home::new(&[]);
    let told = home.told(&["chart", "-o", "chart"]);
    assert!(told.contains("wrote apim-emt ") && told.ends_with("--- exit status 0\n"), "{told}");
    let first = home.listing("chart");
    assert!(first.contains(&"templates/traffic-deployment.yaml".to_owned()), "{first:?}");
    assert!(home.emt(&["chart", "-o", "chart"]).status.success());
    assert_eq!(home.listing("chart"), first);
    // What somebody put beside the files stays, and they stay as they were.
    home.write("chart/templates/mine.yaml", b"mine");
    let told = home.told(&["render", "-f", "values.yaml", "-o", "chart"]);
    assert!(!told.ends_with("--- exit status 0\n"), "{told}");
    let told = home.told(&["chart", "-o", "chart"]);
    assert!(told.contains("templates/mine.yaml") && told.ends_with("--- exit status 2\n"), "{told}");
    assert_eq!(home.listing("chart").len(), first.len() + 1);
}

#[test]
fn a_foreign_directory_is_left_alone() {
    let home = Home::new(&[("mine/notes.txt", "mine")]);
    insta::assert_snapshot!(home.told(&["chart", "-o", "mine"]));
    assert_eq!(home.listing(""), ["mine/notes.txt"]);
}

#[test]
fn a_place_that_cannot_be_written_is_told() {
    let home = Home::new(&[("file", "mine")]);
    insta::assert_snapshot!(home.told(&["chart", "-o", "file/chart"]));
    insta::assert_snapshot!(home.told(&["chart", "-o", "."]));
    assert_eq!(home.listing(""), ["file"]);
}

#[cfg(unix)]
#[test]
fn a_directory_without_the_right_to_write_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new(&[("closed/keep", "")]);
    let closed = home.path().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    // Rights do not bind the administrator, under whom containers often run.
    if fs::write(closed.join("probe"), "").is_err() {
        let told = home.told(&["chart", "-o", "closed/chart"]);
        assert!(told.contains("error: cannot write") && told.contains("help: name a directory that you may write to"));
        assert!(told.ends_with("--- exit status 2\n"), "{told}");
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    use std::process::{Command, Stdio};
    let home = Home::with_environments();
    let full = fs::File::create("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_emt"));
    let output = command.args(["render", "prod"]).current_dir(home.path()).stdout(Stdio::from(full)).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("error: cannot write to standard output: No space left on device"), "{told}");
}

#[test]
fn values_say_where_they_come_from() {
    let home = Home::with_environments();
    let merged = text(&home.emt(&["values", "prod", "--origin"]));
    assert!(merged.contains("  registry: registry.example.com  # values/base.yaml:2\n"), "{merged}");
    assert!(merged.contains("      tag: \"1.4.2\"  # values/groups.yaml:3\n"), "{merged}");
    assert!(merged.contains("    heapSizeMiB: 1512  # default\n"), "{merged}");
    // The comments are YAML's: the values are the same without them.
    home.write("merged.yaml", merged.as_bytes());
    assert_eq!(text(&home.emt(&["values", "-f", "merged.yaml"])), text(&home.emt(&["values", "prod"])));
}

#[test]
fn a_check_says_how_much_it_looked_at() {
    let home = Home::with_environments();
    let told = text(&home.emt(&["check"]));
    let last = told.lines().last().unwrap();
    let objects: usize = last.split(' ').nth(1).unwrap().parse().unwrap();
    let expected =
        format!("checked {objects} objects of 2 environments × 5 Kubernetes versions (1.33 to 1.37): 0 errors, ");
    assert!(last.starts_with(&expected), "{told}");
    let report: serde_json::Value =
        serde_json::from_str(&text(&home.emt(&["check", "prod", "--format", "json"]))).unwrap();
    assert_eq!(report["passed"], true);
    assert_eq!(report["checked"]["objects"], objects / 2);
    assert_eq!(report["checked"]["kubernetesVersions"], serde_json::json!(["1.33", "1.34", "1.35", "1.36", "1.37"]));
    assert_eq!(report["counts"]["errors"], 0);
}

#[test]
fn a_check_of_nothing_fails() {
    let home = Home::with_environments();
    home.write("values/environments.yaml", b"environments: {}\n");
    insta::assert_snapshot!(home.told(&["check", "--all"]));
}

#[test]
fn the_schema_is_json() {
    let schema = text(&Home::new(&[]).emt(&["schema"]));
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert_eq!(schema["additionalProperties"], false);
}
