//! What each ingress controller is told: every need of every kind of host, answered by objects that Kubernetes takes.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a failed unwrap is a failed test, and it prints its figures"
)]

use std::cell::Cell;

use emt_chart::ingress::Need;
use helmwright_k8s::{SUPPORTED, validate};
use serde_json::Value;

#[path = "../examples/ingress_tables/table.rs"]
mod table;

use emt::model::choices::IngressController;
use table::{CONTROLLERS, HOST_KINDS, IngressTable, render};

#[test]
fn every_need_of_every_kind_of_host_is_answered_by_valid_objects() {
    let checked = Cell::new(0);
    let valid = |values: &[Value]| {
        let objects = render(values)?;
        for (object, version) in objects.iter().flat_map(|object| SUPPORTED.map(|version| (object, version))) {
            let problems = validate(object, version);
            assert!(problems.is_empty(), "{problems:?}\n{object:#}");
            checked.set(checked.get() + 1);
        }
        Ok(objects)
    };
    for controller in CONTROLLERS {
        let table = IngressTable::of(controller, &valid).unwrap();
        assert_eq!(table.cells.len(), Need::ALL.len() * HOST_KINDS.len());
        assert_eq!(table.unanswered(), [""; 0]);
    }
    println!("{} objects x versions are valid", checked.get());
    assert!(checked.get() > 1000);
}

/// Without any one of the answers that alone meet a need, the need counts as unanswered.
#[test]
fn a_cell_that_nothing_answers_is_told() {
    for (controller, kind, key, expected) in [
        (IngressController::Alb, "Ingress", "alb.ingress.kubernetes.io/ssl-policy", "MinimumTls"),
        (IngressController::Openshift, "Route", "haproxy.router.openshift.io/ip_", "AllowedCidrs"),
        (IngressController::Nginx, "Ingress", "nginx.ingress.kubernetes.io/proxy-body-size", "BodySize"),
    ] {
        let without = |values: &[Value]| {
            let mut objects = render(values)?;
            for object in objects.iter_mut().filter(|object| object["kind"] == kind) {
                object["metadata"]["annotations"].as_object_mut().unwrap().retain(|name, _| !name.starts_with(key));
            }
            Ok(objects)
        };
        let unanswered = IngressTable::of(controller, &without).unwrap().unanswered();
        assert_eq!(unanswered.len(), HOST_KINDS.len(), "{unanswered:?}");
        assert!(unanswered.iter().all(|cell| cell.contains(expected)), "{unanswered:?}");
    }
}

#[test]
fn the_pages_are_fresh() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../golden/ingress");
    for controller in CONTROLLERS {
        let page = std::fs::read_to_string(folder.join(format!("{}.md", controller.as_str()))).unwrap_or_default();
        let made = IngressTable::new(controller).unwrap().to_markdown();
        assert!(page == made, "golden/ingress/{}.md: look at what changed, cargo xtask codegen", controller.as_str());
    }
}
