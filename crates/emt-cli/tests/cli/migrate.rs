//! `emt migrate`: former names of keys in values files, and all else as it was.

use std::fs;

use crate::run::{Home, VALUES, text};

const FORMER: &str = "stabilizationSeconds";
const TODAY: &str = "stabilizationWindowSeconds";

/// What `emt migrate` makes of a file.
fn migrated(before: &str) -> String {
    let home = Home::new(&[("own.yaml", before)]);
    let output = home.emt(&["migrate", "-f", "own.yaml"]);
    assert!(output.status.success(), "{before:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(home.listing(""), ["own.yaml"], "nothing stays beside the file");
    String::from_utf8(fs::read(home.path().join("own.yaml")).unwrap()).unwrap()
}

/// What it tells of a file that it must not change.
fn refused(before: &str) -> String {
    let home = Home::new(&[("own.yaml", before)]);
    let told = home.told(&["migrate", "-f", "own.yaml"]);
    assert!(told.ends_with("--- exit status 1\n"), "{told}");
    assert_eq!(fs::read_to_string(home.path().join("own.yaml")).unwrap(), before);
    assert_eq!(home.listing(""), ["own.yaml"]);
    told
}

/// Files in which `OLD` stands for the former name where it is a renamed key. Everything else stays to the byte.
const FILES: &[(&str, &str)] = &[
    (
        "comments, order, blanks, quotes",
        "# Ours\ngatewayGroups:   # all of them\n\n  'main':\n    traffic:\n      autoscaling: # fast\n        scaleDown:\n          pods:   1\n          'OLD' :  900   # slow\n        scaleUp: {periodSeconds: 60,   \"OLD\":30, pods: 2}\n\n\n",
    ),
    ("no line break at the end", "gatewayGroupDefaults: { traffic: { autoscaling: { scaleUp: { OLD: 5 } } } }"),
    (
        "other line breaks",
        "gatewayGroupDefaults:\r\n  traffic:\r\n    autoscaling:\r\n      scaleUp:\r\n        OLD: 5\r\n        pods: 2\r\n",
    ),
    ("a mark at the start", "\u{feff}gatewayGroupDefaults: { traffic: { autoscaling: { scaleUp: { OLD: 5 } } } }\n"),
    (
        "an anchor, and an alias at a place with the same key",
        "gatewayGroups:\n  a: &a\n    traffic: { autoscaling: { scaleUp: &pace { OLD: 5 }, scaleDown: *pace } }\n  b: *a\n",
    ),
    (
        "a key of its own line, a text of several lines, letters of two bytes",
        "commonAnnotations: { städte: \"zürich\" }\ngatewayGroups:\n  main:\n    configuration:\n      revision: |-\n        stabilizationSeconds: 5\n    traffic:\n      autoscaling:\n        scaleUp:\n          ? OLD\n          : 5\n",
    ),
    (
        "other faults",
        "domain: on\nimgae: {}\ngatewayGroups: { Main: { traffic: { autoscaling: { scaleUp: { OLD: soon, pods: null } } } } }\n",
    ),
    (
        "the name at other places",
        "commonLabels: { stabilizationSeconds: a }\ncommonAnnotations: { a: stabilizationSeconds }\nextraObjects:\n  a: { apiVersion: v1, kind: A, metadata: { name: a }, spec: { behavior: { scaleUp: { stabilizationSeconds: 5 } } } }\n",
    ),
];

#[test]
fn keys_are_renamed_and_nothing_else() {
    for (name, file) in FILES {
        let before = file.replace("OLD", FORMER);
        assert_eq!(migrated(&before), file.replace("OLD", TODAY), "{name}");
    }
}

#[test]
fn migrated_values_are_accepted_and_render_what_they_rendered() {
    let own = "gatewayGroups:\n  main:\n    image: { tag: a }\n    traffic: { autoscaling: { scaleUp: { OLD: 5 } } }\n";
    let home = Home::with_environments();
    home.write("values/groups.yaml", own.replace("OLD", FORMER).as_bytes());
    let told = home.told(&["render", "prod"]);
    assert!(told.contains("`stabilizationSeconds` is called `stabilizationWindowSeconds` since 0.2.0"), "{told}");
    insta::assert_snapshot!(home.told(&["migrate", "--check"]));
    assert_eq!(fs::read_to_string(home.path().join("values/groups.yaml")).unwrap(), own.replace("OLD", FORMER));
    insta::assert_snapshot!(home.told(&["migrate", "prod"]));
    assert!(text(&home.emt(&["render", "prod"])).contains("stabilizationWindowSeconds: 5"));
    assert!(home.told(&["migrate", "--all", "--check"]).ends_with("no key has a former name\n--- exit status 0\n"));
}

#[test]
fn what_is_not_clear_is_told_and_nothing_is_written() {
    insta::assert_snapshot!(refused(
        "gatewayGroups:\n  main:\n    traffic:\n      autoscaling:\n        scaleUp:\n          stabilizationSeconds: 5\n          pods: 2\n          stabilizationWindowSeconds: 6\n"
    ));
    // The alias stands where the key keeps its name.
    insta::assert_snapshot!(refused(
        "gatewayGroups:\n  main: { traffic: { autoscaling: { scaleUp: &pace { stabilizationSeconds: 5 } } } }\ncommonLabels: *pace\n"
    ));
    insta::assert_snapshot!(refused("gatewayGroups: {\n"));
    let told = refused(
        "commonLabels: { name: &name stabilizationSeconds }\ngatewayGroups: { main: { traffic: { autoscaling: { scaleUp: { &key stabilizationSeconds: 5 } } } } }\ndomain: *key\n",
    );
    assert!(told.contains("but an alias has it at `domain` too"), "{told}");
}

#[test]
fn one_file_that_is_not_clear_keeps_the_others_as_they_are() {
    let clear = "gatewayGroupDefaults: { traffic: { autoscaling: { scaleUp: { stabilizationSeconds: 5 } } } }\n";
    let home = Home::new(&[("clear.yaml", clear), ("broken.yaml", "a: [\n")]);
    assert_eq!(home.emt(&["migrate", "-f", "clear.yaml", "-f", "broken.yaml"]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(home.path().join("clear.yaml")).unwrap(), clear);
}

#[test]
fn faults_in_which_keys_may_hide_are_told() {
    let home = Home::new(&[(
        "own.yaml",
        "gatewayGroups: {}\ngatewayGroups: { main: { traffic: { autoscaling: { scaleUp: { stabilizationSeconds: 5 } } } } }\n",
    )]);
    let told = home.told(&["migrate", "-f", "own.yaml"]);
    assert!(told.contains("own.yaml has faults in which keys may hide"), "{told}");
}

#[test]
fn what_cannot_be_edited_is_told() {
    let home = Home::with_environments();
    for arguments in [
        ["migrate", "prdo"].as_slice(),
        &["migrate", "-f", "none.yaml"],
        &["migrate", "-f", "-"],
        &["migrate", "--values-dir", "none"],
        &["migrate", "prod", "--all"],
    ] {
        let told = home.told(arguments);
        assert!(told.contains("error: ") && told.ends_with("--- exit status 2\n"), "{told}");
    }
    home.write("values/environments.yaml", b"environments: {}\n");
    assert!(home.told(&["migrate"]).contains("there is no values file to look at"));
}

#[cfg(unix)]
#[test]
fn a_file_that_must_not_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let before = format!(
        "{VALUES}gatewayGroups: {{ main: {{ traffic: {{ autoscaling: {{ scaleUp: {{ {FORMER}: 5 }} }} }} }} }}\n"
    );
    let home = Home::new(&[("kept/own.yaml", &before), ("kept/other.yaml", &before)]);
    let path = home.path().join("kept/own.yaml");
    let mode = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&path, 0o440);
    let told = home.told(&["migrate", "-f", "kept/own.yaml"]);
    assert!(told.contains("error: cannot write kept/own.yaml: the file is read-only"), "{told}");
    assert!(told.ends_with("--- exit status 2\n"), "{told}");
    mode(&path, 0o600);
    mode(&home.path().join("kept"), 0o500);
    let told = home.told(&["migrate", "-f", "kept/own.yaml"]);
    mode(&home.path().join("kept"), 0o700);
    // Whoever may write everywhere is not kept from it.
    if !told.contains("renamed") {
        assert!(told.contains("error: cannot write kept/own.yaml: "), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), before);
    }
    assert_eq!(home.listing("kept"), ["other.yaml", "own.yaml"]);
    // A file keeps its mode, and a link stays a link.
    mode(&home.path().join("kept/other.yaml"), 0o640);
    std::os::unix::fs::symlink("kept/other.yaml", home.path().join("link.yaml")).unwrap();
    assert!(home.emt(&["migrate", "-f", "link.yaml"]).status.success());
    assert!(fs::symlink_metadata(home.path().join("link.yaml")).unwrap().is_symlink());
    let other = home.path().join("kept/other.yaml");
    assert!(fs::read_to_string(&other).unwrap().contains(TODAY));
    assert_eq!(fs::metadata(&other).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(feature = "review")]
#[test]
fn a_review_reads_a_base_with_former_names() {
    let home = Home::with_environments();
    let own = |key: &str, seconds: u32| {
        format!(
            "gatewayGroups:\n  main:\n    image: {{ tag: a }}\n    traffic: {{ autoscaling: {{ scaleUp: {{ {key}: {seconds} }} }} }}\n"
        )
    };
    for file in ["environments.yaml", "base.yaml"] {
        let bytes = fs::read(home.path().join("values").join(file)).unwrap();
        home.write(&format!("before/{file}"), &bytes);
    }
    home.write("before/groups.yaml", own(FORMER, 5).as_bytes());
    home.write("values/groups.yaml", own(TODAY, 5).as_bytes());
    insta::assert_snapshot!(text(&home.emt(&["review", "--base", "before"])));
    home.write("values/groups.yaml", own(TODAY, 6).as_bytes());
    let said = text(&home.emt(&["review", "--base", "before"]));
    let cause = "gatewayGroups.main.traffic.autoscaling.scaleUp.stabilizationWindowSeconds: 5 → 6";
    assert!(said.lines().nth(2).unwrap().contains(cause), "{said}");
    // The working values are those of today.
    home.write("values/groups.yaml", own(FORMER, 6).as_bytes());
    let told = home.told(&["review", "--base", "before"]);
    assert!(told.contains("emt migrate renames it in values files") && told.ends_with("exit status 1\n"), "{told}");
}
