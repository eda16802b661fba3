//! The documentation of a rule: the head of its file, taken apart.
//!
//! Limit: it reads what rules' files hold, no Markdown of others.

use helmwright_diagnostics::SourceMap;
use helmwright_yaml::{Node, NodeValue, read};

/// Values of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Which file they stand for: `prod.yaml` unless the first line is a comment with another name.
    pub file: String,
    /// Their text.
    pub text: String,
}

/// What a rule says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Documentation {
    /// What it finds, in a few words.
    pub title: String,
    /// What it does.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// Values in which it finds something, at the lines marked with [`Documentation::MARK`].
    pub fails: Vec<Example>,
    /// What to write instead, in which it finds nothing.
    pub passes: Vec<Example>,
}

impl Documentation {
    /// The comment that marks a line of an example which a finding points at.
    pub const MARK: &'static str = "# found here";

    /// The documentation at the head of a rule's file.
    pub(super) fn of(text: &str) -> Self {
        let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
        let mut lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        let title = lines.next().unwrap_or_default().trim_end_matches('.').to_owned();
        let mut documentation = Self { title, ..Self::default() };
        let (mut section, mut block) = ("", None);
        for line in lines {
            match (line, &mut block) {
                ("```yaml", None) => block = Some(String::new()),
                ("```", Some(text)) => {
                    let example = example(std::mem::take(text));
                    block = None;
                    match section {
                        "Example" => documentation.fails.push(example),
                        _ => documentation.passes.push(example),
                    }
                }
                (line, Some(text)) => {
                    text.push_str(line);
                    text.push('\n');
                }
                (line, None) => match line.strip_prefix("# ") {
                    Some(title) => section = title,
                    None => documentation.prose(section, line),
                },
            }
        }
        documentation
    }

    fn prose(&mut self, section: &str, line: &str) {
        let text = match section {
            "What it does" => &mut self.what,
            "Why it matters" => &mut self.why,
            _ => return,
        };
        if !text.is_empty() && !line.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
}

impl Example {
    /// The values at the marked lines, as dotted paths.
    pub(super) fn marked(&self) -> Vec<String> {
        let mut sources = SourceMap::new();
        let id = sources.add(&self.file, self.text.as_str());
        let marked: Vec<usize> = (1..)
            .zip(self.text.lines())
            .filter(|(_, line)| line.contains(Documentation::MARK))
            .map(|(number, _)| number)
            .collect();
        let mut paths = Vec::new();
        // A test reads every example.
        if let Ok(document) = read(&sources, id) {
            let line = |offset| sources.get(id).map_or(0, |source| source.position(offset).line);
            add_marked(&document.root, "", &|offset| marked.contains(&line(offset)), &mut paths);
        }
        paths
    }
}

/// The leaves, and the maps whose key is marked and nothing below it.
fn add_marked(node: &Node, path: &str, is_marked: &dyn Fn(usize) -> bool, paths: &mut Vec<String>) {
    for (key, value) in node.entries() {
        let path = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
        let before = paths.len();
        if matches!(value.value, NodeValue::Map(_)) {
            add_marked(value, &path, is_marked, paths);
        }
        if paths.len() == before && is_marked(key.span.start) {
            paths.push(path);
        }
    }
}

fn example(text: String) -> Example {
    let named = text.split_once('\n').and_then(|(first, rest)| {
        let name = first.strip_prefix("# ").filter(|name| name.ends_with(".yaml"))?;
        Some(Example { file: name.to_owned(), text: rest.to_owned() })
    });
    named.unwrap_or(Example { file: "prod.yaml".to_owned(), text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_file_is_taken_apart() {
        let text = "//! A thing.\n//!\n//! # What it does\n//!\n//! Looks at\n//! it.\n//!\n//! # Why it matters\n//!\n//! Because.\n//!\n\
            //! # Example\n//!\n//! ```yaml\n//! # staging.yaml\n//! a:\n//!   b: 1\n//! ```\n//!\n//! ```yaml\n//! c: 1\n//! ```\n//!\n\
            //! # Instead\n//!\n//! ```yaml\n//! c: 2\n//! ```\n\nuse super::Found;\n//! not read\n";
        let example = |file: &str, text: &str| Example { file: file.to_owned(), text: text.to_owned() };
        let expected = Documentation {
            title: "A thing".to_owned(),
            what: "Looks at it.".to_owned(),
            why: "Because.".to_owned(),
            fails: vec![example("staging.yaml", "a:\n  b: 1\n"), example("prod.yaml", "c: 1\n")],
            passes: vec![example("prod.yaml", "c: 2\n")],
        };
        assert_eq!(Documentation::of(text), expected);
    }
}
