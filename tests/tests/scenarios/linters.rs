//! Linters that others wrote find nothing in what environments, profiles and the defaults render, but for the exceptions
//! of the chart's one table; and the pods are what the Pod Security level `restricted` wants.
//!
//! Limit: kube-linter is not among them, since not every Go module proxy serves it. Containers and objects of the user's
//! own (`ci/full`) are the user's to lint.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use emt_chart::linters::{EXCEPTIONS, Exception};
use emt_tests::tools::{CHECKOV, KUBE_SCORE, Tools};
use helmwright::values::merge::layer;
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

/// What a linter found: the check and the object.
type Findings = BTreeSet<(String, String)>;

fn kube_score(program: &Path, sets: &[Vec<Value>]) -> Findings {
    sets.iter().flat_map(|objects| kube_score_of(program, objects)).collect()
}

fn kube_score_of(program: &Path, objects: &[Value]) -> Findings {
    let mut child = Command::new(program)
        .args(["score", "--kubernetes-version", "v1.33", "--output-format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(manifest(objects).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
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

/// What `restricted` wants of a pod, by its documentation; empty where the pod has it.
fn unrestricted(pod: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut want = |holds: bool, what: &str| {
        if !holds {
            wrong.push(what.to_owned());
        }
    };
    for key in ["hostNetwork", "hostPID", "hostIPC"] {
        want(pod[key].is_null() || pod[key] == false, key);
    }
    let context = &pod["securityContext"];
    want(context["runAsNonRoot"] == true, "runAsNonRoot");
    want(context["runAsUser"] != 0, "runAsUser");
    want(context["seccompProfile"]["type"] == "RuntimeDefault", "seccompProfile");
    let kinds =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];
    for volume in pod["volumes"].as_array().into_iter().flatten() {
        let kind = volume.as_object().unwrap().keys().find(|key| *key != "name").unwrap();
        want(kinds.contains(&kind.as_str()), kind);
    }
    for list in ["initContainers", "containers"] {
        for container in pod[list].as_array().into_iter().flatten() {
            let context = &container["securityContext"];
            want(context["allowPrivilegeEscalation"] == false, "allowPrivilegeEscalation");
            want(context["capabilities"] == json!({ "drop": ["ALL"] }), "capabilities");
            want(context["privileged"].is_null(), "privileged");
            for port in container["ports"].as_array().into_iter().flatten() {
                want(port["hostPort"].is_null(), "hostPort");
            }
        }
    }
    wrong
}

#[test]
fn pods_are_restricted() {
    let mut count = 0;
    let all = linted();
    for (values, objects) in all.iter().zip(rendered(&all, true)) {
        for object in objects {
            let pod = if object["kind"] == "Pod" { &object["spec"] } else { &object["spec"]["template"]["spec"] };
            if pod["containers"].is_array() {
                count += 1;
                let name = &object["metadata"]["name"];
                assert_eq!(unrestricted(pod), [""; 0], "{}: {} {name}", values.name, object["kind"]);
            }
        }
    }
    figures::print("linters", "pod security", &format!("{count} pods, all restricted"));
    assert!(count > 50);
}
