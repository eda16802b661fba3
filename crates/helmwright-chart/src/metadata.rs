//! `Chart.yaml`, in the order in which people read it.
//!
//! Must not know where the facts come from.

use serde_json::{Map, Value, json};

use crate::facts::{CHANGES, CREATED, ChartFacts, LICENSE, Maintainer, PRERELEASE};

/// The text of `Chart.yaml`.
pub(crate) fn chart_yaml(facts: &ChartFacts) -> String {
    let mut chart = Map::new();
    let mut put = |key: &str, value: Value| {
        if !is_empty(&value) {
            chart.insert(key.to_owned(), value);
        }
    };
    put("apiVersion", "v2".into());
    put("name", facts.name.clone().into());
    put("description", facts.description.clone().into());
    put("type", "application".into());
    put("version", facts.version.clone().into());
    put("appVersion", facts.app_version.clone().into());
    put("kubeVersion", facts.kube_version.clone().into());
    put("keywords", facts.keywords.clone().into());
    put("home", facts.home.clone().into());
    put("sources", facts.sources.clone().into());
    put("maintainers", facts.maintainers.iter().map(maintainer).collect());
    put("annotations", annotations(facts));
    helmwright_yaml::write(&Value::Object(chart))
}

fn maintainer(maintainer: &Maintainer) -> Value {
    let facts = [("name", &maintainer.name), ("email", &maintainer.email), ("url", &maintainer.url)];
    let said = facts.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| (key.to_owned(), Value::from(text.as_str()))).collect::<Map<_, _>>().into()
}

/// All annotations, sorted by key.
fn annotations(facts: &ChartFacts) -> Value {
    let mut all = facts.annotations.clone();
    all.insert(CREATED.to_owned(), facts.created.clone());
    if !facts.license.is_empty() {
        all.insert(LICENSE.to_owned(), facts.license.clone());
    }
    if facts.prerelease {
        all.insert(PRERELEASE.to_owned(), "true".to_owned());
    }
    if !facts.changes.is_empty() {
        let changes = facts.changes.iter();
        let changes = changes.map(|change| json!({ "kind": change.kind.word(), "description": change.description }));
        all.insert(CHANGES.to_owned(), helmwright_yaml::write(&changes.collect()));
    }
    all.into_iter().map(|(key, text)| (key, Value::from(text))).collect::<Map<_, _>>().into()
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, ChangeKind};

    #[test]
    fn all_facts_in_order() {
        let mut facts = ChartFacts::new("web", "1.2.3", "4.5", "A web service.", "2030-01-31T00:00:00Z");
        facts.kube_version = ">=1.30.0-0".to_owned();
        facts.keywords = vec!["web".to_owned()];
        facts.home = "https://example.com".to_owned();
        facts.maintainers = vec![Maintainer { name: "Team".to_owned(), email: String::new(), url: String::new() }];
        facts.license = "Apache-2.0".to_owned();
        facts.prerelease = true;
        facts.changes = vec![Change { kind: ChangeKind::Added, description: "Workers: one per queue.".to_owned() }];
        insta::assert_snapshot!(chart_yaml(&facts), @r#"
        apiVersion: v2
        name: web
        description: A web service.
        type: application
        version: "1.2.3"
        appVersion: "4.5"
        kubeVersion: ">=1.30.0-0"
        keywords:
        - web
        home: https://example.com
        maintainers:
        - name: Team
        annotations:
          artifacthub.io/changes: |
            - kind: added
              description: "Workers: one per queue."
          artifacthub.io/license: Apache-2.0
          artifacthub.io/prerelease: "true"
          org.opencontainers.image.created: "2030-01-31T00:00:00Z"
        "#);
    }
}
