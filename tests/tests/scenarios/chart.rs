//! The chart under test: its tree, defaults and schema, the directory that Helm reads, and the committed environments.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use emt::{APP_VERSION, CHART_VERSION, Workspace};
use helmwright::coverage::{Branch, Coverage, branches};
use helmwright::evaluate::{self, Observer, Release, Rendered};
use helmwright::tree::Tree;
use helmwright::values::merge::{coalesce, layer};
use serde_json::{Map, Value};

/// The chart, described once for all tests of the process.
pub(crate) struct Chart {
    /// The one definition.
    pub(crate) tree: &'static Tree,
    /// What `values.yaml` holds.
    pub(crate) defaults: Value,
    /// The schema of the merged values.
    pub(crate) schema: Value,
}

/// The chart under test.
pub(crate) fn chart() -> &'static Chart {
    static CHART: OnceLock<Chart> = OnceLock::new();
    CHART.get_or_init(|| Chart { tree: emt::tree(), defaults: emt::defaults(), schema: emt::schema() })
}

impl Chart {
    /// Writes the chart into a directory of its name below this one, and gives its path.
    pub(crate) fn write_below(&self, directory: &Path) -> PathBuf {
        let path = directory.join(emt::NAME);
        emt::write_chart(&path).unwrap();
        path
    }

    /// A user's values over the defaults, as Helm merges them.
    pub(crate) fn merged(&self, user: &Value) -> Value {
        coalesce(&self.defaults, user)
    }

    /// The objects for a user's values, or the messages of refusal.
    pub(crate) fn evaluate(&self, release: &str, namespace: &str, user: &Value) -> Result<Vec<Rendered>, Vec<String>> {
        evaluate::evaluate(self.tree, &self.merged(user), &facts(release, namespace), &mut ())
    }

    /// As [`evaluate`](Self::evaluate), telling an observer the branches that are taken, those of NOTES.txt too.
    pub(crate) fn observe(
        &self,
        release: &str,
        namespace: &str,
        user: &Value,
        observer: &mut dyn Observer,
    ) -> Result<Vec<Rendered>, Vec<String>> {
        let (merged, release) = (self.merged(user), facts(release, namespace));
        evaluate::notes(self.tree, &merged, &release, observer);
        evaluate::evaluate(self.tree, &merged, &release, observer)
    }

    /// The text of NOTES.txt.
    pub(crate) fn notes(&self, release: &str, namespace: &str, user: &Value) -> String {
        evaluate::notes(self.tree, &self.merged(user), &facts(release, namespace), &mut ())
    }

    /// The branches that no case took, as people find them.
    pub(crate) fn missing(&self, coverage: &Coverage) -> Vec<String> {
        self.named(&coverage.missing(self.tree))
    }

    /// Branches as `TEMPLATE: FILE:LINE:COLUMN branch N`.
    pub(crate) fn named<'b>(&self, branches: impl IntoIterator<Item = &'b Branch>) -> Vec<String> {
        let name = |branch: &Branch| format!("{}: {} branch {}", self.file_of(branch), branch.location, branch.branch);
        branches.into_iter().map(name).collect()
    }

    /// The first template that a control node stands in, or whose helpers hold it.
    fn file_of(&self, branch: &Branch) -> &'static str {
        static FILES: OnceLock<BTreeMap<Branch, &'static str>> = OnceLock::new();
        let files = FILES.get_or_init(|| {
            let mut found = BTreeMap::new();
            for file in &self.tree.files {
                let alone = Tree { files: vec![file.clone()], notes: Vec::new() };
                for branch in branches(&alone) {
                    found.entry(branch).or_insert(file.name);
                }
            }
            found
        });
        files.get(branch).copied().unwrap_or("NOTES.txt")
    }
}

/// The objects of a tree of your own for a user's values.
pub(crate) fn evaluate_tree(
    tree: &Tree,
    chart: &Chart,
    release: &str,
    namespace: &str,
    user: &Value,
    observer: &mut dyn Observer,
) -> Result<Vec<Rendered>, Vec<String>> {
    evaluate::evaluate(tree, &chart.merged(user), &facts(release, namespace), observer)
}

/// The notes of a tree of your own for a user's values.
pub(crate) fn notes_of(
    tree: &Tree,
    chart: &Chart,
    release: &str,
    namespace: &str,
    user: &Value,
    observer: &mut dyn Observer,
) -> String {
    evaluate::notes(tree, &chart.merged(user), &facts(release, namespace), observer)
}

/// The objects alone.
pub(crate) fn objects(rendered: Vec<Rendered>) -> Vec<Value> {
    rendered.into_iter().map(|rendered| rendered.object).collect()
}

/// What Helm says of a release, and of the chart.
pub(crate) fn facts<'a>(name: &'a str, namespace: &'a str) -> Release<'a> {
    Release { name, namespace, chart_version: CHART_VERSION, app_version: APP_VERSION }
}

/// The schema, compiled by an independent judge.
pub(crate) fn schema_validator() -> jsonschema::Validator {
    jsonschema::options().with_draft(jsonschema::Draft::Draft7).build(&chart().schema).unwrap()
}

/// Values that are committed: an environment's, a profile's over the least that renders, a file's of `ci/`.
pub(crate) struct Committed {
    /// What it is called in figures and failures.
    pub(crate) name: String,
    /// The release's name.
    pub(crate) release: String,
    /// The release's namespace.
    pub(crate) namespace: String,
    /// The files in order, the last wins.
    pub(crate) files: Vec<PathBuf>,
    /// The files laid over one another.
    pub(crate) user: Value,
}

impl Committed {
    /// The files as Helm's command line takes them.
    pub(crate) fn files(&self) -> Vec<&Path> {
        self.files.iter().map(PathBuf::as_path).collect()
    }
}

/// The environments of `values/environments.yaml`, in its order.
pub(crate) fn environments() -> Vec<Committed> {
    let directory = workspace().join("values");
    let opened = Workspace::open(&directory).unwrap_or_else(|error| panic!("{error}"));
    let environment = |(name, environment): (&str, &emt::Environment)| {
        let files: Vec<PathBuf> = environment.files.iter().map(|file| directory.join(file.as_str())).collect();
        Committed {
            name: format!("environment {name}"),
            release: environment.release.as_str().to_owned(),
            namespace: environment.namespace.as_str().to_owned(),
            user: layered(&files),
            files,
        }
    };
    opened.environments().map(environment).collect()
}

/// The values files that the chart carries: those of `ci/`, and each profile over the least of them.
pub(crate) fn chart_files() -> Vec<Committed> {
    let source = workspace().join("crates/emt");
    let ci = files_in(&source.join("ci")).into_iter().map(|file| named(format!("ci {}", stem(&file)), vec![file]));
    let profiles = files_in(&source.join("profiles")).into_iter();
    let profiles = profiles.map(|file| named(format!("profile {}", stem(&file)), vec![least(), file]));
    ci.chain(profiles).collect()
}

/// The least with which the chart renders.
fn least() -> PathBuf {
    workspace().join("crates/emt/ci/minimal-values.yaml")
}

/// What the files of `tests/values` and `tests/refused` are laid over.
pub(crate) fn base() -> PathBuf {
    workspace().join("tests/base-values.yaml")
}

/// Committed values that name no release.
fn named(name: String, files: Vec<PathBuf>) -> Committed {
    Committed { name, release: "apim".to_owned(), namespace: "apim".to_owned(), user: layered(&files), files }
}

/// All committed values: environments, what the chart carries, what conformance is measured against, and what users seldom
/// set together: those of `tests/values` over their base, and the least for a release of an unusual name.
pub(crate) fn committed() -> Vec<Committed> {
    let reference = named("reference".to_owned(), vec![workspace().join("crates/emt/reference/values.yaml")]);
    let unusual = Committed {
        release: "1st.release-of-names-that-are-cut-since-they-are-long".to_owned(),
        namespace: "a-namespace-of-sixty-three-characters-which-is-the-most-possibl".to_owned(),
        ..named("unusual release".to_owned(), vec![least()])
    };
    let dotted = Committed { release: "apim.eu".to_owned(), ..named("dotted release".to_owned(), vec![least()]) };
    let seldom = files_in(&workspace().join("tests/values")).into_iter();
    let seldom = seldom.map(|file| named(format!("tests/values {}", stem(&file)), vec![base(), file]));
    environments().into_iter().chain(chart_files()).chain([reference, unusual, dotted]).chain(seldom).collect()
}

/// The YAML files of a directory, by name.
pub(crate) fn files_in(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files
}

/// A file's name without its extension.
pub(crate) fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Values files, laid over one another.
pub(crate) fn layered(files: &[PathBuf]) -> Value {
    let mut merged = Value::Object(Map::new());
    for file in files {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        layer(&mut merged, &read(&text));
    }
    merged
}

/// A values file's text as JSON.
pub(crate) fn read(text: &str) -> Value {
    let mut sources = helmwright_diagnostics::SourceMap::new();
    let document = helmwright_yaml::read_bytes(&mut sources, "values.yaml", text.as_bytes());
    document.unwrap_or_else(|findings| panic!("{findings:?}")).root.to_json()
}

/// The workspace that this test was compiled in.
pub(crate) fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}
