//! One seeded change for each class of risk and each component: every object that it changes is told with its class, no
//! other object is, and the changed line is the cause.

use emt::review::{Cause, Fate, Review, State};

use super::Seeded;

pub(super) struct Seed {
    pub(super) what: &'static str,
    pub(super) environment: &'static str,
    /// The last values file before and after.
    pub(super) files: [&'static str; 2],
    /// Each changed object: class, kind and name, and what happens to it if it does not just change.
    objects: &'static [&'static str],
    /// Whether Helm prints something else that means the same.
    pub(super) respelled: bool,
}

pub(super) const SEEDS: &[Seed] = &[
    Seed {
        what: "recreate, storage: the class of the claim",
        environment: "prod",
        files: ["{}\n", "events: { storage: { className: nfs } }\n"],
        objects: &["recreate PersistentVolumeClaim apim-events"],
        respelled: false,
    },
    Seed {
        what: "recreate, storage: fewer pods, a smaller claim",
        environment: "prod",
        files: ["{}\n", "gatewayGroups: { partners: { traffic: { autoscaling: { maxReplicas: 3 } } } }\n"],
        objects: &[
            "recreate PersistentVolumeClaim apim-events",
            "capacity HorizontalPodAutoscaler apim-partners-traffic",
        ],
        respelled: false,
    },
    Seed {
        what: "data, traffic and manager: another keyspace",
        environment: "prod",
        files: ["{}\n", "gatewayGroups: { banking: { cassandra: { keyspace: apim_new } } }\n"],
        objects: &["data Deployment apim-banking-manager", "data Deployment apim-banking-traffic"],
        respelled: false,
    },
    Seed {
        what: "data, dbsetup: another metrics database",
        environment: "prod",
        files: ["{}\n", "metricsDatabase: { host: metrics-b.prod.example.com }\n"],
        objects: &[
            "data Deployment apim-anm",
            "data Deployment apim-banking-manager",
            "data Deployment apim-partners-manager",
            "data Deployment apim-banking-traffic",
            "data Deployment apim-partners-traffic",
            "data Job apim-dbsetup-, was apim-dbsetup-",
        ],
        respelled: false,
    },
    Seed {
        what: "outage, traffic: a probe",
        environment: "prod",
        files: ["{}\n", "gatewayGroups: { banking: { traffic: { probes: { readiness: { path: /ready } } } } }\n"],
        objects: &["outage Deployment apim-banking-traffic", "exposure Ingress apim-banking-traffic-traffic"],
        respelled: false,
    },
    Seed {
        what: "outage, manager: no disruption budget",
        environment: "prod",
        files: ["{}\n", "gatewayGroups: { banking: { manager: { disruptionBudget: { enabled: false } } } }\n"],
        objects: &["outage PodDisruptionBudget apim-banking-manager, gone"],
        respelled: false,
    },
    Seed {
        what: "outage, ingress: another host",
        environment: "prod",
        files: ["{}\n", "gatewayGroups: { banking: { hosts: { traffic: api } } }\n"],
        objects: &["outage Ingress apim-banking-traffic-traffic"],
        respelled: false,
    },
    Seed {
        what: "exposure, ingress: administrators from everywhere",
        environment: "prod",
        files: ["{}\n", "ingress: { adminAllowedCidrs: [10.0.0.0/8] }\n"],
        objects: &[
            "exposure Ingress apim-anm-management",
            "exposure Ingress apim-banking-manager-manager",
            "exposure Ingress apim-partners-manager-manager",
        ],
        respelled: false,
    },
    Seed {
        what: "exposure, network policies: another subnet calls",
        environment: "prod",
        files: ["{}\n", "networkPolicy: { ingressControllers: { load-balancer: { cidrs: [10.20.0.0/16] } } }\n"],
        objects: &[
            "exposure NetworkPolicy apim-anm",
            "exposure NetworkPolicy apim-banking-manager",
            "exposure NetworkPolicy apim-partners-manager",
            "exposure NetworkPolicy apim-banking-traffic",
            "exposure NetworkPolicy apim-partners-traffic",
        ],
        respelled: false,
    },
    Seed {
        what: "exposure, secrets: a Secret from a store",
        environment: "prod",
        files: [
            "{}\n",
            "secrets: { cassandra-credentials: { source: externalSecret, store: { name: vault }, data: { username: { remoteKey: cassandra, property: user }, password: { remoteKey: cassandra, property: password } } } }\n",
        ],
        objects: &[
            "exposure ExternalSecret cassandra-credentials, new",
            "cosmetic Job apim-dbsetup-, was apim-dbsetup-",
        ],
        respelled: false,
    },
    Seed {
        what: "exposure: who may look",
        environment: "prod",
        files: ["rbac: { viewers: { groups: [support] } }\n", "rbac: { viewers: { groups: [support, interns] } }\n"],
        objects: &["exposure RoleBinding apim-viewers"],
        respelled: false,
    },
    Seed {
        what: "restart, Admin Node Manager: an image",
        environment: "prod",
        files: ["{}\n", "adminNodeManager: { image: { tag: 7.7.1 } }\n"],
        objects: &[
            "data Job apim-dbsetup-, was apim-dbsetup-",
            "restart Deployment apim-anm",
            "cosmetic Pod apim-test",
        ],
        respelled: false,
    },
    Seed {
        what: "restart, traffic: a setting",
        environment: "prod",
        files: [
            "{}\n",
            "gatewayGroups: { banking: { envSettings: { properties: { BACKEND.HOST: b.example.com } } } }\n",
        ],
        objects: &[
            "restart ConfigMap apim-banking-manager",
            "restart ConfigMap apim-banking-traffic",
            "restart Deployment apim-banking-manager",
            "restart Deployment apim-banking-traffic",
        ],
        respelled: false,
    },
    Seed {
        what: "capacity, traffic: more pods",
        environment: "test",
        files: ["{}\n", "gatewayGroups: { main: { traffic: { autoscaling: { minReplicas: 3 } } } }\n"],
        objects: &["capacity HorizontalPodAutoscaler apim-main-traffic"],
        respelled: false,
    },
    Seed {
        what: "cosmetic: a label",
        environment: "dev",
        files: ["{}\n", "commonLabels: { example.com/cost-center: \"42\" }\n"],
        objects: &[
            "cosmetic ServiceAccount apim-anm",
            "cosmetic ServiceAccount apim-main-manager",
            "cosmetic ServiceAccount apim-main-traffic",
            "cosmetic Service apim-anm",
            "cosmetic Service apim-main-manager",
            "cosmetic Service apim-main-traffic",
            "cosmetic Deployment apim-anm",
            "cosmetic Deployment apim-main-manager",
            "cosmetic Deployment apim-main-traffic",
            "cosmetic Pod apim-test",
            "cosmetic Pod apim-main-test",
        ],
        respelled: false,
    },
    Seed {
        what: "a group is added",
        environment: "test",
        files: [
            "{}\n",
            "gatewayGroups: { extra: { image: { tag: a }, cassandra: { keyspace: apim_extra }, hosts: { manager: portal, traffic: calls } } }\n",
        ],
        objects: &[
            "exposure Ingress apim-extra-manager-manager, new",
            "exposure Ingress apim-extra-traffic-traffic, new",
            "capacity PersistentVolumeClaim apim-events",
            "capacity Deployment apim-extra-manager, new",
            "capacity Deployment apim-extra-traffic, new",
            "capacity HorizontalPodAutoscaler apim-extra-traffic, new",
            "cosmetic PodDisruptionBudget apim-extra-manager, new",
            "cosmetic PodDisruptionBudget apim-extra-traffic, new",
            "cosmetic ServiceAccount apim-extra-manager, new",
            "cosmetic ServiceAccount apim-extra-traffic, new",
            "cosmetic Service apim-extra-manager, new",
            "cosmetic Service apim-extra-traffic, new",
            "cosmetic Pod apim-extra-test, new",
        ],
        respelled: false,
    },
    Seed {
        what: "a group is switched off",
        environment: "prod",
        files: ["{}\n", "gatewayGroups: { partners: { enabled: false } }\n"],
        objects: &[
            "recreate PersistentVolumeClaim apim-events",
            "outage PodDisruptionBudget apim-partners-manager, gone",
            "outage PodDisruptionBudget apim-partners-traffic, gone",
            "outage Service apim-partners-manager, gone",
            "outage Service apim-partners-traffic, gone",
            "outage Deployment apim-partners-manager, gone",
            "outage Deployment apim-partners-traffic, gone",
            "outage Ingress apim-partners-manager-manager, gone",
            "outage Ingress apim-partners-traffic-traffic, gone",
            "exposure NetworkPolicy apim-anm",
            "exposure NetworkPolicy apim-test",
            "exposure NetworkPolicy apim-partners-manager, gone",
            "exposure NetworkPolicy apim-partners-traffic, gone",
            "restart ConfigMap apim-partners-manager, gone",
            "restart ConfigMap apim-partners-traffic, gone",
            "capacity HorizontalPodAutoscaler apim-partners-traffic, gone",
            "cosmetic ServiceAccount apim-partners-manager, gone",
            "cosmetic ServiceAccount apim-partners-traffic, gone",
            "cosmetic Pod apim-partners-test, gone",
        ],
        respelled: false,
    },
    Seed {
        what: "a group is renamed",
        environment: "test",
        files: [
            "gatewayGroups: { one: { image: { tag: a }, cassandra: { keyspace: k }, hosts: { manager: portal, traffic: calls } } }\n",
            "gatewayGroups: { two: { image: { tag: a }, cassandra: { keyspace: k }, hosts: { manager: portal, traffic: calls } } }\n",
        ],
        objects: &[
            "recreate Service apim-two-manager, was apim-one-manager",
            "recreate Service apim-two-traffic, was apim-one-traffic",
            "recreate Deployment apim-two-manager, was apim-one-manager",
            "recreate Deployment apim-two-traffic, was apim-one-traffic",
            "outage PodDisruptionBudget apim-two-manager, was apim-one-manager",
            "outage PodDisruptionBudget apim-two-traffic, was apim-one-traffic",
            "outage Ingress apim-two-manager-manager, was apim-one-manager-manager",
            "outage Ingress apim-two-traffic-traffic, was apim-one-traffic-traffic",
            "capacity HorizontalPodAutoscaler apim-two-traffic, was apim-one-traffic",
            "cosmetic ServiceAccount apim-two-manager, was apim-one-manager",
            "cosmetic ServiceAccount apim-two-traffic, was apim-one-traffic",
            "cosmetic Pod apim-two-test, was apim-one-test",
        ],
        respelled: false,
    },
    Seed {
        what: "lists are reordered: pull secrets have names, tolerations have none and are told",
        environment: "test",
        files: [
            "image: { pullSecrets: [a, b] }\npodDefaults: { tolerations: [{ key: a, operator: Exists }, { key: b, operator: Exists }] }\n",
            "image: { pullSecrets: [b, a] }\npodDefaults: { tolerations: [{ key: b, operator: Exists }, { key: a, operator: Exists }] }\n",
        ],
        objects: &[
            "restart Deployment apim-anm",
            "restart Deployment apim-main-manager",
            "restart Deployment apim-main-traffic",
            "cosmetic Pod apim-test",
            "cosmetic Pod apim-main-test",
            "cosmetic Job apim-dbsetup-, was apim-dbsetup-",
        ],
        respelled: false,
    },
    Seed {
        what: "a quantity is respelled",
        environment: "prod",
        files: [
            "gatewayGroups: { banking: { traffic: { resources: { requests: { cpu: \"2\", memory: 3Gi } } } } }\n",
            "gatewayGroups: { banking: { traffic: { resources: { requests: { cpu: 2000m, memory: 3072Mi } } } } }\n",
        ],
        objects: &[],
        respelled: true,
    },
];

/// A name without the hash of what the job runs, which any value of it changes.
fn unhashed(name: &str) -> &str {
    name.split_once("dbsetup-").map_or(name, |(before, _)| &name[..before.len() + "dbsetup-".len()])
}

/// Class, kind, name and fate of each object that a review tells.
fn told(review: &Review) -> Vec<String> {
    let [environment] = review.environments.as_slice() else { panic!("{review:?}") };
    assert_eq!(environment.state, State::Compared);
    let line = |object: &emt::review::ObjectReview| {
        let fate = match &object.fate {
            Fate::Added => ", new".to_owned(),
            Fate::Removed => ", gone".to_owned(),
            Fate::Changed => String::new(),
            Fate::Renamed { from } => format!(", was {}", unhashed(from)),
        };
        format!("{} {}{fate}", object.class.name(), unhashed(&object.identity.title()))
    };
    environment.objects.iter().map(line).collect()
}

#[test]
fn every_seeded_change_is_told_with_its_class_and_cause() {
    let mut wrong = Vec::new();
    for seed in SEEDS {
        let review = Seeded::new(seed.environment, seed.files[0], seed.files[1]).review(seed.environment);
        let told = told(&review);
        if told != seed.objects {
            wrong.push(format!("{}:\n{told:#?}", seed.what));
        }
        let [environment] = review.environments.as_slice() else { unreachable!() };
        for object in &environment.objects {
            for causes in object.fields.iter().map(|field| &field.causes).chain([&object.causes]) {
                if causes.contains(&Cause::Definition) {
                    wrong.push(format!("{}: no cause for {}", seed.what, object.identity.title()));
                }
            }
        }
        let is_seed = |value: &emt::review::ValueChange| value.place().unwrap().to_string().contains("seed.yaml:");
        if !environment.values.iter().all(is_seed) {
            wrong.push(format!("{}: {:#?}", seed.what, environment.values));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
