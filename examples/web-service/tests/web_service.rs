//! The example works: the chart is complete, the objects are right, wrong values are told.

use helmwright_k8s::{SUPPORTED, validate};
use serde_json::Value;

const VALUES: &str = "\
image: { tag: 2.4.1 }
web:
  host: shop.example.com
  nodeSelector: { disk: fast }
settings:
  banner: 'now: 20 % off'
workers:
  mail: { queue: mail.out, replicas: 3 }
  thumbs: {}
";

fn objects() -> Vec<Value> {
    let values = web_service::read(&[("shop.yaml", VALUES)]).unwrap().merged;
    web_service::render(&values, "shop", "prod").unwrap()
}

#[test]
fn all_objects_are_valid_in_every_version() {
    let objects = objects();
    assert_eq!(objects.len(), 6);
    for version in SUPPORTED {
        for object in &objects {
            assert_eq!(validate(object, version), [], "{object:#}");
        }
    }
}

#[test]
fn workers_are_laid_over_their_defaults() {
    let objects = objects();
    let worker = |name: &str| objects.iter().find(|object| object["metadata"]["name"] == name).unwrap();
    assert_eq!(worker("shop-mail")["spec"]["replicas"], 3);
    assert_eq!(worker("shop-thumbs")["spec"]["replicas"], 1);
    assert_eq!(worker("shop-thumbs")["spec"]["template"]["spec"]["containers"][0]["args"][1], "default");
    let settings = worker("shop-settings");
    assert_eq!(settings["data"]["app.properties"], "# Settings of the service.\nbanner=now: 20 % off\n");
}

#[test]
fn notes_add_the_workers_up() {
    let values = web_service::read(&[("shop.yaml", VALUES)]).unwrap().merged;
    let notes = web_service::release_notes(&values, "shop", "prod");
    assert_eq!(notes, "shop runs in the namespace prod.\nPods of all workers: 4\nOpen https://shop.example.com/");
}

#[test]
fn wrong_values_are_told_at_their_place() {
    let refused = web_service::read(&[("shop.yaml", "image: { tag: 2.4.1 }\nwokers: {}\n")]).unwrap_err();
    assert!(refused.contains("shop.yaml:2:1") && refused.contains("workers"), "{refused}");
}

#[test]
fn the_chart_is_written_to_a_directory() {
    let home = tempfile::tempdir().unwrap();
    let chart = home.path().join("chart");
    helmwright_chart::replace_directory(&chart, &web_service::chart().unwrap()).unwrap();
    let workers = std::fs::read_to_string(chart.join("templates/workers.yaml")).unwrap();
    assert!(workers.contains("{{- range $name, $entry := .Values.workers }}"), "{workers}");
}
