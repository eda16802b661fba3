//! The values of the language chart: one key for each kind of value that the engine knows.
//!
//! Limit: the types take nearly everything that their kind can hold, so that hard values reach the templates; a real
//! chart's types are narrower.

use std::collections::BTreeMap;

use helmwright::Values;
use helmwright::expression::{Expr, Expression, ValueType};
use helmwright::values::{Layered, PartialOf, Symbolic};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The largest integer that Helm carries faithfully.
pub(crate) const LARGEST: i64 = 9_007_199_254_740_991;

helmwright::integers! {
    /// Printed as it is.
    pub(crate) struct Small(-999_999..=999_999);
    /// The narrowest type that is not.
    pub(crate) struct Million(0..=1_000_000);
    /// All that Helm carries.
    pub(crate) struct Exact(-9_007_199_254_740_991..=9_007_199_254_740_991);
}

helmwright::texts! {
    /// A label.
    pub(crate) struct Word: Label, "^[a-z]([a-z0-9.-]{0,251}[a-z0-9])?$", "a label";
    /// A part of a name, which may look like a number, and may be empty.
    pub(crate) struct Part: Name, "^[a-z0-9.-]*$", "a part of a name";
    /// Printable ASCII.
    pub(crate) struct Sign: Token, "^[ !#-\\[\\]-~]*$", "printable ASCII";
    /// One line.
    pub(crate) struct Line: Printable, "^[^\\x00-\\x1F\\x7F-\\x9F\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]*$", "one line";
    /// Several lines.
    pub(crate) struct Prose: Printable, "^[^\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]*$", "lines";
    /// Any text that Helm 3 takes.
    pub(crate) struct Any: Any, "^[^\\x7F-\\x84\\x86-\\x9F\u{FFFE}\u{FFFF}]*$", "text without DEL and C1 controls";
    /// The key of a map.
    pub(crate) struct Key: Token, "^[ !#-;=-\\[\\]-~]+$", "printable ASCII without <";
    /// The name of a worker.
    pub(crate) struct WorkerName: Name, "^[a-z0-9]([a-z0-9.-]{0,18}[a-z0-9])?$", "a name";
}

helmwright::choices! {
    /// A word.
    pub(crate) enum Mode { Fast = "fast", Slow = "SLOW" }
}

/// Texts by key.
pub(crate) type Labels = BTreeMap<Key, Line>;

/// An integer or a percentage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Share(serde_json::Value);

impl JsonSchema for Share {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Share".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["integer", "string"], "minimum": 0, "maximum": 1000, "pattern": "^[0-9]{1,3}%$" })
    }
}

impl Symbolic for Share {
    type Symbol = Expr<Self>;
    const TYPE: ValueType = ValueType::IntegerOrPercentage;
    fn symbol(expression: Expression) -> Expr<Self> {
        Expr::new(expression)
    }
}

impl Layered for Share {
    type Partial = Self;
}

impl helmwright::typed::IntOrStringValue for Share {}

/// A whole object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct WholeObject(BTreeMap<String, serde_json::Value>);

helmwright::symbolic_leaf!([] WholeObject, ValueType::Map);
helmwright::layered_whole!([] WholeObject);
impl helmwright::typed::WholeObject for WholeObject {}

/// A map whose keys are its fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Limits {
    /// A key that is not the Rust name.
    #[serde(rename = "maxCPU")]
    pub(crate) max_cpu: Exact,
    /// A Rust keyword.
    pub(crate) r#type: Line,
    /// Whether it counts.
    pub(crate) strict: bool,
}

/// What entries are laid over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Worker {
    /// Whether it runs.
    pub(crate) enabled: bool,
    /// How many.
    pub(crate) count: Small,
    /// How heavy.
    pub(crate) weight: Exact,
    /// What it says.
    pub(crate) title: Line,
    /// A list, replaced whole.
    pub(crate) words: Vec<Line>,
    /// A map, merged.
    pub(crate) labels: BTreeMap<Key, Line>,
    /// A struct, merged.
    pub(crate) limits: Limits,
    /// A port or a share.
    pub(crate) share: Share,
}

/// All values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LanguageValues {
    /// A boolean.
    pub(crate) enabled: bool,
    /// Another.
    pub(crate) other: bool,
    /// Integers.
    pub(crate) small: Small,
    /// Integers.
    pub(crate) million: Million,
    /// Integers.
    pub(crate) exact: Exact,
    /// An integer without a type of its own.
    pub(crate) whole: i64,
    /// An integer or a percentage.
    pub(crate) share: Share,
    /// Texts.
    pub(crate) word: Word,
    /// Texts.
    pub(crate) part: Part,
    /// Texts.
    pub(crate) sign: Sign,
    /// Texts.
    pub(crate) line: Line,
    /// Texts.
    pub(crate) prose: Prose,
    /// Texts.
    pub(crate) any: Any,
    /// A text without a type of its own.
    pub(crate) text: String,
    /// A word out of a few.
    pub(crate) mode: Mode,
    /// A list of texts.
    pub(crate) lines: Vec<Line>,
    /// A list of maps.
    pub(crate) limits: Vec<Limits>,
    /// A map to texts.
    pub(crate) labels: BTreeMap<Key, Line>,
    /// Another, laid over it.
    pub(crate) more: BTreeMap<Key, Line>,
    /// A map to texts of several lines.
    pub(crate) files: BTreeMap<Key, Prose>,
    /// A map to integers.
    pub(crate) numbers: BTreeMap<Key, Exact>,
    /// Anything.
    pub(crate) json: serde_json::Value,
    /// What workers have where they say nothing.
    pub(crate) worker_defaults: Worker,
    /// One entry laid over it.
    pub(crate) adjustment: PartialOf<Worker>,
    /// Entries laid over it.
    pub(crate) workers: BTreeMap<WorkerName, PartialOf<Worker>>,
    /// Objects that are passed through.
    pub(crate) objects: Vec<WholeObject>,
    /// Values are refused when it holds.
    pub(crate) refused: bool,
}

fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    entries.into_iter().collect()
}

impl Default for LanguageValues {
    fn default() -> Self {
        let line = Line::constant;
        let limits = Limits { max_cpu: Exact::constant(4), r#type: line("hard"), strict: true };
        Self {
            enabled: true,
            other: false,
            small: Small::constant(8065),
            million: Million::constant(1_000_000),
            exact: Exact::constant(LARGEST),
            whole: 3,
            share: Share("25%".into()),
            word: Word::constant("blue"),
            part: Part::constant("x-1"),
            sign: Sign::constant("a sign: #1"),
            line: line("one line, \"quoted\""),
            prose: Prose::constant("first\n  second\n"),
            any: Any::constant("any"),
            text: "text".to_owned(),
            mode: Mode::Fast,
            lines: vec![line("b"), line("a")],
            limits: vec![limits.clone()],
            labels: map([(Key::constant("app"), line("language"))]),
            more: BTreeMap::new(),
            files: map([(Key::constant("a.conf"), Prose::constant("x = 1\ny = 2\n"))]),
            numbers: map([(Key::constant("ten"), Exact::constant(10))]),
            json: serde_json::json!({ "any": ["thing", 1, true] }),
            worker_defaults: Worker {
                enabled: true,
                count: Small::constant(2),
                weight: Exact::constant(1_000_000),
                title: line("a worker"),
                words: vec![line("default")],
                labels: map([(Key::constant("tier"), line("back"))]),
                limits,
                share: Share(1.into()),
            },
            adjustment: WorkerPartial { count: Some(Small::constant(0)), ..WorkerPartial::default() },
            workers: BTreeMap::new(),
            objects: Vec::new(),
            refused: false,
        }
    }
}
