//! What the release merges into the configuration of the traffic pods: envSettings.props and jvm.xml.
//!
//! Both are texts of helpers, so that the pods' checksum is over the text itself.

use emt_model::group::GatewayGroupSymbol;
use emt_model::traffic::TrafficSymbol;
use helmwright::expression::{Expr, any, not_empty, sha256};
use helmwright::typed::{Object, block, lines_helper};
use helmwright::{object, text};
use helmwright_k8s::types::ConfigMap;

use super::{COMPONENT, TrafficGroup};

/// Where the start script looks for files that go over the instance's own.
pub(super) const DIRECTORY: &str = "/merge/apigateway/groups/emt-group/emt-service/conf";

/// Whether the release brings any of the files.
pub(super) fn wanted(group: &GatewayGroupSymbol) -> Expr<bool> {
    any([&group.env_settings.enabled, &not_empty(&group.traffic.jvm.options)])
}

/// The ConfigMap with the files.
pub(super) fn config_map(TrafficGroup { common, group, traffic }: &TrafficGroup<'_>) -> Object {
    object!(ConfigMap {
        metadata: common.metadata(COMPONENT, group, None),
        data: {
            if &group.values.env_settings.enabled { "envSettings.props": block(env_settings(&group.values)), }
            if not_empty(&traffic.jvm.options) { "jvm.xml": block(jvm(traffic)), }
        },
    })
}

/// Changes when a file changes that the pods merge.
pub(super) fn checksum(group: &GatewayGroupSymbol) -> Expr<String> {
    let files = lines_helper(
        "apim-emt.trafficFiles",
        "All files that a gateway group's traffic pods merge into their configuration; the pods carry its checksum.",
        ["group"],
        |lines, (group,): (GatewayGroupSymbol,)| {
            lines.line(env_settings(&group));
            lines.line(jvm(&group.traffic));
        },
    );
    sha256(files.call((group.clone(),)))
}

/// envSettings.props: the ports of the container, and the group's own properties.
pub(super) fn env_settings(group: &GatewayGroupSymbol) -> Expr<String> {
    let settings = lines_helper(
        "apim-emt.envSettings",
        "envSettings.props of a gateway group's traffic pods: what the configuration reads as ${env.NAME}.",
        ["group"],
        |lines, (group,): (GatewayGroupSymbol,)| {
            let ports = &group.traffic.ports;
            lines.line(text!("env.PORT.TRAFFIC={ports.plain.port}"));
            lines.line(text!("env.PORT.PORTAL.TRAFFIC={ports.traffic.port}"));
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
pub(super) fn jvm(traffic: &TrafficSymbol) -> Expr<String> {
    let fragment = lines_helper(
        "apim-emt.jvm",
        "jvm.xml of a gateway group's traffic pods: options of the Java virtual machine, in order.",
        ["traffic"],
        |lines, (traffic,): (TrafficSymbol,)| {
            lines.line("<ConfigurationFragment>");
            lines.each("option", &traffic.jvm.options, |lines, option| {
                lines.line(text!("  <VMArg name=\"{option}\"/>"));
            });
            lines.line("</ConfigurationFragment>");
        },
    );
    fragment.call((traffic.clone(),))
}
