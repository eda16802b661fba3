//! How Secrets of the release come to be (seed rows S1-174 to S1-181).
//!
//! Whoever needs a Secret names it (`existingSecret`); an entry here says how the one of that name is made. A Secret without
//! an entry has to exist. Moving a Secret from one source to another touches no consumer.

use std::collections::BTreeMap;

use helmwright::Values;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{CsiProvider, SealingScope, SecretSource, StoreKind};
use crate::names::{
    Ciphertext, DataKey, LineText, OptionalObjectName, ProviderParameter, RemoteKey, SecretText, SecretType,
};
use crate::numbers::PositiveSeconds;

/// The store that External Secrets reads from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SecretStore {
    /// ClusterSecretStore or SecretStore.
    pub kind: StoreKind,
    /// Its name.
    pub name: OptionalObjectName,
}

fn whole_entry() -> LineText {
    LineText::constant("")
}

/// Where the value of one key comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RemoteValue {
    /// Name of the entry in the store; for csi the name that the provider gives the mounted file.
    pub remote_key: RemoteKey,
    /// externalSecret: a property inside the entry; empty for the entry as a whole.
    #[serde(default = "whole_entry")]
    pub property: LineText,
}

/// What the Secrets Store CSI driver fetches, and for which pods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Provider {
    /// aws, azure, gcp or vault: the provider that is installed beside the driver.
    pub name: CsiProvider,
    /// The provider's own parameters by name, without objects.
    pub parameters: BTreeMap<ProviderParameter, LineText>,
    /// The provider's parameter objects: which entries it fetches, as its documentation writes them.
    pub objects: SecretText,
    /// Which pods mount the entries: a Secret of this source exists only while one does.
    pub mounted_by: MountedBy,
}

/// Components of the release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MountedBy {
    /// The Admin Node Manager.
    pub admin_node_manager: bool,
    /// API Manager of each group.
    pub manager: bool,
    /// The traffic gateways of each group.
    pub traffic: bool,
}

/// How one Secret comes to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Secret {
    /// existing: nothing is made. externalSecret, sealedSecret, csi: by that operator. inline: from values, dev only.
    ///
    /// Seed: S1-174 to S1-179; S1-180 (sealedSecret); S1-181 (externalSecret and csi reach a cloud's key store).
    pub source: SecretSource,
    /// Type of the Secret: Opaque, kubernetes.io/dockerconfigjson for a registry's login, kubernetes.io/tls.
    #[serde(rename = "type")]
    pub kind: SecretType,
    /// externalSecret: the store.
    pub store: SecretStore,
    /// externalSecret: seconds between two looks into the store.
    pub refresh_interval_seconds: PositiveSeconds,
    /// externalSecret and csi: where the value of each key comes from.
    pub data: BTreeMap<DataKey, RemoteValue>,
    /// sealedSecret: the encrypted value of each key, as kubeseal prints it for this name and namespace.
    pub encrypted_data: BTreeMap<DataKey, Ciphertext>,
    /// sealedSecret: strict (this name and namespace), namespaceWide or clusterWide.
    pub sealing_scope: SealingScope,
    /// csi: what the driver fetches.
    pub provider: Provider,
    /// inline: the value of each key; refused unless allowInlineSecrets is true.
    pub values: BTreeMap<DataKey, SecretText>,
}

impl Default for Secret {
    fn default() -> Self {
        Self {
            source: SecretSource::Existing,
            kind: SecretType::constant("Opaque"),
            store: SecretStore { kind: StoreKind::ClusterSecretStore, name: OptionalObjectName::constant("") },
            refresh_interval_seconds: PositiveSeconds::constant(3600),
            data: BTreeMap::new(),
            encrypted_data: BTreeMap::new(),
            sealing_scope: SealingScope::Strict,
            provider: Provider {
                name: CsiProvider::Aws,
                parameters: BTreeMap::new(),
                objects: SecretText::constant(""),
                mounted_by: MountedBy { admin_node_manager: true, manager: true, traffic: true },
            },
            values: BTreeMap::new(),
        }
    }
}
