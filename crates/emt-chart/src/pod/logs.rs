//! The log volumes: gone with the pod, or kept on a claim where each pod has a directory of its own.

use emt_model::logging::LogVolumeSymbol;
use helmwright::expression::{Expr, equal, not};
use helmwright::typed::{Fragment, ListFragment, fragment_helper};
use helmwright::values::Label;
use helmwright::{fragment, list, text};
use helmwright_k8s::types::{Volume, VolumeMount};

use super::volumes::Directories;
use crate::common::Common;

/// The volumes trace, audit and, where the component writes open traffic logs, opentraffic.
pub(super) fn volumes(common: &Common, directories: Directories) -> ListFragment<Volume> {
    let logs = &common.values.logging.volumes;
    ListFragment::build(|list| {
        list.push(volume(common, "trace", &logs.trace));
        if directories.open_traffic.is_some() {
            list.push(volume(common, "opentraffic", &logs.opentraffic));
        }
        list.push(volume(common, "audit", &logs.audit));
    })
}

fn volume(common: &Common, name: &'static str, log: &LogVolumeSymbol) -> Fragment<Volume> {
    let helper = fragment_helper(
        "apim-emt.logVolume",
        "What holds a kind of logs: the pod's own directory, a claim that exists, or the release's.",
        ["name", "log"],
        |map, (name, log): (Expr<Label>, LogVolumeSymbol)| {
            let (fullname, storage) = (&common.fullname, &log.storage);
            map.splice(fragment!(Volume {
                if equal(&storage.kind, "emptyDir") {
                    emptyDir: { sizeLimit: &log.size_limit },
                } else if equal(&storage.kind, "existing") {
                    persistentVolumeClaim: { claimName: &storage.existing_claim },
                } else {
                    persistentVolumeClaim: { claimName: text!("{fullname}-{name}") },
                }
            }));
        },
    );
    let held = helper.call((name.into(), log.clone()));
    fragment!(Volume { name: name, ..held })
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
