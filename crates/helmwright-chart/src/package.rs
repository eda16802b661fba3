//! A chart as a list of files.
//!
//! Must not know the file system; see [`replace_directory`](crate::replace_directory) for that.

use helmwright::describe::schema_text;
use helmwright::print::{PrintProblem, print};
use helmwright::tree::Tree;
use serde_json::Value;

use crate::directory::{MARKER, OutputFile};
use crate::facts::ChartFacts;
use crate::metadata::chart_yaml;
use crate::readme::{Readme, readme};

/// All that a chart is made from.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// What `Chart.yaml` says.
    pub facts: &'a ChartFacts,
    /// The templates.
    pub tree: &'a Tree,
    /// The schema of the merged values, as draft-07.
    pub schema: &'a Value,
    /// The commented `values.yaml`.
    pub values_yaml: &'a str,
    /// What the README says beside the facts.
    pub readme: &'a Readme,
    /// Values files for a purpose, which users lay under their own: `profiles/NAME.yaml`.
    pub profiles: &'a [ValuesFile<'a>],
    /// Complete values with which the chart renders, for lint: `ci/NAME-values.yaml`.
    pub ci: &'a [ValuesFile<'a>],
}

/// A values file that goes with the chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValuesFile<'a> {
    /// Its name without folder and extension.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What `helm package` leaves out.
const IGNORED: &str = "\
.DS_Store
.git/
.gitignore
.idea/
.vscode/
*.bak
*.orig
*.swp
*.tmp
*~
";

impl Package<'_> {
    /// The chart's files, sorted by path.
    ///
    /// # Errors
    ///
    /// Parts of the tree that have no faithful printed form, and facts that Helm, a registry or Artifact Hub would not
    /// take.
    pub fn assemble(&self) -> Result<Vec<OutputFile>, Vec<PrintProblem>> {
        let mut problems = self.facts.problems();
        let templates = print(self.tree).unwrap_or_else(|found| {
            problems.extend(found);
            Vec::new()
        });
        let profiles: Vec<&str> = self.profiles.iter().map(|profile| profile.name).collect();
        let readme = readme(self.facts, self.readme, &profiles).unwrap_or_else(|error| {
            problems.push(PrintProblem { place: "README.md".to_owned(), message: format!("{error:#}") });
            String::new()
        });
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut files = vec![
            OutputFile::text("Chart.yaml", chart_yaml(self.facts)),
            OutputFile::text("README.md", readme),
            OutputFile::text("values.schema.json", schema_text(self.schema)),
            OutputFile::text("values.yaml", self.values_yaml),
            OutputFile::text(".helmignore", format!("{MARKER}\n{IGNORED}")),
        ];
        let profiles = self.profiles.iter();
        files.extend(profiles.map(|file| OutputFile::text(format!("profiles/{}.yaml", file.name), file.text)));
        let ci = self.ci.iter();
        files.extend(ci.map(|file| OutputFile::text(format!("ci/{}-values.yaml", file.name), file.text)));
        files.extend(templates.into_iter().map(|template| OutputFile::text(template.path, template.text)));
        files.sort();
        Ok(files)
    }
}
