//! Disks smaller than the reference architecture's.
//!
//! # What it does
//!
//! Compares the sizes that `dedicatedStorage` of `environments.yaml` names with those of the reference architecture: 50 GB
//! for each Cassandra node, 20 GB for each node of the metrics database, 100 GB for logs. What is not named is not looked
//! at.
//!
//! # Why it matters
//!
//! Cassandra needs room beside its data to compact it, and stops taking writes when its disk is full: nobody signs in, and
//! no quota counts. A full disk of logs loses what an incident would be explained with.
//!
//! # Example
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod:
//!     dedicatedStorage: { cassandra: 20Gi }
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # environments.yaml
//! environments:
//!   prod:
//!     dedicatedStorage: { cassandra: 50Gi, metricsDatabase: 20Gi, logs: 100Gi }
//! ```

use super::{Check, Definition, Found, Level, Subject};
use crate::plan::dedicated::{DISKS, Disks};

pub(super) const RULE: Definition = Definition {
    id: "D009",
    level: Level::Recommended,
    rows: &["S1-066", "S1-083", "S1-098", "S1-100", "S1-101"],
    check: Check::Environment(check),
};

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let found = |disks: &Disks| {
        let size = disks.too_small(&subject.infrastructure.dedicated_storage)?;
        let key = format!("dedicatedStorage.{}", disks.key);
        let message = format!("{size} for {} is less than {} GB", disks.what, disks.gigabytes);
        Some(Found::of_environment(subject, &key, message).help(format!("make it {}Gi or more", disks.gigabytes)))
    };
    DISKS.iter().filter_map(found).collect()
}
