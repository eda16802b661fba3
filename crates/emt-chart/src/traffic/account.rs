//! The ServiceAccount of the traffic pods. Its token is never mounted: a gateway does not speak to Kubernetes.

use helmwright::expression::{Expr, first_text};
use helmwright::object;
use helmwright::typed::Object;
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
pub(super) fn name(of: &TrafficGroup<'_>) -> Expr<String> {
    first_text(&of.traffic.service_account.existing_name, of.name())
}
