//! TLS that the entry hands on unopened, and what lets a Gateway elsewhere read certificates.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{annotation, entries, environments, layer, named};

/// The first environment with TLS at every port, its hosts published as `controller` passes TLS through.
fn passed_through(controller: &str, more: Value) -> Result<Vec<Value>, Vec<String>> {
    let [mut values, _] = environments();
    layer(
        &mut values,
        &json!({ "gatewayGroups": { "main": { "traffic": { "ports": { "plain": { "scheme": "HTTPS" } } } } } }),
    );
    let mut ingress = json!({ "certificate": { "source": "passthrough" }, "backendTls": { "trust": "none" } });
    layer(&mut ingress, &more);
    entries(&values, controller, ingress)
}

/// The same where nothing is refused.
pub(super) fn rendered(controller: &str, more: Value) -> Vec<Value> {
    passed_through(controller, more).unwrap_or_else(|refused| panic!("{controller}: {refused:?}"))
}

fn refused(controller: &str, more: Value) -> String {
    passed_through(controller, more).expect_err("refused").join("\n")
}

#[test]
fn routes_of_openshift_pass_tls_through() {
    let objects = rendered("openshift", json!({ "allowedCidrs": ["192.0.2.0/24"] }));
    let route = named(&objects, "Route", "apim-main-manager-manager");
    assert_eq!(
        route["spec"]["tls"],
        json!({ "termination": "passthrough", "insecureEdgeTerminationPolicy": "Redirect" })
    );
    assert_eq!(annotation(route, "haproxy.router.openshift.io/ip_allowlist"), Some("192.0.2.0/24"));
    // Who cannot see a cookie is not told of one, and the router needs to read no certificate.
    let cookies = json!({ "sessionAffinity": { "mode": "cookie", "cookieName": "APIM" } });
    for object in rendered("openshift", cookies) {
        assert_eq!(annotation(&object, "router.openshift.io/cookie_name"), None);
        assert_eq!(annotation(&object, "haproxy.router.openshift.io/disable_cookies"), None);
        assert_ne!(object["kind"], "Role");
    }
}

/// The controller reads no annotation of such an Ingress but those of its HTTP port.
#[test]
fn nginx_is_told_nothing_that_it_could_not_do() {
    let objects = rendered("nginx", json!({ "backendTls": { "trust": "secret" }, "limits": { "bodyMiB": 50 } }));
    for name in ["apim-anm-management", "apim-main-traffic-plain"] {
        let object = named(&objects, "Ingress", name);
        let keys: Vec<_> = object["metadata"]["annotations"].as_object().unwrap().keys().collect();
        let expected = ["ssl-passthrough", "force-ssl-redirect", "ssl-redirect", "backend-protocol"];
        assert_eq!(keys, expected.map(|key| format!("nginx.ingress.kubernetes.io/{key}")).iter().collect::<Vec<_>>());
        assert!(object["spec"]["tls"][0].get("secretName").is_none());
    }
}

#[test]
fn a_gateway_passes_tls_through_by_the_name_that_is_asked_for() {
    let objects = rendered("gateway-api", json!({ "parent": { "listener": "tls" } }));
    let kinds = |kind: &str| objects.iter().filter(|object| object["kind"] == kind).count();
    assert_eq!(
        (kinds("TLSRoute"), kinds("HTTPRoute"), kinds("BackendTLSPolicy"), kinds("ReferenceGrant")),
        (8, 8, 0, 0)
    );
    let spec = json!({
        "parentRefs": [{ "name": "edge", "namespace": "gateways", "sectionName": "tls" }],
        "hostnames": ["anm.example.com"],
        "rules": [{ "backendRefs": [{ "name": "apim-anm", "port": 8090 }] }],
    });
    assert_eq!(named(&objects, "TLSRoute", "apim-anm-management")["spec"], spec);
    let redirect = named(&objects, "HTTPRoute", "apim-anm-management-redirect");
    assert_eq!(redirect["spec"]["parentRefs"][0]["sectionName"], "http");
}

#[test]
fn what_cannot_be_passed_through_is_refused() {
    let told = refused("alb", json!({}));
    assert!(told.contains("ingress.certificate.source: an AWS load balancer ends TLS itself"), "{told}");
    let told = refused("nginx", json!({ "allowedCidrs": ["192.0.2.0/24"] }));
    assert!(
        told.contains("gatewayGroups.main.traffic.ingress.allowedCidrs: ingress-nginx passes TLS through"),
        "{told}"
    );
    let told = refused("nginx", json!({ "adminAllowedCidrs": ["10.0.0.0/8"] }));
    assert!(told.contains("adminNodeManager.ingress.adminAllowedCidrs: ingress-nginx passes TLS through"), "{told}");
    assert!(!told.contains("traffic"), "{told}");
    let [plain, _] = environments();
    let told = entries(&plain, "openshift", json!({ "certificate": { "source": "passthrough" } })).unwrap_err();
    assert_eq!(told, ["gatewayGroups.main.hosts.plain: the port speaks no TLS that could be passed through to it"]);
}

/// A listener's certificates may stand in another namespace only where a ReferenceGrant beside them says so.
#[test]
fn a_gateway_elsewhere_is_granted_the_certificates_and_no_other_secret() {
    let [full, _] = environments();
    let of_kind = |objects: &[Value], kind: &str| -> Vec<Value> {
        objects.iter().filter(|object| object["kind"] == kind).cloned().collect()
    };
    let grants = |more: Value| of_kind(&entries(&full, "gateway-api", more).unwrap(), "ReferenceGrant");
    let names = |grants: &[Value]| -> BTreeSet<String> {
        let to = grants.iter().flat_map(|grant| grant["spec"]["to"].as_array().unwrap());
        to.map(|secret| secret["name"].as_str().unwrap().to_owned()).collect()
    };
    let made = json!({ "certificate": { "source": "certManager", "issuer": { "name": "company" } } });
    let objects = entries(&full, "gateway-api", made.clone()).unwrap();
    let of_made = of_kind(&objects, "ReferenceGrant");
    let certificates = of_kind(&objects, "Certificate");
    let secrets = certificates.iter().map(|certificate| certificate["spec"]["secretName"].as_str().unwrap().to_owned());
    assert_eq!(names(&of_made), secrets.collect());
    assert_eq!(
        named(&of_made, "ReferenceGrant", "apim-anm-certificates")["spec"],
        json!({
            "from": [{ "group": "gateway.networking.k8s.io", "kind": "Gateway", "namespace": "gateways" }],
            "to": [
                { "group": "", "kind": "Secret", "name": "apim-anm-management-tls" },
                { "group": "", "kind": "Secret", "name": "apim-anm-ui-tls" },
            ],
        })
    );
    let secret = grants(json!({ "certificate": { "source": "secret", "existingSecret": "wildcard" } }));
    assert_eq!((secret.len(), names(&secret)), (of_made.len(), BTreeSet::from(["wildcard".to_owned()])));
    // The Gateway's own certificate, and a Gateway beside the release, need none.
    assert_eq!(grants(json!({})), [0; 0]);
    for namespace in ["", "prod"] {
        let mut near = made.clone();
        layer(&mut near, &json!({ "parent": { "namespace": namespace } }));
        assert_eq!(grants(near), [0; 0], "{namespace:?}");
    }
}
