//! Lines that are too long, broken inside an action: Go templates take a line break for a space there.
//!
//! Limit: constants are never broken, so a line may stay longer than the width.

/// Longest line, where it can be broken.
pub(super) const WIDTH: usize = 120;

/// What is left for the next line is at least this long, if possible.
const REST: usize = 12;

/// Where a line of so many columns before it is best broken: at the position of a space. `inside` for the rest of a line
/// that was broken before.
pub(super) fn break_of(indent: usize, line: &str, inside: bool) -> Option<usize> {
    if indent + line.chars().count() <= WIDTH {
        return None;
    }
    let fitting: Vec<_> = spaces(line, inside).into_iter().filter(|space| indent + space.at <= WIDTH).collect();
    let long = |space: &&Space| line.len() - space.at >= REST;
    let depth = fitting.iter().filter(long).map(|space| space.depth).min()?;
    let best = fitting.iter().filter(long).filter(|space| space.depth == depth);
    // An operand in parentheses is a piece of its own.
    best.max_by_key(|space| (line[space.at..].starts_with(" ("), space.at)).map(|space| space.at)
}

/// A space between two words of an action.
struct Space {
    at: usize,
    /// Parentheses around it.
    depth: i32,
}

/// The spaces in actions at which a line may be broken: before an operand or a `|`.
fn spaces(line: &str, mut inside: bool) -> Vec<Space> {
    let (mut spaces, mut depth, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    let mut words = if inside { 2 } else { 0 };
    for (at, character) in line.char_indices() {
        match character {
            _ if !inside && line[at..].starts_with("{{") => (inside, words) = (true, 0),
            _ if !inside => {}
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' => depth += 1,
            ')' => depth -= 1,
            '}' if line[at..].starts_with("}}") => inside = false,
            ' ' => {
                let rest = &line[at + 1..];
                // Behind the delimiter and behind the first word, be it `if` or a function, nothing is broken.
                if words > 1 && !rest.starts_with("}}") && !line[..at].ends_with(['|', '=']) {
                    spaces.push(Space { at, depth });
                }
                words += 1;
            }
            _ => {}
        }
    }
    spaces
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, break_of};

    fn parts(line: &str) -> Vec<&str> {
        match break_of(0, line, false) {
            Some(at) => vec![&line[..at], &line[at + 1..]],
            None => vec![line],
        }
    }

    #[test]
    fn a_line_is_broken_before_a_piece() {
        let (a, b) = ("$.Values.a".repeat(5), "$.Values.b".repeat(5));
        let line = format!("{{{{- if and {a} (eq {b} \"x y ( z\") ($c) }}}}");
        assert_eq!(parts(&line), [&format!("{{{{- if and {a}"), &format!("(eq {b} \"x y ( z\") ($c) }}}}")]);
        let line = format!("key: {{{{ add {a} {b} 1000000000 | quote }}}}");
        assert_eq!(parts(&line)[1], "1000000000 | quote }}");
    }

    #[test]
    fn constants_are_not_broken() {
        let line = format!("{{{{- fail \"{}\" }}}}", "a b ".repeat(40));
        assert_eq!(parts(&line), [&line]);
        let line = "# a ".repeat(WIDTH);
        assert_eq!(parts(&line), [&line]);
    }
}
