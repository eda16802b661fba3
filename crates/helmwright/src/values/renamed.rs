//! Keys that have another name than in an earlier version.
//!
//! Limit: a key that moves to another map, or whose value takes another form, is no renamed one.

use helmwright_yaml::PathSegment;

/// A key that was renamed. Its value means what it meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Path of the map that it stands in; `*` is any key.
    pub within: &'static [&'static str],
    /// Its former name.
    pub from: &'static str,
    /// Its name today, however often it was renamed.
    pub to: &'static str,
    /// The first version that knows the name of today.
    pub since: &'static str,
}

impl Renamed {
    /// Whether this is the key `key` of the map at `parent`.
    #[must_use]
    pub fn is(&self, parent: &[PathSegment], key: &str) -> bool {
        let fits = |(step, segment): (&&str, &PathSegment)| match segment {
            PathSegment::Key(key) => *step == "*" || step == key,
            PathSegment::Index(_) => false,
        };
        key == self.from && parent.len() == self.within.len() && self.within.iter().zip(parent).all(fits)
    }
}

/// The renamed keys of a values type, and how its users rename them in their files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Renames {
    /// The keys.
    pub keys: &'static [Renamed],
    /// What to do, as the end of a sentence: `NAME migrate renames it in values files`.
    pub advice: &'static str,
}

impl Renames {
    /// What became of the key `key` of the map at `parent`, if it was renamed.
    #[must_use]
    pub fn find(&self, parent: &[PathSegment], key: &str) -> Option<&'static Renamed> {
        self.keys.iter().find(|renamed| renamed.is(parent, key))
    }
}
