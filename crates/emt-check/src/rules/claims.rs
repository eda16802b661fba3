//! What environments claim for themselves, such as a keyspace: the rules that no two may claim the same.
//!
//! Environments are looked at one by one, so that memory holds their claims alone.

use std::collections::BTreeMap;

use super::{Check, Found, Rule, Subject, rules};

/// Something that an environment has for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it is, in words: the same for all who claim it.
    pub what: String,
    /// The value that claims it.
    pub path: String,
}

/// Something that two environments claim.
#[derive(Clone, Debug)]
pub struct Conflict {
    /// The rule.
    pub rule: &'static Rule,
    /// The environment that claims it again.
    pub environment: String,
    /// What is said of it; the first one's value is the other value.
    pub found: Found,
}

/// Claims so far.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    /// Who claimed something first, by rule and what it is.
    first: BTreeMap<(&'static str, String), (String, String)>,
    conflicts: Vec<Conflict>,
}

impl Claims {
    /// Adds what an environment claims; one without a name claims nothing.
    pub fn add(&mut self, subject: &Subject<'_>) {
        let Some(environment) = subject.environment else { return };
        for rule in rules() {
            let Check::Claim(claims) = rule.check else { continue };
            for Claim { what, path } in claims(subject) {
                let Some((other, other_path)) = self.first.get(&(rule.id, what.clone())) else {
                    self.first.insert((rule.id, what), (environment.to_owned(), path));
                    continue;
                };
                // Within one environment other rules look.
                if other != environment {
                    let found = Found::at(path, format!("{other} has {what} too")).other(other, other_path);
                    self.conflicts.push(Conflict { rule, environment: environment.to_owned(), found });
                }
            }
        }
    }

    /// What several environments claimed.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }
}
