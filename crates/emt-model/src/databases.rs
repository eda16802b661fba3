//! The databases outside the release: Apache Cassandra and the metrics database (seed rows S1-030, S1-031, S1-260).

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{DatabaseEngine, DatabaseTls};
use crate::names::{DataKey, DatabaseName, Host, Keyspace, ObjectName, OptionalHost, VariableName};
use crate::network::Networks;
use crate::numbers::Port;
use crate::setup::Setup;

/// A Secret that holds user and password.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Credentials {
    /// Name of the Secret.
    pub existing_secret: ObjectName,
    /// Its key with the user's name.
    pub username_key: DataKey,
    /// Its key with the password.
    pub password_key: DataKey,
}

impl Credentials {
    fn in_secret(name: &'static str) -> Self {
        Self {
            existing_secret: ObjectName::constant(name),
            username_key: DataKey::constant("username"),
            password_key: DataKey::constant("password"),
        }
    }
}

/// Names of the environment variables that the configuration reads; empty for "not set".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CassandraVariables {
    /// Variable with all hosts, separated by commas.
    pub host: VariableName,
    /// Variable with the port.
    pub port: VariableName,
    /// Variable with the user's name.
    pub username: VariableName,
    /// Variable with the password.
    pub password: VariableName,
    /// Variable with the keyspace.
    pub keyspace: VariableName,
    /// Variable with the keyspace of throttling.
    pub throttling_keyspace: VariableName,
}

/// Apache Cassandra, which keeps API Manager's data and the key property store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cassandra {
    /// false: gateways without API Manager and key property store.
    pub enabled: bool,
    /// Host names; three or more in production.
    ///
    /// Seed: S1-227, S1-260, S1-261.
    pub hosts: Vec<Host>,
    /// Port of the CQL protocol.
    pub port: Port,
    /// Keyspace of groups that name none of their own. Groups with one keyspace share APIs, applications and quotas.
    ///
    /// Seed: S1-227.
    pub keyspace: Keyspace,
    /// Keyspace of throttling; empty for t_ and the keyspace.
    pub throttling_keyspace: Keyspace,
    /// Secret with user and password.
    ///
    /// Seed: S1-175.
    pub credentials: Credentials,
    /// Names of the environment variables that the configuration reads; empty for "not set".
    pub variables: CassandraVariables,
    /// Where the hosts live, for network policies, by a name of yours; {} for any address on the port.
    ///
    /// Seed: S1-N05.
    pub networks: Networks,
}

impl Default for Cassandra {
    fn default() -> Self {
        Self {
            enabled: true,
            hosts: Vec::new(),
            port: Port::constant(9042),
            keyspace: Keyspace::constant(""),
            throttling_keyspace: Keyspace::constant(""),
            credentials: Credentials::in_secret("cassandra-credentials"),
            variables: CassandraVariables {
                host: VariableName::constant("CASS_HOST"),
                port: VariableName::constant("CASS_PORT"),
                username: VariableName::constant("CASS_USERNAME"),
                password: VariableName::constant("CASS_PASS"),
                keyspace: VariableName::constant("CASS_KEYSPACE"),
                throttling_keyspace: VariableName::constant("CASS_TKEYSPACE"),
            },
            networks: Networks::new(),
        }
    }
}

/// The metrics database, which the Admin Node Manager fills and API Manager reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MetricsDatabase {
    /// Whether there is a metrics database.
    pub enabled: bool,
    /// mysql, mariadb, sqlserver or oracle: how the JDBC URL is written. The driver for it is part of the configuration.
    ///
    /// Seed: S1-272.
    pub engine: DatabaseEngine,
    /// Host name.
    ///
    /// Seed: S1-031.
    pub host: OptionalHost,
    /// Port; SQL Server usually has 1433, Oracle 1521.
    pub port: Port,
    /// Name of the database; for Oracle that of the service.
    pub name: DatabaseName,
    /// TLS on the connection: none, required, or verify (the server's certificate is checked).
    pub tls: DatabaseTls,
    /// Secret with user and password.
    ///
    /// Seed: S1-178.
    pub credentials: Credentials,
    /// Where the host lives, for network policies, by a name of yours; {} for any address on the port.
    ///
    /// Seed: S1-N05.
    pub networks: Networks,
    /// The job that brings the database's schema; it never drops data. Its tool takes the password as an argument, which
    /// processes of the job's pod can see, and no others.
    ///
    /// Seed: S1-276.
    pub setup: Setup,
}

impl Default for MetricsDatabase {
    fn default() -> Self {
        Self {
            enabled: true,
            engine: DatabaseEngine::Mysql,
            host: OptionalHost::constant(""),
            port: Port::constant(3306),
            name: DatabaseName::constant("metrics"),
            tls: DatabaseTls::Required,
            credentials: Credentials::in_secret("metrics-credentials"),
            networks: Networks::new(),
            setup: Setup::default(),
        }
    }
}
