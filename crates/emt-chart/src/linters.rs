//! Where linters' checks do not hold, and why: annotations by which kube-score and checkov pass over them.
//!
//! One table; the chart's README prints it. An exception is written only where its check fails.

use helmwright::expression::{Expr, equal, not, text_of};
use helmwright::typed::{Fragment, FragmentHelper, Lines, Map, MapBuilder, Text, block, fragment_helper, lines_helper};

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

impl Pods {
    fn exceptions(self) -> impl Iterator<Item = &'static Exception> {
        EXCEPTIONS.iter().filter(move |exception| exception.of.contains(&self))
    }

    /// The helpers of the annotations, and of the one for kube-score.
    fn helpers(self) -> [&'static str; 2] {
        match self {
            Self::Product => ["apim-emt.linterExceptions", "apim-emt.kubeScoreExceptions"],
            Self::Setup => ["apim-emt.linterExceptionsOfSetup", "apim-emt.kubeScoreExceptionsOfSetup"],
            Self::Test => ["apim-emt.linterExceptionsOfTests", "apim-emt.kubeScoreExceptionsOfTests"],
        }
    }
}

/// The annotations of an object with pods.
pub(crate) fn annotations(common: &Common, subject: &Subject) -> Fragment<Map<Text>> {
    let pods = subject.pods;
    let ([annotations, ignored], about) =
        (pods.helpers(), "Which checks of linters do not hold, and why: see README.md.");
    let of_kube_score = "What kube-score passes over, one check a line.";
    // Only a Deployment of the product may have one pod, and a linter that minds.
    if pods == Pods::Product {
        let ignored = lines_helper(ignored, of_kube_score, ["onePod"], |lines, (one,): (Expr<bool>,)| {
            kube_score(common, pods, &one, lines);
        });
        let helper: FragmentHelper<(Expr<bool>,), Map<Text>> =
            fragment_helper(annotations, about, ["onePod"], |map, (one,): (Expr<bool>,)| {
                map.set_key("kube-score/ignore", block(ignored.call((one.clone(),))));
                checkov(common, pods, &one, map);
            });
        helper.call((subject.one.clone(),))
    } else {
        let never = Expr::from(false);
        let ignored = lines_helper(ignored, of_kube_score, [], |lines, ()| kube_score(common, pods, &never, lines));
        let helper: FragmentHelper<(), Map<Text>> = fragment_helper(annotations, about, [], |map, ()| {
            map.set_key("kube-score/ignore", block(ignored.call(())));
            checkov(common, pods, &never, map);
        });
        helper.call(())
    }
}

fn kube_score(common: &Common, pods: Pods, one: &Expr<bool>, lines: &mut Lines) {
    let of_kube_score = || pods.exceptions().filter(|exception| !exception.kube_score.is_empty());
    let always = |exception: &&Exception| exception.when == When::Always;
    // A text cannot begin with a condition.
    for exception in of_kube_score().filter(always).chain(of_kube_score().filter(|exception| !always(exception))) {
        let line = format!("{},", exception.kube_score);
        match condition(common, one, exception.when) {
            None => lines.line(line.as_str()),
            Some(condition) => lines.when(condition, |lines| lines.line(line.as_str())),
        }
    }
}

fn checkov(common: &Common, pods: Pods, one: &Expr<bool>, map: &mut MapBuilder<Map<Text>>) {
    for (number, exception) in pods.exceptions().filter(|exception| !exception.checkov.is_empty()).enumerate() {
        let skipped = text_of(&[&format!("{}={}", exception.checkov, exception.reason).as_str()]);
        let key = format!("checkov.io/skip{}", number + 1);
        match condition(common, one, exception.when) {
            None => map.set_key(&key, skipped),
            Some(condition) => map.when(condition, |map| map.set_key(&key, skipped)),
        }
    }
}

/// When an exception holds; none if always.
fn condition(common: &Common, one: &Expr<bool>, when: When) -> Option<Expr<bool>> {
    let values = &common.values;
    match when {
        When::Always => None,
        When::WritableRoot => Some(not(&values.security.read_only_root_filesystem)),
        When::NotAlwaysPulled => Some(not(equal(&values.image.pull_policy, "Always"))),
        When::OnePod => Some(one.clone()),
        When::NoPolicies => Some(not(&values.network_policy.enabled)),
    }
}
