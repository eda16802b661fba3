//! Golden reports: the review of one change of the committed values, and the comparison of two environments.
//!
//! The change is written here, as replacements in files, so that the reports stay those of one known change.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::directory::copy;

/// The change that is reviewed: file below `values`, what is replaced, and by what.
const CHANGE: &[(&str, &str, &str)] = &[
    ("prod.yaml", "tag: banking-1.4.2@sha256:68ba9b33ad38", "tag: banking-1.5.0@sha256:91d4e07c5b2a"),
    ("prod.yaml", "adminAllowedCidrs: [10.10.0.0/16]", "adminAllowedCidrs: [10.0.0.0/8]"),
    ("groups.yaml", "longestRequestSeconds: 90", "longestRequestSeconds: 60"),
    ("groups.yaml", "LOG.RETENTION.DAYS: \"14\"", "LOG.RETENTION.DAYS: \"30\""),
    ("test.yaml", "maxReplicas: 3", "maxReplicas: 4"),
];

/// Formats, and how their files end.
const FORMATS: [(&str, &str); 5] =
    [("human", "txt"), ("markdown", "md"), ("json", "json"), ("sarif", "sarif"), ("html", "html")];

/// Writes the reports into `target`.
pub(super) fn run(root: &Path, emt: &Path, target: &Path) -> Result<()> {
    fs::create_dir_all(target)?;
    // What is reviewed has the names that a reader expects: `values` against `before`.
    let work = root.join("target/goldens/work");
    for side in ["before", "values"] {
        copy(&root.join("values"), &work.join(side))?;
    }
    for (name, from, to) in CHANGE {
        let file = work.join("values").join(name);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        ensure!(text.contains(from), "values/{name} does not hold {from:?} any more: choose another change");
        fs::write(&file, text.replacen(from, to, 1))?;
    }
    for (format, extension) in FORMATS {
        for (name, arguments) in
            [("review", ["review", "--base", "before"].as_slice()), ("diff", &["diff", "staging", "prod"])]
        {
            let output = Command::new(emt).current_dir(&work).args(arguments).args(["--format", format]).output()?;
            if !output.status.success() {
                bail!("emt {name} failed:\n{}", String::from_utf8_lossy(&output.stderr));
            }
            fs::write(target.join(format!("{name}.{extension}")), output.stdout)?;
        }
    }
    Ok(())
}
