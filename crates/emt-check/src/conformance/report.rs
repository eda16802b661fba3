//! The answers as text for people, Markdown and JSON, with counts by level and kind.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use helmwright_diagnostics::counted;
use serde_json::{Value, json};

use super::table::Level;
use super::{Answer, Conformance, Needless};

/// The kinds of evidence, in the order of the counts.
const KINDS: [&str; 6] = ["object", "rule", "calculation", "document", "outside", "missing"];

impl Conformance {
    /// How many rows hold, of how many.
    #[must_use]
    pub fn held(&self) -> (usize, usize) {
        (self.answers.iter().filter(|answer| answer.holds).count(), self.answers.len())
    }

    /// Whether every row holds or is accepted with a reason, and every deviation is one.
    #[must_use]
    pub fn passed(&self) -> bool {
        let answered = self.answers.iter().all(|answer| answer.holds || answer.accepted.is_some());
        !self.answers.is_empty() && answered && self.needless.is_empty()
    }

    /// How many rows hold, of how many, by level and kind.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<(Level, &'static str), (usize, usize)> {
        let mut counts = BTreeMap::new();
        for answer in &self.answers {
            let (held, all) = counts.entry((answer.row.level, answer.kind)).or_insert((0, 0));
            *held += usize::from(answer.holds);
            *all += 1;
        }
        counts
    }

    /// For people: what does not hold, and the counts; every row with its evidence if `all`.
    #[must_use]
    pub fn to_text(&self, all: bool) -> String {
        let mut text = String::new();
        for answer in self.answers.iter().filter(|answer| all || !answer.holds) {
            // Writing to a text cannot fail.
            let _ = writeln!(
                text,
                "{:8} {:3} {:11} {:8} {}",
                answer.row.id,
                answer.row.level.as_str(),
                answer.kind,
                answer.state(),
                answer.row.title
            );
            let found = answer.found.as_ref().map(|found| format!(": {found}")).unwrap_or_default();
            if all || !found.is_empty() {
                let _ = writeln!(text, "         {}{found}", answer.evidence.join("; "));
            }
            if let Some(reason) = &answer.accepted {
                let _ = writeln!(text, "         accepted: {reason}");
            }
        }
        for needless in &self.needless {
            let _ = writeln!(text, "deviations: {needless}: remove the entry");
        }
        let _ = write!(text, "\n{:12}", "level");
        for kind in KINDS {
            let _ = write!(text, "{kind:>13}");
        }
        let counts = self.counts();
        for level in Level::ALL {
            let _ = write!(text, "\n{:12}", level.as_str());
            for kind in KINDS {
                let count = counts.get(&(level, kind)).map(|(held, all)| format!("{held}/{all}"));
                let _ = write!(text, "{:>13}", count.unwrap_or_else(|| "-".to_owned()));
            }
        }
        let _ = writeln!(text, "\n{}", self.summary());
        text
    }

    /// The last line of a report.
    #[must_use]
    pub fn summary(&self) -> String {
        let (held, all) = self.held();
        let count = |test: &dyn Fn(&Answer) -> bool| self.answers.iter().filter(|answer| test(answer)).count();
        format!(
            "{held} of {all} rows hold; deviating: {}; without object or answer: {}; {} accepted",
            count(&|answer| !answer.holds && !answer.missing),
            count(&|answer| !answer.holds && answer.missing),
            counted(count(&|answer| !answer.holds && answer.accepted.is_some()), "deviation"),
        )
    }

    /// A table in Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let escape = |text: &str| text.replace('|', "\\|");
        let mut text = format!(
            "{}\n\n| Row | Level | Kind | State | What | Evidence |\n|---|---|---|---|---|---|\n",
            self.summary()
        );
        for answer in &self.answers {
            let evidence = escape(&answer.evidence.join("; "));
            let found = answer.found.as_ref().map(|found| format!(" ({})", escape(found))).unwrap_or_default();
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {evidence}{found} |",
                answer.row.id,
                answer.row.level.as_str(),
                answer.kind,
                answer.state(),
                escape(answer.row.title)
            );
        }
        text
    }

    /// One object a row.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let row = |answer: &Answer| {
            json!({
                "id": answer.row.id,
                "level": answer.row.level.as_str(),
                "checks": answer.row.checks.iter().map(|check| check.as_str()).collect::<Vec<_>>(),
                "title": answer.row.title,
                "kind": answer.kind,
                "evidence": answer.evidence,
                "holds": answer.holds,
                "missing": answer.missing && !answer.holds,
                "found": answer.found,
                "accepted": answer.accepted,
            })
        };
        let (held, all) = self.held();
        let needless: Vec<_> = self.needless.iter().map(Needless::to_string).collect();
        let rows: Vec<_> = self.answers.iter().map(row).collect();
        json!({ "rows": rows, "held": held, "total": all, "needless": needless })
    }
}

impl Answer {
    /// One word: holds, accepted, missing or deviates.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.holds, &self.accepted, self.missing) {
            (true, ..) => "holds",
            (false, Some(_), _) => "accepted",
            (false, None, true) => "missing",
            (false, None, false) => "deviates",
        }
    }
}
