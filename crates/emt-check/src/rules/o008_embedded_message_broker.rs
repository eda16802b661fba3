//! A message broker inside the gateways.
//!
//! # What it does
//!
//! Finds Services of `extraObjects` that lead to port 61616 of pods of the release, and settings of a group called
//! `BROKER.`: the ActiveMQ that is embedded in a gateway.
//!
//! # Why it matters
//!
//! Its messages lie in the pod that took them and end with it, and no other pod of the group sees them. Axway advises
//! against it in this topology and for a JMS provider outside.
//!
//! # Example
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     envSettings:
//!       enabled: true
//!       properties:
//!         BROKER.PORT: "61616"  # found here
//! extraObjects:
//!   queue:  # found here
//!     apiVersion: v1
//!     kind: Service
//!     metadata: { name: queue }
//!     spec:
//!       selector: { apim-emt/group: main }
//!       ports: [{ name: openwire, port: 61616 }]
//! ```
//!
//! # Instead
//!
//! ```yaml
//! # staging.yaml
//! gatewayGroups:
//!   main:
//!     envSettings:
//!       enabled: true
//!       properties:
//!         JMS.HOST: jms.example.com
//! networkPolicy:
//!   egress:
//!     backends:
//!       jms: { cidrs: [10.30.0.0/24], ports: [61617] }
//! ```

use serde_json::Value;

use super::{Check, Definition, Found, Level, Subject, objects};

pub(super) const RULE: Definition = Definition {
    id: "O008",
    level: Level::Recommended,
    rows: &["S1-372"],
    check: Check::Environment(check),
};

/// The port that gateways embed ActiveMQ at, and what its settings begin with.
const PORT: i64 = 61616;
const SETTINGS: &str = "BROKER.";

fn check(subject: &Subject<'_>) -> Vec<Found> {
    let advice = "use a JMS provider outside the gateways, and name its addresses in networkPolicy.egress.backends";
    let pods = objects::pods(&subject.rendered.objects);
    let leads_there = |service: &&Value| {
        let mut ports = service["spec"]["ports"].as_array().into_iter().flatten();
        ports.any(|port| port["port"] == PORT || port["targetPort"] == PORT)
            && pods.iter().any(|(_, pod)| objects::selects(&service["spec"]["selector"], pod))
    };
    let service = |service: &Value| {
        let path = objects::path_of(subject, service);
        // The chart's own Services lead to the listeners of the configuration, whatever their numbers.
        let message = format!("{} leads to the ActiveMQ of pods", objects::title(service));
        path.starts_with("extraObjects.").then(|| Found::at(path, message).help(advice))
    };
    let services = subject.objects("Service").filter(leads_there).filter_map(service);
    let mut found: Vec<Found> = services.collect();
    for group in &subject.groups {
        let properties = group.values.env_settings.properties.keys().map(|name| name.as_str());
        for name in properties.filter(|name| name.starts_with(SETTINGS)) {
            let path = format!("{}.envSettings.properties[{name:?}]", group.path);
            found.push(Found::at(path, format!("{name} sets up the ActiveMQ of each pod")).help(advice));
        }
    }
    found
}
