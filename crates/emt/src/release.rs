//! What a release is called: its name and namespace, by Helm's and Kubernetes' rules.
//!
//! Must not know where the names come from.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use helmwright::values::InvalidValue;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

helmwright::texts! {
    /// Namespace that a release is installed into: a DNS label.
    pub struct Namespace: Name, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        "a namespace: at most 63 lower case letters, digits and '-', beginning and ending with a letter or digit";
}

/// Name of a release, as Helm takes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseName(String);

impl ReleaseName {
    /// What the name has to match, as Helm has it.
    pub const PATTERN: &'static str = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    /// The most characters that it may have.
    pub const MAXIMUM_LENGTH: usize = 53;
    /// The same in words.
    pub const EXPECTED: &'static str = "a release name: at most 53 lower case letters, digits, '-' and '.', where each \
                                        part between dots begins and ends with a letter or digit";

    /// The name, if Helm takes it.
    ///
    /// # Errors
    ///
    /// A message that says what is expected.
    pub fn new(name: impl Into<String>) -> Result<Self, InvalidValue> {
        let name = name.into();
        let is_edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let is_part = |part: &str| {
            let inner = |byte: u8| byte == b'-' || is_edge(Some(byte));
            is_edge(part.bytes().next()) && is_edge(part.bytes().next_back()) && part.bytes().all(inner)
        };
        if name.len() <= Self::MAXIMUM_LENGTH && name.split('.').all(is_part) {
            Ok(Self(name))
        } else {
            Err(InvalidValue::new(format!("{name:?} is not {}", Self::EXPECTED)))
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReleaseName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for ReleaseName {
    type Err = InvalidValue;

    fn from_str(text: &str) -> Result<Self, InvalidValue> {
        Self::new(text)
    }
}

impl<'de> Deserialize<'de> for ReleaseName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for ReleaseName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "ReleaseName".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": Self::PATTERN,
            "maxLength": Self::MAXIMUM_LENGTH,
            "x-expected": Self::EXPECTED,
        })
    }
}

/// A release: its name, and the namespace that it is installed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The name.
    pub name: ReleaseName,
    /// The namespace.
    pub namespace: Namespace,
}

impl Release {
    /// A release of this name in this namespace.
    ///
    /// # Errors
    ///
    /// A message that says what is expected, if Helm or Kubernetes would not take one of them.
    pub fn new(name: &str, namespace: &str) -> Result<Self, InvalidValue> {
        Ok(Self { name: ReleaseName::new(name)?, namespace: Namespace::new(namespace)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_helm_takes() {
        let longest = "a".repeat(53);
        for name in ["a", "7", "apim", "apim-emt", "a.b", "1.2.3", "a--b", longest.as_str()] {
            assert!(ReleaseName::new(name).is_ok(), "{name}");
        }
        let too_long = "a".repeat(54);
        for name in ["", "-a", "a-", "A", "a_b", "a..b", ".a", "a.", "a.-b", "a b", "ä", too_long.as_str()] {
            let error = ReleaseName::new(name).unwrap_err().to_string();
            assert!(error.contains("at most 53"), "{name}: {error}");
        }
    }

    #[test]
    fn a_release_is_checked_in_both_parts() {
        assert!(Release::new("apim", "apim-prod").is_ok());
        assert!(Release::new("apim", "apim.prod").unwrap_err().to_string().contains("namespace"));
        assert!(Release::new("Apim", "apim").unwrap_err().to_string().contains("release name"));
    }
}
