//! Does the comparison with Helm see a wrong chart? One place of the printed text is changed at a time, in every way that
//! the operators know; a mutant is killed when what Helm makes of it differs from what the evaluator gives.
//!
//! A fixed sample of the places is tried: all under `--exhaustive`, those of a file that `EMT_MUTANTS` names.

mod bench;
mod operators;
mod plans;
mod sets;
mod survivors;
mod trials;

use std::collections::BTreeMap;
use std::env;
use std::time::Instant;

use emt_tests::helms;
use emt_tests::tools::exhaustive;
use helmwright::print::print;

use crate::chart::chart;
use crate::figures::{self, listed, thousands};
use operators::mutants;
use sets::sets;
use survivors::{Reasons, reasons};
use trials::{Place, Trials};

/// The sample takes every so many-th mutant.
const STRIDE: usize = 8;

#[test]
fn the_printed_text() {
    let Some(helm) = helms().into_iter().find(|helm| helm.version.starts_with("4.")) else { return };
    let start = Instant::now();
    let templates = print(chart().tree).unwrap();
    let place = |file: &str| {
        let file = file.to_owned();
        move |mutant| Place { file: file.clone(), mutant }
    };
    let all: Vec<Place> = templates
        .iter()
        .flat_map(|template| {
            let file = template.path.trim_start_matches("templates/");
            mutants(&template.text).into_iter().map(place(file))
        })
        .collect();
    let total = all.len();
    let wanted = env::var("EMT_MUTANTS").ok();
    let (tried, sample): (Vec<Place>, String) = match wanted.as_deref() {
        None if exhaustive() => (all, "every place".to_owned()),
        None => (all.into_iter().step_by(STRIDE).collect(), format!("one of {STRIDE} of {} places", thousands(total))),
        Some(file) => {
            (all.into_iter().filter(|place| place.file.contains(file)).collect(), format!("the places of {file}"))
        }
    };
    assert!(!tried.is_empty(), "no file is named so");
    let sets = sets();
    let trials = Trials::new(helm, &templates, &sets, &tried);
    let (living, runs) = trials.survivors(&tried);
    let Reasons { reasoned, unexplained, needless } = reasons(living.iter().map(|index| &tried[*index]));
    let killed = tried.len() - living.len();
    // What cannot matter cannot be killed.
    let share = 100.0 * killed as f64 / (tried.len() - reasoned) as f64;
    figures::print(
        "mutation",
        "text",
        &format!(
            "{} of {} mutants that can matter killed ({share:.1} %), {reasoned} others survive with a reason; {} survive \
             without; {sample}, {} sets of values, {} trials, {:.0} s",
            thousands(killed),
            thousands(tried.len() - reasoned),
            unexplained.len(),
            sets.len(),
            thousands(runs),
            start.elapsed().as_secs_f32(),
        ),
    );
    let mut by_operator: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for place in &tried {
        by_operator.entry(place.mutant.operator).or_default().1 += 1;
    }
    for index in &living {
        by_operator.entry(tried[*index].mutant.operator).or_default().0 += 1;
    }
    for (operator, (living, tried)) in by_operator {
        println!("  {operator}: {living} of {tried} survive");
    }
    assert!(unexplained.is_empty(), "survivors without a reason:{}", listed(&unexplained, 400));
    let every_place = wanted.is_none() && exhaustive();
    assert!(!every_place || needless.is_empty(), "reasons that no survivor needs:{}", listed(&needless, 400));
    assert!(share >= 98.0, "only {share:.1} % of the mutants are killed");
}
