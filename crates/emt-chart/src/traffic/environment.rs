//! The environment variables of a traffic pod: topology, heap, logs, databases, and the user's own.

use std::collections::BTreeMap;

use emt_model::databases::{Cassandra, CassandraSymbol, CredentialsSymbol, MetricsDatabaseSymbol};
use emt_model::names::{DataKey, EnvironmentName, LineText, VariableName};
use helmwright::expression::{Expr, equal, first_text, join, overlay, to_text, word_of};
use helmwright::typed::{Fragment, ListFragment, choose, lines_helper, text_helper};
use helmwright::{fragment, list, text};
use helmwright_k8s::types::EnvVar;

use super::TrafficGroup;

/// All variables, in the order in which a reader looks for them.
pub(super) fn variables(TrafficGroup { common, group, traffic }: &TrafficGroup<'_>) -> ListFragment<EnvVar> {
    let (values, own) = (&common.values, &group.values);
    let (topology, logging) = (&values.topology, &values.logging);
    let user = overlay::<BTreeMap<EnvironmentName, LineText>>(&own.env, &traffic.env);
    list!(EnvVar [
        { name: "ACCEPT_GENERAL_CONDITIONS", value: "yes" },
        { name: "EMT_ANM_HOSTS", value: join(&topology.external_admin_node_managers, ",") },
        { name: "EMT_POLL_INTERVAL", value: to_text(&topology.poll_interval_seconds) },
        { name: "EMT_PARENT_HOST", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
        { name: "GROUP_ID", value: first_text(&own.group_id, &group.name) },
        { name: "EMT_HEAP_SIZE_MB", value: to_text(&traffic.heap_size_mib) },
        { name: "EMT_TRACE_LEVEL", value: &traffic.trace_level },
        { name: "EMT_HEALTHCHECK_PORT", value: to_text(&own.health_check.port) },
        { name: "EMT_HEALTHCHECK_PATH", value: &own.health_check.path },
        if &own.policy_studio_deployment { { name: "EMT_DEPLOYMENT_ENABLED", value: "true" }, }
        { name: "APIGW_LOG_TRACE_TO_FILE", value: word_of(&logging.trace_to_file) },
        { name: "APIGW_LOG_TRACE_JSON_TO_STDOUT", value: word_of(&logging.trace_json_to_stdout) },
        { name: "APIGW_LOG_OPENTRAFFIC_OUTPUT", value: &logging.open_traffic_output },
        if &values.metrics_database.enabled { ..metrics_database(&values.metrics_database), }
        for (variable, value) in &user { { name: variable, value: value }, }
        let cassandra = overlay::<Cassandra>(&values.cassandra, &own.cassandra);
        if &cassandra.enabled { ..cassandra_variables(&cassandra), }
    ])
}

/// Names that the factory configuration reads; the URL is composed from its parts.
fn metrics_database(database: &MetricsDatabaseSymbol) -> ListFragment<EnvVar> {
    let (none, verify) = (equal(&database.tls, "none"), equal(&database.tls, "verify"));
    let tls = text_helper(
        "apim-emt.metricsDatabaseTls",
        "Parameters of the metrics database's JDBC URL for TLS as the values want it.",
        choose::<String>(
            &[(&none, &"useSSL=false"), (&verify, &"useSSL=true&requireSSL=true&verifyServerCertificate=true")],
            &"useSSL=true&requireSSL=true",
        ),
    );
    let url = lines_helper(
        "apim-emt.metricsDatabaseUrl",
        "JDBC URL of the metrics database.",
        [],
        |lines, ()| {
            lines.bind("database", database, |lines, database| {
                lines.line(text!("jdbc:mysql://{database.host}:{database.port}/{database.name}?{tls}"));
            });
        },
    );
    let url = url.call(());
    list!(EnvVar [
        { name: "METRICS_DB_URL", value: url },
        secret("METRICS_DB_USERNAME", &database.credentials, &database.credentials.username_key),
        secret("METRICS_DB_PASS", &database.credentials, &database.credentials.password_key),
    ])
}

/// Names that the configuration reads are values: there are several conventions (conflict X7).
fn cassandra_variables(cassandra: &CassandraSymbol) -> ListFragment<EnvVar> {
    let (names, credentials) = (&cassandra.variables, &cassandra.credentials);
    let throttling = first_text(&cassandra.throttling_keyspace, text!("t_{cassandra.keyspace}"));
    list!(EnvVar [
        with variable = &names.host { { name: variable, value: join(&cassandra.hosts, ",") }, }
        with variable = &names.port { { name: variable, value: to_text(&cassandra.port) }, }
        with variable = &names.keyspace { { name: variable, value: &cassandra.keyspace }, }
        with variable = &names.throttling_keyspace { { name: variable, value: throttling }, }
        with variable = &names.username { secret_named(&variable, credentials, &credentials.username_key), }
        with variable = &names.password { secret_named(&variable, credentials, &credentials.password_key), }
    ])
}

fn secret(name: &'static str, credentials: &CredentialsSymbol, key: &Expr<DataKey>) -> Fragment<EnvVar> {
    fragment!(EnvVar {
        name: name,
        valueFrom: { secretKeyRef: { name: &credentials.existing_secret, key: key } },
    })
}

fn secret_named(name: &Expr<VariableName>, credentials: &CredentialsSymbol, key: &Expr<DataKey>) -> Fragment<EnvVar> {
    fragment!(EnvVar {
        name: name,
        valueFrom: { secretKeyRef: { name: &credentials.existing_secret, key: key } },
    })
}
