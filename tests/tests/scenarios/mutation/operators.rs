//! What is done to the printed text, and where: each operator finds all places of a template where it applies.
//!
//! Operators know the forms of lines that the printer writes, not what they mean. Left out by construction is what cannot
//! matter: comments, the indentation of lines that hold control alone, the names behind `define` and `include`.

/// A template with one place changed.
#[derive(Clone, Debug)]
pub(super) struct Mutant {
    /// What was done.
    pub(super) operator: &'static str,
    /// The number of the line, from 1.
    pub(super) line: usize,
    /// The line as it was.
    pub(super) before: String,
    /// What stands in its place; empty if it is gone.
    pub(super) after: String,
    /// The whole template.
    pub(super) text: String,
}

/// All mutants of a template.
pub(super) fn mutants(text: &str) -> Vec<Mutant> {
    let lines: Vec<&str> = text.lines().collect();
    let mut template = Template { skipped: comments(&lines), lines, found: Vec::new() };
    for at in 0..template.lines.len() {
        if template.skipped[at] || template.lines[at].trim().is_empty() {
            continue;
        }
        template.lines(at);
        template.actions(at);
        template.texts(at);
        template.blocks(at);
    }
    template.found
}

struct Template<'t> {
    lines: Vec<&'t str>,
    skipped: Vec<bool>,
    found: Vec<Mutant>,
}

impl Template<'_> {
    /// Whole lines: dropped, swapped, indented.
    fn lines(&mut self, at: usize) {
        let line = self.lines[at];
        if !is_control(line) {
            self.replace("drop line", at, &[]);
            self.indent(at, line);
        }
        if let (Some(one), Some(other)) = (key(line), self.lines.get(at + 1).and_then(|next| key(next)))
            && one.indent == other.indent
            && !one.value.is_empty()
            && !other.value.is_empty()
            && one.value != other.value
        {
            let swapped = [format!("{}{}", one.before, other.value), format!("{}{}", other.before, one.value)];
            self.replace_lines("swap siblings", at, 2, &swapped);
        }
    }

    fn indent(&mut self, at: usize, line: &str) {
        if let Some((before, rest)) = line.split_once("nindent ") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap_or(0);
            for changed in [number.checked_sub(2), Some(number + 2)].into_iter().flatten() {
                self.replace("indent", at, &[format!("{before}nindent {changed}{}", &rest[digits.len()..])]);
            }
        } else if !line.trim_start().starts_with("{{-") {
            self.replace("indent", at, &[format!("  {line}")]);
            if let Some(less) = line.strip_prefix("  ") {
                self.replace("indent", at, &[less.to_owned()]);
            }
        }
    }

    /// What stands between `{{` and `}}`.
    fn actions(&mut self, at: usize) {
        let line = self.lines[at];
        if !line.contains("{{") && !line.trim_start().starts_with("(dict") {
            return;
        }
        for (word, negated) in [("{{- if ", "{{- if not ("), ("{{- else if ", "{{- else if not (")] {
            if let Some((before, rest)) = line.split_once(word)
                && let Some(end) = rest.rfind("}}")
            {
                let condition = rest[..end].trim_end_matches('-').trim_end();
                let after = &rest[condition.len()..];
                self.replace("negate", at, &[format!("{before}{negated}{condition}){after}")]);
            }
        }
        self.each("bare integer", at, "int64 ", "");
        self.each("drop deepCopy", at, "deepCopy ", "");
        self.each("wrong dot", at, "$.Values", ".Values");
        self.each("wrong dot", at, "$.Release", ".Release");
        self.each("wrong dot", at, ".root.", ".");
        self.each("wrong dot", at, "\"root\" $ ", "\"root\" . ");
        self.each("wrong dot", at, " $ ", " . ");
        for (word, other) in [
            ("(lt ", "(gt "),
            ("(gt ", "(lt "),
            (" lt ", " gt "),
            (" gt ", " lt "),
            (" eq ", " ne "),
            (" ne ", " eq "),
            ("(eq ", "(ne "),
            ("(ne ", "(eq "),
            (" and ", " or "),
            (" or ", " and "),
            ("(and ", "(or "),
            ("(or ", "(and "),
            (" add ", " sub "),
            ("(add ", "(sub "),
            ("(mul ", "(add "),
            (" mul ", " add "),
            (" max ", " min "),
            ("(max ", "(min "),
        ] {
            self.each("other function", at, word, other);
        }
        self.variables(at);
        self.stages(at);
        self.defaults(at);
    }

    /// A variable in the place of another.
    fn variables(&mut self, at: usize) {
        let line = self.lines[at].to_owned();
        let declared = self.declared();
        for (start, _) in line.match_indices('$') {
            let name: String = line[start..].chars().take_while(|c| *c == '$' || c.is_ascii_alphanumeric()).collect();
            let declares = line[start + name.len()..].trim_start().starts_with([':', '=', ',']);
            let other = declared.iter().rev().find(|other| **other != name);
            if let (true, false, Some(other)) = (declared.contains(&name), declares, other) {
                let changed = format!("{}{other}{}", &line[..start], &line[start + name.len()..]);
                self.replace("wrong variable", at, &[changed]);
            }
        }
    }

    /// The variables that the template declares.
    fn declared(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for line in &self.lines {
            let Some((before, _)) = line.split_once(":=") else { continue };
            for (start, _) in before.match_indices('$') {
                let name: String =
                    before[start..].chars().take_while(|c| *c == '$' || c.is_ascii_alphanumeric()).collect();
                if name.len() > 1 && !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Stages of a pipeline, such as `| quote`, `| sha256sum`, `| trunc 6`.
    fn stages(&mut self, at: usize) {
        let line = self.lines[at].to_owned();
        for (start, _) in line.match_indices(" | ") {
            let rest = &line[start + 3..];
            let end = [" | ", " }}", " -}}", ")"].iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
            let operator = match rest[..end].split(' ').next() {
                Some("quote") => "drop quote",
                Some("default") => "drop default",
                _ => "drop stage",
            };
            self.replace(operator, at, &[format!("{}{}", &line[..start], &rest[end..])]);
        }
    }

    /// One of the arguments of `coalesce`.
    fn defaults(&mut self, at: usize) {
        let line = self.lines[at].to_owned();
        let Some((before, rest)) = line.split_once("coalesce ") else { return };
        let end = rest.find(" -}}").or_else(|| rest.find(" }}")).unwrap_or(rest.len());
        let arguments: Vec<&str> = rest[..end].split(' ').collect();
        for left_out in 0..arguments.len() {
            let kept: Vec<&str> =
                arguments.iter().enumerate().filter(|(index, _)| *index != left_out).map(|(_, kept)| *kept).collect();
            self.replace("drop default", at, &[format!("{before}coalesce {}{}", kept.join(" "), &rest[end..])]);
        }
    }

    /// Constants: numbers, texts, quotes.
    fn texts(&mut self, at: usize) {
        let line = self.lines[at].to_owned();
        if let Some(key) = key(&line)
            && !key.value.is_empty()
        {
            if key.value.starts_with('"') && key.value.ends_with('"') && key.value.len() > 1 {
                self.replace("drop quote", at, &[format!("{}{}", key.before, &key.value[1..key.value.len() - 1])]);
            }
            if !key.value.contains("{{") {
                let changed = match key.value {
                    "true" => "false".to_owned(),
                    "false" => "true".to_owned(),
                    "{}" | "[]" | "|" => return,
                    quoted if quoted.ends_with('"') => format!("{}x\"", &quoted[..quoted.len() - 1]),
                    plain => format!("{plain}x"),
                };
                self.replace("change text", at, &[format!("{}{changed}", key.before)]);
            }
        }
        if line.trim_start().starts_with("- ") && key(&line).is_none() && !line.contains("{{") {
            self.replace("change text", at, &[format!("{line}x")]);
        }
        for (start, end) in numbers(&line) {
            let number: u64 = line[start..end].parse().unwrap_or(0);
            let changed = format!("{}{}{}", &line[..start], number + 1, &line[end..]);
            self.replace("change number", at, &[changed]);
        }
        for (start, end) in strings(&line) {
            self.replace("change text", at, &[format!("{}x{}", &line[..end], &line[end..])]);
            let _ = start;
        }
    }

    /// Blocks: without their condition, with their branches swapped.
    fn blocks(&mut self, at: usize) {
        let line = self.lines[at];
        if !line.trim_start().starts_with("{{- if ") {
            return;
        }
        let Some((others, end)) = self.block(at) else { return };
        let mut without: Vec<String> = Vec::new();
        let kept = others.first().copied().unwrap_or(end);
        without.extend(self.lines[at + 1..kept].iter().map(|line| (*line).to_owned()));
        self.replace_lines("drop guard", at, end + 1 - at, &without);
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
            self.replace_lines("swap branches", at, end + 1 - at, &swapped.concat());
        }
    }

    /// The `else` lines and the `end` line of the block that a line opens.
    fn block(&self, at: usize) -> Option<(Vec<usize>, usize)> {
        let (mut depth, mut others) = (0, Vec::new());
        for (index, line) in self.lines.iter().enumerate().skip(at) {
            let line = line.trim_start().trim_start_matches("{{-").trim_start();
            if ["if ", "range ", "with ", "define "].iter().any(|word| line.starts_with(word)) {
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

    /// A mutant for each occurrence of a text in the actions of a line.
    fn each(&mut self, operator: &'static str, at: usize, from: &str, to: &str) {
        let line = self.lines[at].to_owned();
        for (start, _) in line.match_indices(from) {
            if in_action(&line, start) {
                self.replace(operator, at, &[format!("{}{to}{}", &line[..start], &line[start + from.len()..])]);
            }
        }
    }

    fn replace(&mut self, operator: &'static str, at: usize, with: &[String]) {
        self.replace_lines(operator, at, 1, with);
    }

    fn replace_lines(&mut self, operator: &'static str, at: usize, count: usize, with: &[String]) {
        let mut lines: Vec<&str> = self.lines[..at].to_vec();
        lines.extend(with.iter().map(String::as_str));
        lines.extend(&self.lines[at + count..]);
        let (before, after) =
            (self.lines[at].trim().to_owned(), with.first().map_or("", |line| line.trim()).to_owned());
        let text = lines.join("\n") + "\n";
        self.found.push(Mutant { operator, line: at + 1, before, after, text });
    }
}

/// A line with a key: what stands before its value, the value, and where the key begins.
struct KeyLine<'l> {
    before: &'l str,
    value: &'l str,
    indent: usize,
}

fn key(line: &str) -> Option<KeyLine<'_>> {
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
fn is_control(line: &str) -> bool {
    let action = line.trim_start().trim_start_matches("{{-").trim_start_matches("{{").trim_start();
    let line_is_action = line.trim_start().starts_with("{{");
    let words = ["if ", "else", "end ", "end}", "end-", "range ", "with ", "define ", "$"];
    line_is_action && words.iter().any(|word| action.starts_with(word))
}

/// Lines of comments: `{{/* … */}}`, `{{- /* … */}}`, `# …`.
fn comments(lines: &[&str]) -> Vec<bool> {
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

/// Whether a place of a line lies between `{{` and `}}`. A line that goes on from the one before is all action.
fn in_action(line: &str, at: usize) -> bool {
    let open = line[..at].rfind("{{");
    match (open, line[..at].rfind("}}")) {
        (Some(open), Some(close)) => open > close,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => line.trim_start().starts_with("(dict"),
    }
}

/// Numbers in actions, and numbers that are values, as ranges of bytes.
fn numbers(line: &str) -> Vec<(usize, usize)> {
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
            if in_action(line, at) && !in_string(line, at) || is_value {
                found.push((at, end));
            }
        }
        at = end;
    }
    found
}

/// The texts in a line's actions, as ranges of what stands between their quotes. Names of helpers, keys of dicts and
/// formats are left out.
fn strings(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, _) in line.match_indices('"') {
        if line[..at].ends_with('\\') || !in_action(line, at) {
            continue;
        }
        match open.take() {
            None => open = Some(at + 1),
            Some(start) => {
                let before = &line[..start - 1];
                let named = before.ends_with("include ") || before.ends_with("define ");
                if !named {
                    found.push((start, at));
                }
            }
        }
    }
    found
}

fn in_string(line: &str, at: usize) -> bool {
    line[..at].matches('"').count() % 2 == 1
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
    assert!(found.iter().all(|mutant| mutant.text != text), "a mutant is the template itself");
    assert_eq!((count("negate"), count("swap siblings"), count("swap branches")), (1, 1, 1));
}
