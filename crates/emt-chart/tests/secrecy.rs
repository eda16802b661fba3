//! Every value that the content of a Secret is made of is known as one that nobody is shown.

use emt_model::secrecy::{is_secret, is_secret_key, may_lead_to_secrets};
use helmwright::impact::{Row, Segment, impact};
use serde_json::Value;

#[test]
fn what_secrets_are_made_of_is_known() {
    let rows = impact(&emt_chart::tree());
    let is_content = |row: &&Row| {
        row.kind == "Secret" && matches!(row.field.0.first(), Some(Segment::Key(key)) if is_secret_key(key))
    };
    // Which keys there are is no secret.
    let content: Vec<&String> =
        rows.iter().filter(is_content).flat_map(|row| &row.content).filter(|path| !path.ends_with("~key")).collect();
    assert!(!content.is_empty());
    for path in content {
        let steps: Vec<&str> = path.split('.').collect();
        assert!(is_secret(&Value::Null, &steps), "{path} is shown");
        assert!(may_lead_to_secrets(steps[0]), "{path} is looked for nowhere");
    }
}

#[test]
fn objects_that_stand_whole_in_the_values_are_known() {
    let rows = impact(&emt_chart::tree());
    let whole = rows.iter().filter(|row| row.kind == Row::ANY_KIND).flat_map(|row| &row.content);
    let roots: Vec<&str> = whole.filter_map(|path| path.split('.').next()).collect();
    assert!(!roots.is_empty());
    assert!(roots.iter().all(|root| may_lead_to_secrets(root)), "{roots:?}");
}
