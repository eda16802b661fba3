//! Builds the tree from the parser's events, and collects every finding on the way.
//!
//! With `syntax` and `scalars` the only module that knows the parser. Must not know how a plain scalar is resolved, nor
//! how findings are worded.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;

use granit_parser::{Event, Parser, ScalarStyle, Span as Mark, StructureStyle, Tag};
use helmwright_diagnostics::{Finding, Findings, SourceId, Span};

use crate::anchors::{Anchors, Budget, Size};
use crate::limits::{MAX_DEPTH, MAX_FINDINGS};
use crate::node::{Key, Node, NodeValue};
use crate::refusals;
use crate::resolve::{plain_key, plain_value};
use crate::rules;
use crate::scalars::{block_text, disagreements};
use crate::syntax::syntax_finding;
use crate::tabs::tab_finding;

/// The tree of a text and the findings. The tree is `None` if the text holds no value; it is whole only if there are
/// no findings.
pub(crate) fn load(text: &str, source: SourceId) -> (Option<Node>, Findings) {
    let mut options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // The loader's own limit speaks first; these only bound what the parser holds ahead of it.
        flow_nesting_limit: MAX_DEPTH + 20,
        block_nesting_limit: MAX_DEPTH + 20,
    };
    // Another crate may switch the parser's comments on, and comments are no events of a tree.
    options.set_emit_comments(false);
    let mut loader = Loader::new(text, source);
    for event in Parser::new_from_str_with_options(text, options) {
        let step = match event {
            Ok((event, mark)) => loader.take(event, &mark),
            Err(error) => {
                loader.syntax_error(syntax_finding(&error, text, source));
                return (None, loader.findings);
            }
        };
        if step.is_break() {
            return (None, loader.findings);
        }
    }
    loader.findings.extend(tab_finding(text, source, 0, &loader.not_indented));
    (loader.root, loader.findings)
}

/// Whether to go on reading.
type Step = ControlFlow<()>;

struct Loader<'a> {
    text: &'a str,
    source: SourceId,
    findings: Findings,
    root: Option<Node>,
    has_document: bool,
    /// The open maps and lists, the innermost last.
    open: Vec<Open>,
    anchors: Anchors,
    budget: Budget,
    /// Quoted strings and text blocks of several lines, in order: white space at the start of a line is theirs there.
    not_indented: Vec<(usize, usize)>,
}

/// A map or list whose end has not come yet.
struct Open {
    start: usize,
    /// In brackets: the end event has a place of its own.
    flow: bool,
    anchor: usize,
    /// The size of the tree before it.
    before: Size,
    /// The most levels below it so far.
    height: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, first: HashMap<String, Span>, next: Next },
}

/// What a map takes next.
enum Next {
    Key,
    /// The value of a key.
    Value(Key),
}

impl<'a> Loader<'a> {
    fn new(text: &'a str, source: SourceId) -> Self {
        Self {
            text,
            source,
            findings: Findings::new(),
            root: None,
            has_document: false,
            open: Vec::new(),
            anchors: Anchors::default(),
            budget: Budget::default(),
            not_indented: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, mark: &Mark) -> Step {
        match event {
            Event::DocumentStart(..) => self.start_document(mark),
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref(), mark),
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), mark)?;
                self.start(Content::List(Vec::new()), style, anchor, mark)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), mark)?;
                let content = Content::Map { entries: Vec::new(), first: HashMap::new(), next: Next::Key };
                self.start(content, style, anchor, mark)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(mark),
            Event::StreamEnd if !self.has_document => self.check_start(self.text.len()),
            Event::Alias(anchor) => self.alias(anchor, mark),
            Event::Anchor(_, name) => self.check_anchor(&name, mark),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, mark),
            _ => Step::Continue(()),
        }
    }

    fn report(&mut self, finding: Finding) -> Step {
        self.findings.push(finding);
        if self.findings.len() < MAX_FINDINGS {
            return Step::Continue(());
        }
        let end = Span::new(self.source, self.text.len(), self.text.len());
        self.findings.push(refusals::too_many(end));
        Step::Break(())
    }

    /// The parser cannot go on. What looked like a text without a map was then only a part of one.
    fn syntax_error(&mut self, finding: Finding) {
        let findings = std::mem::take(&mut self.findings);
        self.findings = findings.into_iter().filter(|finding| finding.rule != rules::TOP_LEVEL.id).collect();
        let _ = self.report(finding);
    }

    fn span(&self, mark: &Mark) -> Span {
        let range = mark.byte_range().unwrap_or_default();
        Span::new(self.source, range.start, range.end)
    }

    fn start_document(&mut self, mark: &Mark) -> Step {
        if !self.has_document {
            self.has_document = true;
            return self.check_start(self.span(mark).start);
        }
        let _ = self.report(refusals::second_document(self.span(mark)));
        Step::Break(())
    }

    /// Before the first document, the parser takes an end marker without a word, and Helm refuses it.
    fn check_start(&mut self, start: usize) -> Step {
        match refusals::early_end(self.text, start, self.source) {
            Some(finding) => self.report(finding),
            None => Step::Continue(()),
        }
    }

    fn start(&mut self, content: Content, style: StructureStyle, anchor: usize, mark: &Mark) -> Step {
        let span = self.span(mark);
        if self.open.len() >= MAX_DEPTH {
            let _ = self.report(refusals::too_deep(span));
            return Step::Break(());
        }
        if self.awaits_key() {
            let kind = if matches!(content, Content::List(_)) { "a list" } else { "a map" };
            self.report(refusals::complex_key(self.text, kind, span))?;
        }
        let before = self.budget.tree();
        self.count(1, 0, span)?;
        let flow = style == StructureStyle::Flow;
        let start = if flow { span.start } else { self.block_start(&content, span.start) };
        self.open.push(Open { start, flow, anchor, before, height: 0, content });
        Step::Continue(())
    }

    /// Where a block starts. The parser puts the start of a list that is not indented after its first dash.
    fn block_start(&self, content: &Content, start: usize) -> usize {
        let Content::List(_) = content else { return start };
        let is_dash = |at: usize| self.text.get(at..).is_some_and(|rest| rest.starts_with('-'));
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        if is_dash(start) || !before.ends_with('-') { start } else { before.len() - 1 }
    }

    fn end(&mut self, mark: &Mark) -> Step {
        let Some(open) = self.open.pop() else { return Step::Continue(()) };
        let (value, last) = match open.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.span.end);
                (NodeValue::List(items), last)
            }
            Content::Map { entries, .. } => {
                let last = entries.last().map(|(key, node)| node.span.end.max(key.span.end));
                (NodeValue::Map(entries.into()), last)
            }
        };
        // In block style the parser only knows the end when it meets what follows: the last child ends it. An alias
        // has its anchor's place, which comes earlier.
        let end = if open.flow { self.span(mark).end } else { last.unwrap_or(open.start).max(open.start) };
        let node = Node { span: Span::new(self.source, open.start, end), value };
        let size = self.budget.tree().minus(open.before);
        self.place(node, open.anchor, size, open.height + 1)
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        mark: &Mark,
    ) -> Step {
        let span = self.span(mark);
        let written = self.text.get(span.start..span.end).unwrap_or_default();
        // The parser gives an absent value as `~`.
        let absent = style == ScalarStyle::Plain && span.start == span.end;
        let text = if absent { Cow::Borrowed("") } else { text };
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let text = if block { block_text(text, self.text, span) } else { text };
        self.check_tag(tag, mark)?;
        if style != ScalarStyle::Plain && written.contains('\n') {
            self.not_indented.push((span.start, span.end));
        }
        let in_brackets = self.open.last().is_some_and(|open| open.flow);
        for finding in disagreements(self.text, &text, style, in_brackets, span) {
            self.report(finding)?;
        }
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if self.awaits_key() {
            let before = self.text.get(..span.start).unwrap_or_default().trim_end_matches([' ', '\t']);
            if before.ends_with('\n') && (anchor != 0 || tag.is_some()) {
                // The anchor or tag stands on an earlier line.
                self.report(refusals::long_key(span))?;
            }
            return self.key(text.into_owned(), plain, anchor, span);
        }
        let value = if !plain {
            NodeValue::String(text.into_owned())
        } else {
            match plain_value(&text, span) {
                Ok(value) => value,
                Err(finding) => {
                    self.report(*finding)?;
                    NodeValue::Null
                }
            }
        };
        let bytes = if let NodeValue::String(text) = &value { text.len() } else { 0 };
        self.count(1, bytes, span)?;
        self.place(Node { span, value }, anchor, Size { nodes: 1, bytes }, 0)
    }

    fn key(&mut self, name: String, plain: bool, anchor: usize, span: Span) -> Step {
        self.count(0, name.len(), span)?;
        if plain && let Some(finding) = plain_key(&name, span) {
            self.report(finding)?;
            self.expect_value(Key { name, span });
            return Step::Continue(());
        }
        if self.text.get(span.start..span.end).unwrap_or_default().contains('\n') {
            self.report(refusals::long_key(span))?;
        }
        if anchor != 0 {
            let size = Size { nodes: 1, bytes: name.len() };
            let node = Node { span, value: NodeValue::String(name.clone()) };
            if !self.anchors.define(anchor, &node, size, 0, &mut self.budget) {
                return self.too_large(span);
            }
        }
        let Some(Open { content: Content::Map { first, .. }, .. }) = self.open.last_mut() else {
            return Step::Continue(());
        };
        if let Some(earlier) = first.get(&name) {
            let finding = refusals::duplicate_key(&name, span, *earlier);
            self.expect_value(Key { name, span });
            return self.report(finding);
        }
        first.insert(name.clone(), span);
        self.expect_value(Key { name, span });
        Step::Continue(())
    }

    fn alias(&mut self, anchor: usize, mark: &Mark) -> Step {
        let span = self.span(mark);
        let Some(anchored) = self.anchors.get(anchor) else {
            self.report(refusals::own_alias(span))?;
            return self.place_nothing(span);
        };
        if self.awaits_key() {
            self.expect_value(Key::nameless(span));
            return self.report(refusals::alias_key(span));
        }
        let Size { nodes, bytes } = anchored.size;
        let (size, height) = (anchored.size, anchored.height);
        if self.open.len() + height > MAX_DEPTH {
            let _ = self.report(refusals::too_deep(span));
            return Step::Break(());
        }
        // Counted before it is copied.
        self.count(nodes, bytes, span)?;
        let Some(node) = self.anchors.get(anchor).map(|anchored| anchored.node.clone()) else {
            return Step::Break(());
        };
        self.place(node, 0, size, height)
    }

    fn unknown_alias(&mut self, name: &str, mark: &Mark) -> Step {
        let span = self.span(mark);
        self.report(refusals::unknown_alias(self.text, name, span))?;
        if self.awaits_key() {
            self.expect_value(Key::nameless(span));
            return Step::Continue(());
        }
        self.place_nothing(span)
    }

    /// Puts a null where a refused alias stands.
    fn place_nothing(&mut self, span: Span) -> Step {
        self.count(1, 0, span)?;
        self.place(Node { span, value: NodeValue::Null }, 0, Size { nodes: 1, bytes: 0 }, 0)
    }

    fn check_anchor(&mut self, name: &str, mark: &Mark) -> Step {
        match refusals::anchor_name(self.text, name, self.span(mark)) {
            Some(finding) => self.report(finding),
            None => Step::Continue(()),
        }
    }

    fn check_tag(&mut self, tag: Option<&Tag>, mark: &Mark) -> Step {
        let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema_tag("str")) else { return Step::Continue(()) };
        let span = mark.tag_span().map_or_else(|| self.span(mark), |mark| self.span(&mark));
        self.report(refusals::tag(self.text, tag.is_custom(), span))
    }

    fn awaits_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Map { next: Next::Key, .. }, .. }))
    }

    fn expect_value(&mut self, key: Key) {
        if let Some(Open { content: Content::Map { next, .. }, .. }) = self.open.last_mut() {
            *next = Next::Value(key);
        }
    }

    /// Puts a finished node where it belongs. `height` is the node's levels of maps and lists.
    fn place(&mut self, node: Node, anchor: usize, size: Size, height: usize) -> Step {
        if !self.anchors.define(anchor, &node, size, height, &mut self.budget) {
            return self.too_large(node.span);
        }
        let Some(parent) = self.open.last_mut() else {
            return self.place_root(node);
        };
        parent.height = parent.height.max(height);
        match &mut parent.content {
            Content::List(items) => items.push(node),
            Content::Map { entries, next, .. } => match std::mem::replace(next, Next::Key) {
                // A list or map as a key was reported at its start; its value follows.
                Next::Key => {
                    *next = Next::Value(Key::nameless(node.span));
                    entries.push((Key::nameless(node.span), node));
                }
                Next::Value(key) => entries.push((key, node)),
            },
        }
        Step::Continue(())
    }

    fn place_root(&mut self, node: Node) -> Step {
        let nothing = node.value == NodeValue::Null && node.span.start == node.span.end;
        if nothing || matches!(node.value, NodeValue::Map(_)) {
            self.root = Some(node).filter(|_| !nothing);
            return Step::Continue(());
        }
        self.report(refusals::top_level(&node))
    }

    fn count(&mut self, nodes: usize, bytes: usize, span: Span) -> Step {
        if self.budget.add(Size { nodes, bytes }) { Step::Continue(()) } else { self.too_large(span) }
    }

    fn too_large(&mut self, span: Span) -> Step {
        let _ = self.report(refusals::too_large(span));
        Step::Break(())
    }
}
