//! What a review reads: one rendering of an environment.
//!
//! Must not know where it comes from.

use std::fmt;

use emt_check::NodeGroup;
use helmwright_yaml::PathSegment;
use serde::Serialize;
use serde_json::Value;

/// A question about the value at a path.
pub type Ask<'a, Answer> = Box<dyn Fn(&[PathSegment]) -> Answer + 'a>;

/// One rendering: values after the merge, who set them, and the objects that they give.
pub struct Rendering<'a> {
    /// Name of the release.
    pub release: &'a str,
    /// Its namespace.
    pub namespace: &'a str,
    /// Version of the chart whose defaults lie below the values.
    pub chart_version: &'a str,
    /// The values after the merge.
    pub values: &'a Value,
    /// Who set the value at a path; for a map the last one that says anything of it.
    pub origin: Ask<'a, Origin>,
    /// The values files, of which the last wins.
    pub layers: Vec<Layer<'a>>,
    /// The objects, hooks included, in the order in which they are shown.
    pub objects: Vec<Rendered>,
    /// The nodes that the pods may stand on; empty if they are not known.
    pub nodes: &'a [NodeGroup],
}

/// One values file.
pub struct Layer<'a> {
    /// Its path below the directory of values: the same in both renderings.
    pub name: &'a str,
    /// What it says.
    pub values: &'a Value,
    /// The line at which it sets the value at a path; none if it does not.
    pub origin: Ask<'a, Option<Origin>>,
}

impl fmt::Debug for Rendering<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Rendering").field("release", &self.release).finish_non_exhaustive()
    }
}

/// A rendered object.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// The template file that made it; empty for one that no template made.
    pub template: String,
    /// The object.
    pub object: Value,
}

/// Who set a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "by", rename_all = "camelCase")]
pub enum Origin {
    /// A line of a values file.
    File {
        /// The file, as the user named it.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// The defaults of the chart.
    Default {
        /// The chart's version.
        version: String,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { file, line } => write!(formatter, "{file}:{line}"),
            Self::Default { version } => write!(formatter, "default of chart {version}"),
        }
    }
}
