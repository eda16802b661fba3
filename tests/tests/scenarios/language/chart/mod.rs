//! The language chart: every function, node, control and helper of the engine, in a few files.

mod functions;
mod nodes;
mod texts;
mod workers;

use helmwright::expression::{Expr, not_empty};
use helmwright::tree::Tree;
use helmwright::typed::{Fragment, FragmentHelper, Map, Text, choose, fragment_helper, text_helper};
use helmwright::values::{Name, release, values};
use helmwright::{fragment, text};

use super::kinds::Metadata;
use super::values::{LanguageValues, LanguageValuesSymbol, Line, Word};

/// The chart's name.
pub(super) const NAME: &str = "language";

/// What the files share.
pub(super) struct Common {
    /// The chart's values.
    values: LanguageValuesSymbol,
    /// A helper without parameters.
    fullname: Expr<Name>,
    /// A helper with parameters that reads the root.
    labels: FragmentHelper<(Expr<Word>, Expr<Line>), Map<Text>>,
    /// Another without parameters.
    annotations: FragmentHelper<(), Map<Text>>,
}

impl Common {
    fn new(values: LanguageValuesSymbol) -> Self {
        let fullname = text_helper(
            "language.fullname",
            "What names begin with.",
            choose::<Name>(&[(&not_empty(&values.part), &text!("r-{values.part}"))], &text!("l-{release::name()}")),
        );
        let more = values.more.clone();
        let name = fullname.clone();
        let labels = fragment_helper(
            "language.labels",
            "Labels of every object.\nThe second line of its purpose.",
            ["component", "title"],
            move |map, (component, title): (Expr<Word>, Expr<Line>)| {
                map.splice(fragment!(Map<Text> {
                    "app": &name,
                    "component": component,
                    "title": title,
                    "chart": text!("{NAME}-{release::chart_version()}"),
                    "application": release::app_version(),
                    "managed-by": release::service(),
                    ..&more,
                }));
            },
        );
        let values_again = values.clone();
        let annotations = fragment_helper("language.annotations", "Annotations.", [], move |map, ()| {
            map.splice(fragment!(Map<Text> {
                if &values_again.other { "line": &values_again.line, } else { "sign": &values_again.sign, }
            }));
        });
        Self { values, fullname, labels, annotations }
    }

    fn metadata(&self, name: &'static str) -> Fragment<Metadata> {
        let (fullname, line) = (&self.fullname, &self.values.line);
        fragment!(Metadata {
            name: text!("{fullname}-{name}"),
            namespace: release::namespace(),
            labels: self.labels.call((self.values.word.clone(), line.clone())),
            annotations: self.annotations.call(()),
        })
    }
}

/// The one definition.
pub(super) fn tree() -> Tree {
    let common = Common::new(values::<LanguageValues>());
    let mut files = vec![functions::file(&common)];
    files.extend(nodes::files(&common));
    files.extend(texts::files(&common));
    files.push(workers::file(&common));
    Tree { files, notes: texts::notes(&common) }
}
