//! The review as text for a terminal.

use std::fmt::Write as _;

use helmwright_diagnostics::counted;

use super::headline::{Headline, change_text, headline, rollout_text, secret_text, unchanged};
use super::merged::{self, CauseText, MergedField, MergedObject};
use super::words::{duration, range, value};
use crate::difference::{Change, Sign};
use crate::matrix::Matrix;
use crate::review::{CapacityChange, Review, State};
use crate::risk::Class;

/// Characters of a value on a line.
const LONGEST: usize = 110;

/// The review as text; its first three lines tell the whole.
#[must_use]
pub fn human(review: &Review, color: bool) -> String {
    let mut text = Text { text: String::new(), color };
    let Headline { extent, risk, cause } = headline(review);
    let class = review.gravest().unwrap_or(Class::Cosmetic);
    text.line(0, &text.bold(&extent));
    text.line(0, &format!("gravest risk: {}", text.classed(class, &risk)));
    text.line(0, &format!("cause: {cause}"));
    values(&mut text, review);
    objects(&mut text, review);
    rollouts(&mut text, review);
    rest(&mut text, review);
    text.text
}

fn values(text: &mut Text, review: &Review) {
    let values = merged::values(review);
    if values.is_empty() {
        return;
    }
    text.heading("Changed values");
    for merged in &values {
        let value = merged.value;
        text.line(1, &format!("{}  {}", merged::place_text(value), text.bold(&value.path)));
        text.line(2, &change_text(&value.change, LONGEST));
        text.line(2, &merged::effect_text(review, merged));
    }
}

fn objects(text: &mut Text, review: &Review) {
    let objects = merged::objects(review);
    if objects.is_empty() {
        return;
    }
    text.heading("Changed objects");
    for object in &objects {
        let fate = object.fate_text();
        let fate = if fate.is_empty() { fate } else { format!(", {fate}") };
        let names = match review.environments.len() {
            1 => String::new(),
            _ => format!("  ({})", merged::names(review, &object.environments)),
        };
        let title = text.bold(&object.identity.title());
        text.line(1, &format!("{:<9} {title}{fate}{names}", text.classed(object.class, object.class.name())));
        for risk in object.risks.iter().filter(|_| object.fields.is_empty() || !fate.is_empty()) {
            text.line(2, &format!("{}: {}", text.classed(risk.class, risk.class.name()), risk.reason));
        }
        because(text, 2, &object.causes);
        for (index, field) in object.fields.iter().enumerate() {
            one_field(text, review, object, field);
            // What is to say of several fields is said below the last of them.
            let next = object.fields.get(index + 1);
            if !next.is_some_and(|next| {
                (next.risks, &next.causes, &next.environments) == (field.risks, &field.causes, &field.environments)
            }) {
                for risk in field.risks {
                    text.line(3, &format!("{}: {}", text.classed(risk.class, risk.class.name()), risk.reason));
                }
                because(text, 3, &field.causes);
            }
        }
    }
}

fn one_field(text: &mut Text, review: &Review, object: &MergedObject<'_>, field: &MergedField<'_>) {
    let names = match field.environments.len() == object.environments.len() {
        true => String::new(),
        false => format!("  ({})", merged::names(review, &field.environments)),
    };
    text.line(2, &format!("{}{names}", field.place));
    match field.change {
        Change::Text { lines } => {
            for line in lines {
                let sign = match line.sign {
                    Sign::Same => ' ',
                    Sign::Added => '+',
                    Sign::Removed => '-',
                };
                text.line(3, &text.signed(sign, &format!("{:>4} {}", line.number, line.text)));
            }
        }
        Change::Secret { now } => text.line(3, secret_text(*now)),
        Change::Order { old, new } => {
            text.line(3, &text.signed('-', &format!("in the order {}", old.join(", "))));
            text.line(3, &text.signed('+', &format!("in the order {}", new.join(", "))));
        }
        change => {
            let signed = [('-', change.old()), ('+', change.new_value())];
            for (sign, shown) in signed.into_iter().filter_map(|(sign, shown)| Some((sign, shown?))) {
                text.line(3, &text.signed(sign, &value(shown, LONGEST)));
            }
        }
    }
}

fn because(text: &mut Text, level: usize, causes: &[CauseText]) {
    for cause in causes {
        text.line(level, format!("because of {} {}", cause.place, cause.path).trim_end());
    }
}

fn rollouts(text: &mut Text, review: &Review) {
    if review.environments.iter().all(|environment| environment.rollouts.is_empty()) {
        return;
    }
    text.heading("Pods that are replaced");
    for environment in &review.environments {
        let Some(summary) = rollout_text(&environment.rollouts) else { continue };
        text.line(1, &format!("{}: {summary}", text.bold(&environment.name)));
        for rollout in &environment.rollouts {
            let how = match rollout.gap {
                true => "all at once, with a gap".to_owned(),
                false => format!("{} at a time", rollout.at_a_time),
            };
            let pods = range(rollout.fewest, rollout.most);
            let time = duration(rollout.longest_seconds);
            text.line(2, &format!("{}: {pods}, {how}, within {time}", rollout.workload));
        }
    }
    text.line(1, "Times are the longest that startup probes and drains allow; pulling images and waiting for room are not in them.");
}

/// What is left to say: capacity, what was not compared, what does not change, what the comparison cannot show.
fn rest(text: &mut Text, review: &Review) {
    let mut lines = Vec::new();
    for environment in &review.environments {
        match &environment.state {
            State::Compared => {}
            State::Added => lines.push(format!("{} is new", environment.name)),
            State::Removed => lines.push(format!("{} is gone", environment.name)),
            State::NotCompared { reason } => lines.push(format!("{} was not compared: {reason}", environment.name)),
        }
        if let Some(capacity) = &environment.capacity {
            lines.push(format!("{}: {}", environment.name, capacity_text(capacity)));
        }
    }
    if let Some(names) = unchanged(review).filter(|_| review.environments.len() > 1) {
        lines.push(format!("unchanged: {names}"));
    }
    lines.extend(review.limits.iter().map(|limit| format!("limit: {limit}")));
    if !lines.is_empty() {
        text.text.push('\n');
        lines.iter().for_each(|line| text.line(0, line));
    }
}

/// What a change does to the room on the nodes, in words.
pub(crate) fn capacity_text(capacity: &CapacityChange) -> String {
    let nodes = |nodes: Option<i64>| nodes.map_or_else(|| "no number of".to_owned(), |nodes| nodes.to_string());
    format!(
        "at the largest number of pods {} → {} nodes are needed of {}; {} → {} of {} traffic pods fit",
        nodes(capacity.nodes_before),
        nodes(capacity.nodes_after),
        capacity.nodes,
        capacity.traffic_pods_before,
        capacity.traffic_pods_after,
        capacity.traffic_pods_wanted,
    )
}

/// The matrix as text: each path with its values, each value with the environments that have it.
#[must_use]
pub fn human_matrix(matrix: &Matrix, color: bool) -> String {
    let mut text = Text { text: String::new(), color };
    let extent = format!(
        "{} differ between {}; {} are the same in all",
        counted(matrix.rows.len(), "value"),
        counted(matrix.environments.len(), "environment"),
        matrix.common
    );
    text.line(0, &text.bold(&extent));
    for row in &matrix.rows {
        text.text.push('\n');
        text.line(0, &text.bold(&row.path));
        for (shown, names) in super::matrix_groups(matrix, row, LONGEST) {
            text.line(1, &format!("{shown}  ({names})"));
        }
    }
    text.text
}

/// Text with colours, if they are wanted.
struct Text {
    text: String,
    color: bool,
}

impl Text {
    fn line(&mut self, level: usize, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{}{line}", "  ".repeat(level));
    }

    fn heading(&mut self, title: &str) {
        let title = self.bold(title);
        self.text.push('\n');
        self.line(0, &title);
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn signed(&self, sign: char, text: &str) -> String {
        let line = format!("{sign} {text}");
        match sign {
            '+' => self.paint("32", &line),
            '-' => self.paint("31", &line),
            _ => line,
        }
    }

    fn classed(&self, class: Class, text: &str) -> String {
        let code = match class {
            Class::Recreate | Class::Data | Class::Outage => "1;31",
            Class::Exposure => "1;35",
            Class::Restart => "33",
            Class::Capacity => "36",
            Class::Cosmetic => "2",
        };
        self.paint(code, text)
    }
}
