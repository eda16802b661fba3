//! The events volume, which all gateways write and the Admin Node Manager reads (seed rows S1-085 to S1-092).

use emt_model::events::{StaticVolumeSymbol, StorageSymbol};
use emt_model::group::GatewayGroup;
use helmwright::expression::{
    Expr, add, any, divide, either, equal, first_text, multiply, not_empty, overlay, remainder, sum_of,
};
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, Fragment, Object, bound, choose, text_helper};
use helmwright::values::release;
use helmwright::{fragment, object, text};
use helmwright_k8s::types::{PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimSpec};

use crate::common::Common;

/// The claim of the release.
pub(crate) fn file(common: &Common) -> File {
    let storage = &common.values.events.storage;
    let of_static = equal(&storage.kind, "static");
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(any([&equal(&storage.kind, "claim"), &of_static]), |documents| {
            documents.object(object!(PersistentVolumeClaim {
                metadata: {
                    name: text!("{common.fullname}-events"),
                    namespace: release::namespace(),
                    labels: common.labels.call(("events".into(),)),
                    if any([&storage.keep_on_uninstall, &not_empty(&common.values.common_annotations)]) {
                        annotations: {
                            if &storage.keep_on_uninstall { "helm.sh/resource-policy": "keep", }
                            ..&common.values.common_annotations,
                        },
                    }
                },
                spec: {
                    accessModes: [&storage.access_mode],
                    if &of_static {
                        # "No class: the claim takes the volume of this release and no other."
                        storageClassName: "",
                        volumeName: volume_name(common),
                    } else {
                        ..from_class(storage),
                    }
                    resources: { requests: { "storage": size(common) } },
                },
            }));
        });
    });
    File {
        name: "events-persistentvolumeclaim.yaml",
        purpose: "The events of all gateways, which the Admin Node Manager turns into metrics.",
        documents,
    }
}

fn from_class(storage: &StorageSymbol) -> Fragment<PersistentVolumeClaimSpec> {
    fragment!(PersistentVolumeClaimSpec {
        with class = &storage.class_name { storageClassName: class, }
        with volume = &storage.volume_name { volumeName: volume, }
    })
}

/// The volume of a share that exists. It belongs to no namespace, so its name holds the release's.
pub(crate) fn volume_file(common: &Common) -> File {
    let storage = &common.values.events.storage;
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(equal(&storage.kind, "static"), |documents| {
            documents.bind("share", &storage.static_volume, |documents, share| {
                documents.object(volume(common, &share));
            });
        });
    });
    File {
        name: "events-persistentvolume.yaml",
        purpose: "The share that holds the events, where it exists and a CSI driver mounts it.",
        documents,
    }
}

fn volume(common: &Common, share: &StaticVolumeSymbol) -> Object {
    let storage = &common.values.events.storage;
    object!(PersistentVolume {
        metadata: {
            name: volume_name(common),
            labels: common.labels.call(("events".into(),)),
            if any([&storage.keep_on_uninstall, &not_empty(&common.values.common_annotations)]) {
                annotations: {
                    if &storage.keep_on_uninstall { "helm.sh/resource-policy": "keep", }
                    ..&common.values.common_annotations,
                },
            }
        },
        spec: {
            capacity: { "storage": size(common) },
            accessModes: [&storage.access_mode],
            storageClassName: "",
            persistentVolumeReclaimPolicy: "Retain",
            with options = &share.mount_options { mountOptions: options, }
            claimRef: { namespace: release::namespace(), name: claim_name(common) },
            csi: {
                driver: &share.driver,
                volumeHandle: &share.volume_handle,
                with attributes = &share.attributes { volumeAttributes: attributes, }
                if not_empty(&share.secret.name) {
                    nodeStageSecretRef: {
                        name: &share.secret.name,
                        namespace: first_text(&share.secret.namespace, release::namespace()),
                    },
                }
            },
        },
    })
}

fn volume_name(common: &Common) -> Expr<String> {
    let (namespace, fullname) = (release::namespace(), &common.fullname);
    text!("{namespace}-{fullname}-events")
}

/// The claim that pods mount.
pub(crate) fn claim_name(common: &Common) -> Expr<String> {
    let storage = &common.values.events.storage;
    let existing = equal(&storage.kind, "existing");
    text_helper(
        "apim-emt.eventsClaim",
        "Name of the claim that holds the events.",
        choose(&[(&existing, &storage.existing_claim)], &text!("{common.fullname}-events")),
    )
}

/// Largest number of gateways times their limit, and the reserve: 13Gi for the seed's one group of twelve.
pub(crate) fn size(common: &Common) -> Expr<String> {
    let (values, events) = (&common.values, &common.values.events);
    let gateways = sum_of("gateways", &values.gateway_groups, |inside, entry| {
        let group = inside.bind("group", &overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry));
        inside.only_if(&group.enabled);
        let traffic = &group.traffic;
        let most = either(&traffic.autoscaling.enabled, &traffic.autoscaling.max_replicas, &traffic.replicas);
        add(most, &events.headroom_replicas)
    });
    let all = add(gateways, &events.gateways_of_other_releases);
    let size = add(multiply(all, &events.max_disk_space_per_gateway_mib), &events.reserve_mib);
    let computed: Expr<String> = text_helper(
        "apim-emt.eventsSize",
        "Size of the events volume: the largest number of gateways times the disk that each fills, and the reserve.",
        bound("size", &size, |size| {
            let whole = equal(&remainder(&size, MEBIBYTES_PER_GIBIBYTE), &0);
            choose(&[(&whole, &text!("{divide(&size, MEBIBYTES_PER_GIBIBYTE)}Gi"))], &text!("{size}Mi"))
        }),
    );
    first_text(&events.storage.size, computed)
}

const MEBIBYTES_PER_GIBIBYTE: i64 = 1024;
