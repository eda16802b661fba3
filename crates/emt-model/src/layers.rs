//! Which values lie over which: where templates look when nothing is set at a path.
//!
//! Must not know who asks, or what the values mean.

/// The path that templates read where nothing is set at this one.
#[must_use]
pub fn layer_below(path: &str) -> Option<String> {
    for (entries, defaults) in [("gatewayGroups.", "gatewayGroupDefaults"), ("secrets.", "secretDefaults")] {
        if let Some(inside) = path.strip_prefix(entries) {
            let (_, key) = inside.split_once('.')?;
            return Some(format!("{defaults}.{key}"));
        }
    }
    let roots = [
        ("gatewayGroupDefaults.cassandra.", "cassandra."),
        ("gatewayGroupDefaults.manager.ingress.", "ingress."),
        ("gatewayGroupDefaults.traffic.ingress.", "ingress."),
        ("adminNodeManager.ingress.", "ingress."),
    ];
    roots.iter().find_map(|(above, below)| Some(format!("{below}{}", path.strip_prefix(above)?)))
}

#[cfg(test)]
mod tests {
    use super::layer_below;

    #[test]
    fn a_group_lies_over_its_defaults_and_they_over_the_root() {
        let below = |path| layer_below(path).unwrap();
        assert_eq!(below("gatewayGroups.main.traffic.heapSizeMiB"), "gatewayGroupDefaults.traffic.heapSizeMiB");
        assert_eq!(below("gatewayGroupDefaults.traffic.ingress.exposure"), "ingress.exposure");
        assert_eq!(below("gatewayGroupDefaults.cassandra.hosts"), "cassandra.hosts");
        assert_eq!(layer_below("gatewayGroups.main"), None);
        assert_eq!(layer_below("gatewayGroupDefaults.traffic.replicas"), None);
    }
}
