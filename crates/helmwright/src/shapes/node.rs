//! One map or list: its own keys under all combinations of their conditions.

use std::collections::BTreeSet;

use super::{Check, Form, MOST_CONDITIONS, TypeSystem};
use crate::conditions::{Formula, consistent};
use crate::expression::Expression;
use crate::tree::{Entry, HelperBody, Item, Key, Node};

/// A key of a map, and when it stands.
struct Own<'t> {
    /// None where the key comes from values.
    key: Option<&'t str>,
    formulas: Vec<Formula>,
}

impl<T: TypeSystem> Check<'_, T> {
    /// An object, by its kind.
    pub(super) fn object(&mut self, entries: &[Entry]) {
        let constant = |wanted: &str| {
            entries.iter().find_map(|entry| match entry {
                Entry::Field { key: Key::Literal(key), node: Node::Scalar(expression), .. } if key == wanted => {
                    expression.as_literal_text()
                }
                _ => None,
            })
        };
        let (api_version, kind) = (constant("apiVersion").unwrap_or_default(), constant("kind").unwrap_or_default());
        match self.types.kind(api_version, kind) {
            Some(object_type) => self.map(kind, entries, &object_type),
            None => self.problem(kind, format!("{api_version} {kind} is no kind that the check knows")),
        }
    }

    fn map(&mut self, at: &str, entries: &[Entry], object_type: &T::Type) {
        let mut own = Vec::new();
        self.own_keys(entries, &mut Vec::new(), &mut own);
        self.report.nodes += 1;
        let formulas: Vec<&Formula> = own.iter().flat_map(|key| &key.formulas).collect();
        if let Some(atoms) = self.atoms(at, &formulas) {
            self.combinations(at, &own, &atoms, object_type);
        }
        self.children(at, entries, object_type);
    }

    /// The atoms of a node's own conditions and of those around it that speak of the same.
    fn atoms(&mut self, at: &str, formulas: &[&Formula]) -> Option<Vec<Formula>> {
        let mut atoms = Vec::new();
        for formula in formulas {
            formula.atoms(&mut atoms);
        }
        if !atoms.is_empty() {
            for assumption in &self.assumptions {
                let mut others = Vec::new();
                assumption.atoms(&mut others);
                if others.iter().any(|atom| atoms.contains(atom)) {
                    assumption.atoms(&mut atoms);
                }
            }
        }
        if atoms.len() > MOST_CONDITIONS {
            self.problem(
                at,
                format!("{} conditions decide its keys, more than {MOST_CONDITIONS}: split it", atoms.len()),
            );
            return None;
        }
        Some(atoms)
    }

    fn combinations(&mut self, at: &str, own: &[Own<'_>], atoms: &[Formula], object_type: &T::Type) {
        let mut shapes = BTreeSet::new();
        for chosen in 0..1_u32 << atoms.len() {
            let possible = consistent(atoms, chosen) && self.assumed(atoms, chosen);
            if !possible {
                continue;
            }
            let present: Vec<usize> = (0..own.len())
                .filter(|index| own[*index].formulas.iter().all(|formula| formula.holds(atoms, chosen)))
                .collect();
            if shapes.insert(present.clone()) {
                self.shape(at, own, &present, object_type);
            }
        }
        self.report.shapes += shapes.len();
    }

    /// Whether what is assumed around the node holds, as far as the atoms say anything of it.
    fn assumed(&self, atoms: &[Formula], chosen: u32) -> bool {
        self.assumptions.iter().all(|assumption| {
            let mut others = Vec::new();
            assumption.atoms(&mut others);
            !others.iter().all(|atom| atoms.contains(atom)) || assumption.holds(atoms, chosen)
        })
    }

    fn shape(&mut self, at: &str, own: &[Own<'_>], present: &[usize], object_type: &T::Type) {
        let mut keys = BTreeSet::new();
        for key in present.iter().filter_map(|index| own[*index].key) {
            if !keys.insert(key) {
                self.problem(at, format!("`{key}` is set twice"));
            }
        }
        if present.is_empty() && !own.is_empty() {
            self.problem(at, "no key may stand: it is printed as null. Put its conditions around it");
        }
        let versions = self.types.versions();
        for (version, name) in versions.iter().enumerate() {
            for required in self.types.required(object_type, version) {
                if !keys.contains(required.as_str()) {
                    self.problem(
                        at,
                        format!("Kubernetes {name} requires `{required}`, and there are values without it"),
                    );
                }
            }
        }
    }

    /// The keys of a map with the formulas under which they stand.
    fn own_keys<'t>(&mut self, entries: &'t [Entry], under: &mut Vec<Formula>, own: &mut Vec<Own<'t>>) {
        for entry in entries {
            match entry {
                Entry::Field { key, .. } => {
                    let key = match key {
                        Key::Literal(key) => Some(key.as_str()),
                        Key::Computed(_) => None,
                    };
                    own.push(Own { key, formulas: under.clone() });
                }
                Entry::Splice(_) => own.push(Own { key: None, formulas: under.clone() }),
                Entry::Include(helper, arguments) => {
                    for (parameter, argument) in helper.parameters.iter().zip(arguments.iter()) {
                        self.environment.bind(parameter, argument);
                    }
                    if let HelperBody::Fragment(body) = &helper.body {
                        self.own_keys(body, under, own);
                    }
                }
                Entry::Control(control) => {
                    for (formula, parts) in self.environment.branches(control) {
                        under.push(formula);
                        self.own_keys(parts, under, own);
                        under.pop();
                    }
                }
                Entry::Comment(_) => {}
            }
        }
    }

    /// What stands under the keys.
    fn children(&mut self, at: &str, entries: &[Entry], object_type: &T::Type) {
        for entry in entries {
            match entry {
                Entry::Field { key: Key::Literal(key), node, .. } => self.field(at, key, node, object_type),
                Entry::Field { key: Key::Computed(_), node, .. } => match self.types.any_field(object_type) {
                    Some(of) => self.value(&format!("{at}.*"), node, &of),
                    None => self.problem(at, "a key comes from values where Kubernetes has fixed fields"),
                },
                Entry::Splice(expression) => {
                    let form = Form::Whole(expression.value_type());
                    if let Err(wanted) = self.types.accepts(object_type, &form) {
                        self.problem(
                            at,
                            format!("a map of the values is passed through where Kubernetes wants {wanted}"),
                        );
                    }
                }
                Entry::Include(helper, arguments) => {
                    for (parameter, argument) in helper.parameters.iter().zip(arguments.iter()) {
                        self.environment.bind(parameter, argument);
                    }
                    if let HelperBody::Fragment(body) = &helper.body {
                        self.children(at, body, object_type);
                    }
                }
                Entry::Control(control) => {
                    self.control(control, &mut |check, parts| check.children(at, parts, object_type));
                }
                Entry::Comment(_) => {}
            }
        }
    }

    fn field(&mut self, at: &str, key: &str, node: &Node, object_type: &T::Type) {
        let at = format!("{at}.{key}");
        if matches!(at.rsplit_once('.'), Some((kind, "apiVersion" | "kind")) if !kind.contains('.')) {
            return;
        }
        let versions = self.types.versions();
        let mut found = None;
        for (version, name) in versions.iter().enumerate() {
            match self.types.field(object_type, key, version) {
                Ok(of) => found = Some(of),
                Err(message) => self.problem(&at, format!("Kubernetes {name}: {message}")),
            }
        }
        if let Some(of) = found {
            self.value(&at, node, &of);
        }
    }

    fn value(&mut self, at: &str, node: &Node, of: &T::Type) {
        let form = match node {
            Node::Map(_) => Form::Map,
            Node::List(_) => Form::List,
            Node::Scalar(Expression::Literal(value)) => Form::Literal(value),
            Node::Scalar(expression) => Form::Scalar(expression.value_type()),
            Node::Block(_) => Form::Scalar(crate::expression::ValueType::Text(crate::expression::Charset::Any)),
            Node::Whole(expression) => Form::Whole(expression.value_type()),
        };
        if let Err(wanted) = self.types.accepts(of, &form) {
            self.problem(at, format!("Kubernetes wants {wanted}"));
            return;
        }
        match node {
            Node::Map(entries) => self.map(at, entries, of),
            Node::List(items) => self.list(at, items, of),
            _ => {}
        }
    }

    fn list(&mut self, at: &str, items: &[Item], of: &T::Type) {
        self.report.nodes += 1;
        let mut own = Vec::new();
        self.own_items(items, &mut Vec::new(), &mut own);
        if own.iter().any(Vec::is_empty) {
            self.report.shapes += 1;
        } else if !own.is_empty() {
            let formulas: Vec<&Formula> = own.iter().flatten().collect();
            if let Some(atoms) = self.atoms(at, &formulas) {
                for chosen in 0..1_u32 << atoms.len() {
                    if !consistent(&atoms, chosen) || !self.assumed(&atoms, chosen) {
                        continue;
                    }
                    self.report.shapes += 1;
                    let some = own.iter().any(|item| item.iter().all(|formula| formula.holds(&atoms, chosen)));
                    if !some {
                        self.problem(at, "no element may stand: it is printed as null. Put its conditions around it");
                        break;
                    }
                }
            }
        }
        if let Some(element) = self.types.element(of) {
            self.elements(at, items, of, &element);
        }
    }

    fn own_items(&mut self, items: &[Item], under: &mut Vec<Formula>, own: &mut Vec<Vec<Formula>>) {
        for item in items {
            match item {
                Item::Node(_) | Item::Splice(_) => own.push(under.clone()),
                Item::Control(control) => {
                    for (formula, parts) in self.environment.branches(control) {
                        under.push(formula);
                        self.own_items(parts, under, own);
                        under.pop();
                    }
                }
                Item::Comment(_) => {}
            }
        }
    }

    fn elements(&mut self, at: &str, items: &[Item], of: &T::Type, element: &T::Type) {
        for item in items {
            match item {
                Item::Node(node) => self.value(&format!("{at}[]"), node, element),
                Item::Control(control) => {
                    self.control(control, &mut |check, parts| check.elements(at, parts, of, element));
                }
                Item::Splice(expression) => {
                    if let Err(wanted) = self.types.accepts(of, &Form::Whole(expression.value_type())) {
                        self.problem(
                            at,
                            format!("a list of the values is passed through where Kubernetes wants {wanted}"),
                        );
                    }
                }
                Item::Comment(_) => {}
            }
        }
    }
}
