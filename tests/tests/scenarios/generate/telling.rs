//! A few sets of values that tell as much as possible: each sets nearly every leaf to something that is neither its default
//! nor what another leaf has.
//!
//! Scenarios that cannot afford hundreds of sets (mutation) use these beside the committed values, which take every branch.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::rules::{Rules, Text};
use super::{RELEASES, Random, source};
use crate::chart::{chart, schema_validator};

/// What YAML reads as something else than a text, if it stands without quotes.
const MISREAD: &[&str] = &[
    "1e3",
    "on",
    "017",
    "0x1F",
    "1_000",
    "y",
    "2001-01-01",
    "0b11",
    "12:30:45",
    "null",
    "true",
    "1.0",
    "no",
    "0.5",
    "007",
    "0o17",
    "~",
    "1E3",
    "9007199254740993",
    "off",
    "n",
    "yes",
    "false",
    "123",
    "0",
    "25%",
    "-1e3",
    "a: b",
    "a #b",
    "{a}",
    "*a",
    "",
];

/// How a set is made.
#[derive(Clone, Copy)]
enum Way {
    /// Everything on; texts that are misread; large integers; one entry in each list.
    Misread,
    /// Everything off; texts made from the pattern; several entries.
    Distinct,
    /// Booleans the other way than by default; nothing in lists, maps and texts.
    Bare,
    /// Anything.
    Random,
}

/// One of the few sets.
pub(crate) struct Telling {
    /// What it is called in failures.
    pub(crate) name: String,
    /// The release's name.
    pub(crate) release: &'static str,
    /// The release's namespace.
    pub(crate) namespace: &'static str,
    /// What a user sets.
    pub(crate) values: Value,
}

/// The sets, most telling first. All of them render.
pub(crate) fn telling() -> &'static [Telling] {
    static TELLING: OnceLock<Vec<Telling>> = OnceLock::new();
    TELLING.get_or_init(|| {
        let ways = [Way::Misread, Way::Distinct, Way::Bare, Way::Random, Way::Misread, Way::Distinct, Way::Random];
        ways.iter().enumerate().map(|(number, way)| made(*way, number)).collect()
    })
}

fn made(way: Way, number: usize) -> Telling {
    let (release, namespace) = RELEASES[number % RELEASES.len()];
    for attempt in 0..50 {
        let mut random = Random::of(0x7e11, (number * 100 + attempt) as u64);
        let mut maker = Maker { way, random: random.clone(), used: BTreeSet::new(), count: 7 * number };
        let mut values = maker.value(&source().rules, Some(&chart().defaults));
        source().repair.mend(release, &mut values, &mut random);
        if renders(release, namespace, &values) {
            return Telling { name: format!("telling values {number}"), release, namespace, values };
        }
    }
    panic!("telling values {number} are always refused");
}

/// Values that render, with every text and integer of theirs set to something telling, and everything else as it is: they
/// take the same branches. None if that is refused.
pub(crate) fn varied(base: &Value, release: &str, namespace: &str, number: usize) -> Option<Value> {
    let way = if number.is_multiple_of(2) { Way::Misread } else { Way::Distinct };
    let random = Random::of(0x7e12, number as u64);
    let mut maker = Maker { way, random: random.clone(), used: BTreeSet::new(), count: 11 * number };
    let mut values = maker.vary(&source().rules, &chart().merged(base));
    if chart().evaluate(release, namespace, &values).is_err() {
        source().repair.mend(release, &mut values, &mut random.clone());
    }
    renders(release, namespace, &values).then_some(values)
}

/// Whether both the chart and its schema take the values.
fn renders(release: &str, namespace: &str, values: &Value) -> bool {
    static VALIDATOR: OnceLock<jsonschema::Validator> = OnceLock::new();
    let is_valid = || VALIDATOR.get_or_init(schema_validator).is_valid(&chart().merged(values));
    chart().evaluate(release, namespace, values).is_ok() && is_valid()
}

struct Maker {
    way: Way,
    random: Random,
    /// Texts and integers that other leaves have.
    used: BTreeSet<String>,
    count: usize,
}

impl Maker {
    /// Something else of the same kind; what is empty stays empty.
    fn vary(&mut self, rules: &Rules, now: &Value) -> Value {
        self.count += 1;
        match (rules, now) {
            (Rules::Struct(keys), Value::Object(map)) => {
                let key = |key: &super::rules::Key| {
                    map.get(&key.name).map(|now| (key.name.clone(), self.vary(&key.rules, now)))
                };
                Value::Object(keys.iter().filter_map(key).collect())
            }
            (Rules::Map(_, entries), Value::Object(map)) if matches!(**entries, Rules::Struct(_)) => {
                map.iter().map(|(name, now)| (name.clone(), self.vary(entries, now))).collect::<Map<_, _>>().into()
            }
            (Rules::Text(text), Value::String(now)) if !text.is_choice() && !now.is_empty() => {
                json!(self.text(text, Some(&json!(now))))
            }
            (Rules::NumberOrText(text), _) => json!(self.text(text, None)),
            (Rules::Integer(minimum, maximum), _) => self.integer(*minimum, *maximum, Some(now)),
            (Rules::List(items), Value::Array(list)) => list.iter().map(|now| self.vary(items, now)).collect(),
            (Rules::Map(names, entries), Value::Object(map)) => {
                let entry = |now| (self.text(names, None), self.vary(entries, now));
                map.values().map(entry).collect::<Map<_, _>>().into()
            }
            _ => now.clone(),
        }
    }

    fn value(&mut self, rules: &Rules, default: Option<&Value>) -> Value {
        self.count += 1;
        match (rules, self.way) {
            (Rules::Struct(keys), _) => {
                let value = |key: &super::rules::Key| {
                    (key.name.clone(), self.value(&key.rules, default.and_then(|default| default.get(&key.name))))
                };
                Value::Object(keys.iter().map(value).collect())
            }
            (Rules::Map(names, entries), way) if matches!(**entries, Rules::Struct(_)) => {
                let mut map = Map::new();
                map.insert(self.text(names, None), self.value(entries, None));
                // An entry that says nothing shows what the one before it leaves behind.
                map.insert(self.text(names, None), super::cases::least(entries, &mut self.random));
                if matches!(way, Way::Random) {
                    map.insert(self.text(names, None), self.value(entries, None));
                }
                Value::Object(map)
            }
            (Rules::Boolean(Some(only)), _) => json!(only),
            (Rules::Boolean(None), Way::Misread) => json!(true),
            (Rules::Boolean(None), Way::Distinct) => json!(false),
            (Rules::Boolean(None), Way::Bare) => json!(default != Some(&json!(true))),
            (
                Rules::Integer(minimum, maximum) | Rules::IntegerOrText(minimum, maximum, _),
                Way::Misread | Way::Bare,
            ) => self.integer(*minimum, *maximum, default),
            (Rules::Integer(minimum, maximum), _) => self.integer(*minimum, *maximum, default),
            (Rules::Text(text) | Rules::IntegerOrText(_, _, text), _) => json!(self.text(text, default)),
            (Rules::List(_) | Rules::Map(..), Way::Bare) => rules.empty(),
            (Rules::List(items), Way::Misread) => json!([self.value(items, None)]),
            (Rules::List(items), _) => (0..3).map(|_| self.value(items, None)).collect(),
            (Rules::Map(names, entries), _) => {
                (0..2).map(|_| (self.text(names, None), self.value(entries, None))).collect::<Map<_, _>>().into()
            }
            (rules, _) => rules.value(&mut self.random),
        }
    }

    fn integer(&mut self, minimum: i64, maximum: i64, default: Option<&Value>) -> Value {
        // From a million on, Go writes a float with an exponent.
        let from = if maximum >= 1_000_000 { minimum.max(1_000_000) } else { minimum.max(2) };
        let numbers = (0..1000).map(|step| from + (13 * self.count as i64 + step) % (maximum - from + 1));
        let fresh = numbers
            .map(|number| json!(number))
            .find(|number| Some(number) != default && !self.used.contains(&number.to_string()));
        let number = fresh.unwrap_or(json!(maximum));
        self.used.insert(number.to_string());
        number
    }

    fn text(&mut self, text: &Text, default: Option<&Value>) -> String {
        let default = default.and_then(Value::as_str).unwrap_or("\0");
        if text.is_choice() {
            let others: Vec<&String> = text.words.iter().filter(|word| *word != default).collect();
            let words = if others.is_empty() { text.words.iter().collect() } else { others };
            return words[self.count % words.len()].clone();
        }
        let fits = |candidate: &str| candidate != default && text.allows(candidate);
        let found = match self.way {
            Way::Bare if fits("") => Some(String::new()),
            Way::Misread => {
                let rotated = MISREAD.iter().cycle().skip(self.count % MISREAD.len()).take(MISREAD.len());
                let fitting: Vec<&&str> =
                    rotated.filter(|candidate| !candidate.is_empty() && fits(candidate)).collect();
                let unused = fitting.iter().find(|candidate| !self.used.contains(**candidate as &str));
                unused.or(fitting.first()).map(|candidate| (**candidate).to_owned())
            }
            _ => None,
        };
        let found = found.unwrap_or_else(|| {
            let mut made = text.value(&mut self.random);
            for _ in 0..30 {
                if !made.is_empty() && fits(&made) && !self.used.contains(&made) {
                    break;
                }
                made = text.value(&mut self.random);
            }
            made
        });
        self.used.insert(found.clone());
        found
    }
}
