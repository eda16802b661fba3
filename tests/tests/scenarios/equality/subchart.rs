//! The chart as a part of another: the parent's `global` reaches it.

use std::fs;

use emt_tests::{HelmError, helms};
use helmwright::values::merge::layer;
use serde_json::{Value, json};

use super::compare::Comparison;
use crate::chart::{chart, chart_files};
use crate::figures::{self, listed};

/// What stands in `global` of the parent and of the chart's own values, and what the chart sees.
fn globals() -> [[Value; 3]; 5] {
    let registry = |host: &str| json!({ "imageRegistry": host });
    [
        [json!({}), json!({}), json!({})],
        [registry("parent.example.com"), json!({}), registry("parent.example.com")],
        [json!({}), registry("own.example.com"), registry("own.example.com")],
        [registry("parent.example.com"), registry("own.example.com"), registry("parent.example.com")],
        [
            json!({ "imageRegistry": "1e3", "storageClass": "fast", "list": ["on"] }),
            json!({}),
            json!({ "imageRegistry": "1e3", "storageClass": "fast", "list": ["on"] }),
        ],
    ]
}

#[test]
fn a_parent_shares_its_global() {
    let scratch = tempfile::tempdir().unwrap();
    let parent = scratch.path().join("parent");
    chart().write_below(&parent.join("charts"));
    let facts = format!(
        "apiVersion: v2\nname: parent\nversion: 1.0.0\ndependencies:\n- {{name: {}, version: \">=0.0.0-0\"}}\n",
        emt::NAME
    );
    fs::write(parent.join("Chart.yaml"), facts).unwrap();
    let file = scratch.path().join("values.yaml");
    let mut total = Comparison::default();
    let all = chart_files();
    for helm in helms() {
        for values in &all {
            for [given, own, seen] in globals() {
                let mut user = values.user.clone();
                layer(&mut user, &json!({ "global": own }));
                fs::write(&file, json!({ "global": given, (emt::NAME): user }).to_string()).unwrap();
                layer(&mut user, &json!({ "global": seen }));
                let ours = chart().evaluate("apim", "apim", &user);
                let helms = helm.template(&parent, "apim", "apim", &[&file], &[]);
                let helms = match helms {
                    Ok(rendered) => Ok(rendered.objects.into_iter().map(below_parent).collect()),
                    Err(HelmError::Refused(message)) => Err(message),
                    Err(error) => panic!("{error}"),
                };
                total.add(&format!("Helm {}, {}, global {given} over {own}", helm.version, values.name), helms, ours);
            }
        }
    }
    let each = format!("{} values x {} globals x {} Helms", all.len(), globals().len(), helms().len());
    figures::print("equality", "subchart", &format!("{each}, {total}"));
    assert!(total.is_equal(), "{}", listed(&total.differences, 20));
}

/// The object as if the chart had been rendered alone.
fn below_parent(mut object: emt_tests::Object) -> emt_tests::Object {
    if let Some((_, source)) = object.source.split_once(&format!("charts/{}/", emt::NAME)) {
        object.source = source.to_owned();
    }
    object
}
