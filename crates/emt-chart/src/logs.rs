//! Claims that keep log files (seed rows S1-300 to S1-306).

use emt_model::logging::LogVolumeSymbol;
use helmwright::expression::{any, equal, not_empty};
use helmwright::tree::File;
use helmwright::typed::DocumentBuilder;
use helmwright::values::release;
use helmwright::{object, text};
use helmwright_k8s::types::PersistentVolumeClaim;

use crate::common::Common;

/// The template file.
pub(crate) fn file(common: &Common) -> File {
    let volumes = &common.values.logging.volumes;
    let documents = DocumentBuilder::documents(|documents| {
        claim(documents, common, "trace", &volumes.trace);
        claim(documents, common, "opentraffic", &volumes.opentraffic);
        claim(documents, common, "audit", &volumes.audit);
    });
    File { name: "logs-persistentvolumeclaims.yaml", purpose: "Claims that keep log files.", documents }
}

fn claim(documents: &mut DocumentBuilder, common: &Common, name: &'static str, volume: &LogVolumeSymbol) {
    let (fullname, annotations) = (&common.fullname, &common.values.common_annotations);
    documents.when(equal(&volume.storage.kind, "claim"), |documents| {
        documents.bind("storage", &volume.storage, |documents, storage| {
            documents.object(object!(PersistentVolumeClaim {
                metadata: {
                    name: text!("{fullname}-{name}"),
                    namespace: release::namespace(),
                    labels: common.labels.call(("logs".into(),)),
                    if any([&storage.keep_on_uninstall, &not_empty(annotations)]) {
                        annotations: {
                            if &storage.keep_on_uninstall { "helm.sh/resource-policy": "keep", }
                            ..annotations,
                        },
                    }
                },
                spec: {
                    accessModes: [&storage.access_mode],
                    with class = &storage.class_name { storageClassName: class, }
                    resources: { requests: { "storage": &storage.size } },
                },
            }));
        });
    });
}
