//! Roles for people (seed rows S1-132, S1-135, S1-264), and limits for the namespace.
//!
//! No role reads Secrets, creates pods or holds a wildcard.

use emt_model::access::PeopleSymbol;
use helmwright::expression::{Expr, any, not_empty};
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, Fragment, ListFragment, Object};
use helmwright::{fragment, list, object, text};
use helmwright_k8s::types::{LimitRange, PolicyRule, ResourceQuota, Role, RoleBinding, RoleRef, Subject};

use crate::common::Common;
use crate::pod::amounts;

const AUTHORIZATION: &str = "rbac.authorization.k8s.io";

/// The template files.
pub(crate) fn files(common: &Common) -> Vec<File> {
    let rbac = &common.values.rbac;
    let role = |name, purpose, people: &PeopleSymbol, suffix: &'static str, rules: ListFragment<PolicyRule>| {
        let documents = DocumentBuilder::documents(|documents| {
            documents.when(any([&not_empty(&people.users), &not_empty(&people.groups)]), |documents| {
                documents.object(self::role(common, suffix, &rules));
                documents.object(binding(common, suffix, people));
            });
        });
        File { name, purpose, documents }
    };
    let looked_at = &list!(PolicyRule[..looked_at()]);
    vec![
        role(
            "rbac-viewers.yaml",
            "Who may look at the release: pods, their logs, and all that is around them.",
            &rbac.viewers,
            "viewers",
            looked_at.clone(),
        ),
        role(
            "rbac-operators.yaml",
            "Who may moreover restart, scale and roll back pods.",
            &rbac.operators,
            "operators",
            list!(PolicyRule [
                ..looked_at,
                { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
                {
                    apiGroups: ["apps"],
                    resources: ["deployments", "deployments/scale"],
                    verbs: ["patch", "update"],
                },
                { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: ["patch", "update"] },
            ]),
        ),
        quota(common),
        limit_range(common),
    ]
}

fn looked_at() -> ListFragment<PolicyRule> {
    list!(PolicyRule [
        {
            apiGroups: [""],
            resources: ["pods", "pods/log", "services", "configmaps", "persistentvolumeclaims", "events"],
            verbs: ["get", "list", "watch"],
        },
        { apiGroups: ["apps"], resources: ["deployments", "replicasets"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: ["get", "list", "watch"] },
        { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: ["get", "list", "watch"] },
        {
            apiGroups: ["networking.k8s.io"],
            resources: ["ingresses", "networkpolicies"],
            verbs: ["get", "list", "watch"],
        },
        { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: ["get", "list"] },
    ])
}

fn name(common: &Common, suffix: &'static str) -> Expr<String> {
    let fullname = &common.fullname;
    text!("{fullname}-{suffix}")
}

fn role(common: &Common, suffix: &'static str, rules: &ListFragment<PolicyRule>) -> Object {
    object!(Role { metadata: common.metadata("access", name(common, suffix)), rules: rules })
}

fn binding(common: &Common, suffix: &'static str, people: &PeopleSymbol) -> Object {
    let role: Fragment<RoleRef> =
        fragment!(RoleRef { apiGroup: AUTHORIZATION, kind: "Role", name: name(common, suffix) });
    object!(RoleBinding {
        metadata: common.metadata("access", name(common, suffix)),
        roleRef: role,
        subjects: list!(Subject [
            for user in &people.users { { kind: "User", apiGroup: AUTHORIZATION, name: &user }, }
            for group in &people.groups { { kind: "Group", apiGroup: AUTHORIZATION, name: &group }, }
        ]),
    })
}

fn quota(common: &Common) -> File {
    let hard = &common.values.namespace_defaults.resource_quota.hard;
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(not_empty(hard), |documents| {
            documents.object(object!(ResourceQuota {
                metadata: common.metadata("namespace", common.fullname.clone()),
                spec: { hard: hard },
            }));
        });
    });
    File { name: "resourcequota.yaml", purpose: "What all pods of the namespace may use together.", documents }
}

fn limit_range(common: &Common) -> File {
    let limits = &common.values.namespace_defaults.limit_range;
    let documents = DocumentBuilder::documents(|documents| {
        documents.when(&limits.enabled, |documents| {
            documents.object(object!(LimitRange {
                metadata: common.metadata("namespace", common.fullname.clone()),
                spec: {
                    limits: [
                        {
                            type: "Container",
                            defaultRequest: amounts(&limits.resources.requests),
                            default: amounts(&limits.resources.limits),
                        },
                    ],
                },
            }));
        });
    });
    File { name: "limitrange.yaml", purpose: "What containers get that say nothing of CPU and memory.", documents }
}
