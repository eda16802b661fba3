//! The objects for Argo CD and Flux, judged by the schemas of their custom resource definitions: Argo CD 3.4.13, Flux's
//! source-controller 1.8.5 and helm-controller 1.3.0, without descriptions and status.

use emt::Workspace;
use emt::gitops::{ValuesRepository, argocd, flux, values_keys};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::chart::workspace;
use crate::figures;

const SCHEMAS: [(&str, &str); 3] = [
    ("Application", include_str!("../../fixtures/gitops/Application.json")),
    ("OCIRepository", include_str!("../../fixtures/gitops/OCIRepository.json")),
    ("HelmRelease", include_str!("../../fixtures/gitops/HelmRelease.json")),
];

/// The API server drops fields that a schema does not name: here they are faults.
fn closed(schema: &mut Value) {
    if let Some(map) = schema.as_object_mut() {
        let open = map.contains_key("additionalProperties") || map.contains_key("x-kubernetes-preserve-unknown-fields");
        if map.contains_key("properties") && !open {
            map.insert("additionalProperties".to_owned(), Value::Bool(false));
        }
        map.values_mut().for_each(closed);
    } else if let Some(list) = schema.as_array_mut() {
        list.iter_mut().for_each(closed);
    }
}

fn judge(kind: &str) -> Validator {
    let text = SCHEMAS.iter().find(|(known, _)| *known == kind).unwrap_or_else(|| panic!("{kind}")).1;
    let mut schema: Value = serde_json::from_str(text).unwrap();
    closed(&mut schema);
    // Any object's metadata.
    schema["properties"]["metadata"] = json!({ "type": "object" });
    jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&schema).unwrap()
}

fn assert_fits(object: &Value) {
    let errors: Vec<String> =
        judge(object["kind"].as_str().unwrap()).iter_errors(object).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {object:#}");
}

#[test]
fn objects_fit_the_definitions_of_argo_cd_and_flux() {
    let opened = Workspace::open(workspace().join("values")).unwrap();
    let digest = format!("sha256:{}", "a".repeat(64));
    let repository = ValuesRepository {
        url: "https://git.example.com/apim/values.git".to_owned(),
        revision: "main".to_owned(),
        directory: "values".to_owned(),
    };
    let mut objects = 0;
    for (name, environment) in opened.environments() {
        for version in [format!("@{digest}"), ":0.1.0".to_owned()] {
            let chart = format!("oci://registry.example.com/charts/apim-emt{version}").parse().unwrap();
            let application = argocd(name, environment, &chart, &repository).unwrap();
            assert_fits(&application);
            let expected = version.trim_start_matches(['@', ':']);
            assert_eq!(application["spec"]["sources"][0]["targetRevision"], expected);
            let files = application["spec"]["sources"][0]["helm"]["valueFiles"].as_array().unwrap();
            let in_order: Vec<String> =
                environment.files.iter().map(|file| format!("$values/values/{}", file.as_str())).collect();
            assert_eq!(files, &in_order);
            for signed_by in [None, Some("apim-emt-cosign")] {
                let [source, release] = flux(name, environment, &chart, signed_by);
                assert_fits(&source);
                assert_fits(&release);
                assert_eq!(release["spec"]["chartRef"]["name"], source["metadata"]["name"]);
                let keys: Vec<&str> = release["spec"]["valuesFrom"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|from| from["valuesKey"].as_str().unwrap())
                    .collect();
                assert_eq!(keys, values_keys(environment).map(|(key, _)| key).collect::<Vec<_>>());
                objects += 2;
            }
            objects += 1;
        }
    }
    figures::print("gitops", "", &format!("{objects} objects fit the definitions of Argo CD and Flux"));
}

#[test]
fn the_definitions_notice_a_wrong_field() {
    let opened = Workspace::open(workspace().join("values")).unwrap();
    let (name, environment) = opened.environments().next().unwrap();
    let chart = "oci://registry.example.com/charts/apim-emt:0.1.0".parse().unwrap();
    for mut object in flux(name, environment, &chart, None) {
        let validator = judge(object["kind"].as_str().unwrap());
        object["spec"]["chartReff"] = json!({});
        assert!(!validator.is_valid(&object), "{object}");
    }
}
