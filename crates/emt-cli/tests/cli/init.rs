//! `emt init`: a new user's first directory is right, and nobody's files are touched.

use crate::run::Home;

#[test]
fn what_it_writes_passes_every_check() {
    let home = Home::new(&[]);
    insta::assert_snapshot!(home.told(&["init"]));
    insta::assert_snapshot!(home.told(&["check", "--all"]));
    let rendered = home.told(&["render", "prod"]);
    assert!(rendered.contains("kind: Deployment\n") && rendered.ends_with("--- exit status 0\n"), "{rendered}");
}

#[test]
fn it_writes_only_where_nothing_is() {
    let home = Home::new(&[("values/own.yaml", "a: 1\n")]);
    insta::assert_snapshot!(home.told(&["init"]));
    assert_eq!(home.listing("values"), ["own.yaml"]);
}
