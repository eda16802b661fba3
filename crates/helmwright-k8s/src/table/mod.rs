//! The schema table: every supported Kubernetes type as data.
//!
//! Purpose: one table for all versions; each field says in which it exists. The table is closed: a field that is not in
//! it does not exist.
//!
//! It is an embedded text (`src/generated/table.txt`, one line a field). The list of types is made when it is first asked
//! for, the fields of each when they are. Statics with pointers would cost every process some 50 µs of relocations at its
//! start, rendering included. The text also builds in no time, and its diffs can be read.
//!
//! Limits: structure only, see the crate's page. `apiVersion` and `kind` are members of every kind and of no `fields`.

mod parse;

use crate::version::{Version, Versions};
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

/// One Kubernetes type with named fields.
#[derive(Debug)]
#[non_exhaustive]
pub struct ObjectType {
    /// Its name, unique in the table, such as `DeploymentSpec`: the facade's name of it.
    pub name: &'static str,
    /// What makes it an object of its own; none for a part of others.
    pub kind: Option<Kind>,
    /// Whether fields beyond those listed are allowed (some custom resources).
    pub open: bool,
    /// Its fields, sorted by name.
    pub fields: Fields,
    /// One or two sentences.
    pub description: &'static str,
}

/// The fields of a type; it dereferences to a list of [`FieldInfo`], which is parsed when it is first looked at.
#[derive(Debug)]
pub struct Fields {
    text: &'static str,
    parsed: OnceLock<Vec<FieldInfo>>,
}

impl Fields {
    fn new(text: &'static str) -> Self {
        Self { text, parsed: OnceLock::new() }
    }
}

impl Deref for Fields {
    type Target = [FieldInfo];

    fn deref(&self) -> &[FieldInfo] {
        // The text is generated and a test parses it; unreadable fields would be fields that do not exist.
        self.parsed.get_or_init(|| parse::fields(self.text, &reference).unwrap_or_default())
    }
}

/// What tells a Kubernetes object apart from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Group and version, such as `apps/v1`.
    pub api_version: &'static str,
    /// The kind, such as `Deployment`.
    pub kind: &'static str,
}

impl ObjectType {
    /// The field of this name, whatever the version.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&FieldInfo> {
        self.fields.binary_search_by(|field| field.name.cmp(name)).ok().and_then(|index| self.fields.get(index))
    }
}

/// One field of a type.
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// Its name in YAML.
    pub name: &'static str,
    /// The type of its value.
    pub shape: Shape,
    /// The versions that have it.
    pub versions: Versions,
    /// The versions in which it is required; none: it is optional in all.
    pub required: Option<Versions>,
    /// How a list's items are told apart.
    pub list: ListKind,
    /// Allowed values of a text, or of the texts in a list or map; empty: any.
    pub enumeration: &'static [Allowed],
    /// One or two sentences.
    pub description: &'static str,
}

impl FieldInfo {
    /// The first supported version that has the field.
    #[must_use]
    pub fn since(&self) -> Version {
        self.versions.first
    }

    /// The last version that has the field; none: the newest supported one still has it.
    #[must_use]
    pub fn until(&self) -> Option<Version> {
        (self.versions.last < Version::NEWEST).then_some(self.versions.last)
    }

    /// Whether an object of this version must have the field.
    #[must_use]
    pub fn required_in(&self, version: Version) -> bool {
        self.required.is_some_and(|range| range.contains(version))
    }

    /// Keys that name an item of the list, such as `name` of containers; empty for every other field.
    #[must_use]
    pub fn list_map_keys(&self) -> &[&'static str] {
        match &self.list {
            ListKind::Map(keys) => keys,
            ListKind::Atomic | ListKind::Set => &[],
        }
    }
}

/// How a list's items are told apart, as server-side apply sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// By position: the order matters. Also every field that is no list.
    Atomic,
    /// By value: each stands there once, in any order.
    Set,
    /// By the values of these keys, in any order.
    Map(Vec<&'static str>),
}

/// A value that an enumeration allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The value.
    pub value: &'static str,
    /// The first supported version that allows it.
    pub since: Version,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    String,
    /// Text in base64.
    Bytes,
    /// Text: a point in time as in RFC 3339.
    Time,
    /// An integer of so many bits, signed.
    Integer {
        /// 32 or 64.
        bits: u8,
    },
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer or a text, such as `25%`.
    IntOrString,
    /// A quantity such as `500m` or `2Gi`, as text or number.
    Quantity,
    /// Anything.
    Json,
    /// A list.
    List(Box<Shape>),
    /// A map from any text.
    Map(Box<Shape>),
    /// An object with named fields.
    Object(TypeRef),
}

/// A type of the table; it dereferences to [`ObjectType`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TypeRef(u16);

impl Deref for TypeRef {
    type Target = ObjectType;

    fn deref(&self) -> &'static ObjectType {
        &table().types[usize::from(self.0)]
    }
}

impl TypeRef {
    /// The type, for as long as the program runs.
    #[must_use]
    pub fn get(self) -> &'static ObjectType {
        &table().types[usize::from(self.0)]
    }
}

impl fmt::Debug for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The parsed table: types sorted by name.
#[derive(Debug, Default)]
struct Table {
    types: Vec<ObjectType>,
}

const TEXT: &str = include_str!("../generated/table.txt");

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    // The text is generated and a test parses it; an unreadable one would leave a table that knows no kind.
    TABLE.get_or_init(|| parse::types(TEXT).unwrap_or_default())
}

/// The type of this name, as fields refer to it.
fn reference(name: &str) -> Option<TypeRef> {
    let index = all().binary_search_by(|object_type| object_type.name.cmp(name)).ok()?;
    Some(TypeRef(u16::try_from(index).ok()?))
}

/// All types, sorted by name.
#[must_use]
pub fn all() -> &'static [ObjectType] {
    &table().types
}

/// The types that are objects of their own, sorted by name.
pub fn kinds() -> impl Iterator<Item = &'static ObjectType> {
    all().iter().filter(|object_type| object_type.kind.is_some())
}

/// The type of a kind: `kind("apps/v1", "Deployment")`.
#[must_use]
pub fn kind(api_version: &str, kind: &str) -> Option<&'static ObjectType> {
    // Almost always the type is called as the kind is.
    let wanted = |found: &&ObjectType| found.kind.is_some_and(|own| own.api_version == api_version && own.kind == kind);
    object_type(kind).filter(wanted).or_else(|| kinds().find(wanted))
}

/// The type of this name: `object_type("DeploymentSpec")`.
#[must_use]
pub fn object_type(name: &str) -> Option<&'static ObjectType> {
    let types = all();
    types.binary_search_by(|object_type| object_type.name.cmp(name)).ok().and_then(|index| types.get(index))
}

/// The table's entry of a type of the facade: `of::<types::DeploymentSpec>()`.
#[must_use]
pub fn of<T: helmwright::typed::ObjectType>() -> Option<&'static ObjectType> {
    object_type(T::NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::version::SUPPORTED;

    #[test]
    fn the_embedded_text_is_whole() {
        let types = parse::types(TEXT).unwrap().types;
        let lines = TEXT.lines().filter(|line| line.starts_with("type\t")).count();
        assert_eq!(types.len(), lines);
        assert!(types.is_sorted_by(|a, b| a.name < b.name));
        let fields: usize = types.iter().map(|object_type| object_type.fields.len()).sum();
        assert_eq!(fields, TEXT.lines().filter(|line| line.starts_with('\t')).count());
        for object_type in &types {
            assert!(parse::fields(object_type.fields.text, &reference).is_some(), "{}", object_type.name);
            assert!(object_type.fields.is_sorted_by(|a, b| a.name < b.name), "{}", object_type.name);
        }
    }

    #[test]
    fn the_snapshot_is_of_the_supported_versions() {
        let line = TEXT.lines().find_map(|line| line.strip_prefix("versions\t")).unwrap();
        assert_eq!(line.split(' ').collect::<Vec<_>>(), SUPPORTED.map(|version| version.to_string()));
    }
}
