//! Where linters' checks do not hold, and why: annotations by which kube-score and checkov pass over them.
//!
//! One table; the chart's README prints it. An exception is written only where its check fails.

use helmwright::expression::{Expr, equal, not, ternary, text_of};
use helmwright::typed::{Fragment, Map, Text};

use crate::common::Common;

/// A kind of pod, as far as linters see a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pods {
    /// The product itself.
    Product,
    /// The job of the metrics database.
    Setup,
    /// What `helm test` starts.
    Test,
}

impl Pods {
    /// What they are called.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Setup => "database setup",
            Self::Test => "tests",
        }
    }
}

/// A check that does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Exception {
    /// kube-score's name of the check; empty where it has none.
    pub kube_score: &'static str,
    /// checkov's number of the check; empty where it has none.
    pub checkov: &'static str,
    /// Why it does not hold.
    pub reason: &'static str,
    /// Which pods it is of.
    pub of: &'static [Pods],
    when: When,
}

/// When a check does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Always,
    WritableRoot,
    NotAlwaysPulled,
    OnePod,
    NoPolicies,
}

const ALL: &[Pods] = &[Pods::Product, Pods::Setup, Pods::Test];
const OF_PRODUCT: &[Pods] = &[Pods::Product];
const READ_SECRETS: &[Pods] = &[Pods::Product, Pods::Setup];

/// All exceptions.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        kube_score: "container-security-context-readonlyrootfilesystem",
        checkov: "CKV_K8S_22",
        reason: "the vendor's images write into their installation: security.readOnlyRootFilesystem",
        of: READ_SECRETS,
        when: When::WritableRoot,
    },
    Exception {
        kube_score: "container-security-context-user-group-id",
        checkov: "CKV_K8S_40",
        reason: "the vendor's images run as user 1000, or the platform assigns the ids: security.userIds",
        of: ALL,
        when: When::Always,
    },
    Exception {
        kube_score: "container-image-pull-policy",
        checkov: "CKV_K8S_15",
        reason: "a tag is moved by nobody: image.pullPolicy, Always in the hardened profile",
        of: ALL,
        when: When::NotAlwaysPulled,
    },
    Exception {
        kube_score: "",
        checkov: "CKV_K8S_43",
        reason: "image.tag takes a digest beside the tag: whether it does is the environment's to say",
        of: ALL,
        when: When::Always,
    },
    Exception {
        kube_score: "",
        checkov: "CKV_K8S_35",
        reason: "the product reads users and passwords from its environment",
        of: READ_SECRETS,
        when: When::Always,
    },
    Exception {
        kube_score: "pod-probes-identical",
        checkov: "",
        reason: "the product has one endpoint that tells its health; liveness waits longer than readiness",
        of: OF_PRODUCT,
        when: When::Always,
    },
    Exception {
        kube_score: "deployment-replicas",
        checkov: "",
        reason: "one Admin Node Manager and one API Manager by the product's design; one traffic pod where replicas say so",
        of: OF_PRODUCT,
        when: When::OnePod,
    },
    Exception {
        kube_score: "",
        checkov: "CKV_K8S_8",
        reason: "the pod asks once and ends",
        of: &[Pods::Test],
        when: When::Always,
    },
    Exception {
        kube_score: "",
        checkov: "CKV_K8S_9",
        reason: "the pod asks once and ends",
        of: &[Pods::Test],
        when: When::Always,
    },
    Exception {
        kube_score: "pod-networkpolicy",
        checkov: "CKV2_K8S_6",
        reason: "network policies are off: networkPolicy.enabled, on in the hardened profile",
        of: ALL,
        when: When::NoPolicies,
    },
];

/// What decides about the exceptions of an object, beside the root's values.
pub(crate) struct Subject {
    /// Which pods it has.
    pub(crate) pods: Pods,
    /// Whether it has one pod, and is a Deployment.
    pub(crate) one: Expr<bool>,
}

/// The annotations of an object with pods.
pub(crate) fn annotations(common: &Common, subject: &Subject) -> Fragment<Map<Text>> {
    let of_subject = || EXCEPTIONS.iter().filter(|exception| exception.of.contains(&subject.pods));
    let of_kube_score = || of_subject().filter(|exception| !exception.kube_score.is_empty());
    let always: Vec<&str> =
        of_kube_score().filter(|known| known.when == When::Always).map(|known| known.kube_score).collect();
    let mut ignored = text_of(&[&always.join(",").as_str()]);
    for exception in of_kube_score().filter(|exception| exception.when != When::Always) {
        let more = ternary(condition(common, subject, exception.when), format!(",{}", exception.kube_score), "");
        ignored = text_of(&[&ignored, &more]);
    }
    Fragment::build(|map| {
        map.set_key("kube-score/ignore", ignored);
        for (number, exception) in of_subject().filter(|exception| !exception.checkov.is_empty()).enumerate() {
            let skipped = text_of(&[&format!("{}={}", exception.checkov, exception.reason).as_str()]);
            let key = format!("checkov.io/skip{}", number + 1);
            if exception.when == When::Always {
                map.set_key(&key, skipped);
            } else {
                map.when(condition(common, subject, exception.when), |map| map.set_key(&key, skipped));
            }
        }
    })
}

fn condition(common: &Common, subject: &Subject, when: When) -> Expr<bool> {
    let values = &common.values;
    match when {
        When::Always => Expr::from(true),
        When::WritableRoot => not(&values.security.read_only_root_filesystem),
        When::NotAlwaysPulled => not(equal(&values.image.pull_policy, "Always")),
        When::OnePod => subject.one.clone(),
        When::NoPolicies => not(&values.network_policy.enabled),
    }
}
