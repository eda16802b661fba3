//! Which variables of containers say where data lies.
//!
//! Cassandra's have the names that the values give them, those of groups included; the metrics database's has one name.
//! Must not know what a change of one means.

use std::collections::BTreeMap;

use emt_model::databases::Cassandra;
use serde_json::{Value, to_value};

use crate::rendering::Rendering;

/// What a variable says of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Store {
    CassandraHosts,
    CassandraPort,
    Keyspace,
    ThrottlingKeyspace,
    MetricsDatabase,
}

/// The keys of `cassandra.variables` that name such variables.
const CASSANDRA: [(&str, Store); 4] = [
    ("host", Store::CassandraHosts),
    ("port", Store::CassandraPort),
    ("keyspace", Store::Keyspace),
    ("throttlingKeyspace", Store::ThrottlingKeyspace),
];

/// The variable with the metrics database's address.
const METRICS_DATABASE: &str = "METRICS_DB_URL";

/// What variables say of stores, by their names.
#[derive(Debug)]
pub(crate) struct Stores(BTreeMap<String, Store>);

impl Stores {
    /// The variables of renderings, and those of the chart's defaults.
    pub(crate) fn of(renderings: &[&Rendering<'_>]) -> Self {
        let mut names = BTreeMap::from([(METRICS_DATABASE.to_owned(), Store::MetricsDatabase)]);
        let mut add = |cassandra: &Value| {
            for (key, store) in CASSANDRA {
                if let Some(name) = cassandra["variables"][key].as_str().filter(|name| !name.is_empty()) {
                    names.insert(name.to_owned(), store);
                }
            }
        };
        add(&to_value(Cassandra::default()).unwrap_or_default());
        for Rendering { values, .. } in renderings {
            add(&values["cassandra"]);
            add(&values["gatewayGroupDefaults"]["cassandra"]);
            let groups = values["gatewayGroups"].as_object().into_iter().flat_map(|groups| groups.values());
            groups.for_each(|group| add(&group["cassandra"]));
        }
        Self(names)
    }

    /// What the variable of this name says.
    pub(crate) fn named(&self, variable: &str) -> Option<Store> {
        self.0.get(variable).copied()
    }
}
