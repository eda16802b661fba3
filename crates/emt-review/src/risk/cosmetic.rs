//! Cosmetic: what no other rule sees a risk in.

use super::subject::Subject;
use super::{Class, Rule};
use crate::difference::Fate;

pub(super) const RULE: Rule = Rule {
    class: Class::Cosmetic,
    what: "labels, annotations that no controller reads, monitoring, tests, and what no other rule knows",
    why: "nothing that runs notices",
    advice: "nothing to do",
    judge,
};

/// Kinds that watch and do nothing.
const MONITORING: [&str; 4] = ["ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe"];

fn judge(subject: &Subject<'_>) -> Option<String> {
    if let Some(fate) = subject.fate() {
        return match fate {
            Fate::Changed => None,
            Fate::Renamed { from } => Some(format!("it was called {from}")),
            Fate::Added => Some("it is new".to_owned()),
            Fate::Removed => Some("it is gone".to_owned()),
        };
    }
    let said = if subject.is_hook() {
        "a hook: it runs at certain moments and does not stay"
    } else if subject.at(&["metadata", "labels"]) {
        "a label"
    } else if subject.is_reordered() {
        "the same in another order"
    } else if subject.at(&["metadata", "annotations"]) {
        "an annotation that no known controller reads"
    } else if MONITORING.contains(&subject.kind()) {
        "what is measured changes"
    } else if subject.at(&["metadata", "name"]) || subject.at(&["metadata", "namespace"]) {
        "it is another object to Kubernetes"
    } else if subject.at(&["metadata"]) || subject.at(&["apiVersion"]) {
        "it is the same object"
    } else {
        "no rule knows this field: look at it"
    };
    Some(said.to_owned())
}
