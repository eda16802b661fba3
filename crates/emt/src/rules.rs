//! The rules of this crate's findings. Those of the readers stand in `helmwright-yaml` and `helmwright`.

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
    SCHEMA = "K001", "values that the reader accepts and the chart's schema does not",
        why: "Helm would refuse what emt renders.",
        fix: "Report it: both come from one type and should agree.";
    OBJECT = "K002", "an object that Kubernetes would not accept as it is",
        why: "The API server refuses it, or drops the field without a word.",
        fix: "Change the value that the field comes from.";
    COLLISION = "K003", "two objects of one kind and name",
        why: "The second replaces the first.",
        fix: "Rename one of the values that give the name.";
    CONTRADICTION = "R001", "values that make no sense together",
        why: "They would render to something that cannot work; the chart refuses them with the same message.",
        fix: "Do what the message says.";
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_sorted_and_unique() {
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}
