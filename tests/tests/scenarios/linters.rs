//! Linters that others wrote find nothing in what environments, profiles and the defaults render, but for the exceptions
//! of the chart's one table; and Kubernetes' own admission takes the pods at the Pod Security level `restricted`.
//!
//! Limit: kube-linter is not among them, since not every Go module proxy serves it. Containers and objects of the user's
//! own (`ci/full`) are the user's to lint.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use emt_chart::linters::{EXCEPTIONS, Exception};
use emt_tests::tools::{CHECKOV, KUBE_SCORE, POD_SECURITY, Tools};
use helmwright::values::merge::layer;
use helmwright_k8s::{SUPPORTED, Version};
use serde_json::{Value, json};

use crate::chart::{Committed, chart, chart_files, environments, objects, read, workspace};
use crate::figures;

/// Environments, profiles over the least that renders, and the reference architecture itself.
fn linted() -> Vec<Committed> {
    let profiles = chart_files().into_iter().filter(|committed| committed.name.starts_with("profile "));
    let reference = workspace().join("crates/emt/reference/values.yaml");
    let reference = Committed {
        name: "the reference architecture".to_owned(),
        release: "apim".to_owned(),
        namespace: "apim".to_owned(),
        user: read(&std::fs::read_to_string(&reference).unwrap()),
        files: vec![reference],
    };
    environments().into_iter().chain(profiles).chain([reference]).collect()
}

/// The objects of each, in a namespace of its own, so that one run of a linter keeps them apart.
fn rendered(all: &[Committed], exceptions: bool) -> Vec<Vec<Value>> {
    let render = |(number, values): (usize, &Committed)| {
        let mut user = values.user.clone();
        layer(&mut user, &json!({ "linterExceptions": exceptions }));
        objects(chart().evaluate(&values.release, &format!("apim-{number}"), &user).unwrap())
    };
    all.iter().enumerate().map(render).collect()
}

fn manifest(objects: &[Value]) -> String {
    objects.iter().map(|object| format!("---\n{}", helmwright_yaml::write(object))).collect()
}

/// Runs a program on a text at its input.
fn fed(program: &Path, arguments: &[&str], text: &str) -> Output {
    let mut command = Command::new(program);
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// What a linter found: the check and the object.
type Findings = BTreeSet<(String, String)>;

fn kube_score(program: &Path, sets: &[Vec<Value>]) -> Findings {
    sets.iter().flat_map(|objects| kube_score_of(program, objects)).collect()
}

fn kube_score_of(program: &Path, objects: &[Value]) -> Findings {
    let arguments = ["score", "--kubernetes-version", "v1.33", "--output-format", "json", "-"];
    let output = fed(program, &arguments, &manifest(objects));
    let scored: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut found = Findings::new();
    for object in scored.as_array().unwrap() {
        for check in object["checks"].as_array().unwrap() {
            if check["skipped"] == false && check["grade"].as_i64().unwrap() < 10 {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                found.insert((text(&check["check"]["id"]), text(&object["object_name"])));
            }
        }
    }
    found
}

/// One run for all sets with network policies and one for the others, which the first one's would count for: it takes
/// seconds to start.
fn checkov(program: &Path, sets: &[Vec<Value>]) -> Findings {
    let has_policies = |set: &&Vec<Value>| set.iter().any(|object| object["kind"] == "NetworkPolicy");
    let (with, without): (Vec<_>, Vec<_>) = sets.iter().partition(has_policies);
    [with, without].iter().filter(|sets| !sets.is_empty()).flat_map(|sets| run_checkov(program, sets)).collect()
}

fn run_checkov(program: &Path, sets: &[&Vec<Value>]) -> Findings {
    // It passes over hidden directories.
    let directory = tempfile::Builder::new().prefix("checkov-").tempdir().unwrap();
    for (number, objects) in sets.iter().enumerate() {
        std::fs::write(directory.path().join(format!("{number}.yaml")), manifest(objects)).unwrap();
    }
    let output = Command::new(program)
        .args(["-m", "checkov.main", "--directory"])
        .arg(directory.path())
        .args(["--framework", "kubernetes", "--compact", "--quiet", "--skip-download", "--output", "json"])
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    assert!(told["summary"]["passed"].as_i64().unwrap() > 50, "{}", told["summary"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    // Without a failure it leaves the list out.
    let failed = told["results"]["failed_checks"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(told["summary"]["failed"].as_u64(), Some(failed.len() as u64));
    failed.iter().map(|check| (text(&check["check_id"]), text(&check["resource"]))).collect()
}

/// With the annotations nothing is found; without them what the table lists, and each row of it somewhere.
fn judge(linter: &str, named: fn(&Exception) -> &'static str, lint: &dyn Fn(&[Vec<Value>]) -> Findings) {
    let all = linted();
    let sets = rendered(&all, true);
    assert_eq!(lint(&sets), Findings::new(), "{linter}");
    let excepted: BTreeSet<String> = lint(&rendered(&all, false)).into_iter().map(|(check, _)| check).collect();
    let table: BTreeSet<String> =
        EXCEPTIONS.iter().map(named).filter(|check| !check.is_empty()).map(str::to_owned).collect();
    assert_eq!(excepted, table, "{linter}: what is found without the annotations");
    let count: usize = sets.iter().map(Vec::len).sum();
    let figure =
        format!("{} sets of values, {count} objects: nothing found, {} checks excepted", all.len(), table.len());
    figures::print("linters", linter, &figure);
}

#[test]
fn kube_score_finds_nothing() {
    let Some(tool) = Tools::locate().need(&KUBE_SCORE) else { return };
    judge("kube-score", |exception| exception.kube_score, &|sets| kube_score(&tool.program, sets));
}

#[test]
fn checkov_finds_nothing() {
    let Some(tool) = Tools::locate().need(&CHECKOV) else { return };
    judge("checkov", |exception| exception.checkov, &|sets| checkov(&tool.program, sets));
}

/// What forbids each pod at the level `restricted`, by the admission of a Kubernetes version.
fn forbidden(program: &Path, version: Version, pods: &[Value]) -> Vec<Vec<String>> {
    let output = fed(program, &["restricted", &format!("v{version}")], &json!(pods).to_string());
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn pods_are_restricted() {
    let Some(tool) = Tools::locate().need(&POD_SECURITY) else { return };
    let (mut names, mut pods) = (Vec::new(), Vec::new());
    let all = linted();
    for (values, objects) in all.iter().zip(rendered(&all, true)) {
        for object in objects {
            let pod = if object["kind"] == "Pod" { &object } else { &object["spec"]["template"] };
            if pod["spec"]["containers"].is_array() {
                names.push(format!("{}: {} {}", values.name, object["kind"], object["metadata"]["name"]));
                pods.push(json!({ "metadata": pod["metadata"], "spec": pod["spec"] }));
            }
        }
    }
    assert!(pods.len() > 50);
    for version in SUPPORTED {
        for (name, told) in names.iter().zip(forbidden(&tool.program, version, &pods)) {
            assert_eq!(told, [""; 0], "{name}, Kubernetes {version}");
        }
    }
    let figure = format!("{} pods, all restricted for {} versions of Kubernetes", pods.len(), SUPPORTED.len());
    figures::print("linters", "pod security", &figure);

    // It notices what a container lacks.
    for pod in &mut pods {
        pod["spec"]["containers"][0].as_object_mut().unwrap().remove("securityContext");
    }
    for (name, told) in names.iter().zip(forbidden(&tool.program, Version::OLDEST, &pods)) {
        assert!(told.iter().any(|reason| reason.starts_with("unrestricted capabilities")), "{name}: {told:?}");
    }
}
