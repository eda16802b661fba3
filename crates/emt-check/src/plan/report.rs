//! The plan as text for people, Markdown and JSON.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Plan, Section};

impl Plan {
    /// Tables for people.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for section in &self.sections {
            let widths = widths(section);
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, section.title);
            let header: Vec<String> = section.columns.iter().map(|column| (*column).to_owned()).collect();
            for line in std::iter::once(&header).chain(&section.lines) {
                let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
                let _ = writeln!(text, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
            }
        }
        text
    }

    /// Tables in Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        for section in &self.sections {
            let _ = writeln!(text, "{}## {}\n", if text.is_empty() { "" } else { "\n" }, section.title);
            let _ = writeln!(text, "| {} |\n|{}", section.columns.join(" | "), "---|".repeat(section.columns.len()));
            for line in &section.lines {
                let cells: Vec<String> = line.iter().map(|cell| cell.replace('|', "\\|")).collect();
                let _ = writeln!(text, "| {} |", cells.join(" | "));
            }
        }
        text
    }

    /// One list a section, one object a line; and the capacity as numbers.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let line = |section: &Section, line: &Vec<String>| {
            let cells = section.columns.iter().zip(line).map(|(column, cell)| ((*column).to_owned(), json!(cell)));
            Value::Object(cells.collect::<Map<_, _>>())
        };
        let sections = self.sections.iter().map(|section| {
            (
                section.title.to_owned(),
                section.lines.iter().map(|cells| line(section, cells)).collect::<Vec<_>>().into(),
            )
        });
        let capacity = self.capacity.as_ref().map(|capacity| {
            json!({
                "pods": capacity.pods,
                "trafficPods": capacity.traffic_pods,
                "trafficPodsThatFit": capacity.traffic_pods_that_fit,
                "nodesAtMaximum": capacity.nodes_at_maximum,
                "nodesWhileRolling": capacity.nodes_while_rolling,
            })
        });
        json!({ "capacity": capacity, "sections": sections.collect::<Map<_, _>>() })
    }
}

fn widths(section: &Section) -> Vec<usize> {
    let of = |index: usize| {
        let cells = section.lines.iter().filter_map(|line| line.get(index)).map(|cell| cell.chars().count());
        cells.chain([section.columns[index].len()]).max().unwrap_or(0)
    };
    (0..section.columns.len()).map(of).collect()
}
