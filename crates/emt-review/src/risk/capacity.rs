//! Capacity: how much is asked for, and where it is placed.

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::Fate;

pub(super) const RULE: Rule = Rule {
    class: Class::Capacity,
    what: "requests and limits, numbers of pods, autoscaling, sizes of volumes, quotas, placement on nodes, surge",
    why: "pods may wait for room, be throttled or ended, or cost more",
    advice: "compare with `emt plan`",
    judge,
};

fn judge(subject: &Subject<'_>) -> Option<String> {
    if let Some(fate) = subject.fate() {
        return match (subject.kind(), fate) {
            (_, Fate::Changed | Fate::Renamed { .. }) => None,
            ("HorizontalPodAutoscaler", Fate::Added) => Some("the number of pods follows the load".to_owned()),
            ("HorizontalPodAutoscaler", Fate::Removed) => {
                Some("the number of pods no longer follows the load".to_owned())
            }
            ("ResourceQuota" | "LimitRange", _) => Some("what the namespace may use changes".to_owned()),
            (_, Fate::Added) if subject.is_workload() => Some("more pods have to find room".to_owned()),
            _ => None,
        };
    }
    match subject.kind() {
        "HorizontalPodAutoscaler" if subject.at(&["spec"]) => {
            Some("when and how far the number of pods follows the load changes".to_owned())
        }
        "ResourceQuota" | "LimitRange" if subject.at(&["spec"]) => {
            Some("what the namespace may use changes".to_owned())
        }
        "PersistentVolumeClaim" if subject.at(&["spec", "resources"]) => Some("the claim has another size".to_owned()),
        _ if !subject.is_workload() => None,
        _ if subject.at(&["spec", "replicas"]) => Some("another number of pods".to_owned()),
        _ if subject.at(&["spec", "strategy"]) || subject.at(&["spec", "minReadySeconds"]) => {
            Some("rollouts take more or less room and time".to_owned())
        }
        _ if subject.passes("resources") && subject.in_pod(&[]) => {
            Some("each pod asks for another share of a node".to_owned())
        }
        _ if subject.passes("sizeLimit") => Some("a volume on the node has another size".to_owned()),
        _ => {
            let placement =
                ["nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "priorityClassName"];
            let is_placement = placement.iter().any(|key| subject.in_pod(&[key]));
            is_placement.then(|| "pods are placed on other nodes".to_owned())
        }
    }
}
