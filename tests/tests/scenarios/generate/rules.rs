//! What the values schema allows, read once: the rules of each key, and values that keep them.
//!
//! Understands the keywords that our schemas use (`describe::unportable` refuses others).

use serde_json::{Map, Value, json};

use super::pattern::Pattern;
use super::ugly::UGLY;
use emt_tests::Random;

/// Entries of a list or map are at most this many.
const MOST_ENTRIES: usize = 4;

/// The largest integer that Helm carries faithfully.
const LARGEST: i64 = (1 << 53) - 1;

/// Helm deletes this text wherever it stands in what it has rendered, values included.
pub(crate) const DELETED: &str = "<no value>";

/// This key lays another map under its own, for every YAML reader that Helm has.
const MERGE: &str = "<<";

/// What a schema allows at one place.
#[derive(Clone, Debug)]
pub(crate) enum Rules {
    /// A boolean; only one of them where the schema says so.
    Boolean(Option<bool>),
    /// An integer of a range, ends included.
    Integer(i64, i64),
    /// A text.
    Text(Text),
    /// An integer or a text.
    IntegerOrText(i64, i64, Text),
    /// A number, perhaps with a fraction, or a text: a quantity.
    NumberOrText(Text),
    /// A list.
    List(Box<Rules>),
    /// A map with names of the user's.
    Map(Text, Box<Rules>),
    /// A map with fixed keys.
    Struct(Vec<Key>),
    /// A block of Kubernetes, which is passed through and replaced whole.
    Block(Box<Rules>),
    /// Any JSON.
    Anything,
}

/// A key of a struct.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) rules: Rules,
    /// Whether it has to be there after the merge.
    pub(crate) required: bool,
}

/// What a text may be.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// The only texts, if the schema lists them.
    pub(crate) words: Vec<String>,
    pattern: Option<Pattern>,
    /// The least number of characters.
    least: usize,
    /// Texts that are taken.
    taken: Vec<String>,
    /// Of names: how many a map may have.
    most: Option<usize>,
    /// The ugly texts that it may be.
    ugly: Vec<&'static str>,
}

impl Rules {
    /// The rules of a whole schema.
    pub(crate) fn of(schema: &Value) -> Self {
        Self::at(schema, schema)
    }

    fn at(root: &Value, node: &Value) -> Self {
        let reference = node.get("$ref").or_else(|| node.pointer("/allOf/0/$ref"));
        if let Some(reference) = reference.and_then(Value::as_str) {
            let target = root.pointer(reference.trim_start_matches('#'));
            return Self::at(root, target.unwrap_or_else(|| panic!("{reference} leads nowhere")));
        }
        let range =
            || (integer(node, "minimum", -LARGEST).max(-LARGEST), integer(node, "maximum", LARGEST).min(LARGEST));
        let kinds: Vec<&str> = match &node["type"] {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        match kinds.as_slice() {
            ["boolean"] => Self::Boolean(node["const"].as_bool()),
            ["integer"] => Self::Integer(range().0, range().1),
            ["string"] => Self::Text(Text::at(node)),
            ["integer", "string"] | ["string", "integer"] => Self::IntegerOrText(range().0, range().1, Text::at(node)),
            ["string", "number"] | ["number", "string"] => Self::NumberOrText(Text::at(node)),
            ["array"] => Self::List(Box::new(Self::at(root, &node["items"]))),
            ["object"] if node["additionalProperties"].is_object() && node.get("properties").is_none() => {
                Self::Map(Text::names(root, node), Box::new(Self::at(root, &node["additionalProperties"])))
            }
            ["object"] => {
                let required: Vec<&str> =
                    node["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let keys = node["properties"].as_object().into_iter().flatten();
                // Every key of ours is described; those of Kubernetes are not.
                let is_ours = keys.clone().any(|(_, rules)| is_described(root, rules));
                let key = |(name, rules): (&String, &Value)| Key {
                    name: name.clone(),
                    rules: Self::at(root, rules),
                    required: required.contains(&name.as_str()),
                };
                let rules = Self::Struct(keys.map(key).collect());
                if is_ours { rules } else { Self::Block(Box::new(rules)) }
            }
            [] => Self::Anything,
            _ => panic!("the generator does not know the schema {node}"),
        }
    }

    /// The rules of a passed-through block's content, or the rules themselves.
    pub(crate) fn unwrapped(&self) -> &Self {
        if let Self::Block(rules) = self { rules } else { self }
    }

    /// The words that a text is chosen from.
    pub(crate) fn words(&self) -> &[String] {
        if let Self::Text(text) = self { &text.words } else { &[] }
    }

    /// Whether a text or an integer may stand here.
    pub(crate) fn takes(&self, candidate: &Value) -> bool {
        match (self, candidate) {
            (
                Self::Text(text) | Self::IntegerOrText(_, _, text) | Self::NumberOrText(text),
                Value::String(candidate),
            ) => text.allows(candidate),
            (Self::Integer(minimum, maximum) | Self::IntegerOrText(minimum, maximum, _), Value::Number(number)) => {
                number.as_i64().is_some_and(|number| (*minimum..=*maximum).contains(&number))
            }
            _ => false,
        }
    }

    /// A list or map with nothing in it.
    pub(crate) fn empty(&self) -> Value {
        if matches!(self, Self::List(_)) { json!([]) } else { json!({}) }
    }

    /// A value that keeps the rules.
    pub(crate) fn value(&self, random: &mut Random) -> Value {
        match self {
            Self::Boolean(Some(only)) => json!(only),
            Self::Boolean(None) => json!(random.chance(50)),
            Self::Integer(minimum, maximum) => json!(some_integer(*minimum, *maximum, random)),
            Self::IntegerOrText(minimum, maximum, _) if random.chance(50) => {
                json!(some_integer(*minimum, *maximum, random))
            }
            Self::NumberOrText(_) if random.chance(30) => {
                random.pick(&[json!(0), json!(0.5), json!(2), json!(1_000_000)]).clone()
            }
            Self::Text(text) | Self::IntegerOrText(_, _, text) | Self::NumberOrText(text) => json!(text.value(random)),
            Self::List(items) => {
                let count = some_count(random);
                (0..count).map(|_| items.value(random)).collect()
            }
            Self::Map(names, entries) => {
                let count = some_count(random);
                let entry = |_| (names.value(random), entries.value(random));
                Value::Object((0..count).map(entry).collect())
            }
            Self::Block(rules) => rules.value(random),
            Self::Struct(keys) => {
                // Blocks are deep: a few of the optional keys in each keep them small.
                let wanted = random.below(MOST_ENTRIES);
                let optional: Vec<usize> = (0..wanted.min(keys.len())).map(|_| random.below(keys.len())).collect();
                let mut values = Map::new();
                for (index, key) in keys.iter().enumerate() {
                    if key.required || optional.contains(&index) {
                        values.insert(key.name.clone(), key.rules.value(random));
                    }
                }
                Value::Object(values)
            }
            Self::Anything => {
                random.pick(&[json!({"a": 1, "b": ["on", true, {}]}), json!("1e3"), json!([]), json!(0.5)]).clone()
            }
        }
    }
}

impl Text {
    fn at(node: &Value) -> Self {
        let texts = |list: &Value| -> Vec<String> {
            list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let pattern = node["pattern"].as_str().map(Pattern::new);
        let least = node["minLength"].as_u64().unwrap_or(0) as usize;
        let mut text = Self {
            words: texts(&node["enum"]),
            pattern,
            least,
            taken: texts(&node["not"]["enum"]),
            most: None,
            ugly: Vec::new(),
        };
        let fits = |ugly: &&str| *ugly != DELETED && text.allows(ugly) && (text.pattern.is_some() || is_carried(ugly));
        text.ugly = UGLY.iter().copied().filter(fits).collect();
        text
    }

    /// The rules of a map's names.
    fn names(root: &Value, map: &Value) -> Self {
        let node = &map["propertyNames"];
        let target = node["$ref"].as_str().and_then(|reference| root.pointer(reference.trim_start_matches('#')));
        let mut names = Self::at(target.unwrap_or(node));
        names.ugly.retain(|ugly| *ugly != MERGE);
        names.most = map["maxProperties"].as_u64().map(|most| most as usize);
        names
    }

    /// Whether the text keeps the rules.
    pub(crate) fn allows(&self, text: &str) -> bool {
        (self.words.is_empty() || self.words.iter().any(|word| word == text))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.matches(text))
            && text.chars().count() >= self.least
            && !self.taken.iter().any(|taken| taken == text)
    }

    /// Whether the schema lists the texts.
    pub(crate) fn is_choice(&self) -> bool {
        !self.words.is_empty()
    }

    /// The texts that are taken.
    pub(crate) fn taken(&self) -> &[String] {
        &self.taken
    }

    /// How many names a map may have, if that is limited.
    pub(crate) fn most(&self) -> Option<usize> {
        self.most
    }

    /// A text that keeps the rules: an ugly one or one made from the pattern.
    pub(crate) fn value(&self, random: &mut Random) -> String {
        if !self.words.is_empty() {
            return random.pick(&self.words).clone();
        }
        if !self.ugly.is_empty() && random.chance(40) {
            return (*random.pick(&self.ugly)).to_owned();
        }
        let Some(pattern) = &self.pattern else { return (*random.pick(&self.ugly)).to_owned() };
        let made = (0..100).map(|_| pattern.text(random)).find(|text| self.allows(text));
        made.unwrap_or_else(|| panic!("no text found for {pattern:?}"))
    }
}

/// Whether Helm carries the text in a block that the schema leaves open. Helm 3 cannot read characters that YAML calls not
/// printable. Helm cuts line breaks at the end of each document down to one.
fn is_carried(text: &str) -> bool {
    let printable = |character: char| !character.is_control() || "\t\n\r".contains(character);
    text.chars().all(printable) && (text.trim_end_matches('\n').len() + 1 >= text.len() && text != "\n")
}

/// Whether a schema, or one that it refers to, has a description.
fn is_described(root: &Value, node: &Value) -> bool {
    let reference = node.get("$ref").or_else(|| node.pointer("/allOf/0/$ref")).and_then(Value::as_str);
    let target = reference.and_then(|reference| root.pointer(reference.trim_start_matches('#')));
    node.get("description").is_some() || target.is_some_and(|target| is_described(root, target))
}

fn integer(node: &Value, keyword: &str, otherwise: i64) -> i64 {
    node[keyword].as_i64().unwrap_or(otherwise)
}

/// An integer of a range: its ends, its middle, numbers beside which something changes, any.
fn some_integer(minimum: i64, maximum: i64, random: &mut Random) -> i64 {
    let telling = [
        minimum,
        maximum,
        ((i128::from(minimum) + i128::from(maximum)) / 2) as i64,
        minimum.saturating_add(1),
        maximum.saturating_sub(1),
        0,
        1,
        999_999,
        1_000_000,
    ];
    match random.below(telling.len() + 4) {
        index if index < telling.len() => telling[index].clamp(minimum, maximum),
        // Small numbers are what people write.
        index if index < telling.len() + 2 => random.between(minimum, maximum.min(minimum.saturating_add(100))),
        _ => random.between(minimum, maximum),
    }
}

/// How many entries a list or map gets: none, one or several.
fn some_count(random: &mut Random) -> usize {
    match random.below(4) {
        0 => 0,
        1 => 1,
        _ => 2 + random.below(MOST_ENTRIES - 1),
    }
}
