//! Mutants that may live, each with its reason: what they change cannot matter.

use super::trials::Place;

/// A reason, and the mutants that it holds for.
struct Reason {
    /// The operators.
    operators: &'static [&'static str],
    /// A part of the file's name.
    file: &'static str,
    /// A part of the line as it was.
    before: &'static str,
    /// A part of what stands in its place.
    after: &'static str,
    /// Why nothing changes.
    why: &'static str,
}

const REASONS: &[Reason] = &[];

/// Survivors, told apart.
pub(super) struct Reasons {
    /// How many live with a reason.
    pub(super) reasoned: usize,
    /// The others, with their place.
    pub(super) unexplained: Vec<String>,
}

/// Tells survivors apart.
pub(super) fn reasons<'p>(places: impl Iterator<Item = &'p Place>) -> Reasons {
    let mut found = Reasons { reasoned: 0, unexplained: Vec::new() };
    for place in places {
        let fits = |reason: &&Reason| {
            let mutant = &place.mutant;
            reason.operators.contains(&mutant.operator)
                && place.file.contains(reason.file)
                && mutant.before.contains(reason.before)
                && mutant.after.contains(reason.after)
        };
        match REASONS.iter().find(fits) {
            Some(reason) if !reason.why.is_empty() => found.reasoned += 1,
            _ => {
                let mutant = &place.mutant;
                let (file, line, operator) = (&place.file, mutant.line, mutant.operator);
                found.unexplained.push(format!("{file}:{line}: {operator}: {} => {}", mutant.before, mutant.after));
            }
        }
    }
    found
}
