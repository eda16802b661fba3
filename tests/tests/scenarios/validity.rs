//! Kubernetes takes the objects, and Helm the chart: judged by tools that others wrote, with all committed values.
//!
//! Limit: kinds of custom resources are judged by the table of `helmwright-k8s` alone, since no tool here knows them.

use std::fs;
use std::path::Path;

use emt_tests::{Helm, HelmError, Validation, helms, kubeconform, kubernetes_validate};
use helmwright_k8s::{SUPPORTED, validate};
use serde_json::{Value, json};

use crate::chart::{Committed, chart, chart_files, committed, objects, workspace};
use crate::figures::{self, listed, thousands};

/// The objects of all committed values, each once, and how many there were.
fn all_objects() -> (Vec<Value>, usize) {
    let (mut found, mut count): (Vec<Value>, usize) = (Vec::new(), 0);
    let mut seen = std::collections::BTreeSet::new();
    for values in committed() {
        let rendered = chart().evaluate(&values.release, &values.namespace, &values.user).unwrap();
        for object in objects(rendered) {
            count += 1;
            if seen.insert(object.to_string()) {
                found.push(object);
            }
        }
    }
    (found, count)
}

/// The kinds that a judge should know and does not: all but those of custom resources.
fn unknown(judged: &Validation) -> Vec<&String> {
    let definitions = workspace().join("crates/helmwright-k8s/snapshot/crds");
    let is_custom = |kind: &&String| {
        let group = kind.split_once(' ').and_then(|(_, version)| version.split('/').next()).unwrap_or_default();
        definitions.join(format!("{group}.json")).is_file()
    };
    judged.unknown.iter().filter(|kind| !is_custom(kind)).collect()
}

#[test]
fn objects_of_committed_values_are_valid() {
    let (objects, count) = all_objects();
    let versions = SUPPORTED.map(|version| version.to_string());
    let mut wrong = Vec::new();
    for object in &objects {
        for version in SUPPORTED {
            let named = |problem| format!("{version}: {} {}: {problem}", object["kind"], object["metadata"]["name"]);
            wrong.extend(validate(object, version).iter().map(named));
        }
    }
    let versions: Vec<&str> = versions.iter().map(String::as_str).collect();
    let Some(judged) = kubernetes_validate(&objects, &versions, true).unwrap() else { return };
    report("kubernetes-validate", &objects, count, versions.len(), &judged);
    wrong.extend(findings(&judged));
    assert!(wrong.is_empty(), "{}", listed(&wrong, 40));
    assert_eq!(unknown(&judged), Vec::<&String>::new());
}

#[test]
fn kubeconform_finds_nothing_either() {
    let (objects, count) = all_objects();
    let mut total = Validation::default();
    for version in SUPPORTED {
        let Some(judged) = kubeconform(&objects, &version.to_string(), true).unwrap() else { return };
        total.checked += judged.checked;
        total.findings.extend(judged.findings);
        total.unknown = judged.unknown;
    }
    report("kubeconform", &objects, count, SUPPORTED.len(), &total);
    assert_eq!(findings(&total), [""; 0]);
    assert_eq!(unknown(&total), Vec::<&String>::new());
}

fn report(judge: &str, objects: &[Value], count: usize, versions: usize, judged: &Validation) {
    figures::print(
        "validity",
        judge,
        &format!(
            "{} objects, {} of them different, x {versions} versions: {} of {} pairs judged, {} findings; of custom \
             resources, judged by the table: {}",
            thousands(count),
            thousands(objects.len()),
            thousands(judged.checked),
            thousands(objects.len() * versions),
            judged.findings.len(),
            judged.unknown.join(", "),
        ),
    );
}

fn findings(judged: &Validation) -> Vec<String> {
    let finding = |finding: &emt_tests::Finding| {
        format!("{}: {} at {}: {}", finding.version, finding.object, finding.path, finding.message)
    };
    judged.findings.iter().map(finding).collect()
}

#[test]
fn lint_is_clean_alone_and_in_another_chart() {
    let scratch = tempfile::tempdir().unwrap();
    let (alone, parent) = (chart().write_below(scratch.path()), scratch.path().join("parent"));
    chart().write_below(&parent.join("charts"));
    fs::create_dir_all(parent.join("templates")).unwrap();
    let facts = format!(
        "apiVersion: v2\nname: parent\nversion: 1.0.0\nicon: https://example.com/icon.svg\n\
         dependencies:\n- {{name: {}, version: \">=0.0.0-0\"}}\n",
        emt::NAME
    );
    fs::write(parent.join("Chart.yaml"), facts).unwrap();
    fs::write(parent.join("values.yaml"), "{}\n").unwrap();
    let (all, file) = (chart_files(), scratch.path().join("values.yaml"));
    let mut wrong = Vec::new();
    for helm in helms() {
        for values in &all {
            fs::write(&file, json!({ (emt::NAME): values.user }).to_string()).unwrap();
            wrong.extend(complaint(&helm, values, &alone, &values.files()));
            wrong.extend(complaint(&helm, values, &parent, &[&file]));
        }
    }
    let each = format!("{} values x alone and in another chart x {} Helms", all.len(), helms().len());
    figures::print("lint", "", &format!("{each}, strict, {} complaints", wrong.len()));
    assert!(wrong.is_empty(), "{}", listed(&wrong, 10));
}

/// What lint says beside that all is well, and that it would like an icon.
fn complaint(helm: &Helm, values: &Committed, chart: &Path, files: &[&Path]) -> Option<String> {
    let said = |report: &str| format!("Helm {}, {}, {}: {report}", helm.version, values.name, chart.display());
    match helm.lint(chart, files, true) {
        Ok(report) => {
            let complains = |line: &str| line.starts_with('[') && !line.ends_with("icon is recommended");
            report.lines().any(complains).then(|| said(&report))
        }
        Err(error) => Some(said(&error.to_string())),
    }
}

#[test]
fn the_bare_chart_says_what_to_set() {
    let scratch = tempfile::tempdir().unwrap();
    let path = chart().write_below(scratch.path());
    for helm in helms() {
        let Err(HelmError::Refused(message)) = helm.print(&path, "apim", "apim", &[]) else {
            panic!("Helm {} renders the bare chart", helm.version)
        };
        for required in emt::REQUIRED {
            let key = required.last().unwrap_or(&"");
            assert!(
                message.contains(key),
                "Helm {} does not say to set {}: {message}",
                helm.version,
                required.join(".")
            );
        }
    }
}
