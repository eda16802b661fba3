//! Environment variables: of all components, of gateways, of the databases, and the user's own.

use emt_model::databases::{Cassandra, CassandraSymbol, CredentialsSymbol, MetricsDatabaseSymbol};
use emt_model::group::GatewayGroupSymbol;
use emt_model::hatches::{Env, EnvRefs, EnvSourceSymbol};
use emt_model::names::{DataKey, ObjectName, VariableName};
use emt_model::numbers::Port;
use emt_model::pod::PodSymbols;
use emt_model::probes::port_named;
use helmwright::expression::{
    Expr, Symbol, all, equal, first_text, join, not_empty, overlay, ternary, to_text, word_of,
};
use helmwright::typed::{Fits, Fragment, ListFragment, Text, bound, choose, text_helper};
use helmwright::{fragment, list, text};
use helmwright_k8s::types::{EnvFromSource, EnvVar};

use crate::common::{Common, Group};
use crate::component::Component;

/// The user's variables of a component.
pub(crate) struct UserEnv {
    /// Texts by name.
    pub(crate) env: Expr<Env>,
    /// References by name.
    pub(crate) refs: Expr<EnvRefs>,
}

/// A variable with a text.
pub(crate) fn variable(name: &'static str, value: impl Fits<Text>) -> Fragment<EnvVar> {
    fragment!(EnvVar { name: name, value: value })
}

/// The variables of a gateway's user: those of the group, and the component's own over them.
pub(crate) fn group_env(group: &Group, pod: &PodSymbols) -> UserEnv {
    UserEnv {
        env: overlay::<Env>(&group.values.env, &pod.env),
        refs: overlay::<EnvRefs>(&group.values.env_refs, &pod.env_refs),
    }
}

/// What every component of the product reads.
pub(crate) fn product(common: &Common, pod: &PodSymbols) -> ListFragment<EnvVar> {
    let (values, logging) = (&common.values, &common.values.logging);
    list!(EnvVar [
        variable("ACCEPT_GENERAL_CONDITIONS", ternary(&values.accept_general_conditions, "yes", "no")),
        variable("EMT_HEAP_SIZE_MB", to_text(&pod.heap_size_mib)),
        variable("EMT_TRACE_LEVEL", &pod.trace_level),
        if &values.fips_mode { variable("EMT_FIPS_MODE", "true"), }
        {
            name: "EMT_PARENT_HOST",
            if not_empty(&values.topology.parent_host) {
                value: &values.topology.parent_host,
            } else {
                valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } },
            }
        },
        variable("APIGW_LOG_TRACE_TO_FILE", word_of(&logging.trace_to_file)),
        variable("APIGW_LOG_TRACE_JSON_TO_STDOUT", word_of(&logging.trace_json_to_stdout)),
        with directory = &logging.audit.directory { variable("APIGW_AUDIT_LOG_DIR", directory), }
        with name = &logging.audit.file_name { variable("APIGW_AUDIT_LOG_NAME", name), }
        { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
    ])
}

/// What gateways read beyond that: topology, group, health check, and the databases.
pub(crate) fn gateway(component: &Component<'_>, group: &Group) -> ListFragment<EnvVar> {
    let (common, own) = (component.common, &group.values);
    let values = &common.values;
    list!(EnvVar [
        ..product(common, &component.pod),
        variable("EMT_ANM_HOSTS", admin_node_managers(common)),
        variable("EMT_POLL_INTERVAL", to_text(&values.topology.poll_interval_seconds)),
        variable("GROUP_ID", first_text(&own.group_id, &group.name)),
        variable("EMT_HEALTHCHECK_PORT", to_text(health_check_port(own))),
        variable("EMT_HEALTHCHECK_PATH", &own.health_check.path),
        if &own.policy_studio_deployment { variable("EMT_DEPLOYMENT_ENABLED", "true"), }
        variable("APIGW_LOG_OPENTRAFFIC_OUTPUT", &values.logging.open_traffic_output),
        ..databases(common),
        let cassandra = overlay::<Cassandra>(&values.cassandra, &own.cassandra);
        if &cassandra.enabled { ..cassandra_variables(&cassandra), }
    ])
}

/// Number of the port that the health check asks.
pub(crate) fn health_check_port(group: &GatewayGroupSymbol) -> Expr<Port> {
    port_named(&group.traffic.ports, &Expr::new(group.health_check.port.expression())).port.clone()
}

/// What the Admin Node Manager and gateways read of the metrics database.
pub(crate) fn databases(common: &Common) -> ListFragment<EnvVar> {
    let database = &common.values.metrics_database;
    list!(EnvVar [
        if &database.enabled { ..metrics_database(database), }
    ])
}

/// The release's own Admin Node Manager, and those outside.
fn admin_node_managers(common: &Common) -> Expr<String> {
    let values = &common.values;
    let (fullname, node_manager) = (&common.fullname, &values.admin_node_manager);
    let outside = &values.topology.external_admin_node_managers;
    let own = text!("{fullname}-anm:{node_manager.ports.management.port}");
    let both = all([&node_manager.enabled, &not_empty(outside)]);
    text_helper(
        "apim-emt.adminNodeManagers",
        "Admin Node Managers that gateways register with, as host:port: the release's own, and those outside.",
        bound("outside", &join(outside, ","), |outside| {
            bound("own", &own, |own| {
                choose(&[(&both, &text!("{own},{outside}")), (&node_manager.enabled, &own)], &outside)
            })
        }),
    )
}

/// The JDBC URL, composed from its parts as the engine's driver wants it: Connector/J of MySQL and MariaDB, Microsoft's
/// driver, and Oracle's thin one with the name of a service.
pub(crate) fn metrics_database_url(database: &MetricsDatabaseSymbol) -> Expr<String> {
    let tls = database_tls(database);
    let by_engine = bound("database", database, |database| {
        bound("tls", &tls, |tls| {
            let place = text!("{database.host}:{database.port}");
            let is = |engine: &'static str| equal(&database.engine, engine);
            let in_clear = all([&is("oracle"), &equal(&database.tls, "none")]);
            choose(
                &[
                    (&is("sqlserver"), &text!("jdbc:sqlserver://{place};databaseName={database.name};{tls}")),
                    (&in_clear, &text!("jdbc:oracle:thin:@//{place}/{database.name}")),
                    (&is("oracle"), &text!("jdbc:oracle:thin:@tcps://{place}/{database.name}?{tls}")),
                ],
                &text!("jdbc:{database.engine}://{place}/{database.name}?{tls}"),
            )
        })
    });
    let purpose = "JDBC URL of the metrics database, as the driver of its engine wants it.";
    text_helper("apim-emt.metricsDatabaseUrl", purpose, by_engine)
}

/// What the URL says of TLS: drivers differ in the words, and in what they do where nothing is said.
fn database_tls(database: &MetricsDatabaseSymbol) -> Expr<String> {
    let by_engine = bound("database", database, |database| {
        let (none, verify) = (equal(&database.tls, "none"), equal(&database.tls, "verify"));
        let is = |engine: &'static str| equal(&database.engine, engine);
        let (mariadb, sqlserver, oracle) = (is("mariadb"), is("sqlserver"), is("oracle"));
        choose::<String>(
            &[
                (&all([&oracle, &verify]), &"ssl_server_dn_match=true"),
                (&oracle, &"ssl_server_dn_match=false"),
                (&all([&sqlserver, &none]), &"encrypt=false"),
                (&all([&sqlserver, &verify]), &"encrypt=true;trustServerCertificate=false"),
                (&sqlserver, &"encrypt=true;trustServerCertificate=true"),
                (&none, &"useSSL=false"),
                (&all([&mariadb, &verify]), &"useSSL=true&trustServerCertificate=false"),
                (&mariadb, &"useSSL=true&trustServerCertificate=true"),
                (&verify, &"useSSL=true&requireSSL=true&verifyServerCertificate=true"),
            ],
            &"useSSL=true&requireSSL=true&verifyServerCertificate=false",
        )
    });
    text_helper("apim-emt.metricsDatabaseTls", "What the JDBC URL of the metrics database says of TLS.", by_engine)
}

/// Names that the factory configuration reads; the URL is composed from its parts.
fn metrics_database(database: &MetricsDatabaseSymbol) -> ListFragment<EnvVar> {
    let credentials = &database.credentials;
    list!(EnvVar [
        variable("METRICS_DB_URL", metrics_database_url(database)),
        secret_variable("METRICS_DB_USERNAME", &credentials.existing_secret, &credentials.username_key),
        secret_variable("METRICS_DB_PASS", &credentials.existing_secret, &credentials.password_key),
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

/// A variable whose value a Secret holds.
pub(crate) fn secret_variable(name: &'static str, secret: impl Fits<Text>, key: impl Fits<Text>) -> Fragment<EnvVar> {
    fragment!(EnvVar { name: name, valueFrom: { secretKeyRef: { name: secret, key: key } } })
}

fn secret_named(name: &Expr<VariableName>, credentials: &CredentialsSymbol, key: &Expr<DataKey>) -> Fragment<EnvVar> {
    fragment!(EnvVar {
        name: name,
        valueFrom: { secretKeyRef: { name: &credentials.existing_secret, key: key } },
    })
}

/// The user's own variables.
pub(super) fn user(user: &UserEnv) -> ListFragment<EnvVar> {
    list!(EnvVar [
        for (variable, value) in &user.env { { name: variable, value: value }, }
        for (variable, reference) in &user.refs {
            {
                name: variable,
                valueFrom: {
                    if equal(&reference.kind, "secret") {
                        secretKeyRef: { name: &reference.name, key: &reference.key },
                    } else {
                        configMapKeyRef: { name: &reference.name, key: &reference.key },
                    }
                },
            },
        }
    ])
}

/// All keys of a Secret or ConfigMap.
pub(super) fn source(name: &Expr<ObjectName>, source: &EnvSourceSymbol) -> ListFragment<EnvFromSource> {
    list!(EnvFromSource [
        if equal(&source.kind, "secret") {
            { secretRef: { name: name }, ..prefix(source), },
        } else {
            { configMapRef: { name: name }, ..prefix(source), },
        }
    ])
}

fn prefix(source: &EnvSourceSymbol) -> Fragment<EnvFromSource> {
    fragment!(EnvFromSource { with prefix = &source.prefix { prefix: prefix, } })
}
