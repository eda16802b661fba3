//! `emt review` and `emt diff`: exit status, files, and what is said where there is nothing to compare.

use std::fs;

use crate::run::{Home, text};

/// Environments, and what they were: another tag in `before`.
fn changed() -> Home {
    let home = Home::with_environments();
    for name in ["environments.yaml", "base.yaml"] {
        let text = fs::read(home.path().join("values").join(name)).unwrap();
        home.write(&format!("before/{name}"), &text);
    }
    home.write("before/groups.yaml", b"gatewayGroups:\n  main:\n    image: { tag: 1.4.1 }\n");
    home
}

fn status(home: &Home, arguments: &[&str]) -> Option<i32> {
    home.emt(arguments).status.code()
}

#[test]
fn the_first_three_lines_tell_what_happens() {
    let output = changed().emt(&["review", "--base", "before"]);
    assert_eq!(output.status.code(), Some(0), "a change is no fault");
    let said = text(&output);
    let first: Vec<&str> = said.lines().take(3).collect();
    assert!(first[0].starts_with("2 of 2 environments change: "), "{said}");
    assert!(
        first[1].starts_with("gravest risk: restart in ") && first[1].contains("pods of 1 workload are replaced"),
        "{said}"
    );
    assert_eq!(first[2], "cause: values/groups.yaml:3 gatewayGroups.main.image.tag: 1.4.1 → 1.4.2");
}

#[test]
fn a_class_or_a_graver_one_fails_where_that_is_asked_for() {
    let home = changed();
    for (class, expected) in [("cosmetic", 1), ("restart", 1), ("exposure", 0), ("recreate", 0)] {
        assert_eq!(status(&home, &["review", "--base", "before", "--fail-on", class]), Some(expected), "{class}");
    }
    assert_eq!(status(&home, &["review", "--base", "values", "--fail-on", "cosmetic"]), Some(0), "nothing changes");
    let wrong = home.told(&["review", "--base", "before", "--fail-on", "bad"]);
    assert!(wrong.contains("recreate, data, outage, exposure, restart, capacity, cosmetic"), "{wrong}");
}

#[test]
fn a_review_of_nothing_fails() {
    let home = changed();
    home.write("before/base.yaml", b"nonsense: true\n");
    let output = home.emt(&["review", "--base", "before"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("nothing was compared with before; 2 environments could not be compared"), "{said}");
    home.write("values/environments.yaml", b"environments: {}\n");
    home.write("before/environments.yaml", b"environments: {}\n");
    assert_eq!(status(&home, &["review", "--base", "before"]), Some(1));
}

#[test]
fn a_base_that_is_not_there_is_told_with_what_to_do() {
    let home = changed();
    let said = home.told(&["review"]);
    assert!(said.contains("error: git cannot read values: not a git repository"), "{said}");
    assert!(said.contains("help: name a directory or a packaged chart with --base"), "{said}");
    insta::assert_snapshot!(home.told(&["review", "--base", "none.tgz"]));
    insta::assert_snapshot!(home.told(&["review", "--base", "before", "prdo"]));
    insta::assert_snapshot!(home.told(&["diff", "test"]));
    insta::assert_snapshot!(home.told(&["diff", "--format", "html"]));
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let home = changed();
    let output = home.emt(&["review", "--base", "before", "--format", "html", "-o", "review.html"]);
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert!(fs::read_to_string(home.path().join("review.html")).unwrap().ends_with("</html>\n"));
    #[cfg(target_os = "linux")]
    {
        // What is no file is written to and stays what it is.
        let pipe = home.path().join("pipe");
        std::os::unix::fs::symlink("/proc/self/fd/1", &pipe).unwrap();
        let output = home.emt(&["review", "--base", "before", "-o", "pipe"]);
        assert!(String::from_utf8_lossy(&output.stdout).contains("gravest risk"), "{output:?}");
        assert!(pipe.is_symlink());
    }
    let output = home.emt(&["review", "--base", "before", "-o", "none/review.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!home.path().join("none").exists());
    let names: Vec<_> = fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().contains(".part-")), "{names:?}");
}

#[test]
fn two_environments_and_all_of_them() {
    let home = changed();
    home.write("values/groups.yaml", b"gatewayGroups:\n  main:\n    image: { tag: 1.4.2 }\n");
    home.write(
        "values/own.yaml",
        b"domain: example.com\ngatewayGroupDefaults: { traffic: { replicas: 5, autoscaling: { enabled: false } } }\n",
    );
    let listing = fs::read_to_string(home.path().join("values/environments.yaml")).unwrap();
    let listing = listing.replacen(
        "prod: { files: [base.yaml, groups.yaml]",
        "prod: { files: [base.yaml, groups.yaml, own.yaml]",
        1,
    );
    home.write("values/environments.yaml", listing.as_bytes());
    insta::assert_snapshot!(text(&home.emt(&["diff", "test", "prod"])));
    insta::assert_snapshot!(text(&home.emt(&["diff"])));
    insta::assert_snapshot!(text(&home.emt(&["diff", "test", "prod", "--matrix", "--format", "markdown"])));
}
