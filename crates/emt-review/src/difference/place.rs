//! The place of a field in an object, as a report shows it.

use std::fmt;

use helmwright::impact::{FieldPath, Segment};
use serde::{Serialize, Serializer};

/// A step to a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A key of a map.
    Key(String),
    /// An item of a list, by what names it: `traffic`, `8065/TCP`, or its position.
    Item {
        /// How it is shown.
        shown: String,
        /// Its `name`, where it has one.
        name: Option<String>,
    },
}

/// The place of a field: `spec.template.spec.containers[traffic].image`. A key that is no plain word stands in quotes:
/// `metadata.annotations["helm.sh/hook"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPlace(Vec<Step>);

impl FieldPlace {
    /// The steps, from the top of the object.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The keys on the way, without the items between them.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Item { .. } => None,
        })
    }

    /// What the first item of a list on the way is called, below these keys: `of(&["spec", "containers"])`.
    #[must_use]
    pub fn is_below(&self, keys: &[&str]) -> bool {
        let mut own = self.keys();
        keys.iter().all(|key| own.next() == Some(*key))
    }

    /// The name of the item of the list under this key, where the place leads through one.
    #[must_use]
    pub fn item_of(&self, list: &str) -> Option<&str> {
        self.0.windows(2).find_map(|pair| match pair {
            [Step::Key(key), Step::Item { shown, .. }] if key == list => Some(shown.as_str()),
            _ => None,
        })
    }

    /// The last key on the way; empty for the object as a whole.
    #[must_use]
    pub fn last_key(&self) -> &str {
        self.keys().last().unwrap_or_default()
    }

    pub(crate) fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.to_owned()))
    }

    pub(crate) fn item(&self, shown: impl Into<String>, name: Option<&str>) -> Self {
        self.then(Step::Item { shown: shown.into(), name: name.map(str::to_owned) })
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The same place as the impact map writes it.
    pub(crate) fn to_impact(&self) -> FieldPath {
        let segment = |step: &Step| match step {
            Step::Key(key) => Segment::Key(key.clone()),
            Step::Item { name: Some(name), .. } => Segment::Element(name.clone()),
            Step::Item { name: None, .. } => Segment::AnyElement,
        };
        FieldPath(self.0.iter().map(segment).collect())
    }
}

impl fmt::Display for FieldPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_word =
            |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if !is_word(key) => write!(formatter, "[{key:?}]")?,
                Step::Key(key) if index == 0 => formatter.write_str(key)?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Item { shown, .. } => write!(formatter, "[{shown}]")?,
            }
        }
        Ok(())
    }
}

impl Serialize for FieldPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
