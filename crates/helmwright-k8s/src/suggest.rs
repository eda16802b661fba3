//! "Did you mean …?": the candidate nearest to a mistyped name.
//!
//! Limits: names are short and candidates few (some dozens), so the plain quadratic distance serves.

/// The candidate that `name` most likely stands for, if one is near enough.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (name.chars().count() / 3).clamp(1, 3);
    let scored = candidates.map(|candidate| {
        let plain = |text: &str| text.replace(['-', '_'], "").to_lowercase();
        let same = plain(name) == plain(candidate);
        (if same { 0 } else { distance(name, candidate) }, candidate)
    });
    scored.filter(|(score, _)| *score <= allowed).min().map(|(_, candidate)| candidate)
}

/// Edits between two texts: insert, delete, replace, swap of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let fields = ["replicas", "revisionHistoryLimit", "selector", "strategy", "template"];
        assert_eq!(nearest("replcias", fields.into_iter()), Some("replicas"));
        assert_eq!(nearest("revision_history_limit", fields.into_iter()), Some("revisionHistoryLimit"));
        assert_eq!(nearest("Strategy", fields.into_iter()), Some("strategy"));
        assert_eq!(nearest("nodeSelector", fields.into_iter()), None);
        assert_eq!((distance("ab", "ba"), distance("", "abc"), distance("kitten", "sitting")), (1, 3, 3));
    }
}
