//! Helpers: by cases, of several lines, of entries; with and without parameters.

use helmwright::expression::{Expr, any, equal, greater, maximum_of, minimum, not_empty, overlay, sha256, sum_of};
use helmwright::typed::{Map, Text, block, bound, choose, fragment_helper, lines_helper, text_function, text_helper};
use helmwright::values::{PartialOf, release};
use helmwright::{fragment, text};

use crate::sample::*;
use crate::{helpers, object};

/// A label with the text of a helper.
macro_rules! label {
    ($map:ident, $text:expr) => {
        $map.map($map.fields().metadata, |map| map.map(map.fields().labels, |map| map.set_key("text", $text)))
    };
}

#[test]
fn by_cases() {
    insta::assert_snapshot!(helpers(|map, values| {
        let (line, replicas) = (&values.line, &values.replicas);
        let text = text_helper(
            "sample.text",
            "What it says.\nA second line.",
            choose::<String>(
                &[(&not_empty(line), line), (&greater(replicas, 3), &text!("{replicas} of {release::name()}"))],
                &"none",
            ),
        );
        label!(map, text);
    }));
}

#[test]
fn plain() {
    insta::assert_snapshot!(helpers(|map, values| {
        label!(map, text_helper("sample.plain", "A text.", text!("{values.line}/{values.replicas}")));
    }));
}

#[test]
fn names_inside() {
    insta::assert_snapshot!(helpers(|map, values| {
        let text = text_helper(
            "sample.names",
            "A text with a name.",
            bound("least", &minimum(&values.replicas, 5), |least| {
                choose::<String>(&[(&greater(&least, 1), &text!("{least} workers"))], &text!("{least} worker"))
            }),
        );
        label!(map, text);
    }));
}

#[test]
fn folds() {
    insta::assert_snapshot!(helpers(|map, values| {
        type Workers = std::collections::BTreeMap<WorkerName, PartialOf<WorkerValues>>;
        let workers: Expr<Workers> = Expr::new(
            helmwright::expression::Expression::Values.field("workers", helmwright::expression::ValueType::Map),
        );
        let total = sum_of("total", &workers, |inside, entry| {
            let worker = inside.bind("worker", &overlay::<WorkerValues>(&values.worker, &entry));
            inside.only_if(any([&values.enabled, &not_empty(&worker.line)]));
            worker.replicas
        });
        let most = maximum_of("total", &workers, |_, entry| overlay::<WorkerValues>(&values.worker, &entry).replicas);
        label!(map, text_helper("sample.folds", "Workers.", text!("{total} in all, {most} at most, {total}")));
    }));
}

#[test]
fn lines() {
    let build = |map: &mut helmwright::typed::MapBuilder<Queue>, values: &ValuesSymbol| {
        let file = lines_helper("sample.file", "A file.", ["worker"], |lines, (worker,): (WorkerValuesSymbol,)| {
            lines.line(text!("replicas = {worker.replicas}"));
            lines.line("");
            lines.line(text!("line = {values.line}"));
            lines.either(
                equal(&worker.line, "x"),
                |lines| lines.line("  same"),
                |lines| lines.line(text!("  other: {worker.line}")),
            );
            lines.range(["key", "value"], &values.labels, |lines, key, value| {
                lines.line(text!("{key}: {value} {worker.line}"));
            });
            lines.each("word", &values.words, |lines, word| lines.line(text!("- {word}")));
            lines.bind("again", &values.worker, |lines, again| lines.line(text!("{again.line}")));
        });
        map.map(map.fields().metadata, |map| {
            map.map(map.fields().labels, |map| {
                map.set_key("file", block(file.call((values.worker.clone(),))));
                map.set_key("hash", sha256(file.call((values.worker.clone(),))));
            });
        });
    };
    insta::assert_snapshot!("lines_called", object(build));
    insta::assert_snapshot!(helpers(build));
}

#[test]
fn entries() {
    let build = |map: &mut helmwright::typed::MapBuilder<Queue>, values: &ValuesSymbol| {
        let line = values.line.clone();
        let labels = values.labels.clone();
        let own = fragment_helper("sample.own", "Labels without parameters.", [], move |map, ()| {
            map.splice(fragment!(Map<Text> { "line": &line, ..&labels }));
        });
        let inner = own.clone();
        let line = values.line.clone();
        let labels = fragment_helper("sample.labels", "Labels.", ["name"], move |map, (name,): (Expr<WorkerName>,)| {
            map.splice(fragment!(Map<Text> {
                "name": &name,
                ..inner.call(()),
                if equal(&line, "x") { "x": text!("{name}-x"), }
                for (key, value) in &values.labels { (key): text!("{name}-{value}-{line}"), }
            }));
        });
        let rootless = text_function("sample.rootless", "A text.", ["name"], |(name,): (Expr<WorkerName>,)| {
            choose::<String>(&[], &text!("{name}!"))
        });
        let passed_on = fragment_helper(
            "sample.passedOn",
            "Labels and more.",
            ["name"],
            move |map, (name,): (Expr<WorkerName>,)| {
                map.splice(fragment!(Map<Text> { "text": rootless.call((name.clone(),)), ..labels.call((name,)) }));
            },
        );
        map.map(map.fields().metadata, |map| {
            map.map(map.fields().labels, |map| {
                map.splice(own.call(()));
                map.range(["name", "line"], &values.labels, |map, name, _| map.splice(passed_on.call((name,))));
            });
        });
    };
    insta::assert_snapshot!("entries_called", object(build));
    insta::assert_snapshot!(helpers(build));
}
