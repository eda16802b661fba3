//! Mounts of what the Secrets Store CSI driver fetches: a Secret of that source exists only while a pod mounts it.

use emt_model::secrets::Secret;
use helmwright::expression::{Expr, all, equal, overlay, sha256, truncate};
use helmwright::typed::ListFragment;
use helmwright::{list, text};
use helmwright_k8s::types::{Volume, VolumeMount};

use crate::common::Common;
use emt_model::names::ObjectName;
use emt_model::secrets::SecretSymbol;

/// Whether a pod mounts a Secret, of which name and description are given.
pub(crate) type Mounts<'a> = &'a dyn Fn(&Expr<ObjectName>, &SecretSymbol) -> Expr<bool>;

/// The volumes.
pub(crate) fn volumes(common: &Common, mounts: Mounts<'_>) -> ListFragment<Volume> {
    let values = &common.values;
    list!(Volume [
        for (secret_name, secret_entry) in &values.secrets {
            let secret = overlay::<Secret>(&values.secret_defaults, &secret_entry);
            if all([&equal(&secret.source, "csi"), &mounts(&secret_name, &secret)]) {
                {
                    name: text!("csi-{truncate(sha256(&secret_name), 8)}"),
                    csi: {
                        driver: "secrets-store.csi.k8s.io",
                        readOnly: true,
                        volumeAttributes: { "secretProviderClass": &secret_name },
                    },
                },
            }
        }
    ])
}

/// Where they go in the container. The product reads them from the Secret, not from here.
pub(crate) fn volume_mounts(common: &Common, mounts: Mounts<'_>) -> ListFragment<VolumeMount> {
    let values = &common.values;
    list!(VolumeMount [
        for (secret_name, secret_entry) in &values.secrets {
            let secret = overlay::<Secret>(&values.secret_defaults, &secret_entry);
            if all([&equal(&secret.source, "csi"), &mounts(&secret_name, &secret)]) {
                {
                    name: text!("csi-{truncate(sha256(&secret_name), 8)}"),
                    mountPath: text!("/mnt/secrets/{secret_name}"),
                    readOnly: true,
                },
            }
        }
    ])
}
