//! One set of values, two answers: do they agree?

use std::fmt;

use emt_tests::{Object, differences};
use helmwright::evaluate::Rendered;

use crate::chart::objects;
use crate::figures::thousands;

/// Differences that are kept of one case.
const KEPT: usize = 5;

/// What was compared, and where it differs.
#[derive(Default)]
pub(crate) struct Comparison {
    objects: usize,
    refusals: usize,
    /// What differs, each with the case that shows it.
    pub(crate) differences: Vec<String>,
}

impl Comparison {
    /// Compares Helm's answer with the evaluator's.
    pub(crate) fn add(
        &mut self,
        name: &str,
        helms: Result<Vec<Object>, String>,
        ours: Result<Vec<Rendered>, Vec<String>>,
    ) {
        let found = match (helms, ours) {
            (Ok(helms), Ok(ours)) => {
                self.objects += helms.len();
                let mut found = sources(&helms, &ours);
                let helms: Vec<_> = helms.into_iter().map(|object| object.value).collect();
                found.extend(differences(&helms, &objects(ours)));
                found
            }
            (Err(helms), Err(ours)) => {
                self.refusals += 1;
                // Helm stops at the first refusal.
                let agrees = ours.first().is_some_and(|first| helms.ends_with(first.as_str()));
                if agrees { Vec::new() } else { vec![format!("Helm refuses: {helms}; we refuse: {}", ours.join("; "))] }
            }
            (Err(helms), Ok(_)) => vec![format!("Helm refuses: {helms}; we render")],
            (Ok(_), Err(ours)) => vec![format!("Helm renders; we refuse: {}", ours.join("; "))],
        };
        self.differences.extend(found.into_iter().take(KEPT).map(|difference| format!("{name}: {difference}")));
    }

    /// Whether something was compared, and all of it agrees.
    pub(crate) fn is_equal(&self) -> bool {
        self.differences.is_empty()
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (objects, refusals) = (thousands(self.objects), thousands(self.refusals));
        write!(formatter, "{objects} objects, {refusals} refusals, {} differences", self.differences.len())
    }
}

/// Objects that another template file makes.
fn sources(helms: &[Object], ours: &[Rendered]) -> Vec<String> {
    let mut left: Vec<&str> = helms.iter().map(|object| object.source.trim_start_matches("templates/")).collect();
    let mut right: Vec<&str> = ours.iter().map(|rendered| rendered.file).collect();
    left.sort_unstable();
    right.sort_unstable();
    if left == right { Vec::new() } else { vec![format!("Helm's objects come from {left:?}, ours from {right:?}")] }
}

/// What a strict reader refuses in Helm's text: keys that stand twice, words that YAML versions read differently.
pub(crate) fn unreadable(text: &str) -> Vec<String> {
    let mut problems = Vec::new();
    for document in text.split("---\n").filter(|document| !document.trim().is_empty()) {
        let mut sources = helmwright_diagnostics::SourceMap::new();
        let source = document.lines().next().unwrap_or_default().to_owned();
        if let Err(findings) = helmwright_yaml::read_bytes(&mut sources, &source, document.as_bytes()) {
            problems.push(helmwright_diagnostics::human(&findings, &sources, helmwright_diagnostics::Style::default()));
        }
    }
    problems
}
