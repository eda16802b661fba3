//! Documents of a template file under construction.

use std::collections::BTreeMap;

use super::{Object, control};
use crate::expression::{Condition, Expr, Symbol, TextExpression};
use crate::tree::{Control, ControlId, Document, Refusal};
use crate::typed::fits::WholeObject;
use crate::typed::helpers::Parameter;
use crate::values::{MapKey, Symbolic};

/// Documents of a template file under construction.
#[derive(Default)]
pub struct DocumentBuilder {
    documents: Vec<Document>,
}

impl DocumentBuilder {
    /// The documents that `build` adds.
    pub fn documents(build: impl FnOnce(&mut Self)) -> Vec<Document> {
        let mut builder = Self::default();
        build(&mut builder);
        builder.documents
    }

    /// An object.
    pub fn object(&mut self, object: Object) {
        self.documents.push(Document::Object(object.entries));
    }

    /// An object that comes whole from the values.
    pub fn whole<V: WholeObject>(&mut self, object: &Expr<V>) {
        self.documents.push(Document::Whole(object.expression()));
    }

    /// Documents under a condition.
    #[track_caller]
    pub fn when(&mut self, condition: impl Condition, build: impl FnOnce(&mut Self)) {
        let id = ControlId::new();
        let branches = vec![(condition.condition(), Self::documents(build))];
        self.documents.push(Document::Control(Control::If { id, branches, otherwise: Vec::new() }));
    }

    /// Documents for each entry of a map.
    #[track_caller]
    pub fn range<K: MapKey, V: Symbolic>(
        &mut self,
        names: [&str; 2],
        subject: &Expr<BTreeMap<K, V>>,
        build: impl FnOnce(&mut Self, Expr<K>, V::Symbol),
    ) {
        let parts = |key, value| Self::documents(|documents| build(documents, key, value));
        self.documents.push(Document::Control(control::range(names, subject, parts)));
    }

    /// Documents in which `name` stands for a value.
    pub fn bind<S: Parameter>(&mut self, name: &str, value: &S, build: impl FnOnce(&mut Self, S)) {
        let parts = |symbol| Self::documents(|documents| build(documents, symbol));
        self.documents.push(Document::Control(control::bind(name, value, parts)));
    }

    /// Values that are refused when the condition holds.
    #[track_caller]
    pub fn refuse(&mut self, condition: impl Condition, message: impl TextExpression) {
        let refusal = Refusal { id: ControlId::new(), condition: condition.condition(), message: message.text() };
        self.documents.push(Document::Refuse(refusal));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::DocumentBuilder;
    use crate::evaluate::{Release, evaluate};
    use crate::expression::{Expr, Expression};
    use crate::tree::{File, Tree};
    use crate::typed::WholeObject;
    use crate::values::{Symbolic, Token};

    impl WholeObject for Value {}

    fn tree() -> Tree {
        type Objects = BTreeMap<Token, Value>;
        let objects: Expr<Objects> = Objects::symbol(Expression::Values.field("objects", Objects::TYPE));
        let documents = DocumentBuilder::documents(|documents| {
            documents.range(["name", "object"], &objects, |documents, _, object| documents.whole(&object));
        });
        Tree { files: vec![File { name: "a.yaml", purpose: "A.", documents }], notes: Vec::new() }
    }

    #[test]
    fn whole_objects_pass_as_they_are() {
        let object = json!({"text": "{{ x }}\n\n", "zone": "b", "kind": "B"});
        let release = Release { name: "r", namespace: "n", chart_version: "1", app_version: "1" };
        let values = json!({"objects": {"b": object.clone(), "a": {"kind": "A"}}});
        let rendered = evaluate(&tree(), &values, &release, &mut ()).unwrap();
        let objects: Vec<Value> = rendered.into_iter().map(|rendered| rendered.object).collect();
        assert_eq!(objects, [json!({"kind": "A"}), object]);
    }

    #[test]
    fn each_whole_object_is_a_document() {
        let printed = crate::print::print(&tree()).unwrap();
        let expected = "{{- /* A. */}}\n{{- range .Values.objects }}\n---\n{{ toYaml . }}\n{{- end }}\n";
        assert_eq!(printed[0].text, expected);
    }

    #[test]
    fn a_whole_object_is_moved_by_its_value() {
        let rows = crate::impact::impact(&tree());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].kind, crate::impact::Row::ANY_KIND);
        assert!(rows[0].content.contains("objects.*"));
        assert!(rows[0].conditions.contains("objects.*~key"));
    }
}
