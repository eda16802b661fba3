//! What the release itself merges into the configuration of a component: envSettings.props and jvm.xml.
//!
//! Both are texts of helpers, so that the pods' checksum is over the text itself.

use emt_model::group::GatewayGroupSymbol;
use emt_model::pod::JvmSymbol;
use helmwright::expression::{Expr, any, not_empty, sha256};
use helmwright::typed::{Fragment, ListFragment, Map, Object, Text, block, lines_helper};
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{ConfigMap, VolumeMount};

use crate::component::Component;

/// The files of a component.
#[derive(Clone)]
pub(crate) struct Files {
    /// The group whose envSettings.props it reads; none for the Admin Node Manager.
    pub(crate) group: Option<GatewayGroupSymbol>,
    /// Options for jvm.xml.
    pub(crate) jvm: JvmSymbol,
}

impl Files {
    /// Whether the release brings any of the files.
    pub(crate) fn wanted(&self) -> Expr<bool> {
        match &self.group {
            Some(group) => any([&group.env_settings.enabled, &not_empty(&self.jvm.options)]),
            None => not_empty(&self.jvm.options),
        }
    }

    /// A checksum of each file that the component reads, so that a change of it rolls the pods, and no others.
    pub(crate) fn checksums(&self) -> Fragment<Map<Text>> {
        let env_settings = self.group.as_ref().map(|group| {
            fragment!(Map<Text> {
                if &group.env_settings.enabled { "checksum/env-settings": sha256(env_settings(group)), }
            })
        });
        fragment!(Map<Text> {
            ..env_settings.unwrap_or_else(|| Fragment::build(|_| {})),
            if not_empty(&self.jvm.options) { "checksum/jvm": sha256(jvm_xml(&self.jvm)), }
        })
    }

    /// Where they go below /merge/apigateway.
    pub(crate) fn mounts(&self, directory: &'static str) -> ListFragment<VolumeMount> {
        let file = |name: &'static str| -> Fragment<VolumeMount> {
            fragment!(VolumeMount {
                name: "settings",
                mountPath: text!("/merge/apigateway/{directory}/{name}"),
                subPath: name,
                readOnly: true,
            })
        };
        let env_settings = self
            .group
            .as_ref()
            .map(|group| list!(VolumeMount [if &group.env_settings.enabled { file("envSettings.props"), }]));
        list!(VolumeMount [
            ..env_settings.unwrap_or_else(|| list!(VolumeMount [])),
            if not_empty(&self.jvm.options) { file("jvm.xml"), }
        ])
    }
}

impl Component<'_> {
    /// The ConfigMap with the files.
    pub(crate) fn settings(&self, files: &Files) -> Object {
        let env_settings = files.group.as_ref().map(|group| {
            fragment!(Map<Text> {
                if &group.env_settings.enabled { "envSettings.props": block(env_settings(group)), }
            })
        });
        object!(ConfigMap {
            metadata: self.metadata(None),
            data: {
                ..env_settings.unwrap_or_else(|| Fragment::build(|_| {})),
                if not_empty(&files.jvm.options) { "jvm.xml": block(jvm_xml(&files.jvm)), }
            },
        })
    }
}

/// envSettings.props: the ports of the group's pods, and its own properties.
fn env_settings(group: &GatewayGroupSymbol) -> Expr<String> {
    let settings = lines_helper(
        "apim-emt.envSettings",
        "envSettings.props of a gateway group: what its configuration reads as ${env.NAME}.",
        ["group"],
        |lines, (group,): (GatewayGroupSymbol,)| {
            let ports = &group.traffic.ports;
            lines.line(text!("env.PORT.TRAFFIC={ports.plain.port}"));
            lines.line(text!("env.PORT.PORTAL.TRAFFIC={ports.traffic.port}"));
            lines.line(text!("env.PORT.APIPORTAL={group.manager.ports.manager.port}"));
            lines.line(text!("env.PORT.MANAGEMENT={ports.management.port}"));
            lines
                .when(&ports.sample.enabled, |lines| lines.line(text!("env.PORT.SAMPLE.SERVICES={ports.sample.port}")));
            lines.when(&ports.oauth.enabled, |lines| lines.line(text!("env.PORT.OAUTH2.SERVICES={ports.oauth.port}")));
            lines.range(["setting", "value"], &group.env_settings.properties, |lines, setting, value| {
                lines.line(text!("env.{setting}={value}"));
            });
        },
    );
    settings.call((group.clone(),))
}

/// jvm.xml: options of the Java virtual machine, in order.
fn jvm_xml(jvm: &JvmSymbol) -> Expr<String> {
    let fragment = lines_helper(
        "apim-emt.jvm",
        "jvm.xml of a component: options of the Java virtual machine, in order.",
        ["jvm"],
        |lines, (jvm,): (JvmSymbol,)| {
            lines.line("<ConfigurationFragment>");
            lines.each("option", &jvm.options, |lines, option| lines.line(text!("  <VMArg name=\"{option}\"/>")));
            lines.line("</ConfigurationFragment>");
        },
    );
    fragment.call((jvm.clone(),))
}
