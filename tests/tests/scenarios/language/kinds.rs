//! The kinds of the language chart: one field for each type of field that the engine knows.

use helmwright::typed::{Boolean, IntOrString, Integer, Json, List, Map, Quantity, Text};

helmwright::object_types! {
    /// What every object has.
    pub struct Metadata {
        /// Its name.
        name: Text = "name",
        /// Its namespace.
        namespace: Text = "namespace",
        /// Its labels.
        labels: Map<Text> = "labels",
        /// Its annotations.
        annotations: Map<Text> = "annotations",
    }

    /// An object with fields of all types.
    pub struct Sample {
        /// What every object has.
        metadata: Metadata = "metadata",
        /// Texts by key.
        texts: Map<Text> = "texts",
        /// Integers by key.
        integers: Map<Integer> = "integers",
        /// Booleans by key.
        booleans: Map<Boolean> = "booleans",
        /// Integers or texts by key.
        either: Map<IntOrString> = "either",
        /// Quantities by key.
        quantities: Map<Quantity> = "quantities",
        /// Anything by key.
        json: Map<Json> = "json",
        /// Maps by key.
        maps: Map<Map<Text>> = "maps",
        /// Texts in a row.
        words: List<Text> = "words",
        /// Elements with fields.
        elements: List<Element> = "elements",
        /// One element.
        only: Element = "only",
    }

    /// An element of a list.
    pub struct Element {
        /// Its name.
        name: Text = "name",
        /// A text.
        value: Text = "value",
        /// An integer.
        port: Integer = "port",
        /// A Rust keyword.
        r#type: Text = "type",
        /// Texts.
        args: List<Text> = "args",
        /// A map.
        data: Map<Text> = "data",
        /// Another one.
        inner: Element = "inner",
        /// Others.
        elements: List<Element> = "elements",
    }

    /// An object that holds texts alone, as a ConfigMap does.
    pub struct Texts {
        /// What every object has.
        metadata: Metadata = "metadata",
        /// The texts.
        data: Map<Text> = "data",
    }
}

helmwright::kinds! {
    Sample => "language.example/v1", "Sample";
    Texts => "v1", "ConfigMap";
}
