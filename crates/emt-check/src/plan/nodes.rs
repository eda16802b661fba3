//! Node types, and what the kubelet leaves of a node for pods.
//!
//! Each cloud reserves by a formula of its own: Amazon EKS by that of `nodeadm`, Azure Kubernetes Service by that of 1.29 and
//! later ("Node resource reservations"), Google Kubernetes Engine by that of "Plan node sizes".

/// Who runs the nodes, and what it reserves of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Amazon EKS.
    Eks,
    /// Azure Kubernetes Service.
    Aks,
    /// Google Kubernetes Engine.
    Gke,
}

/// A type of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeType {
    /// Its name.
    pub name: &'static str,
    /// Who runs it.
    pub cloud: Cloud,
    /// Virtual processors.
    pub cores: i64,
    /// Memory that the provider names, in GiB.
    pub gibibytes: i64,
    /// Most pods: by the addresses of its network interfaces, or what the cloud allows where nothing else is said.
    pub pods: i64,
}

/// The types that a plan knows.
#[must_use]
pub fn node_types() -> &'static [NodeType] {
    const fn eks(name: &'static str, cores: i64, gibibytes: i64, pods: i64) -> NodeType {
        NodeType { name, cloud: Cloud::Eks, cores, gibibytes, pods }
    }
    // With the overlay network.
    const fn aks(name: &'static str, cores: i64, gibibytes: i64) -> NodeType {
        NodeType { name, cloud: Cloud::Aks, cores, gibibytes, pods: 250 }
    }
    const fn gke(name: &'static str, cores: i64, gibibytes: i64) -> NodeType {
        NodeType { name, cloud: Cloud::Gke, cores, gibibytes, pods: 110 }
    }
    const TYPES: &[NodeType] = &[
        eks("m5.large", 2, 8, 29),
        eks("m5.xlarge", 4, 16, 58),
        eks("m5.2xlarge", 8, 32, 58),
        eks("m6i.large", 2, 8, 29),
        eks("m6i.xlarge", 4, 16, 58),
        eks("m6i.2xlarge", 8, 32, 58),
        eks("c5.large", 2, 4, 29),
        eks("c5.xlarge", 4, 8, 58),
        eks("t3.medium", 2, 4, 17),
        eks("t3.large", 2, 8, 35),
        aks("Standard_D2s_v5", 2, 8),
        aks("Standard_D4s_v5", 4, 16),
        aks("Standard_D8s_v5", 8, 32),
        gke("e2-standard-2", 2, 8),
        gke("e2-standard-4", 4, 16),
        gke("e2-standard-8", 8, 32),
        gke("n2-standard-2", 2, 8),
        gke("n2-standard-4", 4, 16),
        gke("n2-standard-8", 8, 32),
    ];
    TYPES
}

/// No node type has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name:?} is no node type that a plan knows: {}", node_types().iter().map(|node| node.name).collect::<Vec<_>>().join(", "))]
pub struct UnknownNodeType {
    /// The name.
    pub name: String,
}

/// Memory that a node's operating system sees of a GiB that the provider names, in MiB: about 94.6 %, measured on Amazon EC2;
/// others show no less.
const VISIBLE_OF_A_GIBIBYTE: i64 = 969;
/// Memory below which the kubelet evicts pods, in MiB.
const EVICTION: i64 = 100;
/// What agents of the cluster take on each node: network, storage, logs.
pub(super) const AGENTS_MILLICORES: i64 = 200;
/// The same of memory, in MiB.
pub(super) const AGENTS_MEBIBYTES: i64 = 400;

impl NodeType {
    /// The type of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownNodeType`] with those that there are.
    pub fn named(name: &str) -> Result<&'static Self, UnknownNodeType> {
        let found = node_types().iter().find(|node| node.name == name);
        found.ok_or_else(|| UnknownNodeType { name: name.to_owned() })
    }

    /// Millicores that pods may ask for.
    #[must_use]
    pub fn allocatable_millicores(&self) -> i64 {
        let of = |first: i64, last: i64| (self.cores.min(last) - first).max(0);
        let kept = match self.cloud {
            // 6 % of the first processor, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest.
            Cloud::Eks | Cloud::Gke => (of(0, 1) * 600 + of(1, 2) * 100 + of(2, 4) * 50 + of(4, i64::MAX) * 25) / 10,
            // 60m, 100m for two processors, 140m for four, and 10m for each one beyond.
            Cloud::Aks => of(0, 1) * 60 + of(1, 2) * 40 + of(2, 4) * 20 + of(4, i64::MAX) * 10,
        };
        self.cores * 1000 - kept
    }

    /// Memory that pods may ask for, in MiB: what is seen, without what is kept and the threshold of eviction.
    #[must_use]
    pub fn allocatable_mebibytes(&self) -> i64 {
        let seen = self.gibibytes * VISIBLE_OF_A_GIBIBYTE;
        let kept = match self.cloud {
            Cloud::Eks => 255 + 11 * self.pods,
            // 20 MB for each possible pod and 50, at most a quarter.
            Cloud::Aks => (20 * self.pods + 50).min(seen / 4),
            // 25 % of the first 4 GiB, 20 % of the next 4, 10 % of the next 8, 6 % of what follows, up to 128.
            Cloud::Gke => {
                let of = |first: i64, last: i64| (self.gibibytes.min(last) - first).max(0) * 1024;
                (of(0, 4) * 25 + of(4, 8) * 20 + of(8, 16) * 10 + of(16, 128) * 6) / 100
            }
        };
        seen - kept - EVICTION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reservations_are_those_of_eks() {
        let node = NodeType::named("m5.large").unwrap();
        assert_eq!(node.allocatable_millicores(), 1930);
        assert_eq!(node.allocatable_mebibytes(), 7078);
        assert_eq!(NodeType::named("m5.xlarge").unwrap().allocatable_millicores(), 3920);
        assert!(NodeType::named("m5.tiny").unwrap_err().to_string().contains("m5.large"));
    }
    #[test]
    fn reservations_are_those_of_aks() {
        // The cloud's own table: 100, 140 and 180 of 2, 4 and 8 processors.
        for (name, kept) in [("Standard_D2s_v5", 100), ("Standard_D4s_v5", 140), ("Standard_D8s_v5", 180)] {
            let node = NodeType::named(name).unwrap();
            assert_eq!(node.allocatable_millicores(), node.cores * 1000 - kept, "{name}");
        }
        // A quarter of what is seen, and 5,050 MB where that is less.
        assert_eq!(NodeType::named("Standard_D4s_v5").unwrap().allocatable_mebibytes(), 15_504 * 3 / 4 - 100);
        assert_eq!(NodeType::named("Standard_D8s_v5").unwrap().allocatable_mebibytes(), 31_008 - 5050 - 100);
    }

    #[test]
    fn reservations_are_those_of_gke() {
        let node = NodeType::named("e2-standard-4").unwrap();
        assert_eq!(node.allocatable_millicores(), 3920);
        // 2.6 GiB are kept. The cloud's own example leaves 13,182 MiB, as more of the memory is seen there.
        assert_eq!(node.allocatable_mebibytes(), 15_504 - 2662 - 100);
    }
}
