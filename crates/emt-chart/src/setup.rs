//! The job that brings the metrics database's schema (seed row S1-276).
//!
//! It refers to no ServiceAccount, and to ConfigMaps of the user's alone, so that as a hook it needs nothing of the release;
//! the Secrets that it reads have to exist then, which `refusals` sees to. In the Admin Node Manager's image it has what
//! that one merges, for the JDBC driver. Its name holds a hash of all that it is made of: a Job cannot change.

use emt_model::databases::MetricsDatabaseSymbol;
use emt_model::secrets::Secret;
use helmwright::expression::{Expr, all, any, equal, first_text, not, not_empty, overlay, sha256, to_json, truncate};
use helmwright::tree::File;
use helmwright::typed::{
    DocumentBuilder, Fragment, ListFragment, Map, Object, Text, block, bound, lines_helper, text_helper,
};
use helmwright::values::release;
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{Container, EnvVar, Job, PodSpec};

use crate::common::Common;
use crate::pod::{
    configuration_mounts, configuration_volumes, container_security, copy_configuration, csi, image_or,
    metrics_database_url, placed, pod_security, pull_secrets, resources, secret_variable, variable,
};
use crate::{linters, prechecks};

/// The template file.
pub(crate) fn file(common: &Common) -> File {
    let database = &common.values.metrics_database;
    let documents = DocumentBuilder::documents(|documents| {
        documents.bind("database", database, |documents, database| {
            let wanted = all([&database.enabled, &not(equal(&database.setup.mode, "none"))]);
            documents.when(wanted, |documents| {
                documents.when(has_image(common, &database), |documents| documents.object(job(common, &database)));
            });
        });
    });
    File { name: "metrics-database-job.yaml", purpose: "Brings the schema of the metrics database.", documents }
}

/// Whether there is an image for it: that of the release's Admin Node Manager, or one of its own.
pub(crate) fn has_image(common: &Common, database: &MetricsDatabaseSymbol) -> Expr<bool> {
    any([&common.values.admin_node_manager.enabled, &not_empty(&database.setup.image.repository)])
}

/// The Secret with the user who brings it.
pub(crate) fn secret(common: &Common) -> Expr<String> {
    let database = &common.values.metrics_database;
    text_helper(
        "apim-emt.databaseSetupSecret",
        "Name of the Secret with the user who brings the metrics database's schema.",
        bound("database", database, |database| {
            first_text(&database.setup.credentials.existing_secret, &database.credentials.existing_secret).into()
        }),
    )
}

fn job(common: &Common, database: &MetricsDatabaseSymbol) -> Object {
    let (fullname, annotations) = (&common.fullname, &common.values.common_annotations);
    let (mode, limits) = (&database.setup.mode, &database.setup.limits);
    let hash = truncate(sha256(inputs(common)), 8);
    let exceptions = common.values.linter_exceptions.clone();
    let subject = linters::Subject { pods: linters::Pods::Setup, one: Expr::from(false) };
    object!(Job {
        metadata: {
            name: text!("{fullname}-dbsetup-{hash}"),
            namespace: release::namespace(),
            labels: common.labels.call(("database-setup".into(),)),
            if any([&exceptions, &equal(mode, "hook"), &equal(mode, "argocd"), &not_empty(annotations)]) {
                annotations: {
                    ..moment(database),
                    if &exceptions { ..linters::annotations(common, &subject), }
                    ..annotations,
                },
            }
        },
        spec: {
            activeDeadlineSeconds: &limits.active_deadline_seconds,
            backoffLimit: &limits.backoff_limit,
            ttlSecondsAfterFinished: &limits.ttl_seconds,
            template: {
                metadata: {
                    labels: {
                        ..common.selector.call(("database-setup".into(),)),
                        ..&common.values.pod_defaults.pod_labels,
                    },
                    with annotations = &common.values.pod_defaults.pod_annotations { annotations: annotations, }
                },
                spec: pod(common, database),
            },
        },
    })
}

/// When something of the release is brought: the weight of Helm's hooks, and Argo CD's wave of a sync. Both count upwards.
pub(crate) struct Moment {
    pub(crate) hook_weight: &'static str,
    pub(crate) sync_wave: &'static str,
}

/// When the job runs.
const JOB: Moment = Moment { hook_weight: "-5", sync_wave: "-1" };

/// Before the job.
pub(crate) const BEFORE_JOB: Moment = Moment { hook_weight: "-6", sync_wave: "-2" };

/// When the job runs, as Helm and Argo CD are told.
fn moment(database: &MetricsDatabaseSymbol) -> Fragment<Map<Text>> {
    let mode = &database.setup.mode;
    fragment!(Map<Text> {
        if equal(mode, "hook") {
            "helm.sh/hook": "pre-install,pre-upgrade",
            "helm.sh/hook-weight": JOB.hook_weight,
            "helm.sh/hook-delete-policy": "before-hook-creation",
        } else if equal(mode, "argocd") {
            "argocd.argoproj.io/hook": "Sync",
            "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
            # "After the Secrets, before the pods."
            "argocd.argoproj.io/sync-wave": JOB.sync_wave,
        }
    })
}

/// Whether it runs in the Admin Node Manager's image and needs what that one merges: the JDBC driver may be there.
fn merges(common: &Common, database: &MetricsDatabaseSymbol) -> Expr<bool> {
    let configuration = &common.values.admin_node_manager.configuration;
    all([&not(not_empty(&database.setup.image.repository)), &equal(&configuration.mode, "merge")])
}

fn pod(common: &Common, database: &MetricsDatabaseSymbol) -> Fragment<PodSpec> {
    let values = &common.values;
    let secret = secret(common);
    let mounts: csi::Mounts<'_> = &|name, _| equal(name, &secret);
    let configuration = &values.admin_node_manager.configuration;
    fragment!(PodSpec {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: pod_security(&values.security),
        ..pull_secrets(common),
        ..placed(common),
        let copies = all([&merges(common, database), &equal(&configuration.volume.kind, "image")]);
        if any([&not(equal(&values.prechecks.mode, "none")), &copies]) {
            initContainers: [
                if not(equal(&values.prechecks.mode, "none")) {
                    prechecks::container(
                        common,
                        "prechecks",
                        image_or(common, &database.setup.image, &values.admin_node_manager.image),
                        "strict",
                        &prechecks::of_admin_node_manager(common),
                    ),
                }
                if &copies { copy_configuration(common, configuration), }
            ],
        }
        containers: [container(common, database, mounts)],
        volumes: [
            { name: "tmp", emptyDir: {} },
            if merges(common, database) { ..configuration_volumes(configuration), }
            ..csi::volumes(common, mounts),
        ],
    })
}

fn container(common: &Common, database: &MetricsDatabaseSymbol, mounts: csi::Mounts<'_>) -> Fragment<Container> {
    let values = &common.values;
    fragment!(Container {
        name: "dbsetup",
        ..image_or(common, &database.setup.image, &values.admin_node_manager.image),
        imagePullPolicy: &values.image.pull_policy,
        command: ["sh", "-c", block(script())],
        env: environment(common, database),
        resources: resources(&database.setup.resources),
        securityContext: container_security(&values.security),
        volumeMounts: [
            { name: "tmp", mountPath: "/tmp" },
            if merges(common, database) { ..configuration_mounts(&values.admin_node_manager.configuration), }
            ..csi::volume_mounts(common, mounts),
        ],
    })
}

fn environment(common: &Common, database: &MetricsDatabaseSymbol) -> ListFragment<EnvVar> {
    let (own, usual) = (&database.setup.credentials, &database.credentials);
    list!(EnvVar [
        variable("METRICS_DB_URL", metrics_database_url(&common.values.metrics_database)),
        if not_empty(&own.existing_secret) {
            secret_variable("METRICS_DB_USERNAME", &own.existing_secret, &own.username_key),
            secret_variable("METRICS_DB_PASS", &own.existing_secret, &own.password_key),
        } else {
            secret_variable("METRICS_DB_USERNAME", &usual.existing_secret, &usual.username_key),
            secret_variable("METRICS_DB_PASS", &usual.existing_secret, &usual.password_key),
        }
    ])
}

fn script() -> Expr<String> {
    let script = lines_helper(
        "apim-emt.databaseSetup",
        "Brings the metrics database's schema with the product's own tool; never drops what is there.",
        [],
        |lines, ()| {
            for line in include_str!("dbsetup.sh").lines() {
                lines.line(line);
            }
        },
    );
    script.call(())
}

/// All that the job is made of.
fn inputs(common: &Common) -> Expr<String> {
    let values = &common.values;
    let inputs = lines_helper(
        "apim-emt.databaseSetupInputs",
        "All that the job of the metrics database is made of, without Secrets' values. A Job cannot change, so its name\n\
         holds a hash of it.",
        [],
        |lines, ()| {
            lines.line(text!("{release::chart_version()} {values.global.image_registry}"));
            lines.line(to_json(&values.image));
            lines.line(to_json(&values.admin_node_manager.image));
            lines.line(to_json(&values.admin_node_manager.configuration));
            lines.line(to_json(&values.metrics_database));
            lines.line(to_json(&values.prechecks));
            lines.line(to_json(&values.pod_defaults));
            lines.line(to_json(&values.security));
            lines.range(["name", "entry"], &values.secrets, |lines, name, entry| {
                lines.bind("secret", &overlay::<Secret>(&values.secret_defaults, &entry), |lines, secret| {
                    lines.line(text!("{name} {secret.source}"));
                });
            });
        },
    );
    inputs.call(())
}
