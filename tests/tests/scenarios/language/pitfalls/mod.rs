//! What bites in Helm and Go templates, one test for each pitfall, with both Helms as judges.
//!
//! | # | pitfall | where it is tested |
//! |---|---|---|
//! | 1 | numbers are floats: `1e+06` | `numbers::p01` |
//! | 2 | integers beyond 2^53 lose digits | `numbers::p02` |
//! | 3 | `3.0` is an integer | `numbers::p03`; the reader: `helmwright`'s tests `reading` |
//! | 4 | comparing a float with an integer fails | `numbers::p04` |
//! | 5 | a missing value prints nothing, a missing parent is an error | `values::p05` |
//! | 6 | 0 and false are falsy | `values::p06`; what does not compile: `helmwright`'s tests `compile_fail` |
//! | 7 | `dig`, `default`: defaults in templates | `printed::p07` |
//! | 8 | `mergeOverwrite` needs `deepCopy`, and keeps what is falsy | `values::p08`, [`super::merge`] |
//! | 9 | a user cannot drop what `values.yaml` has | `values::p09`, [`super::merge`] |
//! | 10 | the schema is checked after the merge, entries are not merged | `values::p10` |
//! | 11 | Helm adds `global` to a subchart | `values::p11`; every comparison of this scenario runs the chart as a subchart |
//! | 12 | what a schema may use | `values::p12` |
//! | 13 | values files are YAML 1.1 | `texts::p13`; every rule: `helmwright-yaml`'s tests `rules` |
//! | 14 | which strings need quotes | `texts::p14` |
//! | 15 | what `toYaml` loses: U+0085, the key `<<` | `texts::p15` |
//! | 16 | YAML writers leave `on` bare | `texts::p16`; `helmwright-yaml`'s tests `writing` and `roundtrip` |
//! | 17 | ranges go in byte order, `toYaml` does not | `structure::p17` |
//! | 18 | a passed-through map can repeat a key | `structure::p18` |
//! | 19 | a map without keys is null | `structure::p19` |
//! | 20 | the first entry of a list's element | `structure::p20` |
//! | 21 | white space, blocks | `printed::p21`, `texts::p21` |
//! | 22 | the dot and `$` | `structure::p22` |
//! | 23 | checksums of rendered text | `texts::p23` |
//! | 24 | release names | `texts::p24`; the longest name: the scenarios of the chart itself |
//! | 25 | hooks and the order of objects | `structure::p25`; the oracle's own tests |
//! | 26 | `.Capabilities`, `lookup`, `tpl`, `now` | `printed::p26` |
//! | 27 | `.Chart.Name` of an aliased chart | `printed::p27` |
//! | 28 | Helm trims the end of a document | `texts::p28` |
//! | 29 | a look-around in the schema breaks the chart | `values::p29` |

mod numbers;
mod printed;
mod structure;
mod texts;
mod values;

use emt_tests::{Case, Helm};
use helmwright::print::{Template, print};
use helmwright::tree::{File, Tree};
use helmwright::typed::{DocumentBuilder, MapBuilder, Object};
use helmwright::values::values;
use serde_json::Value;

use super::kinds::Sample;
use super::printed::Printed;
use super::values::{LanguageValues, LanguageValuesSymbol};

/// A tree with one object over the values of the language chart.
fn tree(build: impl FnOnce(&mut MapBuilder<Sample>, &LanguageValuesSymbol)) -> Tree {
    let symbols = values::<LanguageValues>();
    let object = Object::build::<Sample>(|map| {
        map.map(map.fields().metadata, |map| map.set(map.fields().name, "only"));
        build(map, &symbols);
    });
    let documents = DocumentBuilder::documents(|documents| documents.object(object));
    Tree { files: vec![File { name: "only.yaml", purpose: "One object.", documents }], notes: Vec::new() }
}

/// The same as a chart.
fn chart(build: impl FnOnce(&mut MapBuilder<Sample>, &LanguageValuesSymbol)) -> Printed {
    let defaults = serde_json::to_value(LanguageValues::default()).unwrap();
    Printed::with_schema::<LanguageValues>("pitfall", tree(build), defaults)
}

/// The only template of a tree.
fn template(tree: &Tree) -> String {
    let templates: Vec<Template> = print(tree).unwrap();
    templates.iter().find(|template| template.path == "templates/only.yaml").unwrap().text.clone()
}

/// What Helm makes of the only object, after it agreed with the evaluator.
fn object(chart: &Printed, helm: &Helm, values: Value) -> Value {
    let cases = [Case::new(values)];
    assert_eq!(chart.compare(helm, &cases).0, [""; 0]);
    helm.template_many(&chart.path(), &cases).unwrap().remove(0).unwrap().remove(0).value
}

/// Helm's words when it refuses the values.
fn refusal(chart: &Printed, helm: &Helm, values: Value) -> String {
    helm.template_many(&chart.path(), &[Case::new(values)]).unwrap().remove(0).unwrap_err()
}

/// A chart of one hand-written template: shows what Helm does with what the printer never prints.
fn hand_written(template: &str, values: &Value) -> (tempfile::TempDir, std::path::PathBuf) {
    let scratch = tempfile::tempdir().unwrap();
    let chart = scratch.path().join("hand");
    std::fs::create_dir_all(chart.join("templates")).unwrap();
    std::fs::write(chart.join("Chart.yaml"), "apiVersion: v2\nname: hand\nversion: 0.1.0\n").unwrap();
    std::fs::write(chart.join("values.yaml"), helmwright_yaml::write(values)).unwrap();
    std::fs::write(chart.join("templates/only.yaml"), template).unwrap();
    (scratch, chart)
}

/// What Helm makes of a hand-written template.
fn by_hand(helm: &Helm, template: &str, values: &Value) -> Result<Value, String> {
    let (_scratch, chart) = hand_written(template, values);
    match helm.template(&chart, "r", "ns", &[], &[]) {
        Ok(rendered) => Ok(rendered.values().remove(0)),
        Err(error) => Err(error.to_string()),
    }
}
