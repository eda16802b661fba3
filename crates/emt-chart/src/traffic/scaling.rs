//! How many traffic pods there are: the HorizontalPodAutoscaler and the PodDisruptionBudget.

use emt_model::traffic::ScalingPaceSymbol;
use helmwright::expression::greater;
use helmwright::typed::{Fragment, Object};
use helmwright::{fragment, object};
use helmwright_k8s::types::{HPAScalingRules, HorizontalPodAutoscaler, PodDisruptionBudget};

use super::{COMPONENT, TrafficGroup};

/// Seed rows S1-151 to S1-156: between the smallest and the largest number of pods, by average CPU of the request.
pub(super) fn autoscaler(of: &TrafficGroup<'_>) -> Object {
    let TrafficGroup { common, group, traffic } = of;
    let autoscaling = &traffic.autoscaling;
    object!(HorizontalPodAutoscaler {
        metadata: common.metadata(COMPONENT, group, None),
        spec: {
            scaleTargetRef: {
                apiVersion: "apps/v1",
                kind: "Deployment",
                name: of.name(),
            },
            minReplicas: &autoscaling.min_replicas,
            maxReplicas: &autoscaling.max_replicas,
            metrics: [
                {
                    type: "Resource",
                    resource: {
                        name: "cpu",
                        target: {
                            type: "Utilization",
                            averageUtilization: &autoscaling.target_cpu_utilization_percentage,
                        },
                    },
                },
                if greater(&autoscaling.target_memory_utilization_percentage, 0) {
                    {
                        type: "Resource",
                        resource: {
                            name: "memory",
                            target: {
                                type: "Utilization",
                                averageUtilization: &autoscaling.target_memory_utilization_percentage,
                            },
                        },
                    },
                }
            ],
            behavior: {
                scaleUp: pace(&autoscaling.scale_up),
                scaleDown: pace(&autoscaling.scale_down),
            },
        },
    })
}

fn pace(pace: &ScalingPaceSymbol) -> Fragment<HPAScalingRules> {
    fragment!(HPAScalingRules {
        stabilizationWindowSeconds: &pace.stabilization_seconds,
        policies: [
            { type: "Pods", value: &pace.pods, periodSeconds: &pace.period_seconds },
        ],
    })
}

/// How many pods may be away at once when nodes are drained.
pub(super) fn disruption_budget(TrafficGroup { common, group, traffic }: &TrafficGroup<'_>) -> Object {
    object!(PodDisruptionBudget {
        metadata: common.metadata(COMPONENT, group, None),
        spec: {
            maxUnavailable: &traffic.disruption_budget.max_unavailable,
            selector: { matchLabels: common.selector(COMPONENT, group) },
        },
    })
}
