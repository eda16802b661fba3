//! The chart under test: its tree, defaults and schema, and the chart directory that Helm reads.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use emt_model::names::Registry;
use emt_model::{REQUIRED, Values};
use helmwright::coverage::Coverage;
use helmwright::describe;
use helmwright::evaluate::{self, Observer, Release, Rendered};
use helmwright::print::{Template, print};
use helmwright::tree::Tree;
use helmwright::values::merge::coalesce;
use serde_json::Value;

const VERSION: &str = "0.1.0";
const APP_VERSION: &str = "7.7";

/// The chart, described and printed once for all tests of the process.
pub(crate) struct Chart {
    /// The one definition.
    pub(crate) tree: Tree,
    /// What `values.yaml` holds.
    pub(crate) defaults: Value,
    /// The schema of the merged values.
    pub(crate) schema: Value,
    /// The printed templates.
    pub(crate) templates: Vec<Template>,
}

/// The chart under test.
pub(crate) fn chart() -> &'static Chart {
    static CHART: OnceLock<Chart> = OnceLock::new();
    CHART.get_or_init(|| {
        let tree = emt_chart::tree();
        let templates = print(&tree).unwrap();
        let values = Values::new(Registry::constant("registry.example.com"));
        let defaults = describe::defaults(&values, REQUIRED).unwrap();
        let schema = describe::schema::<Values>("Values of apim-emt", None);
        Chart { tree, defaults, schema, templates }
    })
}

impl Chart {
    /// Writes the chart into a directory, whose last part must be its name.
    pub(crate) fn write(&self, directory: &Path) {
        fs::create_dir_all(directory.join("templates")).unwrap();
        let facts = format!(
            "apiVersion: v2\nname: {}\nversion: {VERSION}\nappVersion: \"{APP_VERSION}\"\nicon: https://example.com/a.svg\n",
            emt_chart::NAME
        );
        fs::write(directory.join("Chart.yaml"), facts).unwrap();
        fs::write(directory.join("values.yaml"), helmwright_yaml::write(&self.defaults)).unwrap();
        fs::write(directory.join("values.schema.json"), describe::schema_text(&self.schema)).unwrap();
        for template in &self.templates {
            fs::write(directory.join(&template.path), &template.text).unwrap();
        }
    }

    /// A user's values over the defaults, as Helm merges them.
    pub(crate) fn merged(&self, user: &Value) -> Value {
        coalesce(&self.defaults, user)
    }

    /// The objects for a user's values, or the messages of refusal.
    pub(crate) fn evaluate(&self, release: &str, namespace: &str, user: &Value) -> Result<Vec<Rendered>, Vec<String>> {
        self.observe(release, namespace, user, &mut ())
    }

    /// As [`evaluate`](Self::evaluate), telling an observer the branches that are taken, those of NOTES.txt too.
    pub(crate) fn observe<O: Observer>(
        &self,
        release: &str,
        namespace: &str,
        user: &Value,
        observer: &mut O,
    ) -> Result<Vec<Rendered>, Vec<String>> {
        let (merged, release) = (self.merged(user), facts(release, namespace));
        evaluate::notes(&self.tree, &merged, &release, observer);
        evaluate::evaluate(&self.tree, &merged, &release, observer)
    }

    /// The text of NOTES.txt.
    pub(crate) fn notes(&self, release: &str, namespace: &str, user: &Value) -> String {
        evaluate::notes(&self.tree, &self.merged(user), &facts(release, namespace), &mut ())
    }

    /// The branches that no case took, as `FILE:LINE branch N`.
    pub(crate) fn missing(&self, coverage: &Coverage) -> Vec<String> {
        let missing = coverage.missing(&self.tree);
        missing.iter().map(|branch| format!("{} branch {}", branch.location, branch.branch)).collect()
    }
}

/// The objects alone.
pub(crate) fn objects(rendered: Vec<Rendered>) -> Vec<Value> {
    rendered.into_iter().map(|rendered| rendered.object).collect()
}

fn facts<'a>(name: &'a str, namespace: &'a str) -> Release<'a> {
    Release { name, namespace, chart_version: VERSION, app_version: APP_VERSION }
}

/// The schema, compiled by an independent judge.
pub(crate) fn schema_validator() -> jsonschema::Validator {
    jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&chart().schema).unwrap()
}
