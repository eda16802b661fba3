//! How the operators read a line that the printer wrote.

/// A line with a key: what stands before its value, the value, and where the key begins.
pub(super) struct KeyLine<'l> {
    pub(super) before: &'l str,
    pub(super) value: &'l str,
    pub(super) indent: usize,
}

pub(super) fn key(line: &str) -> Option<KeyLine<'_>> {
    let start = line.find(|character: char| character != ' ')?;
    let body = line[start..].strip_prefix("- ").map_or(start, |_| start + 2);
    if line[body..].starts_with("{{") {
        return None;
    }
    let colon = body
        + line[body..].find(':').filter(|colon| {
            let name = &line[body..body + colon];
            !name.is_empty() && !name.contains([' ', '"', '{'])
        })?;
    let value = colon + 1 + usize::from(line[colon + 1..].starts_with(' '));
    (value > colon + 1 || colon + 1 == line.len()).then(|| KeyLine {
        before: &line[..value],
        value: &line[value..],
        indent: body,
    })
}

/// Whether the line holds control alone.
pub(super) fn is_control(line: &str) -> bool {
    let action = line.trim_start().trim_start_matches("{{-").trim_start_matches("{{").trim_start();
    let line_is_action = line.trim_start().starts_with("{{");
    let words = ["if ", "else", "end ", "end}", "end-", "range ", "with ", "define ", "$"];
    line_is_action && words.iter().any(|word| action.starts_with(word))
}

/// Lines of comments: `{{/* … */}}`, `{{- /* … */}}`, `# …`.
pub(super) fn comments(lines: &[&str]) -> Vec<bool> {
    let mut inside = false;
    let is_comment = |line: &&str| {
        let text = line.trim_start();
        let opens = text.starts_with("{{/*") || text.starts_with("{{- /*");
        let comment = inside || opens || text.starts_with('#') || text == "---";
        inside = (inside || opens) && !text.contains("*/");
        comment
    };
    lines.iter().map(is_comment).collect()
}

/// Whether an action, without its braces, opens a block that an `end` closes.
pub(super) fn opens_block(action: &str) -> bool {
    ["if ", "range ", "with ", "define "].iter().any(|word| action.starts_with(word))
}

/// The variable whose `$` stands at a place of a line.
pub(super) fn variable_at(line: &str, start: usize) -> &str {
    let name = &line[start..];
    let end = name[1..].find(|character: char| !character.is_ascii_alphanumeric() && character != '_');
    end.map_or(name, |end| &name[..=end])
}

/// For each line whether it goes on with an action that an earlier line opens.
pub(super) fn open_actions(lines: &[&str]) -> Vec<bool> {
    let mut open = false;
    let goes_on = |line: &&str| {
        let inside = open;
        match (line.rfind("{{"), line.rfind("}}")) {
            (Some(opened), closed) => open = closed.is_none_or(|closed| closed < opened),
            (None, Some(_)) => open = false,
            (None, None) => {}
        }
        inside
    };
    lines.iter().map(goes_on).collect()
}

/// How many spaces a line begins with.
pub(super) fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a place of a line lies between `{{` and `}}`, of which the first may stand in an earlier line.
pub(super) fn in_action(line: &str, inside: bool, at: usize) -> bool {
    match (line[..at].rfind("{{"), line[..at].rfind("}}")) {
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => inside,
    }
}

/// Numbers in actions, and numbers that are values, as ranges of bytes.
pub(super) fn numbers(line: &str, inside: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + line[at..].bytes().take_while(u8::is_ascii_digit).count();
        let alone = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b' ' || *byte == b')' || *byte == b'(');
        let is_indent = line[..at].ends_with("nindent ");
        if alone(at.checked_sub(1).and_then(|before| bytes.get(before))) && alone(bytes.get(end)) && !is_indent {
            let is_value = key(line).is_some_and(|key| key.before.len() == at && end == line.len());
            if in_action(line, inside, at) && !in_string(line, at) || is_value {
                found.push((at, end));
            }
        }
        at = end;
    }
    found
}

/// Where the texts in a line's actions end. Names of helpers are left out.
pub(super) fn string_ends(line: &str, inside: bool) -> Vec<usize> {
    let (mut found, mut open) = (Vec::new(), None);
    for (at, _) in line.match_indices('"') {
        if line[..at].ends_with('\\') || !in_action(line, inside, at) {
            continue;
        }
        match open.take() {
            None => open = Some(at),
            Some(start) if line[..start].ends_with("include ") || line[..start].ends_with("define ") => {}
            Some(_) => found.push(at),
        }
    }
    found
}

fn in_string(line: &str, at: usize) -> bool {
    line[..at].matches('"').count() % 2 == 1
}
