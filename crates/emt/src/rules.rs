//! The rules of this crate's findings. Those of the readers stand in `helmwright-yaml` and `helmwright`.

#[cfg(feature = "diagnose")]
use helmwright_diagnostics::Finding;

/// Why something is refused or told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// A letter and three digits. Stable, and never given twice.
    pub id: &'static str,
    /// What is refused or told, in a few words.
    pub title: &'static str,
    /// What would go wrong.
    pub why: &'static str,
    /// What to do instead.
    pub fix: &'static str,
}

#[cfg(feature = "diagnose")]
impl Rule {
    /// An error of this rule.
    pub(crate) fn finding(self, message: impl Into<String>) -> Finding {
        Finding::error(self.id, message)
    }
}

macro_rules! rules {
    ($($name:ident = $id:literal, $title:literal, why: $why:literal, fix: $fix:literal;)*) => {
        $(pub(crate) const $name: Rule = Rule { id: $id, title: $title, why: $why, fix: $fix };)*

        /// Every rule of this crate, by id.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    MISSING_FILE = "E001", "a values file that an environment names and that cannot be read",
        why: "An environment is all of its files; without one of them it is another environment.",
        fix: "Correct the name, or write the file.";
    PROMOTION = "E002", "an environment that is promoted from one that does not exist, or in a circle",
        why: "Reports compare an environment with the one before it.",
        fix: "Name an environment of the same file, nearer to development.";
    CODE_VALUES = "E003", "values built in code that cannot be written as JSON",
        why: "Templates see values as JSON.",
        fix: "Report it: the types of the values should not allow this.";
    UNKNOWN_RULE = "E004", "an accepted rule that does not exist",
        why: "The entry accepts nothing, and what it is meant to accept is told.",
        fix: "Write the id of a rule that there is.";
    UNUSED_ACCEPTANCE = "E005", "an accepted rule that finds nothing",
        why: "It would hide what comes later, which nobody has looked at.",
        fix: "Remove the entry.";
    NOT_ACCEPTABLE = "E006", "an accepted rule whose findings are errors",
        why: "An error cannot be taken on.",
        fix: "Mend what the rule finds, and remove the entry.";
    NODE_TYPE = "E007", "nodes of a type that is not known",
        why: "Whether the pods fit cannot be said.",
        fix: "Name one of the types that the message lists, or remove the entry.";
    DEVIATION = "E008", "a deviation from a row or in an environment that there is not, or one decided twice",
        why: "The entry decides on nothing, and what it is meant for does not hold.",
        fix: "Name a row of the reference architecture and an environment of the same file, once.";
    UNUSED_DEVIATION = "E009", "a deviation from a row that holds",
        why: "It would hide that the row does not hold any more, which nobody has looked at.",
        fix: "Remove the row from the entry, or the environment.";
    SCHEMA = "K001", "values that the reader accepts and the chart's schema does not",
        why: "Helm would refuse what emt renders.",
        fix: "Report it: both come from one type and should agree.";
    OBJECT = "K002", "an object that Kubernetes would not accept as it is",
        why: "The API server refuses it, or drops the field without a word.",
        fix: "Change the value that the field comes from.";
    COLLISION = "K003", "two objects of one kind and name",
        why: "The second replaces the first.",
        fix: "Rename one of the values that give the name.";
    UNKNOWN_KIND = "K004", "an object of a kind that emt knows nothing of",
        why: "Its fields cannot be looked at: that is left to the API server.",
        fix: "Look at it with the definition of its kind, and take the warning on.";
    CONTRADICTION = "R001", "values that make no sense together",
        why: "They would render to something that cannot work; the chart refuses them with the same message.",
        fix: "Do what the message says.";
}

/// The title of a rule of any registry.
#[cfg(feature = "diagnose")]
pub(crate) fn known(id: &str) -> Option<&'static str> {
    let own = RULES.iter().map(|rule| (rule.id, rule.title));
    let yaml = helmwright_yaml::RULES.iter().map(|rule| (rule.id, rule.title));
    let values = helmwright::read::RULES.iter().map(|rule| (rule.id, rule.title));
    let rules = emt_check::rules::rules().iter().map(|rule| (rule.id, rule.documentation.title.as_str()));
    own.chain(yaml).chain(values).chain(rules).find(|(known, _)| *known == id).map(|(_, title)| title)
}

/// Whether a rule has findings that an environment can take on, since they are no errors. Those of [`OBJECT`] are none where
/// the cluster has another version than those that object.
#[cfg(feature = "diagnose")]
pub(crate) fn is_acceptable(id: &str) -> bool {
    use emt_check::rules::{Level, rules};
    [OBJECT.id, UNKNOWN_KIND.id].contains(&id)
        || rules().iter().any(|rule| rule.id == id && rule.level != Level::Required)
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_sorted_and_unique() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
