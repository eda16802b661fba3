//! Where readers may disagree: each case with its reason. A case that is not met any more fails the scenario.

use super::Verdicts;

/// Values files that one reader refuses and another accepts, on purpose or because nothing can be done about it.
pub(super) struct Exception {
    /// What it is called.
    pub(super) name: &'static str,
    /// Who refuses.
    by: By,
    /// What the one that accepts makes of it, or why the other cannot.
    pub(super) reason: &'static str,
}

enum By {
    /// emt, with this rule, while another one accepts.
    Emt(&'static str),
    /// emt, with a finding that holds these words, while another one accepts.
    EmtSaying(&'static str),
}

impl Exception {
    /// Whether these verdicts, which disagree, are such a case.
    pub(super) fn holds(&self, verdicts: &Verdicts) -> bool {
        match self.by {
            By::Emt(id) => verdicts.emt.as_ref().is_some_and(|(rule, _)| rule == id),
            By::EmtSaying(words) => verdicts.emt.as_ref().is_some_and(|(_, message)| message.contains(words)),
        }
    }
}

/// The list. What a rule of emt's is for, [`helmwright_yaml::RULES`] and [`helmwright::read::RULES`] say.
pub(super) const EXCEPTIONS: &[Exception] = &[
    of_emt("null", "V002", "Helm deletes the default, or lets null through where anything may stand"),
    of_emt("tabs", "Y002", "Helm takes a tab before a key in braces that are open for several lines"),
    of_emt("UTF-16", "Y003", "Helm 3 reads it, Helm 4 one byte order of it alone"),
    of_emt("size", "Y004", "Helm has no bound"),
    of_emt("depth", "Y005", "Helm's bound is higher"),
    of_emt("nodes", "Y006", "Helm bounds aliases alone"),
    of_emt("documents", "Y007", "Helm reads one of them, or merges them"),
    of_emt("duplicate keys", "Y009", "Helm takes the last one without a word"),
    of_emt("ambiguous scalars", "Y010", "Helm reads YAML 1.1, where other readers take a text or another number"),
    of_emt("keys", "Y011", "Helm makes texts of numbers and booleans, and expands an alias"),
    of_emt("merge keys", "Y012", "Helm expands what is a plain key in YAML 1.2"),
    of_emt("tags", "Y013", "Helm ignores tags that it does not know"),
    of_emt("large integers", "Y014", "Helm rounds them without a word"),
    of_emt("numbers that are not finite", "Y015", "Helm keeps a text"),
    of_emt("directives", "Y017", "Helm 3 takes those of YAML 1.1, Helm 4 none"),
    of_emt("line ends", "Y018", "Helm ends a line at U+0085 and at a lone carriage return"),
    Exception {
        name: "lost characters",
        by: By::EmtSaying("leave the character out"),
        reason: "Helm 4 leaves out, without a word, what holds them in a block that is passed through",
    },
];

const fn of_emt(name: &'static str, rule: &'static str, reason: &'static str) -> Exception {
    Exception { name, by: By::Emt(rule), reason }
}
