//! Warnings that an environment takes on, and acceptances that are wrong themselves.

use std::collections::BTreeSet;

use emt_check::rules::{Check, rules};
use helmwright_diagnostics::{Finding, Level, similar};

use super::report::Looked;
use crate::environment::{Environment, RuleId};
use crate::rules::{NOT_ACCEPTABLE, UNKNOWN_RULE, UNUSED_ACCEPTANCE, is_acceptable, known};
use crate::workspace::Workspace;

/// What an environment takes on.
pub(super) struct Acceptances<'a> {
    pub(super) name: &'a str,
    pub(super) environment: &'a Environment,
    /// Whether all environments are looked at, and none is refused: some rules need them all.
    pub(super) are_all: bool,
    /// Whether the environment that it is promoted from could be looked at, if it is from one.
    pub(super) has_source: bool,
}

impl Acceptances<'_> {
    /// Removes what is taken on, adds what is wrong with the acceptances, and says how many findings were removed.
    pub(super) fn apply(&self, workspace: &Workspace, looked: &mut Looked) -> usize {
        let mut used = BTreeSet::new();
        let before = looked.findings.len();
        looked.findings.retain(|seen| {
            let accepts = |rule: &&RuleId| rule.as_str() == seen.finding.rule;
            match self.environment.accepted.keys().find(accepts) {
                Some(rule) if seen.finding.level != Level::Error => {
                    used.insert(rule.as_str());
                    false
                }
                _ => true,
            }
        });
        let accepted = before - looked.findings.len();
        for rule in self.environment.accepted.keys().map(RuleId::as_str) {
            // An error of the rule is told already; it is no reason to remove the entry.
            let found = used.contains(rule) || looked.findings.iter().any(|seen| seen.finding.rule == rule);
            if let Some(finding) = self.wrong(rule, found, looked.rendered) {
                looked.add(workspace.in_listing(&["environments", self.name, "accepted", rule], finding));
            }
        }
        accepted
    }

    fn wrong(&self, rule: &str, used: bool, rendered: bool) -> Option<Finding> {
        let Some(title) = known(rule) else {
            let finding = UNKNOWN_RULE.finding(format!("there is no rule {rule}"));
            let near = similar(rule, rules().iter().map(|rule| rule.id));
            return Some(match near {
                Some(near) => finding.help(format!("did you mean {near}?")),
                None => finding.help("`emt rules` lists them"),
            });
        };
        if !is_acceptable(rule) {
            let message = format!("{rule} is an error, which no environment can take on: {title}");
            return Some(NOT_ACCEPTABLE.finding(message).help("mend what it finds, and remove the entry"));
        }
        let could_look = match rules().iter().find(|known| known.id == rule).map(|known| known.check) {
            Some(Check::Claim(_)) => self.are_all,
            Some(Check::Promotion(_)) => self.has_source,
            _ => true,
        };
        let could_be_found = rendered && could_look;
        let unused = !used && could_be_found;
        unused.then(|| {
            let message = format!("{rule} finds nothing here: {title}");
            UNUSED_ACCEPTANCE.finding(message).help("remove the entry: what comes later has to be looked at anew")
        })
    }
}
