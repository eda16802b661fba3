//! What is done to the printed text, and where: each operator finds all places of a template where it applies.
//!
//! Operators know the forms of lines that the printer writes, not what they mean. Left out by construction is what cannot
//! matter: comments, the indentation of lines that hold control alone or go on with an action, that of what stands alone
//! in its map, the names behind `define` and `include`.

mod actions;
mod blocks;
mod constants;
mod lines;
mod reading;

use reading::{comments, in_action, open_actions};

/// One change of a template.
#[derive(Clone, Debug)]
pub(super) struct Mutant {
    /// What is done.
    pub(super) operator: &'static str,
    /// The number of the line, from 1.
    pub(super) line: usize,
    /// The line as it was.
    pub(super) before: String,
    /// What stands in its place; empty if it is gone.
    pub(super) after: String,
    /// How many lines are replaced.
    count: usize,
    /// By what.
    with: Vec<String>,
}

impl Mutant {
    /// The template with the change.
    pub(super) fn apply(&self, template: &str) -> String {
        let lines: Vec<&str> = template.lines().collect();
        let (start, end) = (self.line - 1, self.line - 1 + self.count);
        let with = self.with.iter().map(String::as_str);
        let mut text: String = lines[..start]
            .iter()
            .copied()
            .chain(with)
            .chain(lines[end..].iter().copied())
            .fold(String::new(), |text, line| text + line + "\n");
        if !template.ends_with('\n') {
            text.pop();
        }
        text
    }
}

/// All mutants of a template.
pub(super) fn mutants(text: &str) -> Vec<Mutant> {
    let lines: Vec<&str> = text.lines().collect();
    let mut template = Template { skipped: comments(&lines), inside: open_actions(&lines), lines, found: Vec::new() };
    for at in 0..template.lines.len() {
        if template.skipped[at] || template.lines[at].trim().is_empty() {
            continue;
        }
        template.whole_lines(at);
        template.actions(at);
        template.constants(at);
        template.blocks(at);
    }
    template.found
}

struct Template<'t> {
    lines: Vec<&'t str>,
    /// Comments.
    skipped: Vec<bool>,
    /// Lines that go on with the action of the line before.
    inside: Vec<bool>,
    found: Vec<Mutant>,
}

impl Template<'_> {
    /// A mutant for each occurrence of a text in the actions of a line.
    fn each(&mut self, operator: &'static str, at: usize, from: &str, to: &str) {
        let line = self.lines[at].to_owned();
        for (start, _) in line.match_indices(from) {
            if in_action(&line, self.inside[at], start) {
                self.replace(operator, at, format!("{}{to}{}", &line[..start], &line[start + from.len()..]));
            }
        }
    }

    fn replace(&mut self, operator: &'static str, at: usize, with: String) {
        self.replace_lines(operator, at, 1, vec![with]);
    }

    fn replace_lines(&mut self, operator: &'static str, at: usize, count: usize, with: Vec<String>) {
        let before = self.lines[at].trim().to_owned();
        let after = with.first().map_or("", |line| line.trim()).to_owned();
        self.found.push(Mutant { operator, line: at + 1, before, after, count, with });
    }
}

#[test]
fn every_operator_finds_its_places() {
    let text = "{{- /* Purpose. */}}\n{{- if and $.Values.on (lt (int64 $a.x) 5) }}\n{{- $a := deepCopy .b }}\n  key: \"{{ $a.y | quote }}\"\n  \
                other: 5\n  list:\n    - word\n{{- else }}\n  {{- toYaml .c | default \"x\" | nindent 4 }}\n{{- end }}\n";
    let found = mutants(text);
    let count = |operator: &str| found.iter().filter(|mutant| mutant.operator == operator).count();
    for operator in [
        "drop line",
        "swap siblings",
        "indent",
        "negate",
        "bare integer",
        "drop deepCopy",
        "wrong dot",
        "other function",
        "drop quote",
        "drop default",
        "drop stage",
        "change text",
        "change number",
        "drop guard",
        "swap branches",
    ] {
        assert!(count(operator) > 0, "{operator}");
    }
    assert!(found.iter().all(|mutant| mutant.apply(text) != text), "a mutant is the template itself");
    assert_eq!((count("negate"), count("swap siblings"), count("swap branches")), (1, 1, 1));
}
