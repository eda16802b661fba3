//! Integer newtypes of values: each states its range, and thereby how a template has to print it.

use crate::expression::Interpolated;
use crate::values::{InvalidValue, Symbolic};

/// A type of values that is an integer.
#[diagnostic::on_unimplemented(message = "values of type `{Self}` are no integers")]
pub trait IntegerValue: Symbolic {}

impl IntegerValue for i64 {}
impl Interpolated for i64 {}

/// Checks the range of an integer newtype.
#[doc(hidden)]
pub fn check_range(value: i64, minimum: i64, maximum: i64) -> Result<i64, InvalidValue> {
    if (minimum..=maximum).contains(&value) {
        Ok(value)
    } else {
        Err(InvalidValue::new(format!("{value} is not between {minimum} and {maximum}")))
    }
}

/// Defines integer newtypes with a range: data, schema and symbol in one.
///
/// ```
/// helmwright::integers! {
///     /// A TCP port.
///     pub struct Port(1..=65535);
/// }
/// assert!(Port::new(0).is_err());
/// assert_eq!(Port::new(8065).map(Port::get), Ok(8065));
/// ```
#[macro_export]
macro_rules! integers {
    ($( $(#[$meta:meta])* $visibility:vis struct $name:ident ( $minimum:literal ..= $maximum:literal ) ; )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visibility struct $name(i64);

        impl $name {
            /// The smallest value.
            pub const MINIMUM: i64 = $minimum;
            /// The largest value.
            pub const MAXIMUM: i64 = $maximum;

            #[doc = concat!("The integer, from ", stringify!($minimum), " to ", stringify!($maximum), ".")]
            ///
            /// # Errors
            ///
            /// A message that names the range, when the integer is outside.
            pub fn new(value: i64) -> Result<Self, $crate::values::InvalidValue> {
                $crate::values::support::check_range(value, $minimum, $maximum).map(Self)
            }

            /// A constant, checked when it is compiled.
            #[must_use]
            pub const fn constant(value: i64) -> Self {
                assert!(value >= $minimum && value <= $maximum, "outside the type's range");
                Self(value)
            }

            /// The integer.
            #[must_use]
            pub fn get(self) -> i64 {
                self.0
            }
        }

        impl $crate::values::support::serde::Serialize for $name {
            fn serialize<S: $crate::values::support::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> $crate::values::support::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::values::support::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <i64 as $crate::values::support::serde::Deserialize>::deserialize(deserializer)?;
                Self::new(value).map_err(<D::Error as $crate::values::support::serde::de::Error>::custom)
            }
        }

        impl $crate::values::support::schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut $crate::values::support::schemars::SchemaGenerator) -> $crate::values::support::schemars::Schema {
                $crate::values::support::schemars::json_schema!({ "type": "integer", "minimum": Self::MINIMUM, "maximum": Self::MAXIMUM })
            }
        }

        $crate::symbolic_leaf!([] $name, $crate::expression::ValueType::Integer(
            if $maximum < $crate::expression::PLAIN_LIMIT && $minimum > -$crate::expression::PLAIN_LIMIT {
                $crate::expression::Magnitude::Small
            } else {
                $crate::expression::Magnitude::Wide
            }
        ));
        $crate::layered_whole!([] $name);
        impl $crate::values::IntegerValue for $name {}
        impl $crate::typed::IntOrStringValue for $name {}
        impl $crate::expression::Interpolated for $name {}
    )* };
}
