//! What `docs/first-steps.md` shows is what a new user sees: its commands are run by a shell, one after the other, in an
//! empty directory.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::console::{commands, matches};
use crate::run::Home;

#[test]
fn the_page_shows_what_is_printed() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/first-steps.md");
    let (page, home) = (fs::read_to_string(page).unwrap(), Home::new(&[]));
    let program = Path::new(env!("CARGO_BIN_EXE_emt")).parent().unwrap();
    let path = env::join_paths([program.to_owned()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())));
    let path = path.unwrap();
    let mut run = 0;
    for (command, said) in commands(&page) {
        let mut shell = Command::new("sh");
        shell.args(["-c", &command]).current_dir(home.path()).env("PATH", &path).env("COLUMNS", "100");
        let output = shell.output().unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        run += 1;
        assert!(matches(&said, &printed.lines().collect::<Vec<_>>()), "the page is wrong on `{command}`:\n{printed}");
    }
    assert!(run >= 8, "only {run} commands of the page are run");
}
