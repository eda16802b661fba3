//! What rustc says of an author's mistakes: each error on the line of the mistake, with a word on what to do.
//!
//! Each file of `compile_fail/` holds one mistake, and beside it what rustc says. `TRYBUILD=overwrite` writes that anew;
//! read it as an author would before it is kept.
//!
//! Limit: the words are those of one version of rustc; with another one nothing is compared.

use std::process::Command;

/// The version whose words are kept.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn mistakes_are_told_where_they_are_made() {
    let rustc = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into())).arg("--version").output().unwrap();
    let version = String::from_utf8(rustc.stdout).unwrap();
    if !version.starts_with(RUSTC) {
        println!("{} is not {RUSTC}x, whose words are kept", version.trim());
        return;
    }
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
