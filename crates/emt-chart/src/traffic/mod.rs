//! The traffic gateways of each group: the pods that handle API calls (seed rows S1-242 to S1-259).

mod account;
mod deployment;
mod environment;
mod scaling;
mod service;
mod settings;

use emt_model::group::GatewayGroupSymbol;
use emt_model::traffic::TrafficSymbol;
use helmwright::expression::{Expr, all, not, not_empty};
use helmwright::tree::File;
use helmwright::typed::Object;

use crate::common::{Common, Group};

/// The component's name, as the labels and the suffix of its objects say it.
const COMPONENT: &str = "traffic";

/// A gateway group and its traffic pods, while one of their objects is written.
struct TrafficGroup<'a> {
    common: &'a Common,
    group: &'a Group,
    /// The values of the traffic pods.
    traffic: TrafficSymbol,
}

/// The template files of the component.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let file = |name,
                purpose,
                condition: &dyn Fn(&GatewayGroupSymbol) -> Expr<bool>,
                object: &dyn Fn(&TrafficGroup<'_>) -> Object| {
        let documents = common.for_groups(condition, |documents, group| {
            documents.bind("traffic", &group.values.traffic, |documents, traffic| {
                documents.object(object(&TrafficGroup { common, group, traffic }));
            });
        });
        File { name, purpose, documents }
    };
    let runs = |group: &GatewayGroupSymbol| group.enabled.clone();
    vec![
        file(
            "traffic-serviceaccount.yaml",
            "The identity of each gateway group's traffic pods.",
            &|group| all([&group.enabled, &not(not_empty(&group.traffic.service_account.existing_name))]),
            &account::service_account,
        ),
        file(
            "traffic-configmap.yaml",
            "Settings that the traffic pods of each gateway group merge into their configuration.",
            &|group| all([&group.enabled, &settings::wanted(group)]),
            &settings::config_map,
        ),
        file("traffic-deployment.yaml", "The traffic pods of each gateway group.", &runs, &deployment::deployment),
        file(
            "traffic-service.yaml",
            "The address of each gateway group's traffic pods inside the cluster.",
            &runs,
            &service::service,
        ),
        file(
            "traffic-horizontalpodautoscaler.yaml",
            "The number of traffic pods of each gateway group follows the load.",
            &|group| all([&group.enabled, &group.traffic.autoscaling.enabled]),
            &scaling::autoscaler,
        ),
        file(
            "traffic-poddisruptionbudget.yaml",
            "How many traffic pods of each gateway group may be away at once.",
            &|group| all([&group.enabled, &group.traffic.disruption_budget.enabled]),
            &scaling::disruption_budget,
        ),
    ]
}

impl TrafficGroup<'_> {
    /// The name of the component's objects.
    fn name(&self) -> Expr<String> {
        self.common.name(COMPONENT, self.group)
    }
}
