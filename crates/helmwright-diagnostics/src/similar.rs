//! Did-you-mean: the candidate that is most likely meant by a misspelt word.
//!
//! Must not know what the words name.

/// The candidate nearest to `word` by edit distance (a swap of neighbours counts one), or `None` if none is near.
///
/// Near means at most a third of the word's length, at least one edit. Letter case does not count: `gatewaygroups`
/// finds `gatewayGroups`. Of equally near candidates the first wins. The word itself is no candidate.
pub fn similar<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let bound = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .map(|candidate| (strsim::osa_distance(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= bound)
        // `min_by_key` keeps the first of equals.
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn finds_what_was_meant() {
        let keys = ["image", "ingress", "gatewayGroups", "replicas", "tag", "port", "pod"];
        assert_eq!(similar("imgae", keys), Some("image"));
        assert_eq!(similar("gatewaygroups", keys), Some("gatewayGroups"));
        assert_eq!(similar("gatewayGroup", keys), Some("gatewayGroups"));
        assert_eq!(similar("replica", keys), Some("replicas"));
        assert_eq!(similar("tags", keys), Some("tag"));
        assert_eq!(similar("cassandra", keys), None);
        assert_eq!(similar("tag", ["tag"]), None);
        assert_eq!(similar("x", []), None);
        assert_eq!(similar("por", ["port", "pod"]), Some("port"));
    }
}
