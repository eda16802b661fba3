//! The review as a comment on a pull request: what matters on top, details collapsed, within the size of a comment.

use std::fmt::Write as _;

use helmwright_diagnostics::counted;

use super::headline::{Headline, change_text, headline, rollout_text, secret_text, unchanged, workloads_text};
use super::human::capacity_text;
use super::merged::{self, CauseText, MergedObject};
use super::words::value;
use crate::difference::{Change, Sign};
use crate::matrix::Matrix;
use crate::review::{EnvironmentReview, Kind, Review, State};
use crate::risk::Class;

/// The most characters that a comment may have: GitHub's limit.
pub const MOST_OF_A_COMMENT: usize = 65_536;

/// Kept free for the last line, which says what was left out.
const RESERVE: usize = 400;
/// Characters of a value in a table, and in the details.
const SHORT: usize = 60;
const LONG: usize = 400;

/// The review as Markdown of at most [`MOST_OF_A_COMMENT`] characters. What has no room is left out, the least grave first,
/// and the last line says how much that is.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let Headline { extent, risk, cause } = headline(review);
    let mut page = Page { text: String::new(), left_out: Vec::new() };
    page.push(&format!("**{}**  \nGravest risk: **{}**  \nCause: {}\n", escape(&extent), escape(&risk), code(&cause)));
    page.push(&environments(review));
    page.table(
        "Changed values",
        "| Where | Value | Change | Does |\n|---|---|---|---|\n",
        merged::values(review).iter().map(|merged| {
            format!(
                "| {} | {} | {} | {} |\n",
                escape(&merged::place_text(merged.value)),
                code(&merged.value.path),
                cell(&change_text(&merged.value.change, SHORT)),
                escape(&merged::effect_text(review, merged)),
            )
        }),
        "changed value",
    );
    let objects = merged::objects(review);
    if !objects.is_empty() {
        page.push("\n### Changed objects\n");
    }
    let mut missing = 0;
    for object in &objects {
        if !page.push(&details(review, object)) {
            missing += 1;
        }
    }
    if missing > 0 {
        page.left_out.push(counted(missing, "object"));
    }
    page.push(&rest(review));
    if !page.left_out.is_empty() {
        let _ = write!(
            page.text,
            "\nLeft out, for a comment has no more room: {}. The page (`--format html`) has all.\n",
            page.left_out.join(", ")
        );
    }
    page.text
}

/// A text that does not grow beyond a comment.
struct Page {
    text: String,
    left_out: Vec<String>,
}

impl Page {
    /// Adds a part if it has room.
    fn push(&mut self, part: &str) -> bool {
        let fits = self.text.chars().count() + part.chars().count() + RESERVE <= MOST_OF_A_COMMENT;
        if fits {
            self.text.push_str(part);
        }
        fits
    }

    /// A table with as many rows as half of the room holds.
    fn table(&mut self, title: &str, head: &str, rows: impl Iterator<Item = String>, what: &str) {
        let (mut text, mut missing, mut count) = (String::new(), 0, 0);
        for row in rows {
            if text.chars().count() + row.chars().count() > MOST_OF_A_COMMENT / 3 {
                missing += 1;
            } else {
                text.push_str(&row);
                count += 1;
            }
        }
        if count > 0 {
            self.push(&format!("\n### {title}\n\n{head}{text}"));
        }
        if missing > 0 {
            self.left_out.push(counted(missing, what));
        }
    }
}

fn environments(review: &Review) -> String {
    let mut text = "\n| Environment | Gravest | Objects | Fields | Pods |\n|---|---|---:|---:|---|\n".to_owned();
    for environment in review.environments.iter().filter(|environment| !environment.objects.is_empty()) {
        let fields: usize = environment.objects.iter().map(|object| object.fields.len()).sum();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {fields} | {} |",
            escape(&environment.name),
            environment.gravest().map_or("", Class::name),
            environment.objects.len(),
            pods_text(review, environment),
        );
    }
    if review.environments.iter().all(|environment| environment.objects.is_empty()) { String::new() } else { text }
}

/// What is said of an environment's pods: one that is compared with another one replaces none.
fn pods_text(review: &Review, environment: &EnvironmentReview) -> String {
    if review.kind == Kind::Environments {
        return String::new();
    }
    let told: Vec<String> =
        rollout_text(&environment.rollouts).into_iter().chain(workloads_text(environment)).collect();
    if told.is_empty() { "none is replaced".to_owned() } else { told.join("; ") }
}

/// An object, collapsed.
fn details(review: &Review, object: &MergedObject<'_>) -> String {
    let mut text = format!(
        "\n<details><summary><b>{}</b> {} {} <i>({})</i></summary>\n",
        object.class.name(),
        escape(&object.identity.title()),
        escape(&object.fate_text()),
        escape(&merged::names(review, &object.environments)),
    );
    if object.fields.is_empty() || !object.fate_text().is_empty() {
        text.push('\n');
        object.risks.iter().for_each(|risk| {
            let _ = writeln!(text, "- {}: {}", risk.class.name(), escape(&risk.reason));
        });
        because(&mut text, &object.causes);
    }
    for field in &object.fields {
        let names = match field.environments.len() == object.environments.len() {
            true => String::new(),
            false => format!(" ({})", escape(&merged::names(review, &field.environments))),
        };
        let body = change_body(field.change);
        let fence = fence(&body);
        let _ = write!(text, "\n{}{names}\n\n{fence}diff\n{body}{fence}\n\n", code(&field.place));
        for risk in field.risks {
            let _ = writeln!(text, "- {}: {}", risk.class.name(), escape(&risk.reason));
        }
        because(&mut text, &field.causes);
    }
    text.push_str("\n</details>\n");
    text
}

fn because(text: &mut String, causes: &[CauseText]) {
    for cause in causes {
        let path = if cause.path.is_empty() { String::new() } else { format!(" {}", code(&cause.path)) };
        let _ = writeln!(text, "- because of {}{path}", escape(&cause.place));
    }
}

fn change_body(change: &Change) -> String {
    let signed = |sign: char, text: &str| format!("{sign} {text}\n");
    match change {
        Change::Text { lines } => lines
            .iter()
            .map(|line| {
                let sign = match line.sign {
                    Sign::Same => ' ',
                    Sign::Added => '+',
                    Sign::Removed => '-',
                };
                signed(sign, &line.text)
            })
            .collect(),
        Change::Secret { now } => format!("! {}\n", secret_text(*now)),
        Change::Order { old, new } => signed('-', &old.join(", ")) + &signed('+', &new.join(", ")),
        change => {
            let old = change.old().map(|old| signed('-', &value(old, LONG))).unwrap_or_default();
            old + &change.new_value().map(|new| signed('+', &value(new, LONG))).unwrap_or_default()
        }
    }
}

fn rest(review: &Review) -> String {
    let mut text = String::new();
    for environment in &review.environments {
        let name = escape(&environment.name);
        let _ = match &environment.state {
            State::Compared => Ok(()),
            State::Added => writeln!(text, "- {name} is new"),
            State::Removed => writeln!(text, "- {name} is gone"),
            State::NotCompared { reason } => writeln!(text, "- **{name} was not compared**: {}", escape(reason)),
        };
        if let Some(capacity) = &environment.capacity {
            let _ = writeln!(text, "- {}: {}", escape(&environment.name), capacity_text(capacity));
        }
    }
    if let Some(names) = unchanged(review).filter(|_| review.environments.len() > 1) {
        let _ = writeln!(text, "- unchanged: {}", escape(&names));
    }
    for limit in &review.limits {
        let _ = writeln!(text, "- limit: {}", escape(limit));
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The matrix as a table of Markdown: a row for each value, with the environments that have it.
#[must_use]
pub fn markdown_matrix(matrix: &Matrix) -> String {
    let mut text = format!(
        "**{} differ between {}; {} are the same in all**\n\n| Value | Is | In |\n|---|---|---|\n",
        counted(matrix.rows.len(), "value"),
        counted(matrix.environments.len(), "environment"),
        matrix.common
    );
    for row in &matrix.rows {
        for (index, (shown, names)) in super::matrix_groups(matrix, row, SHORT).into_iter().enumerate() {
            let path = if index == 0 { code(&row.path) } else { String::new() };
            let _ = writeln!(text, "| {path} | {} | {} |", cell(&shown), escape(&names));
        }
    }
    text
}

/// Text that Markdown and HTML read as nothing but text.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '@' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Text in code, within a line.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let space = if fence.len() > 1 { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", text.replace(['\n', '\r'], " "))
}

/// Text in code, within a cell of a table, where a bar would end the cell.
fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A fence that the text does not hold.
fn fence(text: &str) -> String {
    "`".repeat(longest_run(text).max(2) + 1)
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}
