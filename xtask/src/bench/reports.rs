//! Checking and reviewing all environments, beside what a shell does of it with Helm: `emt check` next to `helm template` of
//! each environment, `emt review` of one changed value next to `helm template` of both sides and `diff`.
//!
//! Limit: Helm and `diff` judge, explain and sort nothing; the ratios say what the same facts cost, not the same report.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use emt_tests::helms;

use super::{Contestant, Environment, environments, measure, print};
use crate::directory::copy;

/// The changed value: file below `values`, what is replaced, and by what.
const CHANGE: (&str, &str, &str) = ("groups.yaml", "longestRequestSeconds: 90", "longestRequestSeconds: 60");

/// Times both, with the chart that stands in `folder`.
pub(super) fn run(emt: &Path, folder: &Path, root: &Path) -> Result<()> {
    let Some(helm) = helms().pop() else { return Ok(()) };
    let work = folder.join("work");
    for side in ["before", "values"] {
        copy(&root.join("values"), &work.join(side))?;
    }
    let (file, from, to) = CHANGE;
    let text = fs::read_to_string(root.join("values").join(file))?;
    ensure!(text.contains(from), "values/{file} does not hold {from:?} any more: choose another change");
    fs::write(work.join("values").join(file), text.replacen(from, to, 1))?;

    let (environments, chart) = (environments(root)?, folder.join("chart"));
    let template = |environment: &Environment, values: &str| {
        let files = environment.files.iter().map(|file| format!(" --values {}", file.replacen("values", values, 1)));
        let helm = format!("{:?} template apim {:?}", helm.binary, chart);
        format!("{helm} --namespace {}{}", environment.namespace, files.collect::<String>())
    };
    let (mut check, mut review) = (String::new(), String::new());
    for environment in &environments {
        // Writing to a text cannot fail.
        let _ = writeln!(check, "{} >checked.yaml || exit 1", template(environment, "values"));
        let _ = writeln!(review, "{} >a.yaml || exit 1", template(environment, "before"));
        let _ = writeln!(review, "{} >b.yaml || exit 1", template(environment, "values"));
        let _ = writeln!(review, "diff a.yaml b.yaml || true");
    }
    let shell = |name: &str, script: &str| {
        let path = work.join(name);
        fs::write(&path, script).with_context(|| format!("cannot write {}", path.display()))?;
        let name = format!("helm {} {name}", helm.version);
        anyhow::Ok(Contestant::new(&name, Path::new("sh"), &[path.to_string_lossy().as_ref()], &work))
    };
    let mut checking =
        vec![Contestant::new("emt check --all", emt, &["check", "--all"], root), shell("template", &check)?];
    measure(&mut checking)?;
    println!("\nchecking {} environments against all Kubernetes versions (Helm: rendering alone):", environments.len());
    print(&checking, 0);
    let mut reviewing = vec![
        Contestant::new("emt review", emt, &["review", "--base", "before"], &work),
        shell("template and diff", &review)?,
    ];
    measure(&mut reviewing)?;
    println!("\nreviewing one changed value in {} environments:", environments.len());
    print(&reviewing, 0);
    Ok(())
}
