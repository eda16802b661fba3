//! The release's resources besides its pods: Secrets, the database's setup, volumes, roles, limits, tests, extra objects.
//!
//! Every object is validated for all supported Kubernetes versions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use emt_model::Values;
use emt_model::names::Registry;
use helmwright::evaluate::{Release, evaluate};
use serde_json::{Value, json};

const RELEASE: Release<'_> = Release { name: "apim", namespace: "prod", chart_version: "1.0.0", app_version: "7.7" };

/// Helm's merge, as far as these tests need it.
fn merge(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (key, value) in above {
                merge(below.entry(key).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above.clone(),
    }
}

/// The least that has to be said.
fn minimal() -> Value {
    json!({
        "adminNodeManager": {"image": {"tag": "1"}},
        "gatewayGroups": {"main": {"image": {"tag": "1"}, "cassandra": {"keyspace": "ks"}}},
        "cassandra": {"hosts": ["c1"]},
        "metricsDatabase": {"host": "db"},
        "ingress": {"enabled": false},
    })
}

fn rendered(above: Value) -> Result<Vec<Value>, Vec<String>> {
    let mut values = serde_json::to_value(Values::new(Registry::new("registry.example.com").unwrap())).unwrap();
    merge(&mut values, &minimal());
    merge(&mut values, &above);
    // What the reader refuses must not be tried here.
    serde_json::from_value::<Values>(values.clone()).unwrap();
    let objects: Vec<Value> =
        evaluate(&emt_chart::tree(), &values, &RELEASE, &mut ())?.into_iter().map(|rendered| rendered.object).collect();
    for object in &objects {
        for version in helmwright_k8s::SUPPORTED {
            let problems = helmwright_k8s::validate(object, version);
            assert!(problems.is_empty(), "{} {}: {}", object["kind"], object["metadata"]["name"], problems[0]);
        }
    }
    Ok(objects)
}

fn objects(above: Value) -> Vec<Value> {
    rendered(above).unwrap()
}

fn refused(above: Value) -> String {
    rendered(above).unwrap_err().join("\n")
}

fn of_kind<'o>(objects: &'o [Value], kind: &str) -> Vec<&'o Value> {
    objects.iter().filter(|object| object["kind"] == kind).collect()
}

fn one<'o>(objects: &'o [Value], kind: &str) -> &'o Value {
    let found = of_kind(objects, kind);
    assert_eq!(found.len(), 1, "{kind}");
    found[0]
}

/// The pod of a Deployment.
fn pod<'o>(objects: &'o [Value], name: &str) -> &'o Value {
    let found = of_kind(objects, "Deployment").into_iter().find(|object| object["metadata"]["name"] == name);
    &found.unwrap()["spec"]["template"]["spec"]
}

fn named<'o>(list: &'o Value, name: &str) -> Option<&'o Value> {
    list.as_array().unwrap().iter().find(|element| element["name"] == name)
}

fn secret(source: &str, more: Value) -> Value {
    let mut entry = json!({"source": source});
    merge(&mut entry, &more);
    json!({"secrets": {"cassandra-credentials": entry}})
}

#[test]
fn an_external_secret_reads_from_the_store() {
    let data = json!({
        "username": {"remoteKey": "apim/cassandra", "property": "user"},
        "password": {"remoteKey": "apim/cassandra-password", "property": ""},
    });
    let mut values = secret("externalSecret", json!({"data": data}));
    merge(&mut values, &json!({"secretDefaults": {"store": {"name": "vault"}}}));
    let objects = objects(values);
    let object = one(&objects, "ExternalSecret");
    assert_eq!(object["apiVersion"], "external-secrets.io/v1");
    assert_eq!(object["metadata"]["namespace"], "prod");
    assert_eq!(object["spec"]["secretStoreRef"], json!({"kind": "ClusterSecretStore", "name": "vault"}));
    assert_eq!(object["spec"]["refreshInterval"], "3600s");
    assert_eq!(object["spec"]["target"]["name"], "cassandra-credentials");
    assert_eq!(
        object["spec"]["data"],
        json!([
            {"secretKey": "password", "remoteRef": {"key": "apim/cassandra-password"}},
            {"secretKey": "username", "remoteRef": {"key": "apim/cassandra", "property": "user"}},
        ])
    );
    let message = refused(secret("externalSecret", json!({})));
    assert!(message.contains("store.name") && message.contains(".data: "), "{message}");
}

#[test]
fn a_sealed_secret_says_what_it_is_bound_to() {
    let sealed = |scope: &str| {
        secret("sealedSecret", json!({"encryptedData": {"password": "AgBy3i4OJSWK"}, "sealingScope": scope}))
    };
    for (scope, namespace, cluster) in
        [("strict", "false", "false"), ("namespaceWide", "true", "false"), ("clusterWide", "false", "true")]
    {
        let objects = objects(sealed(scope));
        let object = one(&objects, "SealedSecret");
        let annotations = &object["metadata"]["annotations"];
        assert_eq!(annotations["sealedsecrets.bitnami.com/namespace-wide"], namespace);
        assert_eq!(annotations["sealedsecrets.bitnami.com/cluster-wide"], cluster);
        assert_eq!(object["spec"]["encryptedData"]["password"], "AgBy3i4OJSWK");
    }
    assert!(refused(secret("sealedSecret", json!({}))).contains("encryptedData"));
}

#[test]
fn pods_mount_what_the_csi_driver_fetches() {
    let entries = "array:\n  - |\n    objectName: cassandra-password\n";
    let objects = objects(secret(
        "csi",
        json!({
            "data": {"password": {"remoteKey": "cassandra-password", "property": ""}},
            "provider": {
                "name": "azure",
                "parameters": {"keyvaultName": "apim"},
                "objects": entries,
                "mountedBy": {"adminNodeManager": false},
            },
        }),
    ));
    let class = one(&objects, "SecretProviderClass");
    assert_eq!(class["spec"]["provider"], "azure");
    assert_eq!(class["spec"]["parameters"], json!({"keyvaultName": "apim", "objects": entries}));
    assert_eq!(
        class["spec"]["secretObjects"],
        json!([{
            "secretName": "cassandra-credentials",
            "type": "Opaque",
            "data": [{"objectName": "cassandra-password", "key": "password"}],
        }])
    );
    let mounts = |name: &str| {
        let pod = pod(&objects, name);
        let volumes = pod["volumes"].as_array().unwrap().iter().filter(|volume| volume.get("csi").is_some()).count();
        let text = pod["containers"][0]["volumeMounts"].to_string();
        assert_eq!(volumes, text.matches("/mnt/secrets/cassandra-credentials").count());
        volumes
    };
    assert_eq!((mounts("apim-anm"), mounts("apim-main-manager"), mounts("apim-main-traffic")), (0, 1, 1));
}

#[test]
fn an_inline_value_stands_in_its_secret_alone() {
    const MARK: &str = "fake-value-for-development";
    let values = secret("inline", json!({"values": {"username": "dev", "password": MARK}}));
    assert!(refused(values.clone()).contains("allowInlineSecrets"));
    let mut allowed = values;
    merge(&mut allowed, &json!({"allowInlineSecrets": true}));
    let objects = objects(allowed);
    let holders: Vec<_> = objects.iter().filter(|object| object.to_string().contains(MARK)).collect();
    assert_eq!(holders.len(), 1);
    assert_eq!(holders[0]["kind"], "Secret");
    assert_eq!(holders[0]["stringData"]["password"], MARK);
}

#[test]
fn the_setup_job_runs_when_its_mode_says() {
    let job = |mode: &str| {
        let objects = objects(json!({"metricsDatabase": {"setup": {"mode": mode}}}));
        of_kind(&objects, "Job").first().map(|job| (*job).clone())
    };
    assert_eq!(job("none"), None);
    let hook = job("hook").unwrap();
    assert_eq!(hook["metadata"]["annotations"]["helm.sh/hook"], "pre-install,pre-upgrade");
    assert_eq!(job("argocd").unwrap()["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"], "-1");
    let plain = job("plain").unwrap();
    let keys = plain["metadata"]["annotations"].as_object().into_iter().flat_map(|annotations| annotations.keys());
    assert_eq!(keys.filter(|key| key.contains("helm.sh/") || key.contains("argocd")).count(), 0);

    let spec = &hook["spec"];
    assert_eq!(spec["ttlSecondsAfterFinished"], 86400);
    let pod = &spec["template"]["spec"];
    assert_eq!(pod["restartPolicy"], "Never");
    // A hook refers to nothing that comes with the release.
    assert!(pod.get("serviceAccountName").is_none());
    assert!(!pod.to_string().contains("configMap"));
    assert!(!pod["containers"][0]["command"][2].as_str().unwrap().contains("${"));
    let container = &pod["containers"][0];
    assert_eq!(container["image"], "registry.example.com/admin-nodemanager:1");
    assert!(!container["command"].to_string().contains("reinstall"));
    assert_eq!(container["securityContext"]["capabilities"]["drop"], json!(["ALL"]));
    assert_eq!(named(&pod["initContainers"][0]["env"], "MODE").unwrap()["value"], "strict");
    assert_eq!(named(&pod["initContainers"][0]["env"], "METRICS_DATABASE").unwrap()["value"], "db:3306");
}

#[test]
fn the_setup_job_gets_a_new_name_with_anything_that_it_is_made_of() {
    let name = |above: Value| one(&objects(above), "Job")["metadata"]["name"].as_str().unwrap().to_owned();
    let usual = name(json!({}));
    assert!(usual.starts_with("apim-dbsetup-") && usual.len() == "apim-dbsetup-".len() + 8, "{usual}");
    assert_eq!(usual, name(json!({"gatewayGroups": {"main": {"image": {"tag": "2"}}}})));
    for changed in [
        json!({"adminNodeManager": {"image": {"tag": "2"}}}),
        json!({"adminNodeManager": {"configuration": {"mode": "baked"}}}),
        json!({"metricsDatabase": {"host": "other"}}),
        json!({"podDefaults": {"nodeSelector": {"pool": "apim"}}}),
        json!({"prechecks": {"timeoutSeconds": 60}}),
    ] {
        assert_ne!(usual, name(changed.clone()), "{changed}");
    }
}

#[test]
fn the_setup_may_have_a_user_and_an_image_of_its_own() {
    let objects = objects(json!({
        "adminNodeManager": {"enabled": false},
        "topology": {"externalAdminNodeManagers": ["anm:8090"]},
        "metricsDatabase": {"setup": {
            "image": {"repository": "dbsetup", "tag": "3"},
            "credentials": {"existingSecret": "schema-owner", "usernameKey": "u", "passwordKey": "p"},
        }},
    }));
    let container = &one(&objects, "Job")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["image"], "registry.example.com/dbsetup:3");
    let password = named(&container["env"], "METRICS_DB_PASS").unwrap();
    assert_eq!(password["valueFrom"]["secretKeyRef"], json!({"name": "schema-owner", "key": "p"}));
    let untagged = json!({"metricsDatabase": {"setup": {"image": {"repository": "dbsetup"}}}});
    assert!(refused(untagged).contains("metricsDatabase.setup.image.tag"));
}

#[test]
fn a_release_without_admin_node_manager_leaves_the_schema_alone() {
    let objects = objects(json!({
        "adminNodeManager": {"enabled": false},
        "topology": {"externalAdminNodeManagers": ["anm:8090"]},
    }));
    assert!(of_kind(&objects, "Job").is_empty());
}

#[test]
fn what_a_hook_reads_exists_before() {
    let sealed = |mode: &str| {
        json!({
            "secrets": {"metrics-credentials": {"source": "sealedSecret", "encryptedData": {"password": "AgBy"}}},
            "metricsDatabase": {"setup": {"mode": mode}},
        })
    };
    assert!(refused(sealed("hook")).contains("secrets.metrics-credentials: a hook needs it earlier"));
    assert!(rendered(sealed("plain")).is_ok());
    let objects = objects(sealed("argocd"));
    assert_eq!(one(&objects, "SealedSecret")["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"], "-2");
    let login = json!({
        "secrets": {"login": {"source": "sealedSecret", "encryptedData": {".dockerconfigjson": "AgBy"}}},
        "image": {"pullSecrets": ["login"]},
    });
    assert!(refused(login).contains("secrets.login"));
}

#[test]
fn a_static_volume_is_bound_to_the_claim_of_the_release() {
    let values = json!({"events": {"storage": {
        "type": "static",
        "static": {
            "driver": "file.csi.azure.com",
            "volumeHandle": "rg#account#share",
            "attributes": {"shareName": "events"},
            "mountOptions": ["uid=1000", "gid=1000"],
            "secret": {"name": "azure-share"},
        },
    }}});
    let objects = objects(values);
    let (volume, claim) = (one(&objects, "PersistentVolume"), one(&objects, "PersistentVolumeClaim"));
    assert_eq!(volume["metadata"]["name"], "prod-apim-events");
    assert_eq!(claim["spec"]["volumeName"], "prod-apim-events");
    assert_eq!(claim["spec"]["storageClassName"], "");
    assert_eq!(volume["spec"]["storageClassName"], "");
    assert_eq!(volume["spec"]["claimRef"], json!({"namespace": "prod", "name": "apim-events"}));
    assert_eq!(volume["spec"]["capacity"]["storage"], "13Gi");
    assert_eq!(claim["spec"]["resources"]["requests"]["storage"], "13Gi");
    assert_eq!(volume["spec"]["persistentVolumeReclaimPolicy"], "Retain");
    assert_eq!(volume["spec"]["csi"]["nodeStageSecretRef"], json!({"name": "azure-share", "namespace": "prod"}));
    let events = named(&pod(&objects, "apim-anm")["volumes"], "events").unwrap();
    assert_eq!(events["persistentVolumeClaim"]["claimName"], "apim-events");
    assert!(refused(json!({"events": {"storage": {"type": "static"}}})).contains("volumeHandle"));
}

#[test]
fn log_volumes_keep_their_names_whatever_they_are() {
    let kept = json!({"logging": {"volumes": {
        "trace": {"storage": {"type": "claim"}},
        "audit": {"storage": {"type": "existing", "existingClaim": "audit-logs"}},
    }}});
    let (usual, kept) = (objects(json!({})), objects(kept));
    for objects in [&usual, &kept] {
        for name in ["apim-anm", "apim-main-manager", "apim-main-traffic"] {
            for volume in ["merge", "events", "trace", "audit"] {
                assert!(named(&pod(objects, name)["volumes"], volume).is_some(), "{name} {volume}");
            }
        }
        // The Admin Node Manager has no traffic to log.
        assert!(named(&pod(objects, "apim-anm")["volumes"], "opentraffic").is_none());
        assert!(named(&pod(objects, "apim-main-manager")["volumes"], "opentraffic").is_some());
    }
    let traffic = pod(&kept, "apim-main-traffic");
    assert_eq!(named(&traffic["volumes"], "trace").unwrap()["persistentVolumeClaim"]["claimName"], "apim-trace");
    assert_eq!(named(&traffic["volumes"], "audit").unwrap()["persistentVolumeClaim"]["claimName"], "audit-logs");
    assert_eq!(named(&traffic["volumes"], "opentraffic").unwrap()["emptyDir"]["sizeLimit"], "1Gi");
    let container = &traffic["containers"][0];
    assert_eq!(named(&container["volumeMounts"], "trace").unwrap()["subPathExpr"], "$(POD_NAME)");
    assert!(named(&container["volumeMounts"], "opentraffic").unwrap().get("subPathExpr").is_none());
    assert!(named(&container["env"], "POD_NAME").is_some());
    assert!(of_kind(&kept, "PersistentVolumeClaim").iter().any(|claim| claim["metadata"]["name"] == "apim-trace"));
    let message = refused(json!({"logging": {"volumes": {"audit": {"storage": {"type": "existing"}}}}}));
    assert!(message.contains("logging.volumes.audit"), "{message}");
}

#[test]
fn people_get_roles_that_read_no_secret_and_make_no_pod() {
    assert!(of_kind(&objects(json!({})), "Role").is_empty());
    let objects = objects(json!({"rbac": {
        "viewers": {"groups": ["apim-viewers"]},
        "operators": {"users": ["ann@example.com"], "groups": ["apim-operators"]},
    }}));
    let roles = of_kind(&objects, "Role");
    assert_eq!(roles.len(), 2);
    for role in roles {
        for rule in role["rules"].as_array().unwrap() {
            let text = rule.to_string();
            assert!(!text.contains("\"secrets\"") && !text.contains('*') && !text.contains("\"create\""), "{text}");
        }
    }
    let bindings = of_kind(&objects, "RoleBinding");
    let subjects: Vec<usize> = bindings.iter().map(|binding| binding["subjects"].as_array().unwrap().len()).collect();
    assert_eq!(subjects, [1, 2]);
    assert_eq!(bindings[1]["roleRef"]["name"], "apim-operators");
}

#[test]
fn limits_of_the_namespace_are_asked_for() {
    let none = objects(json!({}));
    assert!(of_kind(&none, "ResourceQuota").is_empty() && of_kind(&none, "LimitRange").is_empty());
    let objects = objects(json!({"namespaceDefaults": {
        "resourceQuota": {"hard": {"pods": "20", "limits.memory": "40Gi"}},
        "limitRange": {"enabled": true},
    }}));
    assert_eq!(one(&objects, "ResourceQuota")["spec"]["hard"], json!({"pods": "20", "limits.memory": "40Gi"}));
    assert_eq!(one(&objects, "LimitRange")["spec"]["limits"][0]["defaultRequest"]["memory"], "128Mi");
}

#[test]
fn helm_test_asks_every_service() {
    assert!(of_kind(&objects(json!({"tests": {"enabled": false}})), "Pod").is_empty());
    let objects = objects(json!({}));
    let pods = of_kind(&objects, "Pod");
    let names: Vec<_> = pods.iter().map(|pod| pod["metadata"]["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["apim-test", "apim-main-test"]);
    for pod in &pods {
        assert_eq!(pod["metadata"]["annotations"]["helm.sh/hook"], "test");
    }
    let env = &pods[1]["spec"]["containers"][0]["env"];
    assert_eq!(named(env, "API_MANAGER").unwrap()["value"], "apim-main-manager:8075");
    assert_eq!(named(env, "TRAFFIC").unwrap()["value"], "apim-main-traffic:8065");
    assert!(refused(json!({"tests": {"image": {"repository": "busybox"}}})).contains("tests.image.tag"));
}

#[test]
fn a_pod_monitor_names_the_exporters_port() {
    assert!(refused(json!({"monitoring": {"podMonitor": {"enabled": true}}})).contains("podMonitor.port"));
    let objects =
        objects(json!({"monitoring": {"podMonitor": {"enabled": true, "port": "metrics", "labels": {"team": "x"}}}}));
    let monitor = one(&objects, "PodMonitor");
    assert_eq!(monitor["spec"]["podMetricsEndpoints"][0]["port"], "metrics");
    assert_eq!(monitor["metadata"]["labels"]["team"], "x");
}

#[test]
fn extra_objects_pass_as_they_are() {
    let text = "{{ not a template }}\n\n";
    let object = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "mine"}, "data": {"text": text}});
    assert!(objects(json!({"extraObjects": {"mine": object.clone()}})).contains(&object));
}

/// A sidecar's request and load would blur what the autoscaler sees of the gateway.
#[test]
fn the_autoscaler_measures_the_gateway_alone_beside_others() {
    let metrics = |traffic: Value| {
        let objects = objects(json!({"gatewayGroups": {"main": {"traffic": traffic}}}));
        one(&objects, "HorizontalPodAutoscaler")["spec"]["metrics"].clone()
    };
    let target = |percentage: i64| json!({"type": "Utilization", "averageUtilization": percentage});
    let both = json!({"autoscaling": {"targetMemoryUtilizationPercentage": 80}});
    assert_eq!(
        metrics(both.clone()),
        json!([
            {"type": "Resource", "resource": {"name": "cpu", "target": target(75)}},
            {"type": "Resource", "resource": {"name": "memory", "target": target(80)}},
        ])
    );
    let mut beside = both;
    merge(&mut beside, &json!({"extraContainers": {"collector": {"image": "registry.example.com/collector:1"}}}));
    assert_eq!(
        metrics(beside),
        json!([
            {"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "traffic", "target": target(75)}},
            {"type": "ContainerResource", "containerResource": {"name": "memory", "container": "traffic", "target": target(80)}},
        ])
    );
}

/// Ports are said once: probes, the health check and the load balancer follow.
#[test]
fn a_moved_port_moves_all_that_asks_it() {
    let objects = objects(json!({
        "domain": "example.com",
        "ingress": {"enabled": true},
        "gatewayGroups": {"main": {"traffic": {"ports": {"plain": {"port": 9080, "scheme": "HTTPS"}}}}},
    }));
    let container = &pod(&objects, "apim-main-traffic")["containers"][0];
    assert_eq!(named(&container["ports"], "plain").unwrap()["containerPort"], 9080);
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        assert_eq!(container[probe]["httpGet"]["port"], "plain");
        assert_eq!(container[probe]["httpGet"]["scheme"], "HTTPS");
    }
    assert_eq!(named(&container["env"], "EMT_HEALTHCHECK_PORT").unwrap()["value"], "9080");
    let entry = of_kind(&objects, "Ingress");
    let entry = entry.iter().find(|object| object["metadata"]["name"] == "apim-main-traffic-traffic").unwrap();
    assert_eq!(entry["metadata"]["annotations"]["alb.ingress.kubernetes.io/healthcheck-port"], "9080");
    assert_eq!(entry["metadata"]["annotations"]["alb.ingress.kubernetes.io/healthcheck-protocol"], "HTTPS");
}

/// A checksum is over the files that a pod reads: what is off changes nothing.
#[test]
fn pods_roll_with_the_files_that_they_read() {
    let checksums = |settings: bool, properties: Value| {
        let group = json!({
            "envSettings": {"enabled": settings, "properties": properties}, "manager": {"jvm": {"options": ["-Xss1m"]}},
        });
        let objects = objects(json!({"gatewayGroups": {"main": group}}));
        let deployments = of_kind(&objects, "Deployment");
        let found = deployments.iter().find(|object| object["metadata"]["name"] == "apim-main-manager").unwrap();
        let annotations = found["spec"]["template"]["metadata"]["annotations"].as_object().unwrap();
        annotations
            .iter()
            .filter(|(key, _)| key.starts_with("checksum/"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Vec<_>>()
    };
    let off = checksums(false, json!({"A": "1"}));
    assert_eq!(off.len(), 1);
    assert_eq!(off, checksums(false, json!({"A": "2"})));
    let on = checksums(true, json!({"A": "1"}));
    assert_eq!(on.len(), 2);
    assert_ne!(on, checksums(true, json!({"A": "2"})));
}

/// The job runs without the product's start, which would copy the driver.
#[test]
fn the_setup_job_finds_the_merged_driver() {
    let file = json!({"apigateway/ext/lib/driver.jar": {"configMap": "driver", "key": "driver.jar"}});
    let job = |configuration: Value, image: &str| {
        let setup = json!({"image": {"repository": image, "tag": "1"}});
        let objects = objects(json!({
            "adminNodeManager": {"configuration": configuration}, "metricsDatabase": {"setup": setup},
        }));
        one(&objects, "Job")["spec"]["template"]["spec"].clone()
    };
    let paths = |pod: &Value| -> Vec<String> {
        let mounts = pod["containers"][0]["volumeMounts"].as_array().unwrap();
        mounts.iter().map(|mount| mount["mountPath"].as_str().unwrap().to_owned()).collect()
    };
    let merged = job(json!({"files": file}), "");
    assert_eq!(paths(&merged), ["/tmp", "/merge", "/merge/apigateway/ext/lib/driver.jar"]);
    let copied = job(json!({"volume": {"type": "image", "image": {"tag": "1"}}}), "");
    assert_eq!(copied["initContainers"][1]["name"], "configuration");
    // A baked configuration holds it, and so does an image of its own.
    assert_eq!(paths(&job(json!({"mode": "baked", "files": file}), "")), ["/tmp"]);
    assert_eq!(paths(&job(json!({"files": file}), "dbsetup")), ["/tmp"]);
}

/// One pod keeps apart from nothing, and writes no open traffic log.
#[test]
fn the_admin_node_manager_declares_what_it_uses() {
    let objects = objects(json!({}));
    let pod = pod(&objects, "apim-anm");
    assert!(pod.get("affinity").is_none() && pod.get("topologySpreadConstraints").is_none());
    let mounts = pod["containers"][0]["volumeMounts"].as_array().unwrap();
    for volume in pod["volumes"].as_array().unwrap() {
        assert!(mounts.iter().any(|mount| mount["name"] == volume["name"]), "{volume} is mounted nowhere");
    }
}

#[test]
fn no_two_objects_have_one_name() {
    let objects = objects(json!({
        "gatewayGroups": {"anm": {"image": {"tag": "1"}, "cassandra": {"keyspace": "ks2"}}},
        "rbac": {"viewers": {"groups": ["v"]}, "operators": {"groups": ["o"]}},
        "logging": {"volumes": {
            "trace": {"storage": {"type": "claim"}},
            "opentraffic": {"storage": {"type": "claim"}},
            "audit": {"storage": {"type": "claim"}},
        }},
    }));
    let names: BTreeSet<String> =
        objects.iter().map(|object| format!("{} {}", object["kind"], object["metadata"]["name"])).collect();
    assert_eq!(names.len(), objects.len());
}

/// Whoever looks sees every kind of object that the chart can make but Secrets; whoever deploys writes them all.
#[test]
fn roles_know_every_kind_of_the_chart() {
    let people = json!({ "groups": ["g"] });
    let objects =
        objects(json!({ "rbac": { "viewers": people.clone(), "operators": people.clone(), "deployers": people } }));
    let allowed = |role: &str, verb: &str| -> BTreeSet<String> {
        let role =
            objects.iter().find(|object| object["kind"] == "Role" && object["metadata"]["name"] == role).unwrap();
        let rules = role["rules"].as_array().unwrap().iter();
        let rules = rules.filter(|rule| rule["verbs"].as_array().unwrap().contains(&json!(verb)));
        rules
            .flat_map(|rule| {
                let resources = rule["resources"].as_array().unwrap().iter();
                resources.map(|resource| format!("{}/{}", rule["apiGroups"][0], resource).replace('"', ""))
            })
            .collect()
    };
    // Kubernetes lets nobody write a role that grants more than they hold.
    for verb in ["get", "list", "watch", "create", "update", "patch", "delete"] {
        for role in ["apim-viewers", "apim-operators"] {
            assert!(allowed(role, verb).is_subset(&allowed("apim-deployers", verb)), "{verb} of {role}");
        }
    }
    let (viewed, created) = (allowed("apim-viewers", "get"), allowed("apim-deployers", "create"));
    let impact = helmwright::impact::impact(&emt_chart::tree());
    let made: BTreeSet<&str> = impact.iter().map(|row| row.kind.as_str()).collect();
    let known = helmwright_k8s::table::kinds().filter_map(|object_type| object_type.kind);
    let kinds: Vec<_> = known.filter(|kind| made.contains(kind.kind)).collect();
    assert!(kinds.len() > 20, "{kinds:?}");
    for helmwright_k8s::table::Kind { api_version, kind } in kinds {
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        let singular = kind.to_lowercase();
        let plural = match singular.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None if singular.ends_with('s') => format!("{singular}es"),
            None => format!("{singular}s"),
        };
        let resource = format!("{group}/{plural}");
        // A volume belongs to no namespace, so that no Role can speak of it.
        if kind != "PersistentVolume" {
            assert!(created.contains(&resource), "deployers cannot make {kind}");
            assert_eq!(viewed.contains(&resource), kind != "Secret", "viewers and {kind}");
        }
    }
}

/// A version's build begins with a `+`, which no label may hold, and no label is longer than 63 characters.
#[test]
fn the_chart_of_an_object_is_a_label_whatever_the_version() {
    let label = |version: &str| {
        let mut values = serde_json::to_value(Values::new(Registry::new("registry.example.com").unwrap())).unwrap();
        merge(&mut values, &minimal());
        let release = Release { chart_version: version, ..RELEASE };
        let objects = evaluate(&emt_chart::tree(), &values, &release, &mut ()).unwrap();
        objects[0].object["metadata"]["labels"]["helm.sh/chart"].as_str().unwrap().to_owned()
    };
    assert_eq!(label("1.2.3+build.5"), "apim-emt-1.2.3_build.5");
    let long = format!("1.2.3+{}", "b".repeat(60));
    assert_eq!(label(&long), format!("apim-emt-1.2.3_{}", "b".repeat(63 - "apim-emt-1.2.3_".len())));
}
