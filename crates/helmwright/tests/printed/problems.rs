//! What has no faithful printed form, each with what to write instead.

use helmwright::expression::{Expr, divide, sum_of, truncate};
use helmwright::text;
use helmwright::typed::{Choices, block, choose, lines_helper, text_function, text_helper};

use crate::problems;
use crate::sample::*;

/// A label with this text.
macro_rules! label {
    ($text:expr) => {
        problems(|map, values| {
            let _ = values;
            map.map(map.fields().metadata, |map| {
                map.map(map.fields().labels, |map| map.set_key("text", $text(values)))
            });
        })
    };
}

#[test]
fn lists() {
    assert_eq!(
        problems(|map, values| {
            map.list(map.fields().workers, |list| {
                list.map(|map| map.when(&values.enabled, |map| map.set(map.fields().name, "a")));
            });
        }),
        ["queue.yaml: the first entry of a list's element is not a plain field: put a fixed field (its name) first"]
    );
}

#[test]
fn texts_by_cases() {
    let spaces = |result: &'static str| {
        label!(|values: &ValuesSymbol| text_helper(
            "sample.text",
            "A text.",
            choose::<String>(&[(&values.enabled, &result)], &"x")
        ))
    };
    let message = "sample.text: a text by cases begins or ends in white space that Go templates would trim";
    assert_eq!([spaces(" a"), spaces("a\n"), spaces("a\t")], [[message], [message], [message]]);
    assert!(spaces("a b").is_empty() && spaces("").is_empty());
}

#[test]
fn lines() {
    type Build<'a> = &'a dyn Fn(&mut helmwright::typed::Lines, &ValuesSymbol);
    let lines = |build: Build<'_>| {
        label!(|values: &ValuesSymbol| lines_helper("sample.lines", "Lines.", [], |lines, ()| build(lines, values))
            .call(()))
    };
    let begins = "sample.lines: a text of several lines begins with a condition or loop: put a fixed line first";
    assert_eq!(lines(&|lines, values| lines.when(&values.enabled, |lines| lines.line("a"))), [begins]);
    let ends = "sample.lines: a line begins or ends in white space that Go templates would trim";
    assert_eq!(lines(&|lines, _| lines.line("a ")), [ends]);
    assert_eq!(lines(&|lines, _| lines.line(" a")), [ends]);
    let empty = "sample.lines: an empty line stands at an end or before a condition or loop, where Go templates trim it: \
        put it inside or behind";
    let before = |lines: &mut helmwright::typed::Lines, values: &ValuesSymbol| {
        lines.line("a");
        lines.line("");
        lines.when(&values.enabled, |lines| lines.line("b"));
    };
    assert_eq!(lines(&before), [empty]);
    assert_eq!(lines(&|lines, _| lines.line("")), [empty]);
    let last = |lines: &mut helmwright::typed::Lines, _: &ValuesSymbol| {
        lines.line("a");
        lines.line("");
    };
    assert_eq!(lines(&last), [empty]);
    let fine = |lines: &mut helmwright::typed::Lines, values: &ValuesSymbol| {
        lines.line("a");
        lines.when(&values.enabled, |lines| {
            lines.line("");
            lines.line("  b");
        });
        lines.line("");
        lines.line(text!("{values.line}"));
    };
    assert_eq!(lines(&fine), [""; 0]);
}

#[test]
fn texts_that_may_hold_too_much() {
    assert_eq!(
        label!(|values: &ValuesSymbol| truncate(&values.line, 3)),
        ["queue.yaml: a text that may hold more than ASCII is truncated: Helm counts bytes, not characters"]
    );
    assert_eq!(
        label!(|values: &ValuesSymbol| block(helmwright::expression::to_json(&values.worker))),
        ["queue.yaml: a block may hold characters that YAML cannot carry in one: leave `block` away"]
    );
}

#[test]
fn helpers() {
    let two = problems(|map, values| {
        map.map(map.fields().metadata, |map| {
            map.map(map.fields().labels, |map| {
                map.set_key("a", text_helper("sample.text", "A text.", text!("{values.line}")));
                map.set_key("b", text_helper("sample.text", "A text.", text!("{values.line}!")));
            });
        });
    });
    assert_eq!(two, ["sample.text: two helpers have this name"]);
    let root = label!(|values: &ValuesSymbol| {
        text_function("sample.text", "A text.", ["root"], |(line,): (Expr<Line>,)| {
            Choices::<String>::from(text!("{line}"))
        })
        .call((values.line.clone(),))
    });
    assert_eq!(root, ["sample.text: a parameter is called root, which is the name of what every helper is given"]);
    let purpose =
        label!(|values: &ValuesSymbol| text_helper("sample.text", "A text */ of two.", text!("{values.line}")));
    assert_eq!(purpose, ["sample.text: a purpose holds */, which ends the comment"]);
}

#[test]
fn calculations() {
    let numbers: Expr<std::collections::BTreeMap<WorkerName, Count>> =
        Expr::new(helmwright::expression::Expression::Values.field("numbers", helmwright::expression::ValueType::Map));
    let fold = problems(|map, _| map.set(map.fields().replicas, sum_of("total", &numbers, |_, number| number)));
    assert_eq!(fold, ["queue.yaml: the fold total stands outside a helper's text: give it a text_helper"]);
    let zero = problems(|map, values| map.set(map.fields().replicas, divide(&values.replicas, 0)));
    assert_eq!(zero, ["queue.yaml: a division by zero"]);
}
