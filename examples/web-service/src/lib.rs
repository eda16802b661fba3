//! A web service with a map of workers, as a chart: what another team writes with `helmwright` alone.
//!
//! - [`values`]: what users set, as one Rust type;
//! - [`objects`]: the Kubernetes objects, written once;
//! - [`render`] and [`chart`]: the two readings of that definition.
#![recursion_limit = "256"]

pub mod objects;
pub mod values;

use helmwright::describe::{self, markdown_table};
use helmwright::evaluate::{Release, evaluate, notes};
use helmwright::print::PrintProblem;
use helmwright::read::{ReadValues, Reader};
use helmwright_chart::{ChartFacts, OutputFile, Package, Readme, ValuesFile};
use helmwright_diagnostics::{SourceMap, Style, human};
use serde_json::Value;

use objects::{NAME, tree};
use values::{REQUIRED, Values};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const APP_VERSION: &str = "2.4";

/// Reads values files, given as name and content, over the chart's defaults.
///
/// # Errors
///
/// Everything that is wrong in them, as text for people.
pub fn read(files: &[(&str, &str)]) -> Result<ReadValues<Values>, String> {
    let defaults = describe::defaults(&Values::default(), REQUIRED).map_err(|error| error.to_string())?;
    let mut sources = SourceMap::new();
    let read = Reader::<Values>::new(defaults).read(&mut sources, files.iter().copied());
    read.map_err(|findings| human(&findings, &sources, Style::default()))
}

/// The objects of a release.
///
/// # Errors
///
/// The messages of the values that make no sense together.
pub fn render(values: &Value, name: &str, namespace: &str) -> Result<Vec<Value>, Vec<String>> {
    let release = Release { name, namespace, chart_version: VERSION, app_version: APP_VERSION };
    let rendered = evaluate(&tree(), values, &release, &mut ())?;
    Ok(rendered.into_iter().map(|rendered| rendered.object).collect())
}

/// What Helm prints after an installation.
#[must_use]
pub fn release_notes(values: &Value, name: &str, namespace: &str) -> String {
    notes(&tree(), values, &Release { name, namespace, chart_version: VERSION, app_version: APP_VERSION }, &mut ())
}

/// The chart's files.
///
/// # Errors
///
/// What of the definition cannot be printed.
pub fn chart() -> Result<Vec<OutputFile>, Vec<PrintProblem>> {
    // Written as JSON, the defaults are a map with strings as keys: this cannot fail.
    let defaults = describe::defaults(&Values::default(), REQUIRED).unwrap_or_default();
    let mut schema = describe::schema::<Values>("Values of web-service", None);
    describe::add_defaults(&mut schema, &defaults);
    let mut facts = ChartFacts::new(NAME, VERSION, APP_VERSION, "A web service with workers.", "2026-11-21T00:00:00Z");
    facts.license = "Apache-2.0".to_owned();
    let readme = Readme {
        title: "Web service".to_owned(),
        example_release: "shop".to_owned(),
        required: vec![("image.tag".to_owned(), "Tag of the image.".to_owned())],
        values: markdown_table(&describe::table(&schema, &defaults)),
        ..Readme::default()
    };
    let package = Package {
        facts: &facts,
        tree: &tree(),
        schema: &schema,
        values_yaml: &describe::values_yaml(&schema, &defaults, REQUIRED, "Values of web-service."),
        readme: &readme,
        profiles: &[],
        ci: &[ValuesFile { name: "minimal", text: "image:\n  tag: 2.4.0\n" }],
    };
    package.assemble()
}
