//! Reading a schema that [`schema`](super::schema()) wrote: from a node to its keys, entries and items, past references.
//!
//! Must not know what the answers are used for. It understands the keywords that our schemas use, no others.

use helmwright_yaml::PathSegment;
use serde_json::{Map, Value};

/// A node of a schema, together with the schema that its references lead into.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    root: &'a Value,
    /// As it stands, with its own description.
    node: &'a Value,
    /// What it refers to in the end; the node itself without a reference.
    target: &'a Value,
}

impl<'a> View<'a> {
    /// The whole schema.
    pub(crate) fn of(root: &'a Value) -> Self {
        Self::at(root, root)
    }

    fn at(root: &'a Value, node: &'a Value) -> Self {
        let mut target = node;
        // Our schemas have no cycle of bare references; the bound is for others.
        for _ in 0..16 {
            let Some(next) = reference(target).and_then(|pointer| root.pointer(pointer)) else { break };
            target = next;
        }
        Self { root, node, target }
    }

    fn below(self, node: &'a Value) -> Self {
        Self::at(self.root, node)
    }

    /// A keyword of the node, else of what it refers to.
    pub(crate) fn keyword(self, name: &str) -> Option<&'a Value> {
        // Where references follow one another, a description stands at one between the ends.
        let mut node = self.node;
        for _ in 0..16 {
            if let Some(value) = node.get(name) {
                return Some(value);
            }
            node = reference(node).and_then(|pointer| self.root.pointer(pointer))?;
        }
        None
    }

    /// A keyword whose value is a text.
    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.keyword(name).and_then(Value::as_str)
    }

    /// The texts of a keyword whose value is a list.
    pub(crate) fn texts(self, name: &str) -> Vec<&'a str> {
        self.keyword(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The description in paragraphs.
    pub(crate) fn description(self) -> &'a str {
        self.text("description").unwrap_or_default()
    }

    /// The description of what the node refers to.
    pub(crate) fn definition_description(self) -> &'a str {
        self.target.get("description").and_then(Value::as_str).unwrap_or_default()
    }

    /// The JSON types that a value may have; none if every type.
    pub(crate) fn types(self) -> Vec<&'a str> {
        match self.keyword("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            _ => self.texts("type"),
        }
    }

    /// The keys of a struct with their schemas; none for what is no struct.
    pub(crate) fn properties(self) -> impl Iterator<Item = (&'a str, View<'a>)> {
        self.property_map().into_iter().flatten().map(move |(key, node)| (key.as_str(), self.below(node)))
    }

    fn property_map(self) -> Option<&'a Map<String, Value>> {
        self.target.get("properties").and_then(Value::as_object)
    }

    /// A struct: a map whose keys are known.
    pub(crate) fn is_struct(self) -> bool {
        self.property_map().is_some()
    }

    /// What each entry of an open map has to be, if anything is said of it.
    pub(crate) fn entries(self) -> Option<View<'a>> {
        self.target.get("additionalProperties").filter(|node| node.is_object()).map(|node| self.below(node))
    }

    /// What the keys of an open map have to be.
    pub(crate) fn keys(self) -> Option<View<'a>> {
        self.target.get("propertyNames").map(|node| self.below(node))
    }

    /// What each item of a list has to be.
    pub(crate) fn items(self) -> Option<View<'a>> {
        self.target.get("items").filter(|node| node.is_object()).map(|node| self.below(node))
    }

    /// The key of a struct, or an entry of an open map.
    pub(crate) fn property(self, key: &str) -> Option<View<'a>> {
        match self.property_map().and_then(|properties| properties.get(key)) {
            Some(node) => Some(self.below(node)),
            None => self.entries(),
        }
    }

    /// What stands at a path of the values.
    pub(crate) fn find(self, path: &[PathSegment]) -> Option<View<'a>> {
        path.iter().try_fold(self, |view, segment| match segment {
            PathSegment::Key(key) => view.property(key),
            PathSegment::Index(_) => view.items(),
        })
    }

    /// The name of the definition that the node refers to.
    pub(crate) fn definition(self) -> Option<&'a str> {
        let (mut node, mut name) = (self.node, None);
        for _ in 0..16 {
            let Some(pointer) = reference(node) else { break };
            name = pointer.strip_prefix("/definitions/").filter(|name| !name.contains('/'));
            let Some(next) = self.root.pointer(pointer) else { break };
            node = next;
        }
        name
    }
}

/// The pointer of a reference into the same document: `{"$ref": …}`, or `{"description": …, "allOf": [{"$ref": …}]}`,
/// since draft-07 passes over what stands beside a reference.
pub(super) fn reference(node: &Value) -> Option<&str> {
    let direct = node.get("$ref");
    let wrapped = || match node.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => only.get("$ref"),
        _ => None,
    };
    direct.or_else(wrapped).and_then(Value::as_str).and_then(|target| target.strip_prefix('#'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::View;

    #[test]
    fn references_are_followed_and_descriptions_kept() {
        let schema = json!({
            "properties": {
                "a": { "description": "own", "allOf": [{ "$ref": "#/definitions/A" }] },
                "b": { "$ref": "#/definitions/A/properties/c" },
            },
            "definitions": {
                "A": { "description": "of A", "properties": { "c": { "type": "string", "description": "c" } } },
            },
        });
        let root = View::of(&schema);
        let a = root.property("a").unwrap();
        assert_eq!((a.description(), a.definition(), a.is_struct()), ("own", Some("A"), true));
        assert_eq!(a.property("c").unwrap().types(), ["string"]);
        let b = root.property("b").unwrap();
        assert_eq!((b.description(), b.definition(), b.types()), ("c", None, vec!["string"]));
        assert!(root.property("z").is_none());
    }
}
