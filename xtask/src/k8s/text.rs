//! Descriptions: what is kept of Kubernetes' prose, and how it stands in Rust documentation.
//!
//! Limits: English prose with full stops; a cut sentence ends in "…".

/// Length from which no further sentence is added.
const ENOUGH: usize = 160;
/// Length at which even the first sentence is cut.
const TOO_MUCH: usize = 320;

/// The first sentence or two of a description, on one line.
pub(crate) fn summary(description: &str) -> String {
    let description = description.split("More info:").next().unwrap_or_default();
    let words: Vec<&str> = description.split_whitespace().collect();
    let mut out = String::new();
    for (index, word) in words.iter().enumerate() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        let next = words.get(index + 1).copied().unwrap_or_default();
        if next.is_empty() || ends_sentence(word, next) {
            let rest = &words[index + 1..];
            let following = rest.iter().enumerate().find(|(at, word)| {
                ends_sentence(word, rest.get(at + 1).copied().unwrap_or_default()) || at + 1 == rest.len()
            });
            let length: usize = following.map_or(0, |(at, _)| rest[..=at].iter().map(|word| word.len() + 1).sum());
            if out.len() + length > ENOUGH || word.ends_with(':') {
                break;
            }
        }
    }
    if out.ends_with(':') {
        // The list that follows is left out.
        out.truncate(out.len() - 1);
        out.push('.');
    }
    if out.len() > TOO_MUCH {
        let cut = out.char_indices().take_while(|(at, _)| *at < TOO_MUCH).filter(|(_, c)| *c == ' ').last();
        out.truncate(cut.map_or(TOO_MUCH, |(at, _)| at));
        out.push('…');
    }
    out
}

fn ends_sentence(word: &str, next: &str) -> bool {
    let stop = word.ends_with(['.', '!', '?']) || word.ends_with(".)") || word.ends_with(".\"");
    let abbreviation = ["e.g.", "i.e.", "etc.", "vs.", "Ex.", "(e.g.", "(i.e."].contains(&word);
    let list = next.starts_with(['-', '*', '•']) || next.starts_with("1.");
    stop && !abbreviation && !next.starts_with(char::is_lowercase) || (word.ends_with(':') && list)
}

/// Documentation lines (`/// …`) at the given indentation, at most 120 columns wide, with Markdown escaped.
pub(crate) fn doc(indent: &str, prefix: &str, text: &str) -> String {
    let mut out = String::new();
    let mut line = format!("{indent}{prefix}");
    let empty = line.len();
    for word in text.split_whitespace() {
        let word = escape(word);
        if line.len() > empty && line.len() + 1 + word.len() > 120 {
            out.push_str(&line);
            out.push('\n');
            line.truncate(empty);
        }
        line.push(' ');
        // A word that would start a list item or a heading at the start of a line.
        if line.len() == empty + 1 && (["-", "*", "+", "#"].contains(&word.as_str()) || numbered(&word)) {
            line.push('\\');
        }
        line.push_str(&word);
    }
    out.push_str(&line);
    out.push('\n');
    out
}

fn numbered(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn escape(word: &str) -> String {
    if word.starts_with('`') && word.trim_end_matches(['.', ',', ';', ':', ')']).ends_with('`') {
        return word.to_owned();
    }
    if let Some(start) = word.find("https://").or_else(|| word.find("http://")) {
        let (before, link) = word.split_at(start);
        let end = link.trim_end_matches(['.', ',', ';', ')', '"', '\'', '`', '>', ']']).len();
        return format!("{}<{}>{}", plain(before), &link[..end], plain(&link[end..]));
    }
    plain(word)
}

fn plain(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        if matches!(c, '[' | ']' | '<' | '>' | '*' | '_' | '`' | '\\' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_short_sentences_and_drops_the_rest() {
        assert_eq!(summary("Name of it. Cannot be updated. More info: https://x"), "Name of it. Cannot be updated.");
        assert_eq!(summary("One, e.g. this\none.  Two."), "One, e.g. this one. Two.");
        assert_eq!(
            summary(
                "Values are: - A: one. - B: two, and a much longer text that says more than anybody asked, over and over again, until it is long enough to be cut, which takes some words."
            ),
            "Values are."
        );
        let long = format!("First. Second {}.", "word ".repeat(60).trim_end());
        assert_eq!(summary(&long), "First.");
        assert!(summary(&"word ".repeat(200)).len() <= TOO_MUCH + 4);
    }

    #[test]
    fn markdown_is_escaped() {
        assert_eq!(doc("  ", "///", "a <b> [c] *"), "  /// a \\<b\\> \\[c\\] \\*\n");
        assert_eq!(doc("", "///", "see (https://x.y/z)."), "/// see (<https://x.y/z>).\n");
    }
}
