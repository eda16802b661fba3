//! The promise of the product: Helm prints from the chart what the evaluator gives.
//!
//! Committed values are rendered as a user renders them, with the files themselves, and once more under an alias;
//! generated values under aliases only, which is a tenth of the price. What the chart refuses, the evaluator refuses with
//! the same message.

mod compare;
mod subchart;

use emt_tests::{Case, Helm, HelmError, helms};

use crate::chart::{Committed, chart, committed};
use crate::figures::{self, listed, thousands};
use crate::generate::{Generated, cases, sought};
use compare::{Comparison, unreadable};

/// Shown of what differs.
const MOST: usize = 20;

/// Compared before the next ones are rendered: the objects of a thousand values take 2 GB.
const AT_A_TIME: usize = 1000;

#[test]
fn committed_values_as_users_render_them() {
    let (scratch, all) = (tempfile::tempdir().unwrap(), committed());
    let path = chart().write_below(scratch.path());
    let mut total = Comparison::default();
    for helm in helms() {
        for values in &all {
            let ours = chart().evaluate(&values.release, &values.namespace, &values.user);
            let helms = helm.template(&path, &values.release, &values.namespace, &values.files(), &[]);
            let text = helms.as_ref().map(|rendered| rendered.text.clone()).unwrap_or_default();
            let helms = helms.map(|rendered| rendered.objects).map_err(|error| words(&error));
            let name = format!("Helm {}, {}", helm.version, values.name);
            total.add(&name, helms, ours);
            total.differences.extend(unreadable(&text).into_iter().map(|problem| format!("{name}: {problem}")));
            compare_notes(&helm, &path, values, &mut total);
        }
        aliased(&helm, &path, &all, &mut total);
    }
    let helms = helms().len();
    let each = format!("{} environments, profiles and ci files x {helms} Helms, plain and aliased", all.len());
    figures::print("equality", "committed", &format!("{each}, {total}"));
    assert!(total.is_equal(), "{}", listed(&total.differences, MOST));
}

/// The committed values again, under aliases.
fn aliased(helm: &Helm, path: &std::path::Path, all: &[Committed], total: &mut Comparison) {
    let case = |values: &Committed| Case {
        release: values.release.clone(),
        namespace: values.namespace.clone(),
        values: values.user.clone(),
    };
    let outcomes = helm.template_many(path, &all.iter().map(case).collect::<Vec<_>>()).unwrap();
    for (values, outcome) in all.iter().zip(outcomes) {
        let ours = chart().evaluate(&values.release, &values.namespace, &values.user);
        total.add(&format!("Helm {}, {} aliased", helm.version, values.name), outcome, ours);
    }
}

/// NOTES.txt, which `helm template` does not print.
fn compare_notes(helm: &Helm, path: &std::path::Path, values: &Committed, total: &mut Comparison) {
    let ours = chart().notes(&values.release, &values.namespace, &values.user);
    let helms =
        helm.notes(path, &values.release, &values.namespace, &values.files()).unwrap_or_else(|error| words(&error));
    if helms.trim_end() != ours.trim_end() {
        total.differences.push(format!("Helm {}, {}, NOTES.txt:\n{helms}\nours:\n{ours}", helm.version, values.name));
    }
}

#[test]
fn generated_values() {
    let scratch = tempfile::tempdir().unwrap();
    let path = chart().write_below(scratch.path());
    let ours = |case: &Generated| chart().evaluate(case.release, case.namespace, &case.values);
    let all: Vec<&Generated> = cases().iter().chain(sought()).collect();
    let mut total = Comparison::default();
    for some in all.chunks(AT_A_TIME) {
        // A refusal spoils its batch, so those that we expect stay together.
        let (rendered, refused): (Vec<_>, Vec<_>) =
            some.iter().map(|case| (*case, ours(case))).partition(|(_, ours)| ours.is_ok());
        for (helm, together) in helms().iter().flat_map(|helm| [(helm, &rendered), (helm, &refused)]) {
            let asked: Vec<Case> = together.iter().map(|(case, _)| asked(case)).collect();
            let outcomes = helm.template_many(&path, &asked).unwrap();
            for ((case, ours), outcome) in together.iter().zip(outcomes) {
                total.add(&format!("Helm {}, {}", helm.version, case.name()), outcome, ours.clone());
            }
        }
    }
    let each = format!("{} values x {} Helms", thousands(all.len()), helms().len());
    figures::print("equality", "generated", &format!("{each}, {total}"));
    assert!(total.is_equal(), "{}", listed(&total.differences, MOST));
}

fn asked(case: &Generated) -> Case {
    Case { release: case.release.to_owned(), namespace: case.namespace.to_owned(), values: case.values.clone() }
}

fn words(error: &HelmError) -> String {
    match error {
        HelmError::Refused(message) => message.clone(),
        other => panic!("{other}"),
    }
}
