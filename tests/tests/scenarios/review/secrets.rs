//! Marked secrets: their values are in no report, whatever happens to them.

use emt::Workspace;
use emt::review::{
    Review, compare, human, human_matrix, json, json_matrix, markdown, markdown_matrix, matrix, page, sarif,
};

use super::Seeded;

/// Values of Secrets: written in values, and as objects with text and with base64.
const BEFORE: &str = r#"
allowInlineSecrets: true
secrets:
  kept: { source: inline, values: { password: "MARKED-1", same: "MARKED-2" } }
  gone: { source: inline, values: { a: "MARKED-3", b: "MARKED-3", c: "MARKED-3", d: "MARKED-3", e: "MARKED-3" } }
extraObjects:
  plain: { apiVersion: v1, kind: Secret, metadata: { name: plain }, stringData: { a: "MARKED-4" } }
adminNodeManager:
  jvm: { options: ["-Djavax.net.ssl.trustStorePassword=MARKED-10"] }
  extraContainers: { x: { image: "r/x:1", env: [{ name: API_TOKEN, value: "MARKED-11" }] } }
  env: { DATABASE: "jdbc:mysql://u:MARKED-12@host/db?password=MARKED-13", OPTIONS: '-Xmx1g -Dtrust.pwd="MARKED-14"' }
"#;

const AFTER: &str = r#"
allowInlineSecrets: true
secrets:
  kept: { source: inline, values: { password: "MARKED-5", same: "MARKED-2", more: "MARKED-6" } }
  new: { source: inline, values: { password: "MARKED-7" } }
extraObjects:
  plain: { apiVersion: v1, kind: Secret, metadata: { name: plain }, stringData: { a: "MARKED-8" } }
  encoded: { apiVersion: v1, kind: Secret, metadata: { name: encoded }, data: { b: "TUFSS0VELTk=" } }
adminNodeManager:
  jvm: { options: ["-Djavax.net.ssl.trustStorePassword=MARKED-20", "-Da=b"] }
  extraContainers: { x: { image: "r/x:1", env: [{ name: API_TOKEN, value: "MARKED-21" }] } }
  env: { DATABASE: "jdbc:mysql://u:MARKED-22@host/db?password=MARKED-23", OPTIONS: '-Xmx1g -Dtrust.pwd="MARKED-24"' }
"#;

fn reports(review: &Review) -> Vec<String> {
    vec![human(review, true), markdown(review), json(review), sarif(review), page(review).unwrap()]
}

#[test]
fn a_secret_is_told_as_changed_and_never_shown() {
    let seeded = Seeded::new("dev", BEFORE, AFTER);
    let review = seeded.review("dev");
    let titles: Vec<String> = review.environments[0].objects.iter().map(|object| object.identity.title()).collect();
    for name in ["kept", "gone", "new", "plain", "encoded"] {
        assert!(titles.iter().any(|title| *title == format!("Secret {name}")), "{name}: {titles:?}");
    }
    let mut texts = reports(&review);
    assert!(texts.iter().all(|text| text.contains("Secret")), "reports of nothing hold no secret");
    assert!(texts[0].contains("data.password") && texts[0].contains("secret, changed"), "{}", texts[0]);
    for side in ["before", "values"] {
        let mut workspace = Workspace::open(seeded.directory(side)).unwrap();
        texts.extend(reports(&compare(&mut workspace, "test", "dev").unwrap()));
        texts.extend(reports(&compare(&mut workspace, "dev", "test").unwrap()));
        let matrix = matrix(&mut workspace, &[]).unwrap();
        texts.extend([human_matrix(&matrix, false), markdown_matrix(&matrix), json_matrix(&matrix)]);
    }
    for text in &texts {
        for mark in ["MARKED", "TUFSS0VE"] {
            assert!(!text.contains(mark), "{}", text.lines().find(|line| line.contains(mark)).unwrap());
        }
    }
}
