//! Whole lines: dropped, swapped, indented.

use super::Template;
use super::reading::{indent_of, is_control, key};

impl Template<'_> {
    /// All of them at a line.
    pub(super) fn whole_lines(&mut self, at: usize) {
        let line = self.lines[at];
        if !is_control(line) {
            self.replace_lines("drop line", at, 1, Vec::new());
            self.indent(at);
        }
        if let (Some(one), Some(other)) = (key(line), self.lines.get(at + 1).and_then(|next| key(next)))
            && one.indent == other.indent
            && !one.value.is_empty()
            && !other.value.is_empty()
            && one.value != other.value
        {
            let swapped = vec![format!("{}{}", one.before, other.value), format!("{}{}", other.before, one.value)];
            self.replace_lines("swap siblings", at, 2, swapped);
        }
    }

    fn indent(&mut self, at: usize) {
        let line = self.lines[at];
        if let Some((before, rest)) = line.split_once("nindent ") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap_or(0);
            let deeper = (!self.is_alone(at, number)).then_some(number + 2);
            for changed in number.checked_sub(2).into_iter().chain(deeper) {
                self.replace("indent", at, format!("{before}nindent {changed}{}", &rest[digits.len()..]));
            }
        } else if !self.inside[at] && !line.trim_start().starts_with("{{-") && !self.is_trimmed(at) {
            if !self.is_alone(at, indent_of(line)) {
                self.replace("indent", at, format!("  {line}"));
            }
            if let Some(less) = line.strip_prefix("  ") {
                self.replace("indent", at, less.to_owned());
            }
        }
    }

    /// Whether the action before a line cuts the spaces that it begins with.
    fn is_trimmed(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.lines[before].trim_end().ends_with("-}}"))
    }

    /// Whether what stands at a line, in this column, is alone in its map or list, and may be indented deeper.
    fn is_alone(&self, at: usize, column: usize) -> bool {
        let text = |index: &usize| {
            let line = self.lines[*index];
            !self.inside[*index] && !self.skipped[*index] && !line.trim().is_empty() && !is_control(line)
        };
        let column_of = |index: usize| {
            let nested = self.lines[index].split_once("nindent ").map(|(_, rest)| rest);
            let digits = nested.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
            digits.and_then(|digits| digits.parse().ok()).unwrap_or_else(|| indent_of(self.lines[index]))
        };
        let above = (0..at).rev().find(text);
        let below = (at + 1..self.lines.len()).find(text);
        let opens = above.is_some_and(|above| column_of(above) < column && self.lines[above].trim_end().ends_with(':'));
        opens && below.is_none_or(|below| column_of(below) < column)
    }
}
