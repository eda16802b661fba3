//! Merged values as text, with the place behind each value that set it.
//!
//! The text stays YAML: places are comments. Must not know how values are merged.

use std::collections::BTreeMap;

use emt::diagnostics::SourceMap;
use emt::yaml::{Node, PathSegment, read};
use emt::{Input, Origin};

/// The text of the merged values, with a comment behind each value that is no map: `# values/prod.yaml:12`, or
/// `# default`.
pub(crate) fn with_origins(text: &str, input: &Input) -> String {
    let mut own = SourceMap::new();
    let id = own.add("values", text);
    // A text that we wrote ourselves can be read; if it ever cannot, it is still the right text.
    let Ok(document) = read(&own, id) else { return text.to_owned() };
    let names = input.sources();
    let mut comments = BTreeMap::new();
    for (path, origin) in input.origins() {
        let Some(offset) = key_offset(&document.root, &path) else { continue };
        let place = match (origin, names) {
            (Origin::File(span), Some(names)) => format!("{}:{}", names.name(span.source), names.start(span).line),
            _ => "default".to_owned(),
        };
        let line = own.get(id).map_or(0, |source| source.position(offset).line);
        comments.insert(line, place);
    }
    let line = |(index, line): (usize, &str)| match comments.get(&(index + 1)) {
        Some(place) => format!("{line}  # {place}\n"),
        None => format!("{line}\n"),
    };
    text.lines().enumerate().map(line).collect()
}

/// Where the key stands that the path ends in: the value itself may begin a line further down.
fn key_offset(root: &Node, path: &[PathSegment]) -> Option<usize> {
    let (last, above) = path.split_last()?;
    let PathSegment::Key(name) = last else { return None };
    root.at(above)?.entry(name).map(|(key, _)| key.span.start)
}
