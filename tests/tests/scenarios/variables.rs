//! Every variable that a template of the chart sets is read: what nothing reads would puzzle whoever reads the chart.

use helmwright::print::print;

use crate::chart::chart;
use crate::figures;

/// What a line sets, such as `$name` in `{{- $name := .Release.Name }}`; a loop's key and entry are not meant.
fn set(line: &str) -> Option<&str> {
    let action = line.trim_start().trim_start_matches("{{").trim_start_matches('-').trim_start();
    let (variable, _) = action.split_once(" := ")?;
    variable.starts_with('$').then_some(variable).filter(|variable| !variable.contains(','))
}

/// Whether a text names a variable, and not only one whose name begins with its name.
fn reads(text: &str, variable: &str) -> bool {
    text.match_indices(variable).any(|(start, _)| {
        let next = text[start + variable.len()..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || next == '_')
    })
}

/// The lines of a text that set what no line behind them reads.
fn unread(text: &str) -> Vec<(usize, &str)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(variable) = set(line) else { continue };
        let again = format!("{variable} := ");
        let mut behind = lines[at + 1..].iter();
        // What stands behind ":=" belongs to the variable of that name before it.
        let is_read = behind.find_map(|line| match line.split_once(&again) {
            Some((_, value)) => Some(reads(value, variable)),
            None => reads(line, variable).then_some(true),
        });
        if is_read != Some(true) {
            found.push((at + 1, *line));
        }
    }
    found
}

#[test]
fn what_is_set_is_read() {
    let templates = print(chart().tree).unwrap();
    let of = |text: &str| text.lines().filter(|line| set(line).is_some()).count();
    let all: usize = templates.iter().map(|template| of(&template.text)).sum();
    let dead: Vec<String> = templates
        .iter()
        .flat_map(|template| {
            let lines = unread(&template.text).into_iter();
            lines.map(|(line, text)| format!("{}:{line}: {text}", template.path))
        })
        .collect();
    figures::print("variables", "set", &format!("{all} variables of templates are set, {} never read", dead.len()));
    assert!(all > 100, "the printer sets variables in another way than this test knows");
    assert!(dead.is_empty(), "variables that nothing reads:{}", figures::listed(&dead, 40));
}

#[test]
fn a_variable_that_nothing_reads_is_found() {
    let text = "{{- $host := .Values.host }}\n{{- $hosts := 1 }}\n{{ $hosts }}\n{{- $a := 1 }}\n{{- $a := add $a 1 }}\n{{ $a }}\n";
    assert_eq!(unread(text), [(1, "{{- $host := .Values.host }}")]);
}
