//! How grave a change is.
//!
//! A rule is a file: a class, what it is about, why it matters, and a function that judges one field, or an object as a
//! whole. [`RULES`] lists them, the gravest first. A change has every risk that a rule sees in it; what no rule sees is
//! cosmetic.
//!
//! Must not know values: what is judged is what Kubernetes gets. Which variables name stores is asked of `stores`.

mod capacity;
mod cosmetic;
mod data;
mod exposure;
mod outage;
mod recreate;
mod restart;
mod subject;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::difference::ObjectDifference;
use crate::stores::Stores;

pub use restart::Rollout;
pub(crate) use restart::rollouts;
use subject::Subject;

/// A class of risk, from the least grave to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// Nothing that runs notices.
    Cosmetic,
    /// More or less room is asked for, or pods are placed elsewhere.
    Capacity,
    /// Pods are replaced.
    Restart,
    /// Who may reach what changes.
    Exposure,
    /// Something stops answering, or may.
    Outage,
    /// Data may be lost, or others are read.
    Data,
    /// Kubernetes refuses the change of an object that is there: it has to be deleted and made anew.
    Recreate,
}

impl Class {
    /// All classes, the gravest first.
    pub const ALL: [Self; 7] =
        [Self::Recreate, Self::Data, Self::Outage, Self::Exposure, Self::Restart, Self::Capacity, Self::Cosmetic];

    /// Its name, as reports and `--fail-on` write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Recreate => "recreate",
            Self::Data => "data",
            Self::Outage => "outage",
            Self::Exposure => "exposure",
            Self::Restart => "restart",
            Self::Capacity => "capacity",
            Self::Cosmetic => "cosmetic",
        }
    }

    /// The class of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// A rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The class that it finds.
    pub class: Class,
    /// Which changes it is about.
    pub what: &'static str,
    /// What happens when they are applied.
    pub why: &'static str,
    /// What to do before or while they are applied.
    pub advice: &'static str,
    /// Judges a field or, without one, an object as a whole.
    judge: fn(&Subject<'_>) -> Option<String>,
}

/// All rules, the gravest first: one for each class.
pub const RULES: [Rule; 7] =
    [recreate::RULE, data::RULE, outage::RULE, exposure::RULE, restart::RULE, capacity::RULE, cosmetic::RULE];

/// What a rule says of a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Risk {
    /// The class.
    pub class: Class,
    /// What happens.
    pub reason: String,
}

/// The risks of an object as a whole, and those of each of its changed fields, the gravest first. A change without any other
/// is cosmetic; an object that only changes has none as a whole.
pub(crate) fn risks(object: &ObjectDifference<'_>, stores: &Stores) -> (Vec<Risk>, Vec<Vec<Risk>>) {
    let of = |subject: &Subject<'_>| -> Vec<Risk> {
        let found = |rule: &Rule| Some(Risk { class: rule.class, reason: (rule.judge)(subject)? });
        let mut risks: Vec<Risk> =
            RULES.iter().filter(|rule| rule.class != Class::Cosmetic).filter_map(found).collect();
        if risks.is_empty() {
            risks.extend(found(&cosmetic::RULE));
        }
        risks
    };
    let whole = of(&Subject { object, field: None, stores });
    let fields = object.fields.iter().map(|field| of(&Subject { object, field: Some(field), stores })).collect();
    (whole, fields)
}
