//! Where pods stand: apart from one another on nodes and zones (seed rows S1-146 to S1-148).

use emt_model::pod::TopologySpreadSymbol;
use helmwright::expression::{equal, not, not_empty, ternary};
use helmwright::fragment;
use helmwright::typed::Fragment;
use helmwright_k8s::types::{Affinity, PodSpec};

use crate::common::Common;
use crate::component::Component;

/// What jobs and tests share with the components' pods: nodes, tolerations, priority.
pub(crate) fn placed(common: &Common) -> Fragment<PodSpec> {
    let defaults = &common.values.pod_defaults;
    fragment!(PodSpec {
        with class = &defaults.priority_class_name { priorityClassName: class, }
        with selector = &defaults.node_selector { nodeSelector: selector, }
        with tolerations = &defaults.tolerations { tolerations: tolerations, }
    })
}

impl Component<'_> {
    /// The user's own affinity, of a component that has one pod.
    pub(super) fn placement_of_one(&self) -> Fragment<PodSpec> {
        fragment!(PodSpec { with own = &self.pod.affinity { affinity: own, } })
    }

    /// Softly unless the values require it; the user's own affinity replaces that on nodes.
    pub(super) fn placement(&self, spread: &TopologySpreadSymbol) -> Fragment<PodSpec> {
        let own = &self.pod.affinity;
        fragment!(PodSpec {
            if not_empty(own) {
                affinity: own,
            } else if not(equal(&spread.node, "none")) {
                affinity: self.anti_affinity(spread),
            }
            if not(equal(&spread.zone, "none")) {
                topologySpreadConstraints: [{
                    topologyKey: "topology.kubernetes.io/zone",
                    maxSkew: 1,
                    whenUnsatisfiable: ternary(equal(&spread.zone, "required"), "DoNotSchedule", "ScheduleAnyway"),
                    labelSelector: { matchLabels: self.selector() },
                }],
            }
        })
    }

    fn anti_affinity(&self, spread: &TopologySpreadSymbol) -> Fragment<Affinity> {
        fragment!(Affinity {
            podAntiAffinity: {
                if equal(&spread.node, "required") {
                    requiredDuringSchedulingIgnoredDuringExecution: [{
                        topologyKey: "kubernetes.io/hostname",
                        labelSelector: { matchLabels: self.selector() },
                    }],
                } else {
                    preferredDuringSchedulingIgnoredDuringExecution: [{
                        weight: 100,
                        podAffinityTerm: {
                            topologyKey: "kubernetes.io/hostname",
                            labelSelector: { matchLabels: self.selector() },
                        },
                    }],
                }
            },
        })
    }
}
