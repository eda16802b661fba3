//! The language chart uses all of the language: a function, node or control that is new fails here until it is used.
//!
//! Each list below is at once the names that are asked for and an exhaustive match, so a variant that is in neither
//! does not compile, and one that the chart does not use fails.

use std::collections::BTreeSet;

use helmwright::expression::{Builtin, Expression, FoldOperation, Function};
use helmwright::tree::walk::{Part, walk};
use helmwright::tree::{Control, Document, Entry, HelperBody, Item, Key, Line, Node};

use super::chart::tree;

/// The names of an enumeration's variants, and the name of a value.
macro_rules! variants {
    ($function:ident, $all:ident, $of:ty $(, [$($generics:tt)*])?: $($name:literal = $pattern:pat),+ $(,)?) => {
        const $all: &[&str] = &[$($name),+];
        fn $function $(<$($generics)*>)? (value: &$of) -> &'static str {
            match value { $($pattern => $name),+ }
        }
    };
}

variants!(function, FUNCTIONS, Function:
    "Concat" = Function::Concat, "FirstOf" = Function::FirstOf, "Truncate" = Function::Truncate(_),
    "TrimSuffix" = Function::TrimSuffix(_), "Replace" = Function::Replace(..), "Sha256" = Function::Sha256,
    "ToJson" = Function::ToJson, "Join" = Function::Join(..), "ToText" = Function::ToText, "Add" = Function::Add,
    "Subtract" = Function::Subtract, "Multiply" = Function::Multiply, "Divide" = Function::Divide,
    "Remainder" = Function::Remainder, "Maximum" = Function::Maximum, "Minimum" = Function::Minimum,
    "Length" = Function::Length, "Equal" = Function::Equal, "Less" = Function::Less, "Before" = Function::Before,
    "Contains" = Function::Contains, "OneOf" = Function::OneOf, "Not" = Function::Not, "And" = Function::And,
    "Or" = Function::Or, "NotEmpty" = Function::NotEmpty, "Ternary" = Function::Ternary,
    "Overlay" = Function::Overlay, "Index" = Function::Index(_),
);

variants!(expression, EXPRESSIONS, Expression:
    "Literal" = Expression::Literal(_), "Values" = Expression::Values, "Builtin" = Expression::Builtin(_),
    "Variable" = Expression::Variable(_), "Field" = Expression::Field(..), "Call" = Expression::Call(..),
    "Fold" = Expression::Fold(_), "Include" = Expression::Include(..),
);

variants!(builtin, BUILTINS, Builtin:
    "ReleaseName" = Builtin::ReleaseName, "ReleaseNamespace" = Builtin::ReleaseNamespace,
    "ReleaseService" = Builtin::ReleaseService, "ChartVersion" = Builtin::ChartVersion,
    "ChartAppVersion" = Builtin::ChartAppVersion,
);

variants!(fold, FOLDS, FoldOperation: "Sum" = FoldOperation::Sum, "Maximum" = FoldOperation::Maximum);

variants!(node, NODES, Node:
    "Map" = Node::Map(_), "List" = Node::List(_), "Scalar" = Node::Scalar(_), "Block" = Node::Block(_),
    "Whole" = Node::Whole(_),
);

variants!(key, KEYS, Key: "Literal" = Key::Literal(_), "Computed" = Key::Computed(_));

variants!(entry, ENTRIES, Entry:
    "Field" = Entry::Field { .. }, "Control" = Entry::Control(_), "Splice" = Entry::Splice(_),
    "Include" = Entry::Include(..), "Comment" = Entry::Comment(_),
);

variants!(item, ITEMS, Item:
    "Node" = Item::Node(_), "Control" = Item::Control(_), "Splice" = Item::Splice(_), "Comment" = Item::Comment(_),
);

variants!(document, DOCUMENTS, Document:
    "Object" = Document::Object(_), "Whole" = Document::Whole(_), "Control" = Document::Control(_), "Refuse" = Document::Refuse(_),
);

variants!(line, LINES, Line:
    "Text" = Line::Text(_), "If" = Line::If { .. }, "Range" = Line::Range { .. }, "Let" = Line::Let { .. },
);

variants!(helper, HELPERS, HelperBody:
    "Value" = HelperBody::Value(_), "Lines" = HelperBody::Lines(_), "Fragment" = HelperBody::Fragment(_),
);

variants!(control, CONTROLS, Control<T>, [T]:
    "If" = Control::If { .. }, "With" = Control::With { .. }, "Range over a map" = Control::Range { key: Some(_), .. },
    "Range over a list" = Control::Range { key: None, .. }, "Let" = Control::Let { .. },
);

/// What a tree is made of: each as the kind of thing and its name.
#[derive(Default)]
struct Seen(BTreeSet<(&'static str, &'static str)>);

impl Seen {
    fn expression(&mut self, root: &Expression) {
        root.walk(&mut |inner| {
            self.0.insert(("expression", expression(inner)));
            match inner {
                Expression::Call(called, _) => {
                    self.0.insert(("function", function(called)));
                }
                Expression::Builtin(fact) => {
                    self.0.insert(("builtin", builtin(fact)));
                }
                Expression::Fold(folded) => {
                    self.0.insert(("fold", fold(&folded.operation)));
                }
                _ => {}
            }
        });
        let mut bodies = Vec::new();
        root.walk(&mut |inner| {
            if let Expression::Include(called, _) = inner {
                bodies.push(called.clone());
            }
        });
        bodies.iter().for_each(|called| self.helper(&called.body));
    }

    fn helper(&mut self, body: &HelperBody) {
        self.0.insert(("helper", helper(body)));
        match body {
            HelperBody::Value(choice) => choice.expressions().for_each(|inner| self.expression(inner)),
            HelperBody::Lines(lines) => self.lines(lines),
            HelperBody::Fragment(entries) => self.entries(entries),
        }
    }

    fn control<T>(&mut self, of: &'static str, found: &Control<T>, parts: fn(&mut Self, &[T])) {
        self.0.insert((of, control(found)));
        match found {
            Control::If { branches, otherwise, .. } => {
                branches.iter().for_each(|(_, body)| parts(self, body));
                parts(self, otherwise);
            }
            Control::With { body, .. } | Control::Range { body, .. } | Control::Let { body, .. } => parts(self, body),
        }
    }

    fn documents(&mut self, documents: &[Document]) {
        for part in documents {
            self.0.insert(("document", document(part)));
            match part {
                Document::Object(entries) => self.entries(entries),
                Document::Control(found) => self.control("control of documents", found, Self::documents),
                Document::Whole(_) | Document::Refuse(_) => {}
            }
        }
    }

    fn entries(&mut self, entries: &[Entry]) {
        for part in entries {
            self.0.insert(("entry", entry(part)));
            match part {
                Entry::Field { key: named, node, .. } => {
                    self.0.insert(("key", key(named)));
                    self.node(node);
                }
                Entry::Control(found) => self.control("control of entries", found, Self::entries),
                Entry::Include(called, _) => {
                    let with = if called.parameters.is_empty() { "without parameters" } else { "with parameters" };
                    self.0.insert(("include", with));
                    self.helper(&called.body);
                }
                Entry::Splice(_) | Entry::Comment(_) => {}
            }
        }
    }

    fn items(&mut self, items: &[Item]) {
        for part in items {
            self.0.insert(("item", item(part)));
            match part {
                Item::Node(inner) => self.node(inner),
                Item::Control(found) => self.control("control of items", found, Self::items),
                Item::Splice(_) | Item::Comment(_) => {}
            }
        }
    }

    fn node(&mut self, found: &Node) {
        self.0.insert(("node", node(found)));
        match found {
            Node::Map(entries) => self.entries(entries),
            Node::List(items) => self.items(items),
            Node::Scalar(_) | Node::Block(_) | Node::Whole(_) => {}
        }
    }

    fn lines(&mut self, lines: &[Line]) {
        for part in lines {
            self.0.insert(("line", line(part)));
            match part {
                Line::Text(_) => {}
                Line::If { branches, otherwise, .. } => {
                    branches.iter().for_each(|(_, body)| self.lines(body));
                    self.lines(otherwise);
                }
                Line::Range { body, .. } | Line::Let { body, .. } => self.lines(body),
            }
        }
    }
}

#[test]
fn the_chart_uses_all_of_the_language() {
    let tree = tree();
    let mut seen = Seen::default();
    walk(&tree, &mut |part| {
        if let Part::Expression(root) = part {
            seen.expression(root);
        }
    });
    tree.files.iter().for_each(|file| seen.documents(&file.documents));
    seen.lines(&tree.notes);
    let asked: [(&str, &[&str]); 15] = [
        ("function", FUNCTIONS),
        ("expression", EXPRESSIONS),
        ("builtin", BUILTINS),
        ("fold", FOLDS),
        ("node", NODES),
        ("key", KEYS),
        ("entry", ENTRIES),
        ("item", ITEMS),
        ("document", DOCUMENTS),
        ("line", LINES),
        ("helper", HELPERS),
        ("include", &["with parameters", "without parameters"]),
        ("control of entries", &["If", "With", "Range over a map", "Let"]),
        ("control of items", CONTROLS),
        ("control of documents", CONTROLS),
    ];
    let mut missing = Vec::new();
    for (kind, names) in asked {
        missing.extend(
            names.iter().filter(|name| !seen.0.contains(&(kind, **name))).map(|name| format!("{kind}: {name}")),
        );
    }
    assert_eq!(missing, [""; 0]);
    println!("language: {} functions, {} kinds of parts in the chart", FUNCTIONS.len(), seen.0.len());
}
