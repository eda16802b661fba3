//! Exposure: who may reach what, and under which protection.

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::Fate;

pub(super) const RULE: Rule = Rule {
    class: Class::Exposure,
    what: "published hosts, allowed addresses, TLS and certificates, network policies, roles, Service types, security \
           contexts, and where Secrets come from",
    why: "somebody can reach what they could not reach before, or the other way round",
    advice: "have the change seen by whoever answers for security",
    judge,
};

/// Kinds of which everything but their metadata decides who reaches what, and what is said of a change of them.
const KINDS: &[(&str, &str)] = &[
    ("NetworkPolicy", "who may speak to whom changes"),
    ("Role", "what a role may do changes"),
    ("ClusterRole", "what a role may do changes"),
    ("RoleBinding", "who has a role changes"),
    ("ClusterRoleBinding", "who has a role changes"),
    ("Ingress", "what is published changes"),
    ("HTTPRoute", "what is published changes"),
    ("TLSRoute", "what is published changes"),
    ("Route", "what is published changes"),
    ("Gateway", "where calls come in changes"),
    ("Certificate", "the certificate that callers see changes"),
    ("ReferenceGrant", "who may read certificates of the release changes"),
    ("BackendTLSPolicy", "how the way to the pods is protected changes"),
    ("ExternalSecret", "where a Secret comes from changes"),
    ("SealedSecret", "the content of a sealed Secret changes"),
    ("SecretProviderClass", "where a Secret comes from changes"),
];

/// Beginnings of annotations by which controllers are told what to do; those of Helm, linters and people tell nobody.
const CONTROLLERS: &[&str] = &[
    "alb.ingress.kubernetes.io/",
    "nginx.ingress.kubernetes.io/",
    "haproxy.router.openshift.io/",
    "router.openshift.io/",
    "service.beta.kubernetes.io/",
    "cert-manager.io/",
    "cloud.google.com/",
    "networking.gke.io/",
    "appgw.ingress.kubernetes.io/",
];

/// Parts of such annotations, and what is said of a change of them.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("inbound-cidrs", "from which addresses one may call changes"),
    ("whitelist", "from which addresses one may call changes"),
    ("allowlist", "from which addresses one may call changes"),
    ("cookie", "which pod answers a client changes"),
    ("scheme", "whether the load balancer faces the internet changes"),
    ("internal", "whether the load balancer faces the internet changes"),
    ("security-groups", "from which addresses one may call changes"),
    ("waf", "the firewall before the entry changes"),
    ("certificate", "the certificate that callers see changes"),
    ("issuer", "the certificate that callers see changes"),
    ("ssl", "how calls are encrypted changes"),
    ("tls", "how calls are encrypted changes"),
    ("backend-protocol", "how the way to the pods is encrypted changes"),
    ("group.name", "the entry moves to another load balancer"),
    ("healthcheck", "how the load balancer asks whether pods answer changes"),
];

/// The ends of annotations that hold lists of addresses.
const RANGES: [&str; 3] = ["inbound-cidrs", "whitelist-source-range", "allowlist-source-range"];

fn judge(subject: &Subject<'_>) -> Option<String> {
    let said = KINDS.iter().find(|(kind, _)| *kind == subject.kind()).map(|(_, said)| *said);
    if let Some(fate) = subject.fate() {
        return whole(subject, fate, said.is_some());
    }
    if let Some(said) = said.filter(|_| !subject.at(&["metadata"]) && !subject.at(&["apiVersion"])) {
        return Some(said.to_owned());
    }
    if let Some(annotation) = subject.annotation().filter(|_| said.is_some() || subject.kind() == "Service") {
        if !CONTROLLERS.iter().any(|prefix| annotation.starts_with(prefix)) {
            return None;
        }
        if RANGES.iter().any(|end| annotation.ends_with(end)) && subject.is_reordered() {
            return None;
        }
        let known = ANNOTATIONS.iter().find(|(part, _)| annotation.contains(part));
        return Some(match known {
            Some((_, said)) => (*said).to_owned(),
            None => "the controller is told something else".to_owned(),
        });
    }
    match subject.kind() {
        "Service"
            if [
                "type",
                "externalIPs",
                "loadBalancerIP",
                "loadBalancerSourceRanges",
                "externalTrafficPolicy",
                "loadBalancerClass",
            ]
            .iter()
            .any(|key| subject.at(&["spec", key])) =>
        {
            Some("from where the Service can be reached changes".to_owned())
        }
        "ServiceAccount" if !subject.at(&["metadata"]) || subject.annotation().is_some() => {
            Some("what the pods may ask of the cluster changes".to_owned())
        }
        _ if subject.in_pod(&[])
            && (subject.passes("securityContext") || subject.passes("automountServiceAccountToken")) =>
        {
            Some("what the processes in the pod may do changes".to_owned())
        }
        _ if subject.in_pod(&["serviceAccountName"])
            || subject.in_pod(&["hostNetwork"])
            || subject.in_pod(&["hostPID"]) =>
        {
            Some("what the pods may reach changes".to_owned())
        }
        _ if subject.is_workload() && is_tls(subject) => Some("how a connection is protected changes".to_owned()),
        _ => None,
    }
}

/// Whether a variable holds the URL of a database and what differs is its protection.
fn is_tls(subject: &Subject<'_>) -> bool {
    let protection = |text: Option<&str>| {
        let parameters = text.unwrap_or_default().split(['?', '&', ';']).skip(1);
        parameters
            .filter(|parameter| parameter.to_ascii_lowercase().contains("ssl") || parameter.contains("ertificate"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (old, new) = (subject.old().as_str(), subject.now().as_str());
    subject.variable().is_some() && old.is_some() && new.is_some() && protection(old) != protection(new)
}

fn whole(subject: &Subject<'_>, fate: &Fate, is_known: bool) -> Option<String> {
    match (subject.kind(), fate) {
        (_, Fate::Changed) => None,
        ("NetworkPolicy", Fate::Added) => Some("what it does not allow is denied from now on".to_owned()),
        ("NetworkPolicy", Fate::Removed) => Some("what it denied is no longer denied by it".to_owned()),
        ("Ingress" | "HTTPRoute" | "TLSRoute" | "Route" | "Gateway", Fate::Added) => {
            Some("more is published".to_owned())
        }
        ("Secret", Fate::Added) => Some("a Secret is made".to_owned()),
        ("Secret", Fate::Removed) => Some("a Secret is deleted: who reads it does not start again".to_owned()),
        ("Service", Fate::Added)
            if subject.object.now()["spec"]["type"].as_str().is_some_and(|of| of != "ClusterIP") =>
        {
            Some("it can be reached from outside the cluster".to_owned())
        }
        (_, Fate::Added | Fate::Removed | Fate::Renamed { .. }) if is_known => {
            let verb = match fate {
                Fate::Added => "is new",
                Fate::Removed => "is gone",
                _ => "has another name",
            };
            Some(format!("{} {verb}", subject.a_kind()))
        }
        _ => None,
    }
}
