//! What a component waits for before it starts (seed rows S1-213, S1-232 to S1-234, S1-249 to S1-252).
//!
//! One init container in the component's own image runs a script of POSIX sh; it needs `nc`, or bash's `/dev/tcp`. It
//! ends within its timeout in every mode.

use emt_model::databases::Cassandra;
use helmwright::expression::{Expr, all, equal, join, overlay, to_text};
use helmwright::typed::{Fits, Fragment, ListFragment, Text, block, lines_helper};
use helmwright::{fragment, list, text};
use helmwright_k8s::types::{Container, EnvVar};

use crate::common::{Common, Group};
use crate::pod::{helper_container, resources, variable};

/// What has to answer, as variables of the script.
pub(crate) type Targets = ListFragment<EnvVar>;

/// What the Admin Node Manager waits for: the metrics database.
pub(crate) fn of_admin_node_manager(common: &Common) -> Targets {
    let database = &common.values.metrics_database;
    list!(EnvVar [
        if &database.enabled { variable("METRICS_DATABASE", text!("{database.host}:{database.port}")), }
    ])
}

/// What a gateway waits for: Cassandra, the metrics database, the Admin Node Manager.
pub(crate) fn of_gateway(common: &Common, group: &Group) -> Targets {
    let (fullname, node_manager) = (&common.fullname, &common.values.admin_node_manager);
    list!(EnvVar [
        ..of_admin_node_manager(common),
        if &node_manager.enabled {
            variable("ADMIN_NODE_MANAGER", text!("{fullname}-anm:{node_manager.ports.management.port}")),
        }
        let cassandra = overlay::<Cassandra>(&common.values.cassandra, &group.values.cassandra);
        if &cassandra.enabled {
            variable("CASSANDRA_HOSTS", join(&cassandra.hosts, " ")),
            variable("CASSANDRA_PORT", to_text(&cassandra.port)),
        }
    ])
}

/// What a traffic gateway waits for: what every gateway does, and the group's API Manager.
pub(crate) fn of_traffic(common: &Common, group: &Group) -> Targets {
    let (fullname, manager) = (&common.fullname, &group.values.manager);
    list!(EnvVar [
        if all([&manager.enabled, &equal(&common.values.prechecks.mode, "strict")]) {
            variable("API_MANAGER", text!("{fullname}-{group.name}-manager:{manager.ports.manager.port}")),
        }
        ..of_gateway(common, group),
    ])
}

/// The container that waits.
pub(crate) fn container(
    common: &Common,
    name: &'static str,
    image: Fragment<Container>,
    mode: impl Fits<Text>,
    targets: &Targets,
) -> Fragment<Container> {
    let (values, prechecks) = (&common.values, &common.values.prechecks);
    fragment!(Container {
        name: name,
        ..image,
        imagePullPolicy: &values.image.pull_policy,
        command: ["sh", "-c", block(script())],
        env: [
            variable("MODE", mode),
            variable("TIMEOUT_SECONDS", to_text(&prechecks.timeout_seconds)),
            ..targets,
        ],
        resources: resources(&prechecks.resources),
        securityContext: helper_container(),
    })
}

/// The script. It prints what it waits for, and ends with 1 only in mode strict.
fn script() -> Expr<String> {
    let script = lines_helper(
        "apim-emt.prechecks",
        "Waits until what a component needs answers: all of it, but of Cassandra a majority of the hosts where MODE is soft.\n\
         After TIMEOUT_SECONDS it ends with the round that it is in: strict fails then, soft goes on.",
        [],
        |lines, ()| {
            for line in include_str!("prechecks.sh").lines() {
                lines.line(line);
            }
        },
    );
    script.call(())
}
