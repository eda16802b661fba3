//! Horizontal autoscaling (seed rows S1-151 to S1-156): between the smallest and the largest number of pods, by average
//! use of the request.

use emt_model::traffic::{AutoscalingSymbol, ScalingPaceSymbol};
use helmwright::expression::greater;
use helmwright::typed::{Fragment, Object};
use helmwright::{fragment, object};
use helmwright_k8s::types::{HPAScalingRules, HorizontalPodAutoscaler};

use crate::component::Component;

impl Component<'_> {
    /// The autoscaler of the component's Deployment.
    pub(crate) fn autoscaler(&self, autoscaling: &AutoscalingSymbol) -> Object {
        object!(HorizontalPodAutoscaler {
            metadata: self.metadata(None),
            spec: {
                scaleTargetRef: {
                    apiVersion: "apps/v1",
                    kind: "Deployment",
                    name: self.name(),
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
}

fn pace(pace: &ScalingPaceSymbol) -> Fragment<HPAScalingRules> {
    fragment!(HPAScalingRules {
        stabilizationWindowSeconds: &pace.stabilization_seconds,
        policies: [
            { type: "Pods", value: &pace.pods, periodSeconds: &pace.period_seconds },
        ],
    })
}
