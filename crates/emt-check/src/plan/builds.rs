//! How the images of the release are built, by the scripts of the product.
//!
//! Limit: paths stand for files that only the builder knows. Flags are those of the scripts of 7.7.

use emt_chart::network::Endpoint;
use emt_model::choices::ConfigurationMode;
use serde_json::Value;

use super::{Line, Section, network};
use crate::Rendered;
use crate::rules::{GROUP_LABEL, Subject};

/// The flags that give the domain its certificate.
const CERTIFICATE: &str = "--domain-cert=CERT.pem --domain-key=KEY.pem --domain-key-pass-file=FILE";

/// Each image with the command that builds it, or what it is taken with where nothing is built.
pub(super) fn section(rendered: &Rendered<'_>) -> Section {
    let mut lines: Vec<Line> = Vec::new();
    // Values that lost their types are told by `emt check`.
    if let Ok(subject) = Subject::new(rendered) {
        let manager = &subject.values.admin_node_manager;
        if manager.enabled {
            let image = image_of(rendered, Endpoint::AdminNodeManager, None);
            let metrics = if subject.values.metrics_database.enabled {
                " --metrics --metrics-db-url=URL --metrics-db-username=NAME --metrics-db-pass-file=FILE"
            } else {
                ""
            };
            let command = format!(
                "build_anm_image.py {CERTIFICATE} --fed=FILE.fed{metrics} --merge-dir=apigateway --out-image={image}"
            );
            let mode = manager.configuration.mode;
            lines.push(line("Admin Node Manager", mode, command, "S1-204 to S1-207"));
        }
        for group in &subject.groups {
            let image = image_of(rendered, Endpoint::Traffic, Some(&group.name));
            let id = match group.values.group_id.as_str() {
                "" => group.name.as_str(),
                id => id,
            };
            let command = format!(
                "build_gw_image.py --license=FILE.lic {CERTIFICATE} --fed=FILE.fed --group-id={id} \
                 --merge-dir=apigateway --out-image={image}"
            );
            let mode = group.values.configuration.mode;
            lines.push(line(&format!("group {}", group.name), mode, command, "S1-222 to S1-226"));
        }
    }
    Section { title: "Image builds", columns: &["for", "command", "rows"], lines }
}

fn line(what: &str, mode: ConfigurationMode, command: String, row: &str) -> Line {
    let command = match mode {
        ConfigurationMode::Baked => command,
        ConfigurationMode::Merge => "none: what is mounted at /merge is laid over the image".to_owned(),
    };
    vec![what.to_owned(), command, row.to_owned()]
}

/// The image of a component's pods, of a group if one is named.
fn image_of(rendered: &Rendered<'_>, component: Endpoint, group: Option<&str>) -> String {
    let is_of_group = |group: &str, object: &Value| object["metadata"]["labels"][GROUP_LABEL] == group;
    let mut all = network::deployments(rendered, component);
    let own = all.find(|object| group.is_none_or(|group| is_of_group(group, object)));
    let containers = own.and_then(|object| object["spec"]["template"]["spec"]["containers"].as_array());
    let named = |container: &&Value| container["name"].as_str() == component.component();
    let image = containers.into_iter().flatten().find(named).and_then(|container| container["image"].as_str());
    image.unwrap_or_default().to_owned()
}
