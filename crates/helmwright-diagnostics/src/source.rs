//! Source texts, the spans in them, the line and column of a byte, and what of a text must not be shown.
//!
//! Must not know what the texts mean or how they were read.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Names one text of a [`SourceMap`]. Only meaningful together with the map that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A range of bytes in one source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte; equal to `start` for a place between two characters.
    pub end: usize,
}

impl Span {
    /// The bytes `start..end` of `source`. An `end` before `start` is taken as `start`.
    pub fn new(source: SourceId, start: usize, end: usize) -> Self {
        Self { source, start, end: end.max(start) }
    }

    /// The empty span where this one starts.
    pub fn start_point(self) -> Self {
        Self { end: self.start, ..self }
    }
}

/// A line and a column as editors count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters (not bytes, not display cells).
    pub column: usize,
}

/// A named text.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    /// Offsets of the line starts. Filled at the first question: most texts never have a finding.
    line_starts: OnceLock<Vec<usize>>,
    /// What must not be shown, by start and end.
    hidden: Vec<Range<usize>>,
    /// Bytes of the longest of them.
    longest_hidden: usize,
}

impl Source {
    /// The path as the user wrote it, or a title in angle brackets such as `<standard input>`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, without a byte order mark.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// A part of the text as reports show it: every character that is [hidden](SourceMap::hide) is an asterisk for each of
    /// its bytes, so that offsets stay. `None` if the range does not fit the text.
    pub(crate) fn shown(&self, range: Range<usize>) -> Option<Cow<'_, str>> {
        let text = self.text.get(range.clone())?;
        let mut ahead = self.hidden_ranges(&range).peekable();
        if ahead.peek().is_none() {
            return Some(Cow::Borrowed(text));
        }
        let mut hidden_until = 0;
        let shown = text.char_indices().map(|(offset, character)| {
            let offset = range.start + offset;
            while let Some(hidden) = ahead.next_if(|hidden| hidden.start <= offset) {
                hidden_until = hidden_until.max(hidden.end);
            }
            if character.is_whitespace() || offset >= hidden_until {
                Cow::Owned(character.to_string())
            } else {
                Cow::Borrowed(&"****"[..character.len_utf8()])
            }
        });
        Some(Cow::Owned(shown.collect()))
    }

    /// The hidden texts that share a byte with a range.
    pub(crate) fn hidden_in(&self, range: Range<usize>) -> impl Iterator<Item = &str> {
        self.hidden_ranges(&range).filter_map(|hidden| self.text.get(hidden.clone()))
    }

    /// What is hidden that shares a byte with a range.
    fn hidden_ranges(&self, range: &Range<usize>) -> impl Iterator<Item = &Range<usize>> + use<'_> {
        let (start, end) = (range.start, range.end);
        let first = self.hidden.partition_point(|hidden| hidden.start + self.longest_hidden <= start);
        let candidates = self.hidden.iter().skip(first).take_while(move |hidden| hidden.start < end);
        candidates.filter(move |hidden| start < hidden.end)
    }

    /// The line and column of a byte. Lines end with `\n`. An offset inside a character counts as the character's
    /// start, an offset after the end as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = character_start(&self.text, offset);
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset);
        let line_start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let column = self.text.get(line_start..offset).map_or(0, |before| before.chars().count()) + 1;
        Position { line, column }
    }

    /// The bytes of a line (from 1) without its line break; the last line for a number after it.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let starts = self.line_starts();
        let index = line.saturating_sub(1).min(starts.len().saturating_sub(1));
        let start = starts.get(index).copied().unwrap_or_default();
        let end = starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let end = if self.text.get(start..end).is_some_and(|text| text.ends_with('\r')) { end - 1 } else { end };
        start..end
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(offset, _)| offset + 1)).collect()
        })
    }
}

/// The texts that findings refer to.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// A map without texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text under the name that findings will show. A leading byte order mark is dropped, so that offsets and
    /// columns are those of the text that people see. Adding the same name twice gives two texts.
    pub fn add(&mut self, name: impl Into<String>, text: impl AsRef<str>) -> SourceId {
        let text = text.as_ref();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        self.sources.push(Source {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            hidden: Vec::new(),
            longest_hidden: 0,
        });
        id
    }

    /// Hides what stands at a span, a secret: reports show asterisks in its place, and messages about it do not quote it.
    pub fn hide(&mut self, span: Span) {
        if let Some(source) = self.sources.get_mut(span.source.0 as usize)
            && span.start < span.end
        {
            let range = span.start..span.end;
            let place = source.hidden.partition_point(|hidden| (hidden.start, hidden.end) < (range.start, range.end));
            source.longest_hidden = source.longest_hidden.max(range.len());
            if source.hidden.get(place) != Some(&range) {
                source.hidden.insert(place, range);
            }
        }
    }

    /// A whole text as reports show it: asterisks in the place of what is [hidden](Self::hide). Empty if the id comes from
    /// another map.
    pub fn shown(&self, id: SourceId) -> Cow<'_, str> {
        self.get(id).and_then(|source| source.shown(0..source.text.len())).unwrap_or_default()
    }

    /// The text of an id, `None` if the id comes from another map.
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }

    /// The name of a text, empty if the id comes from another map.
    pub fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("", Source::name)
    }

    /// The text of an id, empty if the id comes from another map.
    pub fn text(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| source.text())
    }

    /// The text under a span, empty if the span does not fit its text.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.source).get(span.start..span.end).unwrap_or_default()
    }

    /// Where a span starts; line 1, column 1 if the span comes from another map.
    pub fn start(&self, span: Span) -> Position {
        self.position(span.source, span.start)
    }

    /// Where a span ends: the position after its last character.
    pub fn end(&self, span: Span) -> Position {
        self.position(span.source, span.end)
    }

    /// Where a span starts, as people write it: `values/prod.yaml:17:19`.
    pub fn place(&self, span: Span) -> String {
        let start = self.start(span);
        format!("{}:{}:{}", self.name(span.source), start.line, start.column)
    }

    /// The texts in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.sources)
    }

    fn position(&self, id: SourceId, offset: usize) -> Position {
        self.get(id).map_or(Position { line: 1, column: 1 }, |source| source.position(offset))
    }
}

/// The nearest character boundary at or before `offset`, at most the end of the text.
pub(crate) fn character_start(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Source {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", text);
        sources.get(id).unwrap().clone()
    }

    #[test]
    fn columns_count_characters() {
        let source = one("a: ü\r\nbé: 1\n");
        let at = |offset| {
            let Position { line, column } = source.position(offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 4));
        assert_eq!(at(4), (1, 4), "inside a character");
        assert_eq!(at(5), (1, 5));
        assert_eq!(at(7), (2, 1));
        assert_eq!(at(10), (2, 3));
        assert_eq!(at(999), (3, 1));
        assert_eq!(&source.text()[source.line_range(1)], "a: ü");
        assert_eq!(&source.text()[source.line_range(2)], "bé: 1");
        assert_eq!(&source.text()[source.line_range(9)], "");
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let source = one("");
        assert_eq!(source.position(0), Position { line: 1, column: 1 });
        assert_eq!(source.line_range(1), 0..0);
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(&**one("\u{feff}a: 1").text(), "a: 1");
    }

    #[test]
    fn what_is_hidden_may_overlap_and_come_in_any_order() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "ab: cd ef\ngh: \u{fc}i");
        for (start, end) in [(14, 17), (4, 9), (4, 6), (4, 9), (5, 7)] {
            sources.hide(Span::new(id, start, end));
        }
        assert_eq!(sources.shown(id), "ab: ** **\ngh: ***");
        let source = sources.get(id).unwrap();
        let shown = |range| source.shown(range).unwrap();
        assert_eq!([shown(0..3), shown(0..5), shown(6..12), shown(9..14)], ["ab:", "ab: *", " **\ngh", "\ngh: "]);
        assert_eq!(source.hidden_in(0..6).collect::<Vec<_>>(), ["cd", "cd ef", "d "]);
    }

    #[test]
    fn an_id_of_another_map_is_harmless() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "a");
        let other = SourceMap::new();
        let span = Span::new(id, 0, 1);
        assert_eq!((other.name(id), other.slice(span)), ("", ""));
        assert_eq!(other.start(span), Position { line: 1, column: 1 });
    }
}
