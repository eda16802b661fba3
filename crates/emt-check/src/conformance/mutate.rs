//! The judge of the assertions: each number and field that one is about is changed, and the assertion has to fail.
//!
//! Limit: what an assertion does not look at is not changed.

use serde_json::{Value, json};

use super::assertion::{Assertion, Outcome, Quantifier, Test, meets, plain};
use super::path::{find, insert, remove};
use super::table::{Evidence, Row};
use crate::Rendered;

/// What the changes came to.
#[derive(Clone, Debug, Default)]
pub struct Mutants {
    /// Rows whose assertions were tried.
    pub rows: usize,
    /// Changes that were made.
    pub total: usize,
    /// Changes that an assertion did not notice, as row and assertion.
    pub survivors: Vec<String>,
}

impl Mutants {
    /// Changes that were noticed.
    #[must_use]
    pub fn killed(&self) -> usize {
        self.total - self.survivors.len()
    }
}

/// Changes what each assertion that holds is about, one by one.
#[must_use]
pub fn mutants(rendered: &Rendered<'_>) -> Mutants {
    let mut result = Mutants::default();
    for row in super::rows() {
        let before = result.total;
        for evidence in &row.evidence {
            if let Evidence::Object(assertion) = evidence.inner()
                && assertion.evaluate(rendered.objects.iter().copied()) == Outcome::Holds
            {
                try_all(row, assertion, &rendered.objects, &mut result);
            }
        }
        result.rows += usize::from(result.total > before);
    }
    result
}

fn try_all(row: &Row, assertion: &Assertion, objects: &[&Value], result: &mut Mutants) {
    let mut judge = |changed: &[Value], what: &str| {
        result.total += 1;
        if assertion.evaluate(changed) == Outcome::Holds {
            result.survivors.push(format!("{}: {assertion} ({what})", row.id));
        }
    };
    let selected: Vec<usize> = (0..objects.len()).filter(|index| assertion.selects(objects[*index])).collect();
    let all = || objects.iter().map(|object| (*object).clone()).collect::<Vec<Value>>();
    if assertion.quantifier == Quantifier::No {
        let mut changed = all();
        let labels = json!({ "app.kubernetes.io/component": assertion.component });
        changed.push(json!({ "kind": assertion.kind, "metadata": { "name": "added", "labels": labels } }));
        judge(&changed, "object added");
        return;
    }
    // Where one object is enough, all are changed at once.
    let rounds: Vec<Vec<usize>> = match assertion.quantifier {
        Quantifier::Some => vec![selected],
        _ => selected.into_iter().map(|index| vec![index]).collect(),
    };
    for round in rounds {
        if assertion.test == Test::Absent {
            let mut changed = all();
            for index in &round {
                insert(&mut changed[*index], &assertion.steps, json!("added"));
            }
            judge(&changed, "field added");
            continue;
        }
        let (mut other, mut without) = (all(), all());
        let mut is_changed = false;
        for index in &round {
            let met = find(objects[*index], &assertion.steps);
            let met = met.into_iter().filter(|(_, value)| meets(&assertion.test, value));
            // From the end, so that pointers into lists stay right.
            for (pointer, value) in met.collect::<Vec<_>>().into_iter().rev() {
                remove(&mut without[*index], &pointer);
                if let (Some(new), Some(place)) =
                    (changed_value(&assertion.test, value), other[*index].pointer_mut(&pointer))
                {
                    *place = new;
                    is_changed = true;
                }
            }
        }
        judge(&without, "field removed");
        // One object alone cannot differ from others.
        if is_changed
            && !(assertion.test == Test::Same && objects.iter().filter(|one| assertion.selects(one)).count() < 2)
        {
            judge(&other, "value changed");
        }
    }
}

/// A value near the one that meets the test, and that should not meet it.
fn changed_value(test: &Test, value: &Value) -> Option<Value> {
    Some(match (test, value) {
        (Test::Exists | Test::Absent, _) => return None,
        (Test::Equals(_) | Test::Same | Test::OneOf(_), Value::Number(number)) => json!(number.as_i64()? + 1),
        (Test::Equals(_), Value::Bool(flag)) => json!(!flag),
        (Test::AtLeast(least), Value::Number(_)) => json!(least.parse::<i64>().ok()? - 1),
        (Test::AtMost(most), Value::Number(_)) => json!(most.parse::<i64>().ok()? + 1),
        (Test::AtLeast(_), _) => json!("0"),
        (Test::AtMost(_), _) => json!("999Ti"),
        (Test::Contains(part), Value::String(text)) => json!(text.replace(part.as_str(), "")),
        (Test::Contains(part), Value::Array(list)) => {
            Value::Array(list.iter().filter(|element| plain(element) != *part).cloned().collect())
        }
        (Test::Words(count), Value::String(text)) => {
            json!(text.split([' ', ',']).take(count - 1).collect::<Vec<_>>().join(" "))
        }
        (_, other) => json!(format!("{}-changed", plain(other))),
    })
}
