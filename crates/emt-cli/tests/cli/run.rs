//! Running `emt` in a directory of its own.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The least that renders, once a gateway group is added.
pub(crate) const VALUES: &str = "\
acceptGeneralConditions: true
image: { registry: registry.example.com }
adminNodeManager: { enabled: false }
topology: { externalAdminNodeManagers: [anm.example.com:8090] }
gatewayGroupDefaults: { manager: { enabled: false } }
cassandra: { enabled: false }
metricsDatabase: { enabled: false }
ingress: { enabled: false }
";

/// A directory with files.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            home.write(path, text.as_bytes());
        }
        home
    }

    /// One with a workspace: the environments `test` and `prod`.
    pub(crate) fn with_environments() -> Self {
        let environments = "\
environments:
  test: { files: [base.yaml, groups.yaml], release: apim, namespace: apim-test }
  prod: { files: [base.yaml, groups.yaml], release: apim, namespace: apim-prod, promotesFrom: test }
";
        Self::new(&[
            ("values/environments.yaml", environments),
            ("values/base.yaml", VALUES),
            ("values/groups.yaml", "gatewayGroups:\n  main:\n    image: { tag: 1.4.2 }\n"),
        ])
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs `emt` here, without an environment that changes what it prints.
    pub(crate) fn emt(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_emt"));
        command.args(arguments).current_dir(self.path()).env_remove("NO_COLOR").env("COLUMNS", "100");
        command.output().unwrap()
    }

    /// All that `emt` prints here, and its exit status.
    pub(crate) fn told(&self, arguments: &[&str]) -> String {
        let output = self.emt(arguments);
        let mut told = format!("$ emt {}\n", arguments.join(" "));
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            if !bytes.is_empty() {
                told += &format!("--- {name}\n{}", String::from_utf8_lossy(bytes));
            }
        }
        told + &format!("--- exit status {}\n", output.status.code().unwrap_or(-1))
    }

    /// All paths below a directory, sorted.
    pub(crate) fn listing(&self, below: &str) -> Vec<String> {
        let root = self.path().join(below);
        let mut paths = Vec::new();
        let mut pending = vec![root.clone()];
        while let Some(directory) = pending.pop() {
            for entry in fs::read_dir(directory).into_iter().flatten() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => pending.push(path),
                    false => paths.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned()),
                }
            }
        }
        paths.sort();
        paths
    }
}

/// What the program printed to standard output.
pub(crate) fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}
