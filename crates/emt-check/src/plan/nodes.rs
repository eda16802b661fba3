//! Node types, and what the kubelet leaves of a node for pods.
//!
//! Limit: Amazon EKS alone; its formula is that of `nodeadm`. Other clouds reserve by other formulas.

/// A type of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeType {
    /// Its name.
    pub name: &'static str,
    /// Virtual processors.
    pub cores: i64,
    /// Memory that the provider names, in GiB.
    pub gibibytes: i64,
    /// Most pods, by the addresses of its network interfaces.
    pub pods: i64,
}

/// The types that a plan knows.
#[must_use]
pub fn node_types() -> &'static [NodeType] {
    const fn node(name: &'static str, cores: i64, gibibytes: i64, pods: i64) -> NodeType {
        NodeType { name, cores, gibibytes, pods }
    }
    const TYPES: &[NodeType] = &[
        node("m5.large", 2, 8, 29),
        node("m5.xlarge", 4, 16, 58),
        node("m5.2xlarge", 8, 32, 58),
        node("m6i.large", 2, 8, 29),
        node("m6i.xlarge", 4, 16, 58),
        node("m6i.2xlarge", 8, 32, 58),
        node("c5.large", 2, 4, 29),
        node("c5.xlarge", 4, 8, 58),
        node("t3.medium", 2, 4, 17),
        node("t3.large", 2, 8, 35),
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

/// Memory that a node's operating system sees of a GiB that the provider names, in MiB: about 94.6 %.
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

    /// Millicores that pods may ask for: 6 % of the first processor are kept, 1 % of the second, 0.5 % of the next two,
    /// 0.25 % of the rest.
    #[must_use]
    pub fn allocatable_millicores(&self) -> i64 {
        let of = |first: i64, last: i64| (self.cores.min(last) - first).max(0);
        let kept = of(0, 1) * 600 + of(1, 2) * 100 + of(2, 4) * 50 + of(4, i64::MAX) * 25;
        self.cores * 1000 - kept / 10
    }

    /// Memory that pods may ask for, in MiB: 255 and 11 for each possible pod are kept, and the threshold of eviction.
    #[must_use]
    pub fn allocatable_mebibytes(&self) -> i64 {
        self.gibibytes * VISIBLE_OF_A_GIBIBYTE - (255 + 11 * self.pods) - EVICTION
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
}
