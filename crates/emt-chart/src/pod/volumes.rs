//! Volumes and mounts: the five whose names are an interface, licence and certificates, the merged files, the user's own.

use emt_model::configuration::{ConfigurationSymbol, ConfigurationVolumeSymbol};
use emt_model::logging::LogVolumesSymbol;
use helmwright::expression::{Expr, all, equal, not_empty, sha256, truncate};
use helmwright::typed::{Fragment, ListFragment, Map, Text, fragment_helper};
use helmwright::{fragment, list, text};
use helmwright_k8s::types::{Container, Volume, VolumeMount};

use super::{Parts, container, csi, image, logs, security};
use crate::common::Common;
use crate::component::Component;
use crate::{events, settings};

/// Where the product keeps what it writes.
#[derive(Clone, Copy)]
pub(crate) struct Directories {
    /// Traces.
    pub(crate) trace: &'static str,
    /// Open traffic logs; none where the component writes none.
    pub(crate) open_traffic: Option<&'static str>,
    /// Audit logs.
    pub(crate) audit: &'static str,
    /// Settings of the component below /merge/apigateway.
    pub(crate) conf: &'static str,
}

/// What goes over the image's configuration when the component starts.
pub(crate) struct Merged<'a> {
    pub(crate) configuration: &'a ConfigurationSymbol,
    /// Files that the release writes itself.
    pub(crate) settings: settings::Files,
}

impl Merged<'_> {
    fn merges(&self) -> Expr<bool> {
        equal(&self.configuration.mode, "merge")
    }

    /// Whether a configuration image is copied to /merge.
    pub(super) fn copies(&self) -> Expr<bool> {
        all([&self.merges(), &equal(&self.configuration.volume.kind, "image")])
    }

    /// Annotations that change with what is merged, so that the pods roll.
    pub(super) fn annotations(&self) -> Fragment<Map<Text>> {
        fragment!(Map<Text> {
            ..self.settings.checksums(),
            with revision = &self.configuration.revision { "apim-emt/configuration-revision": revision, }
        })
    }
}

const LICENSES: &str = "/opt/Axway/apigateway/conf/licenses";
const CERTIFICATES: &str = "/opt/Axway/apigateway/groups/certs";

impl Component<'_> {
    pub(super) fn volumes(&self, parts: &Parts<'_>) -> ListFragment<Volume> {
        let values = &self.common.values;
        let (merged, certificate) = (&parts.merged, &values.topology.domain_certificate);
        list!(Volume [
            { name: "tmp", emptyDir: {} },
            ..logs::volumes(self.common, parts.directories),
            if equal(&values.events.storage.kind, "emptyDir") {
                { name: "events", emptyDir: {} },
            } else {
                { name: "events", persistentVolumeClaim: { claimName: events::claim_name(self.common) } },
            }
            if merged.merges() { ..configuration_volumes(merged.configuration), }
            if merged.settings.wanted() { { name: "settings", configMap: { name: self.name() } }, }
            with secret = &values.license.existing_secret { { name: "license", secret: { secretName: secret } }, }
            with secret = &certificate.existing_secret {
                { name: "domain-certificate", secret: { secretName: secret } },
            }
            ..admin_users_volume(parts),
            ..csi::volumes(self.common, &|_, secret| (self.kind.mounts)(&secret.provider.mounted_by)),
            for (path, mount) in &self.pod.secret_mounts {
                { name: text!("secret-{truncate(sha256(&path), 8)}"), secret: { secretName: &mount.existing_secret } },
            }
            for (volume_name, volume) in &self.pod.extra_volumes { { name: volume_name, ..&volume, }, }
        ])
    }

    pub(super) fn volume_mounts(&self, parts: &Parts<'_>) -> ListFragment<VolumeMount> {
        let values = &self.common.values;
        let (merged, directories, logs) = (&parts.merged, parts.directories, &values.logging.volumes);
        let (license, certificate) = (&values.license, &values.topology.domain_certificate);
        list!(VolumeMount [
            { name: "tmp", mountPath: "/tmp" },
            ..logs::mount("trace", &logs.trace, directories.trace),
            ..logs::mount("audit", &logs.audit, directories.audit),
            ..open_traffic(logs, directories),
            { name: "events", mountPath: &values.events.mount_path },
            if merged.merges() { ..configuration_mounts(merged.configuration), }
            ..merged.settings.mounts(directories.conf),
            if not_empty(&license.existing_secret) {
                {
                    name: "license",
                    mountPath: text!("{LICENSES}/{license.key}"),
                    subPath: &license.key,
                    readOnly: true,
                },
            }
            if not_empty(&certificate.existing_secret) {
                {
                    name: "domain-certificate",
                    mountPath: text!("{CERTIFICATES}/domaincert.pem"),
                    subPath: &certificate.certificate_key,
                    readOnly: true,
                },
                {
                    name: "domain-certificate",
                    mountPath: text!("{CERTIFICATES}/private/domainkey.pem"),
                    subPath: &certificate.private_key_key,
                    readOnly: true,
                },
            }
            ..admin_users_mount(parts),
            ..csi::volume_mounts(self.common, &|_, secret| (self.kind.mounts)(&secret.provider.mounted_by)),
            for (path, mount) in &self.pod.secret_mounts {
                {
                    name: text!("secret-{truncate(sha256(&path), 8)}"),
                    mountPath: path,
                    with key = &mount.key { subPath: key, }
                    readOnly: true,
                },
            }
            for (path, mount) in &self.pod.extra_volume_mounts {
                {
                    name: &mount.volume,
                    mountPath: path,
                    with sub_path = &mount.sub_path { subPath: sub_path, }
                    if &mount.read_only { readOnly: true, }
                },
            }
        ])
    }
}

/// /merge and the files below it.
pub(crate) fn configuration_volumes(configuration: &ConfigurationSymbol) -> ListFragment<Volume> {
    list!(Volume [
        if equal(&configuration.volume.kind, "claim") {
            { name: "merge", persistentVolumeClaim: { claimName: &configuration.volume.existing_claim } },
        } else {
            { name: "merge", emptyDir: { sizeLimit: &configuration.volume.size_limit } },
        }
        for (path, file) in &configuration.files {
            { name: text!("file-{truncate(sha256(&path), 8)}"), configMap: { name: &file.config_map } },
        }
    ])
}

/// Where they go in a container.
pub(crate) fn configuration_mounts(configuration: &ConfigurationSymbol) -> ListFragment<VolumeMount> {
    list!(VolumeMount [
        { name: "merge", mountPath: "/merge" },
        for (path, file) in &configuration.files {
            {
                name: text!("file-{truncate(sha256(&path), 8)}"),
                mountPath: text!("/merge/{path}"),
                subPath: &file.key,
                readOnly: true,
            },
        }
    ])
}

/// Copies a directory of the configuration image to /merge.
pub(crate) fn copy_configuration(common: &Common, configuration: &ConfigurationSymbol) -> Fragment<Container> {
    let helper = fragment_helper(
        "apim-emt.copyConfiguration",
        "Copies a directory of the configuration image to /merge.",
        ["volume"],
        |map, (volume,): (ConfigurationVolumeSymbol,)| {
            let values = &common.values;
            map.splice(fragment!(Container {
                image: image::reference(common, &volume.image),
                imagePullPolicy: &values.image.pull_policy,
                command: ["sh", "-c", text!("cp -R {volume.path}/. /copied/")],
                resources: container::resources(&values.prechecks.resources),
                securityContext: security::helper_container(),
                volumeMounts: [{ name: "merge", mountPath: "/copied" }],
            }));
        },
    );
    let copies = helper.call((configuration.volume.clone(),));
    fragment!(Container { name: "configuration", ..copies })
}

fn open_traffic(logs: &LogVolumesSymbol, directories: Directories) -> ListFragment<VolumeMount> {
    ListFragment::build(|list| {
        if let Some(directory) = directories.open_traffic {
            list.splice(logs::mount("opentraffic", &logs.opentraffic, directory));
        }
    })
}

fn admin_users_volume(parts: &Parts<'_>) -> ListFragment<Volume> {
    ListFragment::build(|list| {
        if let Some(users) = parts.admin_users {
            list.splice(list!(Volume [
                with secret = &users.existing_secret { { name: "admin-users", secret: { secretName: secret } }, }
            ]));
        }
    })
}

fn admin_users_mount(parts: &Parts<'_>) -> ListFragment<VolumeMount> {
    ListFragment::build(|list| {
        if let Some(users) = parts.admin_users {
            list.splice(list!(VolumeMount [
                if not_empty(&users.existing_secret) {
                    {
                        name: "admin-users",
                        mountPath: "/opt/Axway/apigateway/conf/adminUsers.json",
                        subPath: &users.key,
                        readOnly: true,
                    },
                }
            ]));
        }
    })
}
