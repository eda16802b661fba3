//! A collection of findings: gathered in any order, told in one.
//!
//! Must not know how findings are written.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::finding::{Finding, Label, Level};
use crate::source::SourceMap;

/// Findings in the order in which they were pushed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "findings are lost unless they are reported"]
pub struct Findings {
    items: Vec<Finding>,
}

/// How many findings of each level there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Counts {
    /// Findings that forbid output.
    pub errors: usize,
    /// Findings that somebody should look at.
    pub warnings: usize,
    /// Suggestions.
    pub advice: usize,
}

impl Findings {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.items.push(finding);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// True if one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|finding| finding.level == Level::Error)
    }

    /// How many there are of each level.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for finding in &self.items {
            match finding.level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Advice => counts.advice += 1,
            }
        }
        counts
    }

    /// The findings as they stand.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.items.iter()
    }

    /// Puts the findings in the order of reports: by source name, then position, then rule; findings without a place
    /// come last, by value path. The order depends on nothing but the findings and the names of the sources.
    pub fn sort(&mut self, sources: &SourceMap) {
        self.items.sort_by_cached_key(|finding| Order::of(finding, sources));
    }

    /// Removes findings that equal an earlier one, keeping the order.
    pub fn dedupe(&mut self) {
        let mut seen = std::collections::HashSet::new();
        let keep: Vec<bool> = self.items.iter().map(|finding| seen.insert(finding)).collect();
        let mut keep = keep.into_iter();
        self.items.retain(|_| keep.next().unwrap_or(true));
    }

    /// The findings in the order of reports, each once, without what must not be shown. Writers use it, so callers need
    /// not sort; who shows a message without a writer takes it from here.
    pub fn ordered<'a>(&'a self, sources: &SourceMap) -> Vec<Cow<'a, Finding>> {
        let mut items: Vec<&Finding> = self.items.iter().collect();
        items.sort_by_cached_key(|finding| Order::of(finding, sources));
        items.dedup();
        items.into_iter().map(|finding| without_hidden(finding, sources)).collect()
    }
}

/// The finding without the texts that are hidden where it points.
fn without_hidden<'a>(finding: &'a Finding, sources: &SourceMap) -> Cow<'a, Finding> {
    let mut shown = Cow::Borrowed(finding);
    let hides = |label: &Label| {
        let source = sources.get(label.span.source);
        source.is_some_and(|source| source.hidden_in(label.span.start..label.span.end).next().is_some())
    };
    for label in &finding.labels {
        let Some(source) = sources.get(label.span.source) else { continue };
        let mut hidden = source.hidden_in(label.span.start..label.span.end).peekable();
        let whole = hidden.peek().is_some().then(|| sources.slice(label.span));
        // A message may quote all of it or what it points at, as it stands or as it is meant. Long texts first: they may
        // begin with a short one.
        let quoted = hidden.chain(whole).flat_map(|text| [text, text.trim_matches(['"', '\''])]);
        let quoted: BTreeSet<(Reverse<usize>, &str)> = quoted.map(|text| (Reverse(text.len()), text)).collect();
        for (_, quoted) in quoted.into_iter().filter(|(_, quoted)| !quoted.is_empty()) {
            shown.to_mut().replace(quoted, HIDDEN);
        }
    }
    // A fix or a label may hold the text in another form: without its line break, or as the number that it means.
    if finding.place().is_some_and(hides) && shown.help.iter().any(|help| may_quote(help)) {
        let help = &mut shown.to_mut().help;
        help.retain(|help| !may_quote(help));
        help.push("what to write is not shown: it holds the secret".to_owned());
    }
    for (index, label) in finding.labels.iter().enumerate() {
        if hides(label) && may_quote(&shown.labels[index].text) {
            shown.to_mut().labels[index].text.clear();
        }
    }
    shown
}

/// What stands in the place of a hidden text.
const HIDDEN: &str = "***";

/// Whether a text about a hidden one may still hold it: it quotes something else than [`HIDDEN`], or names a number.
fn may_quote(text: &str) -> bool {
    let text = text.replace(&format!("\"{HIDDEN}\""), "");
    text.contains('"') || text.contains(|character: char| character.is_ascii_digit())
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.items.extend(findings);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self { items: findings.into_iter().collect() }
    }
}

impl From<Finding> for Findings {
    fn from(finding: Finding) -> Self {
        Self { items: vec![finding] }
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// The sort key. The whole finding stands at its end, so that equal findings are neighbours and ties cannot depend
/// on the order of pushing.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    without_place: bool,
    name: String,
    start: usize,
    rule: String,
    path: Option<String>,
    rest: Finding,
}

impl Order {
    fn of(finding: &Finding, sources: &SourceMap) -> Self {
        let place = finding.place();
        Self {
            without_place: place.is_none(),
            name: place.map_or_else(String::new, |label| sources.name(label.span.source).to_owned()),
            start: place.map_or(0, |label| label.span.start),
            rule: finding.rule.clone().into_owned(),
            path: finding.path.clone(),
            rest: finding.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn order_is_by_name_position_rule_then_path() {
        let mut sources = SourceMap::new();
        let second = sources.add("b.yaml", "0123456789");
        let first = sources.add("a.yaml", "0123456789");
        let at = |rule: &'static str, source, start| Finding::error(rule, "m").at(Span::new(source, start, start), "");
        let mut findings = Findings::new();
        findings.push(Finding::error("A", "m").path("z"));
        findings.push(Finding::error("A", "m").path("y"));
        findings.push(at("A", second, 1));
        findings.push(at("B", first, 5));
        findings.push(at("A", first, 5));
        findings.push(at("C", first, 2));
        findings.push(at("A", second, 1));
        findings.sort(&sources);
        findings.dedupe();
        let told: Vec<(String, String)> = findings
            .iter()
            .map(|finding| {
                let place =
                    finding.place().map(|label| format!("{}:{}", sources.name(label.span.source), label.span.start));
                (finding.rule.to_string(), place.or(finding.path.clone()).unwrap_or_default())
            })
            .collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(rule, place)| (rule.as_str(), place.as_str())).collect();
        let expected =
            [("C", "a.yaml:2"), ("A", "a.yaml:5"), ("B", "a.yaml:5"), ("A", "b.yaml:1"), ("A", "y"), ("A", "z")];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_begins_with_another_hidden_text_is_hidden_whole() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "[ab, ab cd]");
        sources.hide(Span::new(id, 1, 3));
        sources.hide(Span::new(id, 5, 10));
        let findings: Findings = Finding::error("A", "neither ab nor ab cd").at(Span::new(id, 0, 11), "").into();
        assert_eq!(findings.ordered(&sources)[0].message, "neither *** nor ***");
    }

    #[test]
    fn levels_are_counted() {
        let findings: Findings =
            [Finding::warning("A", "m"), Finding::advice("B", "m"), Finding::warning("C", "m")].into_iter().collect();
        assert!(!findings.has_errors());
        assert_eq!(findings.counts(), Counts { errors: 0, warnings: 2, advice: 1 });
        assert!(Findings::from(Finding::error("A", "m")).has_errors());
    }
}
