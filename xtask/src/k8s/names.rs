//! Names of the facade's types: Kubernetes' own, unique over all groups and versions.
//!
//! Rules: `PodSpec` of `core/v1/PodSpec`; `CertificateSpecPrivateKey` of `cert-manager.io/v1/Certificate/spec/privateKey`. Of several
//! versions of one group the most stable one keeps the plain name, the others end in their version. Of several groups the
//! built-in one keeps it when it is alone, the others end in the group's first label.
//!
//! Limits: names do not depend on order, but adding a CRD may rename an older CRD's type that now shares its name.

use super::snapshot::{Snapshot, group};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};

/// Names that the facade imports from `helmwright::typed`.
pub(crate) const RESERVED: [&str; 8] = ["Boolean", "Integer", "IntOrString", "Json", "List", "Map", "Quantity", "Text"];

/// The facade's name of each type of the snapshot.
pub(crate) struct Names(BTreeMap<String, String>);

impl Names {
    /// Chooses all names.
    pub(crate) fn of(snapshot: &Snapshot) -> Result<Self> {
        let mut chosen = Names(BTreeMap::new());
        let mut shared: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for name in snapshot.types.keys() {
            shared.entry(plain(name)).or_default().push(name);
        }
        for (plain, mut names) in shared {
            names.sort_by_key(|name| std::cmp::Reverse(stability(version(name))));
            let groups: BTreeSet<&str> = names.iter().map(|name| group(name)).collect();
            let builtin = |name: &str| snapshot.types.get(name).is_some_and(|found| !found.custom);
            let builtin_groups: BTreeSet<&str> =
                names.iter().filter(|name| builtin(name)).map(|name| group(name)).collect();
            let reserved = RESERVED.contains(&plain.as_str());
            let mut taken_groups = BTreeSet::new();
            for name in names {
                let first_of_group = taken_groups.insert(group(name));
                let owns_plain = groups.len() == 1 || builtin_groups.len() == 1 && builtin_groups.contains(group(name));
                let mut facade = plain.clone();
                if !owns_plain || reserved {
                    facade.push_str(&camel(group(name).split('.').next().unwrap_or_default()));
                }
                if !first_of_group {
                    facade.push_str(&camel(version(name)));
                }
                chosen.insert(name, facade);
            }
        }
        Ok(chosen)
    }

    /// The facade's name; the snapshot's own for a name that it does not hold.
    pub(crate) fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    fn insert(&mut self, name: &str, wanted: String) {
        let mut facade = wanted.clone();
        let mut number = 2;
        while self.0.values().any(|taken| *taken == facade) {
            facade = format!("{wanted}{number}");
            number += 1;
        }
        self.0.insert(name.to_owned(), facade);
    }
}

/// `v1` of `core/v1/PodSpec`.
pub(crate) fn version(name: &str) -> &str {
    name.split('/').nth(1).unwrap_or_default()
}

fn plain(name: &str) -> String {
    name.split('/').skip(2).map(camel).collect()
}

/// `privateKey` → `PrivateKey`, `cert-manager` → `CertManager`.
fn camel(text: &str) -> String {
    let mut out = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

/// Order of API versions as Kubernetes ranks them: v2 > v1 > v1beta2 > v1alpha1.
fn stability(version: &str) -> (u8, u32, u32) {
    let rest = version.strip_prefix('v').unwrap_or(version);
    let (level, major, minor) =
        match rest.split_once("beta").map(|parts| (1, parts)).or(rest.split_once("alpha").map(|parts| (0, parts))) {
            Some((level, (major, minor))) => (level, major, minor),
            None => (2, rest, ""),
        };
    (level, major.parse().unwrap_or(0), minor.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::snapshot::Type;
    use super::*;

    #[test]
    fn shared_names_get_a_suffix() {
        let mut snapshot = Snapshot::default();
        for (name, custom) in [
            ("core/v1/Service", false),
            ("serving.knative.dev/v1/Service", true),
            ("gateway.networking.k8s.io/v1/Route/spec", true),
            ("gateway.networking.k8s.io/v1beta1/Route/spec", true),
            ("a/v1/Port", false),
            ("b/v1/Port", false),
            ("c.io/v1/Li/st", true),
        ] {
            snapshot.types.insert(name.into(), Type { custom, ..Type::default() });
        }
        let names = Names::of(&snapshot).unwrap();
        assert_eq!(names.get("core/v1/Service"), "Service");
        assert_eq!(names.get("serving.knative.dev/v1/Service"), "ServiceServing");
        assert_eq!(names.get("gateway.networking.k8s.io/v1/Route/spec"), "RouteSpec");
        assert_eq!(names.get("gateway.networking.k8s.io/v1beta1/Route/spec"), "RouteSpecV1beta1");
        assert_eq!((names.get("a/v1/Port"), names.get("b/v1/Port")), ("PortA", "PortB"));
        assert_eq!(names.get("c.io/v1/Li/st"), "LiSt");
    }

    #[test]
    fn versions_rank_as_in_kubernetes() {
        let mut all = ["v1alpha1", "v1", "v1beta2", "v2", "v1beta1"];
        all.sort_by_key(|version| std::cmp::Reverse(stability(version)));
        assert_eq!(all, ["v2", "v1", "v1beta2", "v1beta1", "v1alpha1"]);
    }
}
