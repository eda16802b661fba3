//! The job that brings the metrics database's schema (seed row S1-276).

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::SetupMode;
use crate::image::OptionalImage;
use crate::names::{DataKey, OptionalObjectName};
use crate::numbers::{BackoffLimit, PositiveSeconds};
use crate::pod::Resources;

/// A Secret with user and password, or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetupCredentials {
    /// Name of the Secret; empty for metricsDatabase.credentials.
    pub existing_secret: OptionalObjectName,
    /// Its key with the user's name.
    pub username_key: DataKey,
    /// Its key with the password.
    pub password_key: DataKey,
}

/// How long the job may take, and how long it stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetupLimits {
    /// Seconds after which the job counts as failed; the wait for the database is part of them.
    pub active_deadline_seconds: PositiveSeconds,
    /// Pods that are started after a failed one.
    pub backoff_limit: BackoffLimit,
    /// Seconds that the finished job stays, for its log.
    pub ttl_seconds: PositiveSeconds,
}

/// The job that brings the metrics database's schema. It can run again at any time: it never drops data. The tool takes
/// the password as an argument, so processes of the job's pod can see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Setup {
    /// hook: before Helm installs or upgrades; every Secret and ConfigMap that the job reads has to exist. argocd: in Argo CD's sync,
    /// after Secrets and before the pods. plain: a Job of the release, beside the pods. none: you bring the schema.
    ///
    /// Seed: S1-276.
    pub mode: SetupMode,
    /// Image with dbsetup and the JDBC driver; empty repository for the Admin Node Manager's, with the configuration that
    /// this one merges. A release without an Admin Node Manager runs the job only with an image of its own.
    pub image: OptionalImage,
    /// A user who may create tables, where that of metricsDatabase.credentials may not.
    pub credentials: SetupCredentials,
    /// How long the job may take, and how long it stays.
    pub limits: SetupLimits,
    /// CPU, memory and local disk of the job.
    pub resources: Resources,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            mode: SetupMode::Hook,
            image: OptionalImage::none(),
            credentials: SetupCredentials {
                existing_secret: OptionalObjectName::constant(""),
                username_key: DataKey::constant("username"),
                password_key: DataKey::constant("password"),
            },
            limits: SetupLimits {
                active_deadline_seconds: PositiveSeconds::constant(600),
                backoff_limit: BackoffLimit::constant(3),
                ttl_seconds: PositiveSeconds::constant(86_400),
            },
            resources: Resources::database_setup(),
        }
    }
}
