//! A library where nothing loads it.
//!
//! # What it does
//!
//! Finds files of `configuration.files` that end in `.jar` and lie outside `apigateway/`, such as a JDBC driver at
//! `ext/lib/mysql.jar`.
//!
//! # Why it matters
//!
//! A pod copies what lies below `/merge/apigateway` into its installation and leaves the rest. The library is mounted, the
//! pod starts, and the first connection to the metrics database fails for want of a driver.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   configuration:
//!     files:
//!       ext/lib/mysql-connector.jar: { configMap: libraries, key: mysql-connector.jar }  # found here
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   configuration:
//!     files:
//!       apigateway/ext/lib/mysql-connector.jar: { configMap: libraries, key: mysql-connector.jar }
//! gatewayGroupDefaults:
//!   configuration:
//!     files:
//!       apigateway/ext/lib/mysql-connector.jar: { configMap: libraries, key: mysql-connector.jar }
//! ```

use emt_model::configuration::Configuration;

use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D010",
    level: Level::Recommended,
    rows: &["S1-206", "S1-225"],
    check: Check::Environment(check),
};

/// The installation below /merge: from it alone libraries are loaded.
pub(super) const INSTALLATION: &str = "apigateway/";

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (path, Configuration { files, .. }) in subject.configurations() {
        let outside = files.keys().map(|file| file.as_str()).filter(|file| !file.starts_with(INSTALLATION));
        for file in outside.filter(|file| file.ends_with(".jar")) {
            let name = file.rsplit('/').next().unwrap_or(file);
            found.push(
                Found::at(format!("{path}.files[{file:?}]"), format!("nothing loads {file}"))
                    .help(format!("call it {INSTALLATION}ext/lib/{name}")),
            );
        }
    }
    found
}
