//! A secret's value stands in its Secret and nowhere else, whatever is asked and whatever is wrong.

use crate::run::{Home, VALUES};

/// What no output may hold but the Secret itself.
const MARK: &str = "s3cr3t-mark";

const GROUPS: &str = "gatewayGroups:\n  main:\n    image: { tag: 1.4.2 }\n";

/// The secret in the right place, with a second one that begins like a text of this report.
fn secrets(password: &str) -> String {
    format!(
        "allowInlineSecrets: true\nsecrets:\n  login:\n    source: inline\n    values:\n      password: {password}\n"
    )
}

/// A Secret that stands whole in the values.
const OBJECT: &str =
    "extraObjects:\n  login:\n    apiVersion: v1\n    kind: Secret\n    metadata: { name: extra-login }\n";

fn home(values: &str) -> Home {
    let environments = "environments:\n  prod: { files: [own.yaml], release: apim, namespace: apim-prod }\n";
    Home::new(&[("values/environments.yaml", environments), ("values/own.yaml", values)])
}

#[test]
fn no_report_shows_a_secret() {
    let object = format!("{OBJECT}    stringData: {{ password: {MARK} }}\n");
    let defaults = format!("secretDefaults:\n  values: {{ other: {MARK} }}\n");
    let home = home(&format!("{VALUES}{GROUPS}{}{object}{defaults}", secrets(MARK)));
    let mut commands = vec![
        vec!["values", "prod"],
        vec!["values", "prod", "--origin"],
        vec!["check", "prod"],
        vec!["check", "prod", "--format", "json"],
        vec!["plan", "prod"],
        vec!["plan", "prod", "--format", "json"],
        vec!["conformance", "prod"],
        vec!["conformance", "prod", "--format", "json"],
    ];
    for subject in ["secrets", "extraObjects", "extraObjects.login", "Secret/extra-login", "Secret/login.stringData"] {
        commands.push(vec!["explain", subject, "prod"]);
    }
    if cfg!(feature = "oci") {
        commands.push(vec!["images", "prod"]);
    }
    for arguments in commands {
        let told = home.told(&arguments);
        assert!(!told.contains(MARK), "{arguments:?} shows it:\n{told}");
        assert!(told.len() > 60, "{arguments:?} shows nothing:\n{told}");
    }
    assert!(home.told(&["values", "prod"]).contains("password: \"***\""), "{}", home.told(&["values", "prod"]));
    let rendered = home.told(&["render", "prod"]);
    let holding: Vec<&str> = rendered.split("\n---\n").filter(|object| object.contains(MARK)).collect();
    assert!(holding.len() == 2 && holding.iter().all(|object| object.contains("kind: Secret\n")), "{holding:#?}");
}

#[test]
fn no_fault_shows_a_secret() {
    let wrong = [
        // Of the type, of the text, of the place.
        secrets("[s3cr3t-mark]"),
        secrets("\"s3cr3t-mark\\x01\""),
        secrets("7\n      other: s3cr3t-mark"),
        secrets("{ s3cr3t: s3cr3t-mark }"),
        "secrets:\n  login:\n    source: inline\n    passwords: s3cr3t-mark\n".to_owned(),
        "secrets: s3cr3t-mark\n".to_owned(),
        "secrets:\n  login: s3cr3t-mark\n".to_owned(),
        "secrets:\n  login:\n    source: s3cr3t-mark\n".to_owned(),
        // Which a fix would mend.
        "    env:\n      DB_PASSWORD: |\n        s3cr3t-mark\n".to_owned(),
        // As Kubernetes writes variables, and where no secret belongs, in YAML that readers understand otherwise or not at all.
        "    env: [{ name: DB_PASSWORD, value: s3cr3t-mark }]\n".to_owned(),
        "metricsDatabase:\n  password: \"s3cr3t-mark\\q\"\n".to_owned(),
        "metricsDatabase:\n  password: s3cr3t-mark: x\n".to_owned(),
        "cassandra: { credentials: { password: s3cr3t-mark, username: 0x1F } }\n".to_owned(),
        "metricsDatabase:\n  on: x\n  password: s3cr3t-mark\n  password: s3cr3t-mark\n  host: no\n".to_owned(),
        // Not allowed.
        secrets(MARK).replace("allowInlineSecrets: true", "allowInlineSecrets: false"),
        // What every reader understands in another way, and what is no YAML.
        secrets("0x1F\n      other: s3cr3t-mark"),
        secrets("s3cr3t-mark\n      password: s3cr3t-mark"),
        secrets("s3cr3t-mark: a: b"),
        secrets("\"s3cr3t-mark"),
        secrets("'s3cr3t-mark'x"),
        secrets("&s3cr3t-mark x\n      other: *s3cr3t-mark2"),
        secrets("|\n       s3cr3t-mark\n     x"),
        secrets("s3cr3t-mark\n\tother: x"),
        secrets("!s3cr3t-mark x"),
        "\"secrets\": { login: { source: inline, values: { password: s3cr3t-mark } } \n".to_owned(),
    ];
    for values in wrong {
        let home = home(&format!("{VALUES}{GROUPS}{values}"));
        for arguments in [vec!["render", "prod"], vec!["check", "prod"], vec!["check", "prod", "--format", "json"]] {
            let told = home.told(&arguments);
            assert!(!told.contains(MARK), "{arguments:?} shows it:\n{values}\n{told}");
            assert!(told.ends_with("--- exit status 1\n"), "{arguments:?} finds nothing:\n{values}\n{told}");
        }
    }
}

#[test]
fn no_fault_of_an_object_shows_a_secret() {
    for content in ["stringData: { other: 12345, password: s3cr3t-mark }", "typ: s3cr3t-mark", "data: [s3cr3t-mark]"] {
        let home = home(&format!("{VALUES}{GROUPS}{OBJECT}    {content}\n"));
        for format in ["human", "json", "sarif"] {
            let told = home.told(&["check", "prod", "--format", format]);
            assert!(!told.contains(MARK), "{format} shows it:\n{content}\n{told}");
            assert!(told.ends_with("--- exit status 1\n"), "{format} finds nothing:\n{content}\n{told}");
        }
    }
}

#[test]
fn the_place_of_a_hidden_fault_is_shown() {
    let home = home(&format!("{VALUES}{GROUPS}{}", secrets("12345678")));
    insta::assert_snapshot!(home.told(&["check", "prod"]));
}

#[test]
fn a_number_that_is_a_secret_is_not_shown_in_another_form() {
    let home = home(&format!("{VALUES}{GROUPS}    env: {{ DB_PASSWORD: 0777123 }}\n"));
    for format in ["human", "json", "sarif"] {
        let told = home.told(&["check", "prod", "--format", format]);
        assert!(told.contains("Y010") && !told.contains("261715") && !told.contains("777123"), "{told}");
    }
}

#[test]
fn a_migration_does_not_show_them() {
    let renamed = "gatewayGroupDefaults: { traffic: { autoscaling: { scaleUp: { stabilizationSeconds: 5 } } } }\n";
    let home = Home::new(&[("own.yaml", &format!("{renamed}{}", secrets(MARK)))]);
    let told = home.told(&["migrate", "--check", "-f", "own.yaml"]);
    assert!(told.contains("+gatewayGroupDefaults") && !told.contains(MARK), "{told}");
    home.told(&["migrate", "-f", "own.yaml"]);
    assert!(std::fs::read_to_string(home.path().join("own.yaml")).unwrap().contains(MARK));
}
