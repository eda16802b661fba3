//! The types of Kubernetes fields as markers: they hold nothing and exist for rustc alone.

use std::marker::PhantomData;

/// A string field.
pub struct Text(());
/// An integer field.
pub struct Integer(());
/// A boolean field.
pub struct Boolean(());
/// A field that takes an integer or a string.
pub struct IntOrString(());
/// A Kubernetes quantity such as `500m` or `2Gi`.
pub struct Quantity(());
/// A field of any shape.
pub struct Json(());
/// A list of `T`.
pub struct List<T>(PhantomData<T>);
/// A map from any key to `T`.
pub struct Map<T>(PhantomData<T>);

/// Name of one field of a Kubernetes type, with the type of its value.
pub struct Field<T> {
    name: &'static str,
    marker: PhantomData<fn() -> T>,
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> Field<T> {
    /// The field called `name`.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, marker: PhantomData }
    }

    /// Its name in YAML.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

/// A Kubernetes type of known fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields",
    label = "a field stands where `{Self}` is wanted",
    note = "a list is written `[…]`; the keys of an open map stand in quotes"
)]
pub trait ObjectType: 'static {
    /// Its name, such as `DeploymentSpec`.
    const NAME: &'static str;
    /// Its fields.
    const FIELDS: &'static Self;
}

/// A list.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list",
    label = "a list stands where `{Self}` is wanted",
    note = "a map is written `{{…}}`"
)]
pub trait ListType {
    /// The type of its elements.
    type Element;
}

impl<T> ListType for List<T> {
    type Element = T;
}

/// A map whose keys are not fixed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no open map",
    label = "a key in quotes stands where `{Self}` is wanted",
    note = "fields of a known name are written without quotes"
)]
pub trait MapType {
    /// The type of what stands under each key.
    type Entry;
}

impl<T> MapType for Map<T> {
    type Entry = T;
}

/// A Kubernetes type that can stand alone as an object.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a Kubernetes kind")]
pub trait Kind: ObjectType {
    /// Group and version, such as `apps/v1`.
    const API_VERSION: &'static str;
    /// The kind, such as `Deployment`.
    const KIND: &'static str;
}

/// Defines Kubernetes types by their fields. Generated code is made of it; see `helmwright-k8s`.
///
/// ```
/// use helmwright::typed::{Integer, List, Text};
///
/// helmwright::object_types! {
///     /// A queue and its workers.
///     pub struct Queue {
///         /// How many workers.
///         replicas: Integer = "replicas",
///         /// What they run.
///         command: List<Text> = "command",
///     }
/// }
/// ```
#[macro_export]
macro_rules! object_types {
    ($( $(#[$meta:meta])* pub struct $name:ident { $( $(#[$field_meta:meta])* $field:ident : $type:ty = $key:literal , )* } )*) => { $(
        $(#[$meta])*
        #[allow(non_snake_case)]
        pub struct $name { $( $(#[$field_meta])* pub $field: $crate::typed::Field<$type>, )* }

        impl $crate::typed::ObjectType for $name {
            const NAME: &'static str = stringify!($name);
            const FIELDS: &'static Self = &Self { $( $field: $crate::typed::Field::new($key), )* };
        }
    )* };
}

/// States which types are kinds, with group and version.
#[macro_export]
macro_rules! kinds {
    ($( $name:ident => $api_version:literal, $kind:literal ; )*) => { $(
        impl $crate::typed::Kind for $name {
            const API_VERSION: &'static str = $api_version;
            const KIND: &'static str = $kind;
        }
    )* };
}
