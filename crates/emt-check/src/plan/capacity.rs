//! Capacity: the pods at their largest number, on nodes, at rest and while all is replaced.
//!
//! Limits: requests alone count, as for the scheduler; other workloads of the cluster do not. Nodes are filled first fit,
//! the largest pods first, so a better packing may exist.

use serde_json::Value;

use super::nodes::{AGENTS_MEBIBYTES, AGENTS_MILLICORES, NodeType};
use crate::quantity::{mebibytes, millicores};

/// Nodes of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeGroup {
    /// Their type.
    pub node: &'static NodeType,
    /// How many there are.
    pub count: i64,
}

/// CPU and memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    pub(crate) millicores: i64,
    pub(crate) mebibytes: i64,
}

impl Amounts {
    /// What a pod's containers have together of `requests` or `limits`, or an init container with the sidecars before it
    /// if that is more. Sidecars are init containers that stay: they count with the containers.
    fn of(pod: &Value, which: &str) -> Self {
        let amount = |resource: &str, read: &dyn Fn(&str) -> Option<i64>| {
            let of = |container: &Value| match &container["resources"][which][resource] {
                Value::String(quantity) => read(quantity).unwrap_or(0),
                Value::Number(quantity) => read(&quantity.to_string()).unwrap_or(0),
                _ => 0,
            };
            let (mut sidecars, mut first) = (0, 0);
            for container in pod["initContainers"].as_array().into_iter().flatten() {
                if container["restartPolicy"] == "Always" {
                    sidecars += of(container);
                } else {
                    first = first.max(sidecars + of(container));
                }
            }
            let sum: i64 = pod["containers"].as_array().into_iter().flatten().map(of).sum();
            first.max(sidecars + sum)
        };
        Self { millicores: amount("cpu", &millicores), mebibytes: amount("memory", &mebibytes) }
    }

    fn plus(self, other: Self, count: i64) -> Self {
        Self {
            millicores: self.millicores + count * other.millicores,
            mebibytes: self.mebibytes + count * other.mebibytes,
        }
    }
}

/// What all pods need together at their largest number, while every workload is replaced at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demand {
    pub(crate) pods: i64,
    pub(crate) requests: Amounts,
    pub(crate) limits: Amounts,
}

/// What the Deployments of a release need. Limit: pods of Jobs and tests are not counted.
pub(crate) fn demand(objects: &[&Value]) -> Demand {
    workloads(objects).iter().fold(Demand::default(), |sum, pods| {
        let count = pods.count + pods.surge;
        Demand {
            pods: sum.pods + count,
            requests: sum.requests.plus(pods.requests, count),
            limits: sum.limits.plus(pods.limits, count),
        }
    })
}

/// Pods of one workload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pods {
    pub(super) name: String,
    /// At the largest number.
    pub(super) count: i64,
    /// More while they are replaced.
    pub(super) surge: i64,
    /// What one of them asks for.
    pub(super) requests: Amounts,
    /// What one of them may use.
    pub(super) limits: Amounts,
    /// Whether no two of them may stand on one node.
    pub(super) apart: bool,
    /// Whether their number follows the load, so that they are placed last.
    pub(super) scales: bool,
}

/// What fits, and what is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Pods that handle API calls, at their largest number.
    pub traffic_pods: i64,
    /// How many of them find a place on the nodes that there are, beside all other pods.
    pub traffic_pods_that_fit: i64,
    /// All pods at their largest number.
    pub pods: i64,
    /// Nodes of the first type that the largest number needs; none if a pod fits no node.
    pub nodes_at_maximum: Option<i64>,
    /// The same while every workload is replaced at once.
    pub nodes_while_rolling: Option<i64>,
}

/// How a percentage of pods becomes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// As Kubernetes reads `maxSurge`.
    Up,
    /// As Kubernetes reads `maxUnavailable`.
    Down,
}

/// A number of pods, or a percentage of `total`, as a Deployment's strategy gives it; 0 for anything else.
#[must_use]
pub fn share(value: &Value, total: i64, rounding: Rounding) -> i64 {
    match value {
        Value::String(text) => {
            let percentage: i64 = text.strip_suffix('%').and_then(|text| text.parse().ok()).unwrap_or(0);
            match rounding {
                Rounding::Up => (total * percentage + 99) / 100,
                Rounding::Down => total * percentage / 100,
            }
        }
        other => other.as_i64().unwrap_or(0),
    }
}

/// The capacity of the reference architecture itself: twelve traffic pods, one Admin Node Manager, one API Manager of half a
/// processor each, on three nodes.
pub(crate) fn seed_capacity() -> Capacity {
    let pods = |name: &str, count, surge, scales| Pods {
        name: name.to_owned(),
        count,
        surge,
        requests: Amounts { millicores: 500, mebibytes: 512 },
        limits: Amounts::default(),
        apart: false,
        scales,
    };
    let all = [pods("anm", 1, 0, false), pods("manager", 1, 1, false), pods("traffic", 12, 3, true)];
    let nodes = super::node_types().first().map(|node| NodeGroup { node, count: 3 });
    of_pods(&all, nodes.as_slice())
}

/// The capacity of rendered objects on nodes.
#[must_use]
pub fn capacity(objects: &[&Value], nodes: &[NodeGroup]) -> Capacity {
    of_pods(&workloads(objects), nodes)
}

pub(super) fn of_pods(pods: &[Pods], nodes: &[NodeGroup]) -> Capacity {
    let scaled = |pods: &[Pods]| pods.iter().filter(|pods| pods.scales).map(|pods| pods.count).sum::<i64>();
    let present: Vec<Room> = nodes.iter().flat_map(|group| (0..group.count).map(|_| Room::of(group.node))).collect();
    let placed = place(pods, present, false);
    let needed = |rolling: bool| {
        let node = nodes.first()?.node;
        // More nodes than pods never help.
        let most = pods.iter().map(|pods| pods.count + pods.surge).sum::<i64>().max(1);
        (1..=most).find(|count| {
            let wanted: i64 = pods.iter().map(|pods| pods.count + if rolling { pods.surge } else { 0 }).sum();
            let rooms = (0..*count).map(|_| Room::of(node)).collect();
            place(pods, rooms, rolling).iter().sum::<i64>() == wanted
        })
    };
    Capacity {
        traffic_pods: scaled(pods),
        traffic_pods_that_fit: placed.iter().zip(pods).filter(|(_, pods)| pods.scales).map(|(placed, _)| placed).sum(),
        pods: pods.iter().map(|pods| pods.count).sum(),
        nodes_at_maximum: needed(false),
        nodes_while_rolling: needed(true),
    }
}

/// What is free on a node.
#[derive(Clone, Debug)]
struct Room {
    millicores: i64,
    mebibytes: i64,
    pods: i64,
    /// Workloads that stand there.
    holds: Vec<usize>,
}

impl Room {
    fn of(node: &NodeType) -> Self {
        Self {
            millicores: node.allocatable_millicores() - AGENTS_MILLICORES,
            mebibytes: node.allocatable_mebibytes() - AGENTS_MEBIBYTES,
            // Agents take addresses too.
            pods: node.pods - 4,
            holds: Vec::new(),
        }
    }
}

/// How many pods of each workload find a place: those whose number is fixed first, then the largest.
fn place(pods: &[Pods], mut rooms: Vec<Room>, rolling: bool) -> Vec<i64> {
    let mut order: Vec<usize> = (0..pods.len()).collect();
    order.sort_by_key(|index| {
        (pods[*index].scales, -pods[*index].requests.millicores, -pods[*index].requests.mebibytes)
    });
    let mut placed = vec![0; pods.len()];
    for index in order {
        let workload = &pods[index];
        for _ in 0..workload.count + if rolling { workload.surge } else { 0 } {
            let fits = |room: &&mut Room| {
                room.millicores >= workload.requests.millicores
                    && room.mebibytes >= workload.requests.mebibytes
                    && room.pods > 0
                    && !(workload.apart && room.holds.contains(&index))
            };
            let Some(room) = rooms.iter_mut().find(fits) else { break };
            room.millicores -= workload.requests.millicores;
            room.mebibytes -= workload.requests.mebibytes;
            room.pods -= 1;
            room.holds.push(index);
            placed[index] += 1;
        }
    }
    placed
}

/// The workloads of a release at their largest number.
pub(super) fn workloads(objects: &[&Value]) -> Vec<Pods> {
    let name = |object: &Value| object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let of = |deployment: &&Value| {
        let spec = &deployment["spec"];
        let pod = &spec["template"]["spec"];
        let scaler = objects.iter().find(|object| {
            object["kind"] == "HorizontalPodAutoscaler" && object["spec"]["scaleTargetRef"]["name"] == name(deployment)
        });
        let fixed = spec["replicas"].as_i64().unwrap_or(1);
        let count = scaler.map_or(fixed, |scaler| scaler["spec"]["maxReplicas"].as_i64().unwrap_or(fixed));
        let required = &pod["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"];
        Pods {
            name: name(deployment),
            count,
            surge: share(&spec["strategy"]["rollingUpdate"]["maxSurge"], count, Rounding::Up),
            requests: Amounts::of(pod, "requests"),
            limits: Amounts::of(pod, "limits"),
            apart: required
                .as_array()
                .is_some_and(|terms| terms.iter().any(|term| term["topologyKey"] == "kubernetes.io/hostname")),
            scales: deployment["metadata"]["labels"]["app.kubernetes.io/component"] == "traffic",
        }
    };
    objects.iter().filter(|object| object["kind"] == "Deployment").map(of).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn three_m5_large_hold_seven_of_twelve_traffic_pods() {
        let capacity = seed_capacity();
        assert_eq!((capacity.traffic_pods_that_fit, capacity.traffic_pods), (7, 12));
        assert_eq!(capacity.nodes_at_maximum, Some(5));
        assert_eq!(capacity.nodes_while_rolling, Some(6));
    }

    #[test]
    fn four_pods_and_a_quarter_are_five_while_rolling_and_three_at_least() {
        assert_eq!(4 + share(&json!("25%"), 4, Rounding::Up), 5);
        assert_eq!(4 - share(&json!("25%"), 4, Rounding::Down), 3);
        assert_eq!(share(&json!(1), 4, Rounding::Up), 1);
    }

    #[test]
    fn sidecars_count_with_the_containers_and_numbers_are_quantities() {
        let asks = |cpu: serde_json::Value| json!({ "requests": { "cpu": cpu, "memory": "64Mi" } });
        let pod = json!({
            "initContainers": [
                { "name": "sidecar", "restartPolicy": "Always", "resources": asks(json!("100m")) },
                { "name": "first", "resources": asks(json!(1)) },
            ],
            "containers": [{ "name": "main", "resources": asks(json!("500m")) }],
        });
        assert_eq!(Amounts::of(&pod, "requests"), Amounts { millicores: 1100, mebibytes: 128 });
    }

    #[test]
    fn a_pod_of_two_processors_fits_no_m5_large() {
        let pods = [Pods {
            name: "traffic".to_owned(),
            count: 1,
            surge: 0,
            requests: Amounts { millicores: 2000, mebibytes: 512 },
            limits: Amounts::default(),
            apart: false,
            scales: true,
        }];
        let node = NodeType::named("m5.large").unwrap();
        assert_eq!(of_pods(&pods, &[NodeGroup { node, count: 3 }]).nodes_at_maximum, None);
    }
}
