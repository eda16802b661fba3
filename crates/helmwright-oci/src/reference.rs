//! Where a chart stands: `oci://HOST[:PORT]/PATH[:TAG][@DIGEST]`.
//!
//! Must not know how a registry is reached.

use std::fmt;
use std::str::FromStr;

use crate::digest::Digest;
use crate::error::OciError;

/// How charts in registries are written, as Helm writes them.
pub const SCHEME: &str = "oci://";

/// A repository: a host and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    host: String,
    path: String,
}

/// A tag: at most 128 letters, digits, `_`, `.` and `-`, beginning with none of the last two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(String);

/// What a manifest is asked for by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// A name that may move.
    Tag(Tag),
    /// The content.
    Digest(Digest),
}

/// One chart in a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The repository.
    pub repository: Repository,
    /// The tag, if one is named.
    pub tag: Option<Tag>,
    /// The digest, if one is named. It decides; a tag beside it is checked against it.
    pub digest: Option<Digest>,
}

impl Repository {
    /// Host and port, as written: `registry.example.com:5000`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path below the host: `charts/web`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The repository of a chart below this one, as Helm places it.
    ///
    /// # Errors
    ///
    /// A name that no repository may have.
    pub fn join(&self, name: &str) -> Result<Self, OciError> {
        check_component(name)?;
        Ok(Self { host: self.host.clone(), path: format!("{}/{name}", self.path).trim_start_matches('/').to_owned() })
    }

    /// Whether the host is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        let name = host_name(&self.host);
        name == "localhost" || name == "[::1]" || name.parse::<std::net::Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
    }

    /// Reads `oci://HOST` or `oci://HOST/PATH`.
    fn read(text: &str) -> Result<Self, OciError> {
        let (host, path) = text.split_once('/').unwrap_or((text, ""));
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_host) {
            return Err(OciError::input(format!("{host:?} is no host of a registry"))
                .help("write oci://HOST[:PORT]/PATH, such as oci://registry.example.com/charts"));
        }
        if !path.is_empty() {
            path.split('/').try_for_each(check_component)?;
        }
        Ok(Self { host: host.to_ascii_lowercase(), path: path.to_owned() })
    }
}

/// The host without its port.
pub(crate) fn host_name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// One part of a repository's path, by OCI's grammar.
fn check_component(name: &str) -> Result<(), OciError> {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let separators = name.split(|character: char| character.is_ascii_lowercase() || character.is_ascii_digit());
    let is_separator = |text: &str| matches!(text, "" | "." | "_" | "__") || text.bytes().all(|byte| byte == b'-');
    let edges = name.bytes().next().is_some_and(is_word) && name.bytes().next_back().is_some_and(is_word);
    if edges && separators.into_iter().all(is_separator) && name.len() <= 255 {
        return Ok(());
    }
    Err(OciError::input(format!("{name:?} cannot be part of a repository's path"))
        .help("a part holds lower case letters and digits, with single '.', '_', '__' or '-' between them"))
}

impl Tag {
    /// The tag, as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tag {
    type Err = OciError;

    fn from_str(text: &str) -> Result<Self, OciError> {
        let is_tag = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if first && text.len() <= 128 && text.bytes().all(is_tag) {
            return Ok(Self(text.to_owned()));
        }
        let error = OciError::input(format!("{text:?} is no tag"));
        Err(match text.contains('+') {
            true => error.help("a tag cannot hold '+': release a version without build metadata"),
            false => {
                error.help("a tag is at most 128 letters, digits, '_', '.' and '-', and does not begin with '.' or '-'")
            }
        })
    }
}

impl FromStr for Repository {
    type Err = OciError;

    fn from_str(text: &str) -> Result<Self, OciError> {
        let reference: Reference = text.parse()?;
        if reference.tag.is_some() || reference.digest.is_some() {
            return Err(OciError::input(format!("{text} names a version")).help("name the repository alone"));
        }
        Ok(reference.repository)
    }
}

impl FromStr for Reference {
    type Err = OciError;

    fn from_str(text: &str) -> Result<Self, OciError> {
        let Some(rest) = text.strip_prefix(SCHEME) else {
            return Err(OciError::input(format!("{text:?} does not begin with {SCHEME}"))
                .help("write oci://HOST[:PORT]/PATH, such as oci://registry.example.com/charts"));
        };
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.parse()?)),
            None => (rest, None),
        };
        // A colon in the first part is a port's.
        let (repository, tag) = match rest.rsplit_once(':') {
            Some((repository, tag)) if !tag.contains('/') && repository.contains('/') => {
                (repository, Some(tag.parse()?))
            }
            _ => (rest, None),
        };
        Ok(Self { repository: Repository::read(repository.trim_end_matches('/'))?, tag, digest })
    }
}

impl Reference {
    /// What the registry is asked for.
    ///
    /// # Errors
    ///
    /// Neither tag nor digest is named.
    pub fn version(&self) -> Result<Version, OciError> {
        match (&self.digest, &self.tag) {
            (Some(digest), _) => Ok(Version::Digest(digest.clone())),
            (None, Some(tag)) => Ok(Version::Tag(tag.clone())),
            (None, None) => Err(OciError::input(format!("{self} names no version"))
                .help("add a tag or a digest: oci://HOST/PATH:1.2.3 or oci://HOST/PATH@sha256:…")),
        }
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let separator = if self.path.is_empty() { "" } else { "/" };
        write!(formatter, "{SCHEME}{}{separator}{}", self.host, self.path)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(tag) => tag.fmt(formatter),
            Self::Digest(digest) => digest.fmt(formatter),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.repository.fmt(formatter)?;
        if let Some(tag) = &self.tag {
            write!(formatter, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(formatter, "@{digest}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_written() {
        let digest = Digest::of(b"");
        for text in [
            "oci://registry.example.com/charts/web:1.2.3".to_owned(),
            "oci://localhost:5000/web".to_owned(),
            format!("oci://127.0.0.1:5000/a/b:1.0.0-rc.1@{digest}"),
            format!("oci://[::1]:5000/a@{digest}"),
        ] {
            assert_eq!(text.parse::<Reference>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_no_registry_takes_is_refused() {
        for text in [
            "registry.example.com/a",
            "oci://",
            "oci:///a",
            "oci://host/A",
            "oci://host/a//b",
            "oci://host/../b",
            "oci://host/a:1.0.0+b",
            "oci://host/a@sha256:12",
            "oci://user:word@host/a",
            "oci://host/a b",
            "oci://host/a-",
            "oci://host/a?x",
            "oci://ho st/a",
        ] {
            assert!(text.parse::<Reference>().is_err(), "{text}");
        }
    }

    #[test]
    fn this_machine_is_known() {
        let is_loopback = |text: &str| text.parse::<Repository>().unwrap().is_loopback();
        assert!(
            is_loopback("oci://localhost:5000/a") && is_loopback("oci://127.0.0.1/a") && is_loopback("oci://[::1]:1/a")
        );
        assert!(!is_loopback("oci://localhost.example.com/a") && !is_loopback("oci://10.0.0.1:5000/a"));
    }
}
