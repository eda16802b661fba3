//! Documentation comments as texts for users: descriptions, and the requirements that they name.
//!
//! Must not know schemas.

/// A documentation comment, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Prose {
    /// Paragraphs of one line each, separated by an empty line. Items of lists keep lines of their own.
    pub(crate) description: String,
    /// Ids of requirements, such as `S1-227`, in order.
    pub(crate) seed: Vec<String>,
}

impl Prose {
    /// Takes a comment apart: paragraphs that begin with `Seed:` name requirements, all others describe.
    pub(crate) fn of(comment: &str) -> Self {
        let mut prose = Self::default();
        for paragraph in paragraphs(comment) {
            if let Some(named) = paragraph.strip_prefix("Seed:") {
                prose.seed.extend(ids(named));
                continue;
            }
            if !prose.description.is_empty() {
                prose.description.push_str("\n\n");
            }
            prose.description.push_str(&without_links(&paragraph));
        }
        prose
    }
}

fn paragraphs(comment: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut ended = true;
    for line in comment.lines().map(str::trim) {
        if line.is_empty() {
            ended = true;
            continue;
        }
        match found.last_mut().filter(|_| !ended) {
            Some(paragraph) => {
                paragraph.push(if line.starts_with("- ") { '\n' } else { ' ' });
                paragraph.push_str(line);
            }
            None => found.push(line.to_owned()),
        }
        ended = false;
    }
    found
}

/// Upper case letters and digits, a hyphen, digits.
fn ids(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    words.filter(|word| is_id(word)).map(str::to_owned)
}

fn is_id(word: &str) -> bool {
    let Some((group, number)) = word.split_once('-') else { return false };
    group.starts_with(|first: char| first.is_ascii_uppercase())
        && group.chars().all(|character| character.is_ascii_uppercase() || character.is_ascii_digit())
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Rust's links to items become the items' names.
fn without_links(text: &str) -> String {
    text.replace("[`", "`").replace("`]", "`")
}

/// A text in lines of at most `width` characters, where its words allow.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for source in text.lines() {
        let indent = if source.starts_with("- ") { "  " } else { "" };
        let mut line = String::new();
        for word in source.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::replace(&mut line, indent.to_owned()));
            }
            if !line.trim_start().is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Prose, wrapped};

    #[test]
    fn seed_rows_leave_the_description() {
        let prose =
            Prose::of("Ports of the\n[`Gateway`].\n\nSeed: S1-242, S1-255: 8065 (TLS-1).\n\nTwo:\n- a\n- b\n  c");
        assert_eq!(prose.description, "Ports of the `Gateway`.\n\nTwo:\n- a\n- b c");
        assert_eq!(prose.seed, ["S1-242", "S1-255", "TLS-1"]);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("- one two three", 9), ["- one two", "  three"]);
        assert_eq!(wrapped("overlong", 3), ["overlong"]);
        assert_eq!(wrapped("a\n\nb", 3), ["a", "", "b"]);
    }
}
