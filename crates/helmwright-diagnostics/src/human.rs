//! The writer for people: findings as text that looks like the compiler's.
//!
//! The only module that knows `annotate-snippets`. Must not know whether the text goes to a terminal: the caller says
//! so by [`Style`].

use std::ops::Range;

use annotate_snippets::renderer::Renderer;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Printed, Origin, Snippet, normalize_untrusted_str,
};

use crate::finding::{Finding, Label, Level};
use crate::findings::Findings;
use crate::source::{Source, SourceId, SourceMap, character_start};

/// Bytes of text in one drawing. The renderer walks through all that it gets, for every finding anew.
const MOST_DRAWN: usize = 4000;

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
        let group = group(&finding, sources);
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
    let group = level.primary_title(finding.message.as_str()).id(finding.rule.as_ref());
    let elements = files(finding).into_iter().filter_map(|id| Some(elements(sources.get(id)?, id, finding)));
    let mut group = group.elements(elements.flatten());
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

/// What is drawn of one file: one piece of the text with all labels, or one for each label if they stand far apart.
fn elements<'a>(source: &'a Source, id: SourceId, finding: &'a Finding) -> Vec<Element<'a>> {
    let mut labels: Vec<Drawn<'a>> = finding
        .labels
        .iter()
        .filter(|label| label.span.source == id)
        .map(|label| Drawn { label, range: drawn(source, label) })
        .collect();
    labels.sort_by_key(|drawn| !drawn.label.primary);
    if lines(source, &labels).len() <= MOST_DRAWN {
        return vec![snippet(source, &labels).into()];
    }
    let piece = |drawn: &Drawn<'a>| {
        let alone = std::slice::from_ref(drawn);
        if lines(source, alone).len() <= MOST_DRAWN {
            return vec![snippet(source, alone).into()];
        }
        let text = drawn.label.text.as_str();
        let note = (!text.is_empty()).then(|| Printed::NOTE.message(normalize_untrusted_str(text)).into());
        std::iter::once(origin(source, drawn)).chain(note).collect()
    };
    labels.iter().flat_map(piece).collect()
}

/// A label and the bytes under which it is drawn.
struct Drawn<'a> {
    label: &'a Label,
    range: Range<usize>,
}

/// The bytes of the lines from the first label to the last.
fn lines(source: &Source, labels: &[Drawn<'_>]) -> Range<usize> {
    let first = labels.iter().map(|drawn| drawn.range.start).min().unwrap_or_default();
    let last = labels.iter().map(|drawn| drawn.range.end).max().unwrap_or_default();
    let line = |offset| source.line_range(source.position(offset).line);
    line(first).start..line(last).end.max(last)
}

fn snippet<'a>(source: &'a Source, labels: &[Drawn<'a>]) -> Snippet<'a, Annotation<'a>> {
    let lines = lines(source, labels);
    let text = source.shown(lines.clone()).unwrap_or_default();
    let annotations = labels.iter().map(|Drawn { label, range }| {
        let kind = if label.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(range.start - lines.start..range.end - lines.start);
        if label.text.is_empty() { annotation } else { annotation.label(normalize_untrusted_str(&label.text)) }
    });
    let first_line = source.position(lines.start).line;
    Snippet::source(text).line_start(first_line).path(normalize_untrusted_str(source.name())).annotations(annotations)
}

/// The place alone, for a line that is too long to be drawn, or may hold a secret.
fn origin<'a>(source: &Source, drawn: &Drawn<'_>) -> Element<'a> {
    let position = source.position(drawn.range.start);
    let origin = Origin::path(normalize_untrusted_str(source.name())).line(position.line);
    origin.char_column(position.column).into()
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
    fn places_far_apart_and_lines_too_long() {
        let text = written(|sources| {
            let text = format!("a: 1\n{}a: 2\n", "# far\n".repeat(1000));
            let file = sources.add("a.yaml", &text);
            let end = text.len() - 5;
            Finding::error("E001", "twice")
                .at(Span::new(file, end, end + 1), "again")
                .also(Span::new(file, 0, 1), "first")
        });
        insta::assert_snapshot!(text, @r#"
        error[E001]: twice
            --> a.yaml:1002:1
             |
        1002 | a: 2
             | ^ again
             |
            ::: a.yaml:1:1
             |
           1 | a: 1
             | - first
        "#);
        let text = written(|sources| {
            let file = sources.add("a.yaml", format!("a: [{}]\n", "1, ".repeat(2000)));
            Finding::error("E001", "a long line").at(Span::new(file, 3001, 3002), "here").help("shorten it")
        });
        insta::assert_snapshot!(text, @r#"
        error[E001]: a long line
        --> a.yaml:1:3002
         = note: here
         = help: shorten it
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
