//! The reasons for which reading refuses values.

/// Why a value is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `V` and three digits.
    pub id: &'static str,
    /// What is refused, in a few words.
    pub title: &'static str,
    /// What would go wrong.
    pub why: &'static str,
    /// What to do instead.
    pub fix: &'static str,
}

/// Every rule of the values reader, by id.
pub const RULES: &[Rule] = &[];
