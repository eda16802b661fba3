//! Blocks: without their condition, with their branches swapped.

use super::Template;
use super::reading::opens_block;

impl Template<'_> {
    /// All of them at a line that opens one.
    pub(super) fn blocks(&mut self, at: usize) {
        let line = self.lines[at];
        if !line.trim_start().starts_with("{{- if ") {
            return;
        }
        let Some((others, end)) = self.block(at) else { return };
        let mut without: Vec<String> = Vec::new();
        let kept = others.first().copied().unwrap_or(end);
        without.extend(self.lines[at + 1..kept].iter().map(|line| (*line).to_owned()));
        self.replace_lines("drop guard", at, end + 1 - at, without);
        if let [other] = others[..]
            && self.lines[other].contains("{{- else }}")
        {
            let owned =
                |range: std::ops::Range<usize>| self.lines[range].iter().map(|line| (*line).to_owned()).collect();
            let (first, second): (Vec<String>, Vec<String>) = (owned(at + 1..other), owned(other + 1..end));
            let swapped = [
                vec![line.to_owned()],
                second,
                vec![self.lines[other].to_owned()],
                first,
                vec![self.lines[end].to_owned()],
            ];
            self.replace_lines("swap branches", at, end + 1 - at, swapped.concat());
        }
    }

    /// The `else` lines and the `end` line of the block that a line opens.
    fn block(&self, at: usize) -> Option<(Vec<usize>, usize)> {
        let (mut depth, mut others) = (0, Vec::new());
        for (index, line) in self.lines.iter().enumerate().skip(at) {
            let line = line.trim_start().trim_start_matches("{{-").trim_start();
            if opens_block(line) {
                depth += 1;
            } else if line.starts_with("else") && depth == 1 {
                others.push(index);
            } else if line.starts_with("end") {
                depth -= 1;
                if depth == 0 {
                    return Some((others, index));
                }
            }
        }
        None
    }
}
