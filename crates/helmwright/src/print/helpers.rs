//! `_helpers.tpl` and `NOTES.txt`: helpers as documented `define`s, and texts of several lines.

use super::structure::Naming;
use super::{Printer, Scope};
use crate::expression::Expression;
use crate::tree::visit::Part;
use crate::tree::{Choice, Helper, HelperBody, Line};

/// What `{{-` and `-}}` take away.
const TRIMMED: [char; 4] = [' ', '\t', '\r', '\n'];

impl Printer {
    /// Every helper met so far, and those that they call, in the order of their names.
    pub(super) fn helper_file(&mut self) -> String {
        let mut printed: Vec<(&'static str, String)> = Vec::new();
        let mut next = 0;
        while let Some(helper) = self.helpers.get(next).cloned() {
            next += 1;
            self.place = helper.name.to_owned();
            let text = self.helper(&helper);
            match printed.iter().find(|(name, _)| *name == helper.name) {
                Some((_, other)) if *other != text => self.problem("two helpers have this name"),
                Some(_) => {}
                None => printed.push((helper.name, text)),
            }
        }
        printed.sort();
        printed.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn helper(&mut self, helper: &Helper) -> String {
        self.out.clear();
        self.scope = Scope::new(!helper.parameters.is_empty());
        for parameter in &helper.parameters {
            if &*parameter.name == "root" {
                self.problem("a parameter is called root, which is the name of what every helper is given");
            }
            self.scope.declare_parameter(parameter);
        }
        self.purpose(helper.purpose);
        self.line(0, "{{/*");
        for line in helper.purpose.lines() {
            self.line(0, line);
        }
        self.line(0, "*/}}");
        self.line(0, &format!("{{{{- define \"{}\" -}}}}", helper.name));
        match &helper.body {
            HelperBody::Value(choice) => self.choice(choice),
            HelperBody::Lines(lines) => self.lines(lines, true, true),
            HelperBody::Fragment(entries) => self.entries(0, "", entries),
        }
        self.line(0, "{{- end }}");
        std::mem::take(&mut self.out)
    }

    fn choice(&mut self, choice: &Choice) {
        let single = choice.branches.is_empty();
        let mut before = choice.bindings.len();
        for expression in choice.expressions() {
            // Only the last statement before a text without cases trims what follows it.
            self.folds(expression, single && choice.bindings.is_empty());
        }
        for (variable, value) in &choice.bindings {
            before -= 1;
            let value = self.pipeline(value);
            let name = self.scope.declare(variable);
            let close = if single && before == 0 { " -}}" } else { " }}" };
            self.wrapped(0, &format!("{{{{- {name} := {value}{close}"));
        }
        for (position, (condition, result)) in choice.branches.iter().enumerate() {
            let word = if position == 0 { "if" } else { "else if" };
            let condition = self.condition(condition);
            self.wrapped(0, &format!("{{{{- {word} {condition} -}}}}"));
            self.result(result);
        }
        let nothing = choice.otherwise.as_literal_text() == Some("");
        if !single && !nothing {
            self.line(0, "{{- else -}}");
        }
        if single || !nothing {
            self.result(&choice.otherwise);
        }
        if !single {
            self.line(0, "{{- end }}");
        }
    }

    /// The text of a case: what is around it trims white space at both ends.
    fn result(&mut self, result: &Expression) {
        let text = self.interpolated(result);
        if text.starts_with(TRIMMED) || text.ends_with(TRIMMED) {
            self.problem("a text by cases begins or ends in white space that Go templates would trim");
        }
        self.line(0, &text);
    }

    /// The text of NOTES.txt.
    pub(super) fn notes(&mut self, lines: &[Line]) -> String {
        self.out.clear();
        self.scope = Scope::default();
        self.lines(lines, true, false);
        std::mem::take(&mut self.out)
    }

    /// Lines of a text; `first` where nothing stands before them, `closed` where a control line stands behind them.
    fn lines(&mut self, lines: &[Line], mut first: bool, closed: bool) {
        for (position, line) in lines.iter().enumerate() {
            let outside = self.scope.clone();
            match line {
                Line::Text(expression) => {
                    self.folds(expression, first);
                    let text = self.interpolated(expression);
                    if text.ends_with([' ', '\t']) || (first && text.starts_with([' ', '\t'])) {
                        self.problem("a line begins or ends in white space that Go templates would trim");
                    }
                    let trimmed = lines.get(position + 1).map_or(closed, |next| self.is_control(next));
                    if (text.is_empty() || text.ends_with('\n')) && (first || trimmed) {
                        self.problem(
                            "an empty line stands at an end or before a condition or loop, where Go templates trim it: \
                             put it inside or behind",
                        );
                    }
                    self.line(0, &text);
                    first = false;
                    continue;
                }
                _ if first && !matches!(line, Line::Let { .. }) => {
                    self.problem("a text of several lines begins with a condition or loop: put a fixed line first");
                    return;
                }
                Line::If { branches, otherwise, .. } => {
                    for (position, (condition, body)) in branches.iter().enumerate() {
                        let word = if position == 0 { "if" } else { "else if" };
                        let condition = self.condition(condition);
                        self.control_line(0, &format!("{word} {condition}"));
                        self.lines(body, false, true);
                        self.scope = outside.clone();
                    }
                    if !otherwise.is_empty() {
                        self.control_line(0, "else");
                        self.lines(otherwise, false, true);
                    }
                    self.control_line(0, "end");
                }
                Line::Range { subject, key, value, body, .. } => {
                    let key = key.as_ref().filter(|key| Line::uses(body, key));
                    self.open(0, "range", subject, key, value, Naming::of(key, value, body));
                    self.lines(body, false, true);
                    self.control_line(0, "end");
                }
                Line::Let { variable, value, body } => {
                    let value = self.pipeline(value);
                    let name = self.scope.declare(variable);
                    let close = if first { " -}}" } else { " }}" };
                    self.wrapped(0, &format!("{{{{- {name} := {value}{close}"));
                    let closed = lines.get(position + 1).map_or(closed, |next| self.is_control(next));
                    self.lines(body, first, closed);
                }
            }
            self.scope = outside;
            first = false;
        }
    }

    /// Whether the line's printed form begins with a control line, which trims what stands before it.
    fn is_control(&self, line: &Line) -> bool {
        match line {
            Line::Text(text) => {
                let mut loops = false;
                text.walk(&mut |inner| {
                    loops |= matches!(inner, Expression::Fold(fold) if self.scope.fold(&fold.variable).is_none());
                });
                loops
            }
            Line::If { .. } | Line::Range { .. } | Line::Let { .. } => true,
        }
    }
}
