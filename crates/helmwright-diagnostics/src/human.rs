//! The writer for people: findings as text that looks like the compiler's.
//!
//! The only module that knows `annotate-snippets`. Must not know whether the text goes to a terminal: the caller says
//! so by [`Style`].

use std::ops::Range;

use annotate_snippets::renderer::Renderer;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Printed, Snippet, normalize_untrusted_str};

use crate::finding::{Finding, Label, Level};
use crate::findings::Findings;
use crate::source::{Source, SourceId, SourceMap, character_start};

/// How the text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to use terminal colours.
    pub color: bool,
    /// Columns after which source lines are cut. Messages are never wrapped.
    pub width: usize,
}

impl Default for Style {
    /// No colour, 140 columns.
    fn default() -> Self {
        Self { color: false, width: 140 }
    }
}

/// The findings as text, in the order of reports, each once, with an empty line between two. Empty if there are none.
///
/// Control characters in messages and source lines are replaced: a file cannot send commands to the terminal.
/// A label that spans several lines is drawn on its first line.
pub fn human(findings: &Findings, sources: &SourceMap, style: Style) -> String {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(style.width);
    let mut text = String::new();
    for finding in findings.ordered(sources) {
        if !text.is_empty() {
            text.push('\n');
        }
        let group = group(finding, sources);
        let printed = renderer.render(&[group]);
        // The renderer pads empty labels with spaces that no golden file should hold.
        for line in printed.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    without_c1(text)
}

/// The renderer replaces the control characters below U+0020 but not those from U+0080 on, which some terminals obey.
fn without_c1(text: String) -> String {
    let is_c1 = |character: char| ('\u{80}'..='\u{9f}').contains(&character);
    if text.contains(is_c1) { text.replace(is_c1, "\u{fffd}") } else { text }
}

fn group<'a>(finding: &'a Finding, sources: &'a SourceMap) -> Group<'a> {
    let level = match finding.level {
        Level::Error => Printed::ERROR,
        Level::Warning => Printed::WARNING,
        Level::Advice => Printed::INFO.with_name(Level::Advice.name()),
    };
    let mut group = level.primary_title(finding.message.as_str()).id(finding.rule.as_ref()).elements(
        files(finding).into_iter().filter_map(|id| sources.get(id).map(|source| snippet(source, id, finding))),
    );
    let messages = finding.path.iter().map(|path| ("value", path.clone()));
    let messages = messages.chain(finding.notes.iter().map(|note| ("note", note.clone())));
    let messages = messages.chain(finding.help.iter().map(|help| ("help", help.clone())));
    let rows = (!finding.rows.is_empty()).then(|| ("rows", finding.rows.join(", ")));
    for (name, message) in messages.chain(rows) {
        group = group.element(Printed::NOTE.with_name(name).message(normalize_untrusted_str(&message)));
    }
    group
}

/// The sources of a finding's labels: that of the primary place first, each once.
fn files(finding: &Finding) -> Vec<SourceId> {
    let mut files: Vec<SourceId> = Vec::new();
    for label in finding.place().into_iter().chain(&finding.labels) {
        if !files.contains(&label.span.source) {
            files.push(label.span.source);
        }
    }
    files
}

/// One file's labels. Only the lines between the first and the last label are handed over, since the renderer walks
/// through all the text that it gets.
fn snippet<'a>(source: &'a Source, id: SourceId, finding: &'a Finding) -> Snippet<'a, Annotation<'a>> {
    let labels: Vec<(&Label, Range<usize>)> = finding
        .labels
        .iter()
        .filter(|label| label.span.source == id)
        .map(|label| (label, drawn(source, label)))
        .collect();
    let first = labels.iter().map(|(_, range)| range.start).min().unwrap_or_default();
    let last = labels.iter().map(|(_, range)| range.end).max().unwrap_or_default();
    let first_line = source.position(first).line;
    let start = source.line_range(first_line).start;
    let end = source.line_range(source.position(last).line).end.max(last);
    let text = source.text().get(start..end).unwrap_or_default();
    let annotations = labels.into_iter().map(|(label, range)| {
        let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(range.start - start..range.end - start);
        if label.text.is_empty() { annotation } else { annotation.label(normalize_untrusted_str(&label.text)) }
    });
    Snippet::source(text).line_start(first_line).path(normalize_untrusted_str(source.name())).annotations(annotations)
}

/// The part of a label that is drawn: within the text, on character boundaries, on its first line.
fn drawn(source: &Source, label: &Label) -> Range<usize> {
    let text = source.text();
    let start = character_start(text, label.span.start);
    let line_end = source.line_range(source.position(start).line).end;
    let end = character_start(text, label.span.end).min(line_end).max(start);
    start..end
}

#[cfg(test)]
mod tests {
    use super::{Style, human};
    use crate::{Finding, Findings, SourceMap, Span};

    fn written(build: impl FnOnce(&mut SourceMap) -> Finding) -> String {
        let mut sources = SourceMap::new();
        let finding = build(&mut sources);
        human(&Findings::from(finding), &sources, Style::default())
    }

    #[test]
    fn a_place_a_second_place_and_all_messages() {
        let text = written(|sources| {
            let file = sources.add("values/prod.yaml", "a: 1\n# ü\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\na: 7\n");
            Finding::error("E001", "key `a` stands here twice")
                .at(Span::new(file, 35, 36), "again")
                .also(Span::new(file, 0, 1), "first here")
                .path("a")
                .note("Helm would take the last")
                .help("remove one of them")
                .row("S12")
                .row("S13")
        });
        insta::assert_snapshot!(text, @r#"
        error[E001]: key `a` stands here twice
         --> values/prod.yaml:8:1
          |
        1 | a: 1
          | - first here
        ...
        8 | a: 7
          | ^ again
          |
          = value: a
          = note: Helm would take the last
          = help: remove one of them
          = rows: S12, S13
        "#);
    }

    #[test]
    fn two_files() {
        let text = written(|sources| {
            let base = sources.add("values/base.yaml", "x: 1\nimage:\n  tag: a\n");
            let file = sources.add("values/prod.yaml", "image: b\n");
            Finding::warning("W001", "`image` replaces a map")
                .also(Span::new(base, 5, 20), "a map here")
                .at(Span::new(file, 7, 8), "a string here")
        });
        insta::assert_snapshot!(text, @r#"
        warning[W001]: `image` replaces a map
         --> values/prod.yaml:1:8
          |
        1 | image: b
          |        ^ a string here
          |
         ::: values/base.yaml:2:1
          |
        2 | image:
          | ------ a map here
        "#);
    }

    #[test]
    fn no_place() {
        let text = written(|_| {
            Finding::advice("A001", "give the surge room").path("events.headroomReplicas").help("set it to 1")
        });
        insta::assert_snapshot!(text, @r#"
        advice[A001]: give the surge room
         |
         = value: events.headroomReplicas
         = help: set it to 1
        "#);
    }

    #[test]
    fn the_end_of_a_text_and_no_text_at_all() {
        let text = written(|sources| {
            let file = sources.add("a.yaml", "a: [1,\n");
            Finding::error("E001", "unfinished").at(Span::new(file, 7, 7), "")
        });
        insta::assert_snapshot!(text, @r#"
        error[E001]: unfinished
         --> a.yaml:2:1
          |
        2 |
          | ^
        "#);
        let text = written(|sources| {
            let file = sources.add("a.yaml", "");
            Finding::error("E001", "empty").at(Span::new(file, 5, 9), "here")
        });
        insta::assert_snapshot!(text, @r#"
        error[E001]: empty
         --> a.yaml:1:1
          |
        1 |
          | ^ here
        "#);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = written(|sources| {
            let file = sources.add("a\u{1b}.yaml", "a: \u{1b}[31m\u{7}\u{9b}31m\n");
            Finding::error("E001", "x\u{1b}[2J").at(Span::new(file, 3, 4), "y\u{1b}[2J").help("z\u{1b}[2J\u{9b}")
        });
        assert!(!text.contains(|character: char| character.is_control() && character != '\n'), "{text}");
    }

    #[test]
    fn colour_is_asked_for() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.yaml", "a: 1\n");
        let findings = Findings::from(Finding::error("E001", "m").at(Span::new(file, 0, 1), "x"));
        assert!(human(&findings, &sources, Style { color: true, width: 80 }).contains('\u{1b}'));
        assert!(!human(&findings, &sources, Style { color: false, width: 80 }).contains('\u{1b}'));
    }
}
