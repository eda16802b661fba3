//! What environments claim for themselves, such as a keyspace: the rules that no two may claim the same.
//!
//! Environments are looked at apart, and what they claim is laid together at the end.

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

/// What one environment claims.
#[derive(Clone, Debug)]
pub struct Claims {
    environment: String,
    /// By rule, in the order of the values.
    all: Vec<(&'static Rule, Claim)>,
}

impl Claims {
    /// What an environment claims; one without a name claims nothing.
    #[must_use]
    pub fn of(subject: &Subject<'_>) -> Option<Self> {
        let environment = subject.environment?.to_owned();
        let of_rule = |rule: &'static Rule| match rule.check {
            Check::Claim(claims) => claims(subject).into_iter().map(|claim| (rule, claim)).collect(),
            _ => Vec::new(),
        };
        Some(Self { environment, all: rules().iter().flat_map(of_rule).collect() })
    }
}

/// What several environments claim. The first of them has it; the others are told.
#[must_use]
pub fn conflicts(environments: &[Claims]) -> Vec<Conflict> {
    let mut first: BTreeMap<(&str, &str), (&str, &str)> = BTreeMap::new();
    let mut conflicts = Vec::new();
    for Claims { environment, all } in environments {
        for (rule, Claim { what, path }) in all {
            let (other, other_path) = *first.entry((rule.id, what)).or_insert((environment, path));
            // Within one environment other rules look.
            if other != environment {
                let found = Found::at(path, format!("{other} has {what} too")).other(other, other_path);
                conflicts.push(Conflict { rule, environment: environment.clone(), found });
            }
        }
    }
    conflicts
}
