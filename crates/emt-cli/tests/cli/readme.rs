//! What the README shows is what the program prints: each `$ emt …` of its console blocks is run in a copy of `values/`.
//!
//! A line `…` stands for any lines. `$ ls` lists a directory that a command above has written.

use std::fs;
use std::path::{Path, PathBuf};

use crate::console::{commands, matches};
use crate::run::Home;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A directory with the committed values, and what the README's commands meet there.
fn home() -> Home {
    let home = Home::new(&[
        ("documents/letter.txt", "Dear reader\n"),
        (
            "my-values.yaml",
            "acceptGeneralConditions: true\nimage: { registry: registry.example.com }\ndomain: example.com\n\
             adminNodeManager: { image: { tag: 7.7.0 } }\ngatewayGroups:\n  main:\n    image: { tag: 1.4.2 }\n    traffic:\n      \
             autoscaling:\n        maxReplicas: 4\n        minReplica: 2\n",
        ),
    ]);
    let mut pending = vec![PathBuf::from("values")];
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(repository().join(&directory)).unwrap() {
            let path = directory.join(entry.unwrap().file_name());
            match repository().join(&path).is_dir() {
                true => pending.push(path),
                false => {
                    let text = fs::read_to_string(repository().join(&path)).unwrap();
                    home.write(path.to_str().unwrap(), text.as_bytes());
                    // The values as they were before a change that is reviewed.
                    let former = Path::new("before").join(path.strip_prefix("values").unwrap());
                    let text = text.replace("banking-1.4.2@sha256:68ba9b33ad38", "banking-1.4.1@sha256:0c1fe2a4d97b");
                    home.write(former.to_str().unwrap(), text.as_bytes());
                }
            }
        }
    }
    home
}

#[test]
fn the_readme_shows_what_is_printed() {
    let (readme, home) = (fs::read_to_string(repository().join("README.md")).unwrap(), home());
    let mut run = 0;
    for (command, said) in commands(&readme) {
        let words: Vec<&str> = command.split(' ').collect();
        let printed = match words[..] {
            ["emt", ref arguments @ ..] => {
                let output = home.emt(arguments);
                String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
            }
            ["ls", directory] => {
                let names = fs::read_dir(home.path().join(directory)).unwrap();
                let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
                names.retain(|name| !name.starts_with('.'));
                names.sort();
                names.join("\n")
            }
            _ => continue,
        };
        run += 1;
        assert!(matches(&said, &printed.lines().collect::<Vec<_>>()), "the README is wrong on `{command}`:\n{printed}");
    }
    assert!(run >= 6, "only {run} commands of the README are run");
}
