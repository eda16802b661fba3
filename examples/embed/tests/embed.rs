//! The example works: values in code, objects of its own, typed objects, a chart of its own.

#![allow(clippy::unwrap_used, reason = "tests")]

#[test]
fn values_in_code_become_objects() {
    let values = embed::values("main", "1.4.2").unwrap();
    let manifests = embed::manifests(&values, "team", "team-test").unwrap();
    // Both objects of its own stand where Helm would install them.
    let place = |kind: &str| manifests.iter().position(|manifest| manifest.kind() == kind).unwrap();
    assert!(place("NetworkPolicy") < place("Deployment") && place("Deployment") < place("PodMonitor"));
    assert_eq!(embed::images(&manifests).unwrap(), ["registry.example.com/apim/gateway:1.4.2"]);
}

#[test]
fn names_are_checked_where_they_are_made() {
    assert!(embed::values("Main", "1.4.2").unwrap_err().to_string().contains("\"Main\" is not"));
    let values = embed::values("main", "1.4.2").unwrap();
    assert!(embed::manifests(&values, "Team", "team-test").unwrap_err().to_string().contains("release name"));
}

#[test]
fn its_chart_holds_its_template() {
    let home = tempfile::tempdir().unwrap();
    let chart = home.path().join("team-gateway");
    helmwright_chart::replace_directory(&chart, &embed::chart().unwrap()).unwrap();
    let policy = std::fs::read_to_string(chart.join("templates/own-networkpolicy.yaml")).unwrap();
    assert!(policy.contains("kind: NetworkPolicy"), "{policy}");
}
