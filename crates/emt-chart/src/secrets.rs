//! Secrets of the release, by their source (seed rows S1-174 to S1-181).
//!
//! Consumers name a Secret; here it is made, under that name. A value stands in the Secret object of source `inline` and in
//! nothing else.

use emt_model::names::ObjectName;
use emt_model::secrets::{Secret, SecretSymbol};
use helmwright::expression::{Expr, any, equal, not_empty, overlay, word_of};
use helmwright::tree::{Document, File};
use helmwright::typed::{DocumentBuilder, Fragment, Map, Object, Text};
use helmwright::values::release;
use helmwright::{fragment, object, text};
use helmwright_k8s::types::{
    ExternalSecret, ObjectMeta, SealedSecret, Secret as KubernetesSecret, SecretProviderClass,
};

use crate::common::Common;
use crate::setup::BEFORE_JOB;

/// A Secret's name and what is said of it.
type Named<'a> = (&'a Expr<ObjectName>, &'a SecretSymbol);

/// The template files, one for each kind of object.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let file = |name, purpose, source: &'static str, object: &dyn Fn(&Common, Named<'_>) -> Object| File {
        name,
        purpose,
        documents: for_secrets(common, |documents, name, secret| {
            documents.when(equal(&secret.source, source), |documents| {
                documents.object(object(common, (name, secret)));
            });
        }),
    };
    vec![
        file("secrets.yaml", "Secrets whose values stand in the values: for development alone.", "inline", &inline),
        file(
            "secrets-externalsecret.yaml",
            "Secrets that External Secrets reads from a store.",
            "externalSecret",
            &external,
        ),
        file(
            "secrets-sealedsecret.yaml",
            "Secrets that only the Sealed Secrets controller can decrypt.",
            "sealedSecret",
            &sealed,
        ),
        file(
            "secrets-secretproviderclass.yaml",
            "Secrets that the Secrets Store CSI driver fetches while a pod mounts them.",
            "csi",
            &provider_class,
        ),
    ]
}

/// Documents for each Secret of the release, its entry laid over the defaults.
pub(crate) fn for_secrets(
    common: &Common,
    build: impl Fn(&mut DocumentBuilder, &Expr<ObjectName>, &SecretSymbol),
) -> Vec<Document> {
    let values = &common.values;
    DocumentBuilder::documents(|documents| {
        documents.range(["name", "entry"], &values.secrets, |documents, name, entry| {
            let merged = overlay::<Secret>(&values.secret_defaults, &entry);
            documents.bind("secret", &merged, |documents, secret| build(documents, &name, &secret));
        });
    })
}

/// Argo CD brings Secrets before the database's setup where that is part of its sync.
fn metadata(common: &Common, (name, _): Named<'_>) -> Fragment<ObjectMeta> {
    let (argocd, annotations) = (argocd(common), &common.values.common_annotations);
    fragment!(ObjectMeta {
        name: name,
        namespace: release::namespace(),
        labels: common.labels.call(("secret".into(),)),
        if any([&argocd, &not_empty(annotations)]) { annotations: shared_annotations(common), }
    })
}

fn shared_annotations(common: &Common) -> Fragment<Map<Text>> {
    fragment!(Map<Text> {
        if argocd(common) { "argocd.argoproj.io/sync-wave": BEFORE_JOB.sync_wave, }
        ..&common.values.common_annotations,
    })
}

fn argocd(common: &Common) -> Expr<bool> {
    equal(&common.values.metrics_database.setup.mode, "argocd")
}

fn inline(common: &Common, (name, secret): Named<'_>) -> Object {
    object!(KubernetesSecret {
        metadata: metadata(common, (name, secret)),
        type: &secret.kind,
        with values = &secret.values { stringData: values, }
    })
}

fn external(common: &Common, (name, secret): Named<'_>) -> Object {
    object!(ExternalSecret {
        metadata: metadata(common, (name, secret)),
        spec: {
            secretStoreRef: { kind: &secret.store.kind, name: &secret.store.name },
            refreshInterval: text!("{secret.refresh_interval_seconds}s"),
            target: {
                name: name,
                creationPolicy: "Owner",
                deletionPolicy: "Retain",
                template: { type: &secret.kind },
            },
            with data = &secret.data {
                data: [
                    for (key, value) in &data {
                        {
                            secretKey: key,
                            remoteRef: {
                                key: &value.remote_key,
                                with property = &value.property { property: property, }
                            },
                        },
                    }
                ],
            }
        },
    })
}

fn sealed(common: &Common, (name, secret): Named<'_>) -> Object {
    let scope = &secret.sealing_scope;
    object!(SealedSecret {
        metadata: {
            name: name,
            namespace: release::namespace(),
            labels: common.labels.call(("secret".into(),)),
            annotations: {
                # "What the encrypted values are bound to: name and namespace, the namespace, or nothing."
                "sealedsecrets.bitnami.com/namespace-wide": word_of(equal(scope, "namespaceWide")),
                "sealedsecrets.bitnami.com/cluster-wide": word_of(equal(scope, "clusterWide")),
                ..shared_annotations(common),
            },
        },
        spec: {
            template: { type: &secret.kind },
            encryptedData: &secret.encrypted_data,
        },
    })
}

fn provider_class(common: &Common, (name, secret): Named<'_>) -> Object {
    let provider = &secret.provider;
    object!(SecretProviderClass {
        metadata: metadata(common, (name, secret)),
        spec: {
            provider: &provider.name,
            if any([&not_empty(&provider.parameters), &not_empty(&provider.objects)]) {
                parameters: {
                    ..&provider.parameters,
                    with objects = &provider.objects { "objects": objects, }
                },
            }
            with data = &secret.data {
                secretObjects: [
                    {
                        secretName: name,
                        type: &secret.kind,
                        data: [for (key, value) in &data { { objectName: &value.remote_key, key: key }, }],
                    },
                ],
            }
        },
    })
}
