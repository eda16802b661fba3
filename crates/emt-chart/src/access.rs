//! Roles for people and pipelines (seed rows S1-130, S1-132, S1-135, S1-264), and limits for the namespace.
//!
//! No role holds a wildcard, and none but the one that installs the release reads Secrets or creates pods.

use emt_model::access::PeopleSymbol;
use helmwright::expression::{Expr, any, not_empty};
use helmwright::tree::File;
use helmwright::typed::{DocumentBuilder, Fragment, ListFragment, Object, Text};
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
    let viewed = &watched_and(VIEW);
    vec![
        role(
            "rbac-viewers.yaml",
            "Who may look at the release: pods, their logs, and all that is around them.",
            &rbac.viewers,
            "viewers",
            viewed.clone(),
        ),
        role(
            "rbac-operators.yaml",
            "Who may moreover restart, scale and roll back pods.",
            &rbac.operators,
            "operators",
            list!(PolicyRule [
                ..viewed,
                { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
                {
                    apiGroups: ["apps"],
                    resources: ["deployments", "deployments/scale"],
                    verbs: ["patch", "update"],
                },
                { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"], verbs: ["patch", "update"] },
            ]),
        ),
        role(
            "rbac-deployers.yaml",
            "Who may install, upgrade and remove the release with Helm, and so read its Secrets.",
            &rbac.deployers,
            "deployers",
            list!(PolicyRule [..watched_and(WRITE), ..helm()]),
        ),
        quota(common),
        limit_range(common),
    ]
}

/// What the release is made of, by API group: everything that can be seen without reading a Secret.
const RESOURCES: &[(&str, &[&str])] = &[
    ("", &["services", "configmaps", "serviceaccounts", "persistentvolumeclaims", "resourcequotas", "limitranges"]),
    ("apps", &["deployments"]),
    ("batch", &["jobs"]),
    ("autoscaling", &["horizontalpodautoscalers"]),
    ("policy", &["poddisruptionbudgets"]),
    ("networking.k8s.io", &["ingresses", "networkpolicies"]),
    ("gateway.networking.k8s.io", &["httproutes", "tlsroutes", "backendtlspolicies", "referencegrants"]),
    ("route.openshift.io", &["routes"]),
    ("rbac.authorization.k8s.io", &["roles", "rolebindings"]),
    ("cert-manager.io", &["certificates"]),
    ("external-secrets.io", &["externalsecrets"]),
    ("bitnami.com", &["sealedsecrets"]),
    ("secrets-store.csi.x-k8s.io", &["secretproviderclasses"]),
    ("monitoring.coreos.com", &["podmonitors"]),
];

const VIEW: &[&str] = &["get", "list", "watch"];
const WRITE: &[&str] = &["get", "list", "watch", "create", "update", "patch", "delete"];

/// What has to be seen of the release to know how it does, and these verbs for everything that it is made of.
fn watched_and(verbs: &'static [&'static str]) -> ListFragment<PolicyRule> {
    let resources = ListFragment::build(|list| {
        for (group, resources) in RESOURCES {
            let (resources, verbs) = (texts(resources), texts(verbs));
            list.splice(list!(PolicyRule[{ apiGroups: [*group], resources: resources, verbs: verbs }]));
        }
    });
    list!(PolicyRule [
        { apiGroups: [""], resources: ["pods", "pods/log", "events"], verbs: texts(VIEW) },
        { apiGroups: ["apps"], resources: ["replicasets"], verbs: texts(VIEW) },
        { apiGroups: ["metrics.k8s.io"], resources: ["pods"], verbs: ["get", "list"] },
        ..resources,
    ])
}

/// What Helm needs beside the release's objects: its own record of them in Secrets, and the pods of its tests. Whoever
/// writes the roles of others has to hold what they grant.
fn helm() -> ListFragment<PolicyRule> {
    list!(PolicyRule [
        { apiGroups: [""], resources: ["secrets"], verbs: texts(WRITE) },
        { apiGroups: [""], resources: ["pods"], verbs: ["create", "delete"] },
        { apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["patch", "update"] },
        // OpenShift lets nobody else choose the host and the certificate of a Route.
        { apiGroups: ["route.openshift.io"], resources: ["routes/custom-host"], verbs: ["create", "update"] },
    ])
}

fn texts(words: &'static [&'static str]) -> ListFragment<Text> {
    ListFragment::build(|list| {
        for word in words {
            list.splice(list!(Text[*word]));
        }
    })
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
