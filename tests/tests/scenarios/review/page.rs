//! The page: one file within its size, safe with any text, and used in a browser.

use emt::Workspace;
use emt::review::{Base, MOST_OF_A_COMMENT, compare, markdown, page, review};
use emt_tests::Browser;

use super::Seeded;
use crate::figures;

/// What no page may take for more than text.
const HOSTILE: &str = "</script><script>alert(1)</script><img src=x onerror=alert(2)>&\\\"'`|";

/// A change of everything in every environment.
fn large() -> emt::review::Review {
    let seeded = Seeded::new("dev", "{}\n", "{}\n");
    let values = seeded.directory("values");
    let listing = std::fs::read_to_string(values.join("environments.yaml")).unwrap();
    let with_every = |line: &str| match line.trim_start().starts_with("files:") {
        true => line.replacen(']', ", every.yaml]", 1),
        false => line.to_owned(),
    };
    let listing: Vec<String> = listing.lines().map(with_every).collect();
    std::fs::write(values.join("environments.yaml"), listing.join("\n")).unwrap();
    let every = "prechecks: { mode: none }\nsecurity: { userIds: assigned }\nlogging: { traceToFile: true }\n\
                 podDefaults: { podLabels: { a: b }, priorityClassName: high }\ncommonLabels: { c: d }\n\
                 metricsDatabase: { name: other }\ngatewayGroupDefaults: { envSettings: { enabled: true, properties: { MORE: \"1\" } } }\nnetworkPolicy: { enabled: false }\nimage: { registry: other.example.com }\n";
    std::fs::write(values.join("every.yaml"), every).unwrap();
    let mut workspace = Workspace::open(&values).unwrap();
    review(&mut workspace, Base::Directory(seeded.directory("before")), &[]).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn large_reviews_stay_within_their_size() {
    let review = large();
    let text = page(&review).unwrap();
    let comment = markdown(&review);
    let fields: usize =
        review.environments.iter().flat_map(|environment| &environment.objects).map(|object| object.fields.len()).sum();
    figures::print(
        "review",
        "size",
        &format!(
            "{fields} fields of {} environments: page {} bytes, comment {} characters",
            review.environments.len(),
            text.len(),
            comment.chars().count()
        ),
    );
    assert!(fields > 900 && review.environments.len() == 10);
    assert!(text.len() <= 500_000, "{}", text.len());
    assert!(comment.chars().count() <= MOST_OF_A_COMMENT);
    assert!(comment.contains("Left out, for a comment has no more room"), "{}", &comment[comment.len() - 300..]);
}

#[test]
fn a_page_needs_nothing_else_and_is_the_same_every_time() {
    let review = Seeded::new("prod", "{}\n", "domain: other.example.com\n").review("prod");
    let text = page(&review).unwrap();
    assert_eq!(text, page(&review).unwrap());
    for outside in ["http://", "https://", " src=", "@import", "url("] {
        assert!(!text.contains(outside), "{outside}");
    }
}

#[test]
fn values_are_text_on_a_page_and_in_a_comment() {
    let seed = format!("adminNodeManager: {{ env: {{ HOSTILE: {} }} }}\n", serde_json::json!(HOSTILE));
    let review = Seeded::new("dev", "{}\n", &seed).review("dev");
    let text = page(&review).unwrap();
    assert!(text.contains("&lt;script&gt;alert(1)"), "it is shown");
    assert!(!text.contains("<script>alert") && !text.contains("<img src=x"));
    let comment = markdown(&review);
    let fenced = comment.split("```diff").nth(1).unwrap().split("```").next().unwrap().to_owned();
    assert!(fenced.contains("<script>"), "within a fence it is code: {fenced}");
}

#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = Browser::locate() else { return };
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("review.html");
    let mut workspace = Workspace::open(super::committed()).unwrap();
    for (review, name) in [(large(), "review"), (compare(&mut workspace, "staging", "prod").unwrap(), "comparison")] {
        std::fs::write(&file, page(&review).unwrap()).unwrap();
        let visit = browser.visit(&file);
        assert_eq!(visit["problems"], serde_json::json!([]), "{name}: the console");
        assert_eq!(visit["missed"], serde_json::json!([]), "{name}: the keyboard reaches everything");
        assert_eq!(visit["unseen"], 0, "{name}: one sees where the keyboard is");
        assert_eq!(visit["toggles"], true, "{name}: the keyboard opens and closes");
        assert!(visit["stops"].as_u64().unwrap() > 20);

        let shown = |state: &str| visit[state]["shown"].as_array().unwrap().len();
        let all = usize::try_from(visit["all"]["all"].as_u64().unwrap()).unwrap();
        assert_eq!((shown("all"), shown("afterReset")), (all, all));
        assert!(visit["all"]["count"].as_str().unwrap().starts_with(&format!("{all} changed objects")));
        for filter in ["searched", "ofComponent", "ofClass"] {
            assert!((1..all).contains(&shown(filter)), "{name}: {filter} leaves {} of {all}", shown(filter));
            let count = visit[filter]["count"].as_str().unwrap();
            assert!(count.starts_with(&format!("{} of {all}", shown(filter))), "{count}");
        }
        assert_eq!(visit["foreign"], 0, "{name}: an environment's filter leaves its objects");

        for seen in visit["seen"].as_array().unwrap() {
            let how = format!("{name}, {} at {} px", seen["scheme"], seen["width"]);
            assert_eq!(seen["violations"], serde_json::json!([]), "{how}");
            assert!(seen["passes"].as_u64().unwrap() > 30, "{how}: axe-core looked at little");
            assert!(
                seen["overflow"].as_i64().unwrap() <= 0,
                "{how}: it is wider than the window by {}",
                seen["overflow"]
            );
        }
    }
}
