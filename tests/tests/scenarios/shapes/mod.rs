//! The check for all values at once: it finds nothing wrong with the tree, and it finds what is put wrong.
//!
//! One place of the tree is changed at a time, in every way that [`mutants`] knows; a mutant is killed when the check
//! finds a problem in its template. All places are tried under `--exhaustive`; otherwise a fixed sample of them.

mod mutants;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use emt_tests::tools::exhaustive;
use helmwright::shapes::check;
use helmwright::tree::{File, Tree};
use helmwright_k8s::Kubernetes;

use crate::chart::chart;
use crate::figures::{self, listed, thousands};
use mutants::{Mutant, mutants};

/// The sample takes every so many-th mutant of a template.
const STRIDE: usize = 8;

#[test]
fn all_shapes_are_valid() {
    let report = check(chart().tree, &Kubernetes);
    figures::print(
        "shapes",
        "",
        &format!(
            "{} nodes, {} shapes x {} versions, {} failures",
            thousands(report.nodes),
            thousands(report.shapes),
            report.versions,
            report.problems.len()
        ),
    );
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", listed(&problems, 40));
}

#[test]
fn what_is_put_wrong_is_found() {
    let files: Vec<&File> = chart().tree.files.iter().collect();
    let stride = if exhaustive() { 1 } else { STRIDE };
    let (next, living) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let tried = Mutex::new(BTreeMap::<&str, usize>::new());
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            for mutant in mutants(file, stride) {
                *tried.lock().unwrap().entry(mutant.operator).or_default() += 1;
                if survives(&mutant) {
                    living.lock().unwrap().push(format!("{}: {}: {}", file.name, mutant.operator, mutant.place));
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let (mut living, tried) = (living.into_inner().unwrap(), tried.into_inner().unwrap());
    living.sort();
    let total: usize = tried.values().sum();
    let share = 100.0 * (total - living.len()) as f64 / total as f64;
    let operators = tried.iter().map(|(operator, count)| format!("{operator} {}", thousands(*count)));
    figures::print(
        "mutation",
        "shapes",
        &format!(
            "{} of {} mutants of the tree killed ({share:.1} %), {}: {}",
            thousands(total - living.len()),
            thousands(total),
            if stride == 1 { "every place".to_owned() } else { format!("one of {stride} places") },
            operators.collect::<Vec<_>>().join(", ")
        ),
    );
    println!("survivors: {}{}", living.len(), listed(&living, 40));
    assert!(share >= 98.0, "only {share:.1} % of the mutants are killed:{}", listed(&living, 40));
}

/// Whether the check finds nothing wrong with a changed template.
fn survives(mutant: &Mutant) -> bool {
    let tree = Tree { files: vec![mutant.file.clone()], notes: Vec::new() };
    check(&tree, &Kubernetes).problems.is_empty()
}
