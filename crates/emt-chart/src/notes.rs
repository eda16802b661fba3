//! What Helm prints after an installation.

use emt_model::group::GatewayGroup;
use helmwright::expression::overlay;
use helmwright::text;
use helmwright::tree::Line;
use helmwright::typed::Lines;
use helmwright::values::release;

use crate::common::Common;

/// The lines of NOTES.txt.
pub(crate) fn lines(common: &Common) -> Vec<Line> {
    let (values, fullname) = (&common.values, &common.fullname);
    Lines::build(|lines| {
        lines.line(text!("API Management runs as {fullname}, version {release::app_version()}."));
        lines.line("");
        lines.line(text!(
            "Gateway groups and the address of their API traffic in the namespace {release::namespace()}:"
        ));
        lines.range(["name", "entry"], &values.gateway_groups, |lines, name, entry| {
            let merged = overlay::<GatewayGroup>(&values.gateway_group_defaults, &entry);
            lines.bind("group", &merged, |lines, group| {
                lines.either(
                    &group.enabled,
                    |lines| {
                        let port = &group.traffic.ports.traffic.port;
                        lines.line(text!("- {name}: {fullname}-{name}-traffic:{port}"));
                    },
                    |lines| lines.line(text!("- {name}: switched off")),
                );
            });
        });
        lines.line("");
        lines.line("See whether the pods are ready:");
        lines.line(text!(
            "kubectl get pods --namespace {release::namespace()} --selector app.kubernetes.io/instance={release::name()}"
        ));
    })
}
