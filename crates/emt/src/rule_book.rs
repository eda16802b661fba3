//! All rules in one book: those of the readers, of this crate and of `emt-check`, as text, Markdown and JSON.
//!
//! Nothing is said here that a registry does not say.

use std::fmt::Write as _;

use emt_check::rules::{CATEGORIES, Example, rules};
use helmwright_diagnostics::Level;
use serde::Serialize;

use crate::rules::{RULES, UNKNOWN_KIND};

/// What the letters of ids stand for, beside those of `emt-check`.
const LETTERS: [(char, &str); 5] =
    [('E', "Environments"), ('K', "Objects and schema"), ('R', "Contradictions"), ('V', "Values"), ('Y', "YAML")];

/// A rule, of whichever registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleEntry {
    /// Its id.
    pub id: &'static str,
    /// What it is about.
    pub category: &'static str,
    /// How grave its findings are. Warnings and advice can be taken on in `environments.yaml`.
    pub level: Level,
    /// What it finds, in a few words.
    pub title: String,
    /// What it looks at; empty where the title says all.
    pub what: String,
    /// What would go wrong.
    pub why: String,
    /// What to do instead, in words; empty where an example shows it.
    pub fix: String,
    /// Rows of the reference architecture on which it rests.
    pub rows: Vec<&'static str>,
    /// Values in which it finds something.
    pub fails: Vec<Values>,
    /// Values in which it finds nothing.
    pub passes: Vec<Values>,
}

/// Values of an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Values {
    /// The file that they stand in.
    pub file: String,
    /// Their text.
    pub text: String,
}

/// Every rule, by id.
#[must_use]
pub fn rule_book() -> Vec<RuleEntry> {
    let entry = |id, level, title: &str, why: &str, fix: &str| RuleEntry {
        id,
        category: category(id),
        level,
        title: title.to_owned(),
        what: String::new(),
        why: why.to_owned(),
        fix: fix.to_owned(),
        rows: Vec::new(),
        fails: Vec::new(),
        passes: Vec::new(),
    };
    let values = |examples: &[Example]| {
        let values = |example: &Example| Values { file: example.file.clone(), text: example.text.clone() };
        examples.iter().map(values).collect()
    };
    let mut book: Vec<RuleEntry> = Vec::new();
    book.extend(helmwright_yaml::RULES.iter().map(|one| entry(one.id, Level::Error, one.title, one.why, one.fix)));
    book.extend(helmwright::read::RULES.iter().map(|one| entry(one.id, Level::Error, one.title, one.why, one.fix)));
    let level = |id: &str| if id == UNKNOWN_KIND.id { Level::Warning } else { Level::Error };
    book.extend(RULES.iter().map(|one| entry(one.id, level(one.id), one.title, one.why, one.fix)));
    book.extend(rules().iter().map(|rule| RuleEntry {
        what: rule.documentation.what.clone(),
        rows: rule.rows.to_vec(),
        fails: values(&rule.documentation.fails),
        passes: values(&rule.documentation.passes),
        ..entry(rule.id, rule.level.into(), &rule.documentation.title, &rule.documentation.why, "")
    }));
    book.sort_by_key(|entry| entry.id);
    book
}

fn category(id: &str) -> &'static str {
    let mut letters = CATEGORIES.iter().chain(&LETTERS);
    letters.find(|(letter, _)| id.starts_with(*letter)).map_or("", |(_, words)| words)
}

/// The book as a list of lines, for people.
#[must_use]
pub fn rule_list(book: &[RuleEntry]) -> String {
    let mut text = String::new();
    let mut before = "";
    for entry in book {
        if entry.category != before {
            let gap = if before.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{}", entry.category);
            before = entry.category;
        }
        let _ = writeln!(text, "  {}  {:<7}  {}", entry.id, entry.level.name(), entry.title);
    }
    text
}

/// The book as a page in Markdown.
#[must_use]
pub fn rules_page() -> String {
    let book = rule_book();
    let mut page = String::from(
        "<!-- Written by `cargo xtask codegen` from the rules themselves. -->\n# Rules\n\n\
         What `emt check` looks for. An error has to be mended; a warning or an advice can be taken on by its id, with a \
         reason, under\n`accepted` of an environment in `environments.yaml`. `emt rules ID` prints one of these sections.\n",
    );
    let mut before = "";
    for entry in &book {
        if entry.category != before {
            let _ = write!(page, "\n## {}\n", entry.category);
            before = entry.category;
        }
        let _ = write!(page, "\n{}", entry.to_markdown());
    }
    page
}

impl RuleEntry {
    /// The rule as a section in Markdown, with its id as an anchor.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let Self { id, title, .. } = self;
        let mut text = format!("### <a id=\"{}\"></a>{id}: {title}\n\n", id.to_lowercase());
        let rows = if self.rows.is_empty() { String::new() } else { format!(" Rows: {}.", self.rows.join(", ")) };
        let _ = writeln!(text, "Level: {}.{rows}", self.level.name());
        for (heading, prose) in [("What it does", &self.what), ("Why it matters", &self.why), ("Instead", &self.fix)] {
            if !prose.is_empty() {
                let _ = write!(text, "\n**{heading}.** {}\n", prose.trim_end());
            }
        }
        for (heading, examples) in [("Example", &self.fails), ("Instead", &self.passes)] {
            for (index, Values { file, text: values }) in examples.iter().enumerate() {
                let heading = if index == 0 { format!("\n**{heading}**\n") } else { String::new() };
                let _ = write!(text, "{heading}\n```yaml\n# {file}\n{values}```\n");
            }
        }
        text
    }

    /// The rule as text for a terminal.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{} ({}): {}\n", self.id, self.level.name(), self.title);
        for prose in [&self.what, &self.why, &self.fix] {
            if !prose.is_empty() {
                let _ = write!(text, "\n{}\n", prose.trim_end());
            }
        }
        for (heading, examples) in [("Found in", &self.fails), ("Instead", &self.passes)] {
            for Values { file, text: values } in examples {
                let _ = write!(text, "\n{heading}: {file}\n");
                for line in values.lines() {
                    let _ = writeln!(text, "{}", format!("  {line}").trim_end());
                }
            }
        }
        if !self.rows.is_empty() {
            let _ = write!(text, "\nRows of the reference architecture: {}\n", self.rows.join(", "));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_is_given_twice_and_every_letter_means_something() {
        let book = rule_book();
        assert!(book.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert!(book.iter().all(|entry| !entry.category.is_empty() && !entry.why.is_empty()));
    }
}
