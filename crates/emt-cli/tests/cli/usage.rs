//! The command line itself: what is wrong with it is told in one style, with exit status 2.

use crate::run::{Home, text};

#[test]
fn unknown_environment() {
    insta::assert_snapshot!(Home::with_environments().told(&["render", "prdo"]));
    insta::assert_snapshot!(Home::with_environments().told(&["check", "test", "integration"]));
}

#[test]
fn missing_file() {
    insta::assert_snapshot!(Home::new(&[]).told(&["render", "-f", "own.yaml"]));
    insta::assert_snapshot!(Home::new(&[]).told(&["render", "prod"]));
}

#[test]
fn neither_environment_nor_file() {
    insta::assert_snapshot!(Home::with_environments().told(&["render"]));
    insta::assert_snapshot!(Home::with_environments().told(&["render", "prod", "-f", "values/base.yaml"]));
}

#[test]
fn a_release_that_helm_would_not_take() {
    insta::assert_snapshot!(Home::with_environments().told(&["render", "prod", "--release", "Apim"]));
}

#[test]
fn help_of_all_commands() {
    let home = Home::new(&[]);
    insta::assert_snapshot!("help", text(&home.emt(&["--help"])));
    let commands = [
        "init",
        "render",
        "chart",
        "check",
        "diff",
        "review",
        "explain",
        "rules",
        "values",
        "schema",
        "migrate",
        "completions",
        "man",
    ];
    for command in commands {
        insta::assert_snapshot!(format!("help_{command}"), text(&home.emt(&[command, "--help"])));
    }
}

#[test]
fn what_is_piped_has_no_colour() {
    let output = Home::with_environments().emt(&["render", "prdo"]);
    assert!(!String::from_utf8(output.stderr).unwrap().contains('\u{1b}'));
}

#[test]
fn completions_and_pages_know_all_commands() {
    let home = Home::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(text(&home.emt(&["completions", shell])).contains("values-dir"), "{shell}");
    }
    assert!(text(&home.emt(&["man"])).contains(".SH NAME"));
    home.write("man/other.1", b"somebody else's");
    assert!(home.emt(&["man", "-o", "man"]).status.success());
    let listing = home.listing("man");
    assert!(
        ["emt.1", "emt-render.1", "other.1"].iter().all(|page| listing.contains(&(*page).to_owned())),
        "{listing:?}"
    );
}
