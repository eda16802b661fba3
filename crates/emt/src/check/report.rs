//! The report of a check: findings of all environments, each told once with the environments that it is of.

use std::collections::HashMap;

use helmwright_diagnostics::{Finding, Findings, SourceMap, Span};
use helmwright_k8s::{SUPPORTED, Version};

/// What a check found, and how much it looked at.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What was found, without the warnings that an environment takes on.
    pub findings: Findings,
    /// The texts that findings point into.
    pub sources: SourceMap,
    /// How many sets of values were looked at.
    pub environments: usize,
    /// How many objects they gave together.
    pub objects: usize,
    /// How many warnings environments take on.
    pub accepted: usize,
}

/// A report that is being made.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    report: Report,
    /// Findings with the environments that they are of.
    shared: Vec<(Finding, Vec<String>)>,
    /// Where each of them stands in that list, told apart by whether it says its environments.
    known: HashMap<(Finding, bool), usize>,
    concealed: Vec<Span>,
}

/// What was found in one set of values.
#[derive(Clone, Debug, Default)]
pub(super) struct Looked {
    pub(super) objects: usize,
    /// Whether there were objects to look at: otherwise much could not be found.
    pub(super) rendered: bool,
    pub(super) findings: Vec<Seen>,
    /// Places of what may be a secret.
    concealed: Vec<Span>,
}

/// A finding, and whether it says which environments it is of.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) finding: Finding,
    of_environment: bool,
}

impl Looked {
    /// Adds a finding. Its place says where it is; without one it says which environment it is of.
    pub(super) fn add(&mut self, finding: Finding) {
        let of_environment = finding.labels.is_empty();
        self.findings.push(Seen { finding, of_environment });
    }

    /// Adds a finding of a rule, which depends on the environment and not only on the file. What stands at its places is
    /// shown nowhere if it is concealed.
    pub(super) fn add_of_rule(&mut self, finding: Finding, concealed: bool) {
        if concealed {
            self.concealed.extend(finding.labels.iter().map(|label| label.span));
        }
        self.findings.push(Seen { finding, of_environment: true });
    }

    /// Adds why there are no objects.
    pub(super) fn refused(&mut self, findings: Findings) {
        for finding in findings {
            self.add(finding);
        }
    }
}

impl Report {
    /// The Kubernetes versions that every object is checked against.
    pub const VERSIONS: &'static [Version] = &SUPPORTED;

    /// Whether nothing is wrong and something was looked at.
    #[must_use]
    pub fn passed(&self) -> bool {
        !self.findings.has_errors() && self.objects > 0
    }
}

impl Gathering {
    /// Adds what was found in an environment, of which so many warnings are taken on.
    pub(super) fn add(&mut self, looked: Looked, environment: Option<&str>, accepted: usize) {
        self.report.environments += 1;
        self.report.objects += looked.objects;
        self.report.accepted += accepted;
        self.concealed.extend(looked.concealed);
        for Seen { finding, of_environment } in looked.findings {
            let environment = environment.filter(|_| of_environment);
            let index = *self.known.entry((finding, environment.is_some())).or_insert_with_key(|(finding, _)| {
                self.shared.push((finding.clone(), Vec::new()));
                self.shared.len() - 1
            });
            self.shared[index].1.extend(environment.map(str::to_owned));
        }
    }

    /// The report, in which what several environments share is told once.
    pub(super) fn report(self, sources: SourceMap) -> Report {
        let Self { mut report, shared, concealed, .. } = self;
        report.sources = sources;
        concealed.into_iter().for_each(|span| report.sources.hide(span));
        for (finding, names) in shared {
            report.findings.push(match names.as_slice() {
                [] => finding,
                [name] => finding.note(format!("in environment {name}")),
                names => finding.note(format!("in environments {}", names.join(", "))),
            });
        }
        report.findings.dedupe();
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_of_nothing_does_not_pass() {
        assert!(!Report::default().passed());
    }

    #[test]
    fn a_shared_finding_names_its_environments() {
        let mut gathering = Gathering::default();
        for name in ["prod", "dr"] {
            let mut looked = Looked::default();
            looked.add_of_rule(Finding::warning("A001", "m"), false);
            gathering.add(looked, Some(name), 0);
        }
        let report = gathering.report(SourceMap::new());
        let notes: Vec<_> = report.findings.iter().flat_map(|finding| finding.notes.clone()).collect();
        assert_eq!(notes, ["in environments prod, dr"]);
    }
}
