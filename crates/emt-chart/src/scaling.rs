//! Horizontal autoscaling (seed rows S1-010, S1-151 to S1-156): between the smallest and the largest number of pods, by
//! average use of the request for CPU, memory or both.

use emt_model::traffic::{AutoscalingSymbol, ScalingPaceSymbol};
use helmwright::expression::{Expr, any, greater, not, not_empty};
use helmwright::typed::{Fits, Fragment, Integer, ListFragment, Object};
use helmwright::values::IntegerValue;
use helmwright::{fragment, list, object};
use helmwright_k8s::types::{HPAScalingRules, HorizontalPodAutoscaler, MetricSpec, MetricTarget};

use crate::component::Component;

impl Component<'_> {
    /// The autoscaler of the component's Deployment.
    pub(crate) fn autoscaler(&self, autoscaling: &AutoscalingSymbol) -> Object {
        let (cpu, memory) =
            (&autoscaling.target_cpu_utilization_percentage, &autoscaling.target_memory_utilization_percentage);
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
                    if greater(cpu, 0) { ..self.utilization("cpu", cpu), }
                    // Values in which both are 0 are refused, so one of them is always there.
                    if any([&greater(memory, 0), &not(greater(cpu, 0))]) { ..self.utilization("memory", memory), }
                ],
                behavior: {
                    scaleUp: pace(&autoscaling.scale_up),
                    scaleDown: pace(&autoscaling.scale_down),
                },
            },
        })
    }
}

impl Component<'_> {
    /// Average use of the request: of the pod, or of the component's container where others stand beside it, whose
    /// requests and load would blur it.
    fn utilization<T: IntegerValue>(&self, resource: &'static str, percentage: &Expr<T>) -> ListFragment<MetricSpec>
    where
        Expr<T>: Fits<Integer>,
    {
        let target = fragment!(MetricTarget { type: "Utilization", averageUtilization: percentage.clone() });
        list!(MetricSpec [
            if not_empty(&self.pod.extra_containers) {
                {
                    type: "ContainerResource",
                    containerResource: { name: resource, container: self.kind.name, target: &target },
                },
            } else {
                { type: "Resource", resource: { name: resource, target: &target } },
            }
        ])
    }
}

fn pace(pace: &ScalingPaceSymbol) -> Fragment<HPAScalingRules> {
    fragment!(HPAScalingRules {
        stabilizationWindowSeconds: &pace.stabilization_window_seconds,
        policies: [
            { type: "Pods", value: &pace.pods, periodSeconds: &pace.period_seconds },
        ],
    })
}
