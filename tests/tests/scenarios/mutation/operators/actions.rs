//! What stands between `{{` and `}}`: conditions, functions, variables, stages of pipelines.

use super::Template;
use super::reading::{opens_block, variable_at};

impl Template<'_> {
    /// All of them at a line.
    pub(super) fn actions(&mut self, at: usize) {
        if !self.lines[at].contains("{{") && !self.inside[at] {
            return;
        }
        self.conditions(at);
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

    /// A condition, negated. It may go on in further lines.
    fn conditions(&mut self, at: usize) {
        let count = 1 + self.inside[at + 1..].iter().take_while(|inside| **inside).count();
        let action = self.lines[at..at + count].join("\n");
        for (word, negated) in [("{{- if ", "{{- if not ("), ("{{- else if ", "{{- else if not (")] {
            if let Some((before, rest)) = action.split_once(word)
                && let Some(end) = rest.rfind("}}")
            {
                let condition = rest[..end].trim_end_matches('-').trim_end();
                let after = &rest[condition.len()..];
                let changed = format!("{before}{negated}{condition}){after}");
                self.replace_lines("negate", at, count, changed.lines().map(str::to_owned).collect());
            }
        }
    }

    /// A variable in the place of another that is in scope.
    fn variables(&mut self, at: usize) {
        let line = self.lines[at].to_owned();
        let known = self.in_scope(at);
        for (start, _) in line.match_indices('$') {
            let name = variable_at(&line, start);
            let declares = line[start + name.len()..].trim_start().starts_with([':', '=', ',']);
            let other = known.iter().rev().find(|other| *other != name);
            if let (true, false, Some(other)) = (known.iter().any(|known| known == name), declares, other) {
                let changed = format!("{}{other}{}", &line[..start], &line[start + name.len()..]);
                self.replace("wrong variable", at, changed);
            }
        }
    }

    /// The variables that a line may use.
    fn in_scope(&self, at: usize) -> Vec<String> {
        let mut scopes: Vec<Vec<String>> = vec![Vec::new()];
        for (index, line) in self.lines[..at].iter().enumerate().filter(|(index, _)| !self.skipped[*index]) {
            let action = line.trim_start().trim_start_matches("{{-").trim_start_matches("{{").trim_start();
            if action.starts_with("end") {
                scopes.pop();
            } else if opens_block(action) && !self.inside[index] {
                scopes.push(Vec::new());
            } else if action.starts_with("else")
                && let Some(scope) = scopes.last_mut()
            {
                scope.clear();
            }
            if let (Some((before, _)), Some(scope)) = (line.split_once(":="), scopes.last_mut()) {
                scope.extend(before.match_indices('$').map(|(start, _)| variable_at(before, start).to_owned()));
            }
        }
        scopes.concat()
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
            self.replace(operator, at, format!("{}{}", &line[..start], &rest[end..]));
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
            self.replace("drop default", at, format!("{before}coalesce {}{}", kept.join(" "), &rest[end..]));
        }
    }
}
