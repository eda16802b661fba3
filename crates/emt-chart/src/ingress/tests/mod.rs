//! Four controllers, all needs, all kinds of host: on evaluated objects.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use emt_model::choices::IngressController;
use emt_model::names::{RESERVED_LABELS, Registry};
use emt_model::{REQUIRED, Values};
use helmwright::describe::defaults;
use helmwright::evaluate::{Release, evaluate};
use helmwright::tree::Tree;
use helmwright::values::merge::{coalesce, layer};
use helmwright_k8s::{SUPPORTED, validate};
use serde_json::{Value, json};

use super::{Answer, COLUMNS, Need, administrator_duties, annotation_keys, answers};

mod passthrough;

/// Two environments' worth of values: all ports published without TLS at one, and two groups with their own domains.
fn environments() -> [Value; 2] {
    let common = json!({
        "domain": "example.com",
        "acceptGeneralConditions": true,
        "image": { "registry": "registry.example.com" },
        "adminNodeManager": { "image": { "tag": "1" }, "ports": { "ui": { "enabled": true } }, "hosts": { "ui": "anm-ui" } },
        "cassandra": { "hosts": ["c1"], "keyspace": "ks" },
        "metricsDatabase": { "enabled": false },
    });
    let with = |more: Value| {
        let mut values = common.clone();
        layer(&mut values, &more);
        values
    };
    let open = json!({ "sample": { "enabled": true }, "secure": { "enabled": true }, "oauth": { "enabled": true } });
    let hosts = json!({ "plain": "plain", "sample": "sample", "secure": "secure", "oauth": "oauth" });
    [
        with(json!({ "gatewayGroups": { "main": {
            "image": { "tag": "1" }, "hosts": hosts, "traffic": { "ports": open },
        } } })),
        with(json!({
            "gatewayGroups": {
                "banking": { "image": { "tag": "1" } },
                "partners": { "image": { "tag": "2" }, "domain": "partners.example.org" },
            },
            "commonAnnotations": { "example.com/contact": "team" },
        })),
    ]
}

/// What each controller needs to be told before it can serve.
fn told(controller: &str) -> Value {
    match controller {
        "gateway-api" => json!({
            "controller": "gateway-api", "parent": { "name": "edge", "namespace": "gateways" }, "backendTls": { "trust": "system" },
        }),
        "openshift" => json!({
            "controller": "openshift",
            "certificate": { "source": "certManager", "issuer": { "name": "company" } },
            "backendTls": { "trust": "inline", "caCertificate": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" },
        }),
        "nginx" => json!({
            "controller": "nginx",
            "certificate": { "source": "certManager", "issuer": { "name": "company" } },
            "backendTls": { "trust": "secret", "existingSecret": "ca" },
        }),
        controller => json!({ "controller": controller }),
    }
}

static TREE: LazyLock<Tree> = LazyLock::new(crate::tree);

const RELEASE: Release<'_> = Release { name: "apim", namespace: "prod", chart_version: "0.1.0", app_version: "7.7" };

fn merged(user: &Value) -> Value {
    let defaults = defaults(&Values::new(Registry::constant("")), REQUIRED).expect("defaults");
    coalesce(&defaults, user)
}

fn objects(user: &Value) -> Result<Vec<Value>, Vec<String>> {
    let rendered = evaluate(&TREE, &merged(user), &RELEASE, &mut ())?;
    Ok(rendered.into_iter().map(|rendered| rendered.object).collect())
}

/// The objects of an environment under a controller, with further keys of `ingress`.
fn entries(environment: &Value, controller: &str, more: Value) -> Result<Vec<Value>, Vec<String>> {
    let mut values = environment.clone();
    layer(&mut values, &json!({ "ingress": told(controller) }));
    layer(&mut values, &json!({ "ingress": more }));
    let kinds = [
        "Ingress",
        "HTTPRoute",
        "TLSRoute",
        "BackendTLSPolicy",
        "ReferenceGrant",
        "Route",
        "Certificate",
        "Role",
        "RoleBinding",
    ];
    let wanted = |object: &Value| kinds.iter().any(|kind| object["kind"] == *kind);
    Ok(objects(&values)?.into_iter().filter(wanted).collect())
}

fn rendered(environment: &Value, controller: &str, more: Value) -> Vec<Value> {
    entries(environment, controller, more).unwrap_or_else(|refused| panic!("{controller}: {refused:?}"))
}

fn refused(environment: &Value, controller: &str, more: Value) -> String {
    entries(environment, controller, more).expect_err("refused").join("\n")
}

/// The one object of a kind and name.
fn named<'a>(objects: &'a [Value], kind: &str, name: &str) -> &'a Value {
    let is = |object: &&Value| object["kind"] == kind && object["metadata"]["name"] == name;
    objects.iter().find(is).unwrap_or_else(|| panic!("no {kind} {name}"))
}

fn annotation<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    object["metadata"]["annotations"].get(key)?.as_str()
}

/// Everything that intent can say, so that every conditional annotation stands.
fn everything() -> Value {
    json!({
        "sessionAffinity": { "mode": "cookie", "cookieName": "APIM" },
        "allowedCidrs": ["192.0.2.0/24", "198.51.100.0/24"],
        "limits": { "bodyMiB": 50 },
    })
}

#[test]
fn every_object_is_one_that_every_version_takes() {
    let mut checked = 0;
    for environment in environments() {
        for column in COLUMNS {
            for more in [json!({}), everything(), json!({ "httpPolicy": "drop", "minimumTlsVersion": "1.3" })] {
                for object in rendered(&environment, column.controller, more) {
                    for version in SUPPORTED {
                        let problems = validate(&object, version);
                        assert!(problems.is_empty(), "{}: {problems:?}\n{object:#}", column.controller);
                        checked += 1;
                    }
                }
            }
        }
    }
    println!("{checked} objects and versions");
    assert!(checked > 500, "{checked}");
}

#[test]
fn no_need_is_dropped() {
    let [full, _] = environments();
    for column in COLUMNS {
        let mut seen = rendered(&full, column.controller, everything());
        seen.extend(rendered(&full, column.controller, json!({})));
        if column.controller == "alb" {
            let arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a";
            let alb = json!({ "subnets": ["a", "b"], "wafAclArn": "arn:aws:wafv2:a" });
            seen.extend(rendered(&full, "alb", json!({ "certificate": { "source": "acm", "arn": arn }, "alb": alb })));
            seen.extend(rendered(&full, "alb", json!({ "alb": { "securityGroups": ["sg-1"] } })));
        }
        if column.controller == "openshift" {
            seen.extend(rendered(&full, "openshift", json!({ "adminAllowedCidrs": ["10.0.0.0/8"] })));
            let off = json!({ "sessionAffinity": { "mode": "none" } });
            seen.extend(rendered(&full, "openshift", off));
        }
        if column.certificates.contains(&"passthrough") {
            seen.extend(passthrough::rendered(column.controller, json!({})));
        }
        if column.controller == "gateway-api" {
            let secret = json!({ "certificate": { "source": "secret", "existingSecret": "wildcard" } });
            seen.extend(rendered(&full, "gateway-api", secret));
        }
        let controller: IngressController = serde_json::from_value(json!(column.controller)).expect("a word");
        for need in Need::ALL {
            let answers = answers(controller, *need);
            assert!(!answers.is_empty(), "{} says nothing of {need:?}", column.controller);
            for answer in answers {
                let stands = match answer {
                    Answer::Annotation(key) => seen.iter().any(|object| annotation(object, key).is_some()),
                    Answer::Field { kind, pointer } => {
                        seen.iter().any(|object| object["kind"] == kind && object.pointer(pointer).is_some())
                    }
                    Answer::Inherent(reason) => !reason.is_empty(),
                    Answer::Administrator(duty) => administrator_duties(controller).contains(duty),
                };
                assert!(stands, "{}: {answer:?} of {need:?} is nowhere", column.controller);
            }
        }
        for duty in column.duties {
            assert!(!duty.place.is_empty() && !duty.setting.is_empty() && !duty.reason.is_empty());
        }
    }
    let words: Vec<_> = COLUMNS.iter().map(|column| column.controller).collect();
    assert!(IngressController::WORDS.iter().all(|word| words.contains(word)));
    assert!(administrator_duties(IngressController::GatewayApi).iter().any(|duty| duty.need == Need::SessionAffinity));
}

#[test]
fn users_cannot_write_what_the_table_writes() {
    let reserved: BTreeSet<_> = RESERVED_LABELS.iter().copied().collect();
    let missing: Vec<_> = annotation_keys().into_iter().filter(|key| !reserved.contains(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn each_published_port_has_one_entry_with_its_host() {
    let [full, groups] = environments();
    let hosts = |objects: &[Value]| -> BTreeSet<String> {
        let host = |object: &Value| object["spec"]["rules"][0]["host"].as_str().map(str::to_owned);
        objects.iter().filter_map(host).collect()
    };
    let full = rendered(&full, "alb", json!({}));
    assert_eq!(full.len(), 8);
    assert_eq!(hosts(&full).len(), 8);
    let groups = entries(&groups, "alb", json!({})).unwrap();
    assert!(hosts(&groups).contains("apimgr.partners.example.org"));
    assert!(hosts(&groups).contains("apimgr.example.com"));
}

/// Trap: without a policy the AWS controller accepts TLS 1.0.
#[test]
fn aws_always_gets_a_tls_policy() {
    let [full, _] = environments();
    for (version, policy) in
        [("1.2", "ELBSecurityPolicy-TLS13-1-2-2021-06"), ("1.3", "ELBSecurityPolicy-TLS13-1-3-2021-06")]
    {
        for object in rendered(&full, "alb", json!({ "minimumTlsVersion": version })) {
            assert_eq!(annotation(&object, "alb.ingress.kubernetes.io/ssl-policy"), Some(policy));
        }
    }
}

/// Trap: on one listener there is one list, so administration has a load balancer of its own, and public ones stay apart.
#[test]
fn administration_has_a_load_balancer_of_its_own() {
    let [mut values, _] = environments();
    let ranges = json!({ "adminAllowedCidrs": ["10.10.0.0/16"] });
    let key = |objects: &[Value], name: &str, key: &str| {
        annotation(named(objects, "Ingress", name), &format!("alb.ingress.kubernetes.io/{key}")).map(str::to_owned)
    };
    layer(&mut values, &json!({ "gatewayGroupDefaults": { "traffic": { "ingress": { "exposure": "public" } } } }));
    let objects = rendered(&values, "alb", ranges.clone());
    assert_eq!(key(&objects, "apim-anm-management", "group.name").as_deref(), Some("prod-apim-admin-internal"));
    assert_eq!(key(&objects, "apim-main-manager-manager", "group.name").as_deref(), Some("prod-apim-admin-internal"));
    assert_eq!(key(&objects, "apim-main-traffic-traffic", "group.name").as_deref(), Some("prod-apim-public"));
    assert_eq!(key(&objects, "apim-anm-management", "inbound-cidrs").as_deref(), Some("10.10.0.0/16"));
    assert_eq!(key(&objects, "apim-main-traffic-traffic", "inbound-cidrs"), None);
    assert_eq!(key(&objects, "apim-main-traffic-traffic", "scheme").as_deref(), Some("internet-facing"));
    let shared = json!({ "adminLoadBalancer": "shared" });
    let objects = rendered(&values, "alb", shared.clone());
    assert_eq!(key(&objects, "apim-anm-management", "group.name").as_deref(), Some("prod-apim-internal"));
    let mut both = shared;
    layer(&mut both, &ranges);
    assert!(refused(&values, "alb", both).contains("adminNodeManager.ingress.adminLoadBalancer: "));
}

/// Trap: redirect and drop exclude each other, and each controller is told one of them.
#[test]
fn http_is_redirected_or_not_heard() {
    let [full, _] = environments();
    let redirect = rendered(&full, "alb", json!({}));
    let drop = rendered(&full, "alb", json!({ "httpPolicy": "drop" }));
    let ports =
        |objects: &[Value]| annotation(&objects[0], "alb.ingress.kubernetes.io/listen-ports").map(str::to_owned);
    assert_eq!(ports(&redirect).as_deref(), Some(r#"[{"HTTP": 80}, {"HTTPS": 443}]"#));
    assert_eq!(ports(&drop).as_deref(), Some(r#"[{"HTTPS": 443}]"#));
    assert_eq!(annotation(&drop[0], "alb.ingress.kubernetes.io/ssl-redirect"), None);
    let policy = |objects: &[Value]| {
        named(objects, "Route", "apim-anm-management")["spec"]["tls"]["insecureEdgeTerminationPolicy"].clone()
    };
    assert_eq!(policy(&rendered(&full, "openshift", json!({}))), "Redirect");
    assert_eq!(policy(&rendered(&full, "openshift", json!({ "httpPolicy": "drop" }))), "None");
    let routes = |more| {
        let objects = rendered(&full, "gateway-api", more);
        objects.iter().filter(|object| object["kind"] == "HTTPRoute").count()
    };
    assert_eq!((routes(json!({})), routes(json!({ "httpPolicy": "drop" }))), (16, 8));
}

/// Trap: OpenShift's list is separated by blanks; others by commas, and OpenShift ignores those silently.
#[test]
fn allowed_ranges_are_separated_as_the_controller_reads_them() {
    let [full, _] = environments();
    let list = |controller: &str, kind: &str, key: &str| {
        let objects = rendered(&full, controller, everything());
        annotation(named(&objects, kind, "apim-main-traffic-traffic"), key).map(str::to_owned)
    };
    let (blank, comma) = (Some("192.0.2.0/24 198.51.100.0/24"), Some("192.0.2.0/24,198.51.100.0/24"));
    assert_eq!(list("openshift", "Route", "haproxy.router.openshift.io/ip_allowlist").as_deref(), blank);
    assert_eq!(list("openshift", "Route", "haproxy.router.openshift.io/ip_whitelist").as_deref(), blank);
    assert_eq!(list("nginx", "Ingress", "nginx.ingress.kubernetes.io/whitelist-source-range").as_deref(), comma);
    assert_eq!(list("alb", "Ingress", "alb.ingress.kubernetes.io/inbound-cidrs").as_deref(), comma);
}

/// Trap: the Gateway API cannot leave the pods' certificate unchecked, nor can OpenShift's router.
#[test]
fn a_ca_is_asked_for_where_pods_are_checked() {
    let [full, _] = environments();
    for controller in ["gateway-api", "openshift"] {
        let told = refused(&full, controller, json!({ "backendTls": { "trust": "none" } }));
        assert!(told.contains("gatewayGroups.main.traffic.ingress.backendTls.trust: "), "{told}");
    }
    let trust = json!({ "backendTls": { "trust": "configMap", "existingConfigMap": "ca" } });
    let objects = rendered(&full, "gateway-api", trust);
    let policy = named(&objects, "BackendTLSPolicy", "apim-anm-management");
    assert_eq!(policy["spec"]["validation"]["caCertificateRefs"][0]["name"], "ca");
    assert_eq!(policy["spec"]["validation"]["hostname"], "anm.example.com");
    assert_eq!(policy["spec"]["targetRefs"][0]["sectionName"], "management");
    // A port that speaks no TLS has no policy.
    assert!(
        !objects
            .iter()
            .any(|object| object["metadata"]["name"] == "apim-main-traffic-plain"
                && object["kind"] == "BackendTLSPolicy")
    );
}

/// Trap: AWS takes no comma at the end of attributes, and stickiness needs targets by address.
#[test]
fn aws_attributes_are_a_list_without_an_end() {
    let [full, _] = environments();
    let objects = rendered(&full, "alb", json!({ "alb": { "attributes": { "access_logs.s3.enabled": "true" } } }));
    let list = |name: &str, key: &str| {
        let object = named(&objects, "Ingress", name);
        let text = annotation(object, &format!("alb.ingress.kubernetes.io/{key}"));
        text.map(|text| text.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(
        list("apim-anm-management", "load-balancer-attributes").unwrap(),
        ["routing.http2.enabled=false", "access_logs.s3.enabled=true", "idle_timeout.timeout_seconds=60"]
    );
    let cookie =
        ["stickiness.enabled=true", "stickiness.type=lb_cookie", "stickiness.lb_cookie.duration_seconds=43200"];
    assert_eq!(list("apim-main-manager-manager", "target-group-attributes").unwrap(), cookie);
    assert_eq!(list("apim-main-manager-manager", "target-type").unwrap(), ["ip"]);
    assert_eq!(list("apim-main-traffic-traffic", "target-group-attributes"), None);
}

/// S1-239: clients of API Manager and the Admin Node Manager stay with one pod, callers of APIs need not.
#[test]
fn administration_keeps_its_clients() {
    let [full, _] = environments();
    let objects = rendered(&full, "nginx", json!({}));
    let affinity = |name: &str| {
        annotation(named(&objects, "Ingress", name), "nginx.ingress.kubernetes.io/affinity").map(str::to_owned)
    };
    assert_eq!(affinity("apim-anm-management").as_deref(), Some("cookie"));
    assert_eq!(affinity("apim-main-manager-manager").as_deref(), Some("cookie"));
    assert_eq!(affinity("apim-main-traffic-traffic"), None);
    let objects = rendered(&full, "openshift", json!({}));
    let off = |name: &str| {
        annotation(named(&objects, "Route", name), "haproxy.router.openshift.io/disable_cookies").map(str::to_owned)
    };
    assert_eq!((off("apim-main-manager-manager"), off("apim-main-traffic-traffic").as_deref()), (None, Some("true")));
}

#[test]
fn openshifts_router_may_read_the_certificates_and_no_other_secret() {
    let [full, _] = environments();
    let objects = rendered(&full, "openshift", json!({}));
    let names = |role: &str| named(&objects, "Role", role)["rules"][0]["resourceNames"].clone();
    assert_eq!(names("apim-main-manager-router"), json!(["apim-main-manager-manager-tls"]));
    let secret = json!({ "certificate": { "source": "secret", "existingSecret": "wildcard" } });
    let objects = rendered(&full, "openshift", secret);
    assert_eq!(named(&objects, "Role", "apim-anm-router")["rules"][0]["resourceNames"], json!(["wildcard"]));
    assert!(!objects.iter().any(|object| object["kind"] == "Certificate"));
}

#[test]
fn a_host_is_claimed_once() {
    let [full, groups] = environments();
    let mut same = groups.clone();
    layer(&mut same, &json!({ "gatewayGroups": { "partners": { "domain": "" } } }));
    let told = refused(&same, "alb", json!({}));
    assert!(
        told.contains("gatewayGroups.banking.hosts.traffic: another port claims the host apimgr.example.com"),
        "{told}"
    );
    assert!(told.contains("gatewayGroups.partners.hosts.manager: "), "{told}");
    let mut inside = full.clone();
    layer(&mut inside, &json!({ "gatewayGroups": { "main": { "hosts": { "oauth": "anm" } } } }));
    let told = refused(&inside, "alb", json!({}));
    assert!(told.contains("adminNodeManager.hosts.management: ") && told.contains("main.hosts.oauth: "), "{told}");
    // The same label in two domains is two hosts; a group or manager that is off claims none.
    entries(&groups, "alb", json!({})).unwrap();
    layer(&mut same, &json!({ "gatewayGroups": { "partners": { "enabled": false } } }));
    entries(&same, "alb", json!({})).unwrap();
}

#[test]
fn what_cannot_be_published_is_refused_with_its_place() {
    let [full, _] = environments();
    let mut closed = full.clone();
    layer(
        &mut closed,
        &json!({ "gatewayGroups": { "main": { "traffic": { "ports": { "oauth": { "enabled": false } } } } } }),
    );
    assert!(refused(&closed, "alb", json!({})).contains("gatewayGroups.main.hosts.oauth: the port"));
    let mut nowhere = full.clone();
    layer(&mut nowhere, &json!({ "domain": "" }));
    assert!(refused(&nowhere, "alb", json!({})).starts_with("domain: "));
    let cases = [
        ("alb", json!({ "exposure": "public" }), "adminNodeManager.ingress.adminAllowedCidrs: "),
        ("nginx", json!({ "exposure": "public" }), "gatewayGroups.main.manager.ingress.adminAllowedCidrs: "),
        (
            "alb",
            json!({ "certificate": { "source": "secret", "existingSecret": "a" } }),
            "ingress.certificate.source: ",
        ),
        ("alb", json!({ "certificate": { "source": "acm" } }), "ingress.certificate.arn: "),
        ("alb", json!({ "backendTls": { "trust": "system" } }), "ingress.backendTls.trust: "),
        (
            "alb",
            json!({ "alb": { "securityGroups": ["sg-1"] }, "allowedCidrs": ["192.0.2.0/24"] }),
            "ingress.alb.securityGroups: ",
        ),
        ("nginx", json!({ "certificate": { "source": "acm" } }), "ingress.certificate.source: "),
        ("nginx", json!({ "certificate": { "issuer": { "name": "" } } }), "ingress.certificate.issuer.name: "),
        ("nginx", json!({ "backendTls": { "existingSecret": "" } }), "ingress.backendTls.existingSecret: "),
        ("gateway-api", json!({ "parent": { "name": "" } }), "ingress.parent.name: "),
        ("gateway-api", json!({ "backendTls": { "trust": "configMap" } }), "ingress.backendTls.existingConfigMap: "),
        ("openshift", json!({ "backendTls": { "caCertificate": "" } }), "ingress.backendTls.caCertificate: "),
    ];
    for (controller, more, place) in cases {
        let told = refused(&full, controller, more.clone());
        assert!(told.contains(place), "{controller} {more}: {told}");
    }
    // With security groups of the user's, AWS is guarded.
    rendered(&full, "alb", json!({ "exposure": "public", "alb": { "securityGroups": ["sg-1"] } }));
}

#[test]
fn without_ingress_nothing_is_published_and_no_domain_is_needed() {
    let [mut full, _] = environments();
    layer(&mut full, &json!({ "domain": "" }));
    assert!(rendered(&full, "alb", json!({ "enabled": false })).is_empty());
}

/// What no object can say is said where an installation ends, with the warning of a controller that is retired.
#[test]
fn notes_tell_what_is_left_to_the_administrator() {
    let [full, _] = environments();
    for column in COLUMNS {
        let mut user = full.clone();
        layer(&mut user, &json!({ "ingress": told(column.controller) }));
        let notes = helmwright::evaluate::notes(&TREE, &merged(&user), &RELEASE, &mut ());
        for known in COLUMNS {
            for duty in known.duties {
                let said = notes.contains(&format!("- {}: {}", duty.place, duty.setting));
                assert_eq!(said, known.controller == column.controller, "{}: {duty:?}", column.controller);
            }
        }
        assert_eq!(notes.contains("ingress-nginx is retired"), column.controller == "nginx");
        assert!(notes.contains("The events volume has 13Gi. It never shrinks"), "{notes}");
    }
}

/// Each component may have a controller of its own: the notes follow those that publish something.
#[test]
fn notes_follow_every_controller_in_use() {
    let controllers = |more: Value| -> Vec<&str> {
        let [mut full, _] = environments();
        layer(&mut full, &more);
        let notes = helmwright::evaluate::notes(&TREE, &merged(&full), &RELEASE, &mut ());
        let told = |controller: &&str| notes.contains(&format!("no object of the release can say it ({controller}):"));
        COLUMNS.iter().map(|column| column.controller).filter(told).collect()
    };
    let of = |component: &str, ingress: Value| match component {
        "adminNodeManager" => json!({ "adminNodeManager": { "ingress": ingress } }),
        component => json!({ "gatewayGroups": { "main": { component: { "ingress": ingress } } } }),
    };
    assert_eq!(controllers(json!({})), ["alb"]);
    assert_eq!(controllers(json!({ "ingress": { "enabled": false } })), [""; 0]);
    for component in ["adminNodeManager", "manager", "traffic"] {
        assert_eq!(controllers(of(component, json!({ "controller": "nginx" }))), ["alb", "nginx"], "{component}");
        let mut alone = of(component, json!({ "enabled": true, "controller": "nginx" }));
        layer(&mut alone, &json!({ "ingress": { "enabled": false } }));
        assert_eq!(controllers(alone), ["nginx"], "{component}");
    }
    // The root's controller publishes nothing where every component has another.
    let nginx = json!({ "ingress": { "controller": "nginx" } });
    let all = json!({ "adminNodeManager": nginx, "gatewayGroupDefaults": { "manager": nginx, "traffic": nginx } });
    assert_eq!(controllers(all), ["nginx"]);
}
