//! The log volumes: gone with the pod, or kept on a claim where each pod has a directory of its own.

use emt_model::logging::LogVolumeSymbol;
use helmwright::expression::{equal, not};
use helmwright::typed::ListFragment;
use helmwright::{list, text};
use helmwright_k8s::types::{Volume, VolumeMount};

use super::volumes::Directories;
use crate::common::Common;

/// The volumes trace, audit and, where the component writes open traffic logs, opentraffic.
pub(super) fn volumes(common: &Common, directories: Directories) -> ListFragment<Volume> {
    let logs = &common.values.logging.volumes;
    ListFragment::build(|list| {
        list.splice(volume(common, "trace", &logs.trace));
        if directories.open_traffic.is_some() {
            list.splice(volume(common, "opentraffic", &logs.opentraffic));
        }
        list.splice(volume(common, "audit", &logs.audit));
    })
}

fn volume(common: &Common, name: &'static str, log: &LogVolumeSymbol) -> ListFragment<Volume> {
    let (fullname, storage) = (&common.fullname, &log.storage);
    list!(Volume [
        if equal(&storage.kind, "emptyDir") {
            { name: name, emptyDir: { sizeLimit: &log.size_limit } },
        } else if equal(&storage.kind, "existing") {
            { name: name, persistentVolumeClaim: { claimName: &storage.existing_claim } },
        } else {
            { name: name, persistentVolumeClaim: { claimName: text!("{fullname}-{name}") } },
        }
    ])
}

/// Where a volume goes in the container.
pub(super) fn mount(name: &'static str, log: &LogVolumeSymbol, directory: &'static str) -> ListFragment<VolumeMount> {
    list!(VolumeMount [
        {
            name: name,
            mountPath: directory,
            if not(equal(&log.storage.kind, "emptyDir")) { subPathExpr: "$(POD_NAME)", }
        },
    ])
}
