//! A JDBC driver for some of those who need it.
//!
//! # What it does
//!
//! Where there is a metrics database and some component gets a JDBC driver as a file of `configuration.files` below `apigateway/`, finds the
//! components that merge files too and get none. Volumes that you fill and images cannot be looked into.
//!
//! # Why it matters
//!
//! The Admin Node Manager writes metrics into the database, and API Manager shows them. Each loads the driver from its own
//! `ext/lib`; one without it says so at the first connection, not at its start.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! adminNodeManager:
//!   configuration:
//!     files:
//!       apigateway/ext/lib/mysql-connector.jar: { configMap: libraries, key: mysql-connector.jar }
//! gatewayGroups:
//!   main:  # found here
//!     cassandra: { keyspace: main }
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

use emt_model::choices::{ConfigurationMode, MergeVolume};
use emt_model::configuration::Configuration;

use super::d010_library_where_nothing_loads_it::INSTALLATION;
use super::{Check, Definition, Found, Level, Subject};

pub(super) const RULE: Definition = Definition {
    id: "D011",
    level: Level::Recommended,
    rows: &["S1-206", "S1-225"],
    check: Check::Environment(check),
};

/// What the names of drivers contain: those of MySQL, MariaDB, SQL Server and Oracle, and what people call them.
const NAMES: [&str; 6] = ["mysql", "mariadb", "jdbc", "connector", "driver", "mssql"];

fn driver(configuration: &Configuration) -> Option<&str> {
    let mut files = configuration.files.keys().map(|file| file.as_str());
    files.find(|file| {
        file.starts_with(INSTALLATION) && file.ends_with(".jar") && NAMES.iter().any(|name| file.to_lowercase().contains(name))
    })
}

fn check(subject: &Subject<'_>) -> Vec<Found> {
    if !subject.values.metrics_database.enabled {
        return Vec::new();
    }
    let mut all = subject.configurations();
    all.retain(|(_, of)| of.mode == ConfigurationMode::Merge && of.volume.kind == MergeVolume::Files);
    let Some((giver, file)) = all.iter().find_map(|(path, of)| Some((path.clone(), driver(of)?))) else {
        return Vec::new();
    };
    let without = all.iter().filter(|(_, of)| driver(of).is_none());
    let found = |(path, _): &(String, _)| {
        Found::at(format!("{path}.files"), "nothing gives it the JDBC driver of the metrics database")
            .note(format!("{giver} has {file}"))
            .help("name the same file here, unless its image holds a driver")
    };
    without.map(found).collect()
}
