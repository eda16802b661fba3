//! The ServiceAccount of the traffic pods. Its token is never mounted: a gateway does not speak to Kubernetes.

use emt_model::names::{GroupName, ObjectName};
use emt_model::traffic::TrafficSymbol;
use helmwright::expression::{Expr, not_empty};
use helmwright::typed::{Object, choose, text_function};
use helmwright::{object, text};
use helmwright_k8s::types::ServiceAccount;

use super::{COMPONENT, TrafficGroup};

/// Made unless the group names one that exists.
pub(super) fn service_account(TrafficGroup { common, group, traffic }: &TrafficGroup<'_>) -> Object {
    object!(ServiceAccount {
        metadata: common.metadata(COMPONENT, group, Some(&traffic.service_account.annotations)),
        automountServiceAccountToken: false,
    })
}

/// Its name.
pub(super) fn name(TrafficGroup { common, group, traffic }: &TrafficGroup<'_>) -> Expr<ObjectName> {
    let fullname = &common.fullname;
    let name = text_function(
        "apim-emt.trafficServiceAccountName",
        "Name of the ServiceAccount of a gateway group's traffic pods: the one that exists, else the one that is made.",
        ["group", "traffic"],
        |(group, traffic): (Expr<GroupName>, TrafficSymbol)| {
            let existing = &traffic.service_account.existing_name;
            choose(&[(&not_empty(existing), existing)], &text!("{fullname}-{group}-{COMPONENT}"))
        },
    );
    name.call((group.name.clone(), traffic.clone()))
}
