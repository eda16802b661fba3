//! Helm 3, Helm 4 and the evaluator make the same objects and the same NOTES.txt of the language chart, for values
//! that were chosen to hurt.

use emt_tests::helms;
use helmwright::coverage::Coverage;

use super::cases::cases;
use super::chart::{NAME, tree};
use super::printed::Printed;
use super::values::LanguageValues;

fn chart() -> Printed {
    let defaults = serde_json::to_value(LanguageValues::default()).unwrap();
    Printed::with_schema::<LanguageValues>(NAME, tree(), defaults)
}

#[test]
fn objects_are_the_same() {
    let (chart, cases) = (chart(), cases());
    for helm in helms() {
        let (differences, objects) = chart.compare(&helm, &cases);
        println!(
            "language: Helm {}: {} cases, {objects} objects, {} differences",
            helm.version,
            cases.len(),
            differences.len()
        );
        assert_eq!(differences, [""; 0]);
    }
}

#[test]
fn notes_are_the_same() {
    let (chart, cases) = (chart(), cases());
    for helm in helms() {
        let mut compared = 0;
        for case in &cases {
            let Ok(helms) = chart.helm_notes(&helm, case) else { continue };
            let ours = chart.notes(case, &mut Coverage::default());
            assert_eq!(helms, format!("{ours}\n"), "{}", case.values);
            compared += 1;
        }
        println!("language: Helm {}: {compared} NOTES.txt compared", helm.version);
    }
}

#[test]
fn the_cases_take_every_branch() {
    let (chart, mut coverage) = (chart(), Coverage::default());
    for case in cases() {
        let _ = chart.evaluate(&case, &mut coverage);
        chart.notes(&case, &mut coverage);
    }
    let missing: Vec<String> = coverage
        .missing(chart.tree())
        .iter()
        .map(|branch| format!("{} branch {}", branch.location, branch.branch))
        .collect();
    assert_eq!(missing, [""; 0]);
}
