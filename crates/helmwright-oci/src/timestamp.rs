//! Times as seconds since 1970 and as RFC 3339 writes them in UTC.

use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};

use crate::error::OciError;

/// A time in whole seconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Seconds since 1970, such as `SOURCE_DATE_EPOCH` holds.
    ///
    /// # Errors
    ///
    /// A number that no year of four digits has.
    pub fn from_seconds(seconds: i64) -> Result<Self, OciError> {
        // 9999-12-31T23:59:59Z.
        match (0..=253_402_300_799).contains(&seconds) {
            true => Ok(Self(seconds)),
            false => Err(OciError::input(format!("{seconds} is no time in seconds since 1970"))),
        }
    }

    /// A time such as `2030-01-31T00:00:00Z`.
    ///
    /// # Errors
    ///
    /// Another form.
    pub fn from_rfc3339(text: &str) -> Result<Self, OciError> {
        match OffsetDateTime::parse(text, &Rfc3339) {
            Ok(time) => Self::from_seconds(time.unix_timestamp()),
            Err(_) => Err(OciError::input(format!("{text:?} is no time such as 2030-01-31T00:00:00Z"))),
        }
    }

    /// A time such as HTTP writes it: `Tue, 01 Jan 2030 00:00:00 GMT`.
    pub(crate) fn from_http(text: &str) -> Option<Self> {
        OffsetDateTime::parse(text, &Rfc2822).ok().map(|time| Self(time.unix_timestamp()))
    }

    /// Seconds since 1970.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// In UTC: `2030-01-31T00:00:00Z`.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        let time = OffsetDateTime::from_unix_timestamp(self.0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        time.format(&Rfc3339).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_agree() {
        let time = Timestamp::from_rfc3339("2030-01-31T01:00:00+01:00").unwrap();
        assert_eq!(time.to_rfc3339(), "2030-01-31T00:00:00Z");
        assert_eq!(Timestamp::from_http("Thu, 31 Jan 2030 00:00:00 GMT"), Some(time));
        assert_eq!(Timestamp::from_seconds(time.seconds()).unwrap(), time);
        assert!(Timestamp::from_seconds(-1).is_err() && Timestamp::from_rfc3339("2030-01-31").is_err());
    }
}
