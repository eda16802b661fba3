//! What a change of values does: the working values against a revision of Git, another directory, or a packaged chart; and
//! one environment against another.
//!
//! Here the values of both sides are read and rendered; what they mean for one another is said by `emt-review`, of which
//! this module hands on the reports.

mod git;
#[cfg(feature = "oci")]
mod packaged;

use std::path::PathBuf;
use std::sync::OnceLock;

use helmwright::read;
use helmwright_diagnostics::{SourceMap, counted};
use helmwright_yaml::PathSegment;
use rayon::prelude::*;

use crate::environment::Environment;
use crate::manifests::Manifests;
use crate::refused::Refused;
use crate::render::{Input, render, tree};
use crate::workspace::{FormerKey, LoadError, UnknownEnvironment, Workspace};

pub use emt_review::{
    CapacityChange, Cause, Change, Class, Column, Effect, EnvironmentReview, Fate, FieldChange, FieldPlace,
    FieldReview, Identity, Kind, Line, MOST_OF_A_COMMENT, Matrix, MatrixRow, Node, ObjectReview, Origin, PageError,
    RULES, Review, Risk, Rollout, Rule, SecretChange, Sign, State, Step, Topology, ValueChange, human, human_matrix,
    json, json_matrix, markdown, markdown_matrix, page, sarif,
};
pub use git::GitError;

use emt_review::{ImpactMap, Layer, Matching, Rendered, Rendering};

/// What the working values are compared with.
#[derive(Debug)]
#[non_exhaustive]
pub enum Base {
    /// The same directory at a revision of Git, read without a checkout.
    Revision(String),
    /// Another directory with an `environments.yaml`.
    Directory(PathBuf),
    /// The working values over the defaults of a packaged chart: an upgrade of the chart.
    #[cfg(feature = "oci")]
    Chart(Box<helmwright_oci::ChartArtifact>),
}

/// Why there is no review.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The values cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Git does not give the base.
    #[error(transparent)]
    Git(#[from] GitError),
    /// The chart holds no defaults that can be compared.
    #[error("{0}")]
    Chart(String),
}

impl From<UnknownEnvironment> for ReviewError {
    fn from(unknown: UnknownEnvironment) -> Self {
        Self::Load(unknown.into())
    }
}

impl From<Refused> for ReviewError {
    fn from(refused: Refused) -> Self {
        Self::Load(refused.into())
    }
}

/// The impact map of the definition, made at the first call.
fn map() -> &'static ImpactMap {
    static MAP: OnceLock<ImpactMap> = OnceLock::new();
    MAP.get_or_init(|| ImpactMap::new(helmwright::impact::impact(tree())))
}

/// The values of one side, rendered.
struct Side {
    input: Input,
    manifests: Manifests,
    files: Vec<String>,
    nodes: Vec<emt_check::NodeGroup>,
}

impl Side {
    fn new(input: Input, environment: &Environment) -> Result<Self, Refused> {
        let manifests = render(&input)?;
        Ok(Self::of(input, manifests, environment))
    }

    /// As [`new`](Self::new), with the objects of another side where its values and release are the same: they are not
    /// rendered again.
    fn like(other: Option<&Self>, input: Input, environment: &Environment) -> Result<Self, Refused> {
        let is_same = |other: &&Self| {
            other.input.merged() == input.merged()
                && other.input.release() == input.release()
                && other.input.chart_version() == input.chart_version()
        };
        match other.filter(is_same).map(|other| other.manifests.clone()) {
            Some(manifests) => Ok(Self::of(input, manifests, environment)),
            None => Self::new(input, environment),
        }
    }

    fn of(input: Input, manifests: Manifests, environment: &Environment) -> Self {
        let files = environment.files.iter().map(|path| path.as_str().to_owned()).collect();
        // A type of nodes that a plan does not know is told by `emt plan`.
        let nodes = environment.infrastructure(&[]).unwrap_or_default().nodes;
        Self { manifests, input, files, nodes }
    }

    fn rendering(&self) -> Rendering<'_> {
        let rendered = |manifest: &crate::Manifest| Rendered {
            template: manifest.template().to_owned(),
            object: manifest.object().clone(),
        };
        Rendering {
            release: self.input.release().name.as_str(),
            namespace: self.input.release().namespace.as_str(),
            chart_version: self.input.chart_version(),
            values: self.input.merged(),
            origin: Box::new(|path| self.origin(path)),
            layers: self.layers(),
            objects: self.manifests.iter().map(rendered).collect(),
            nodes: &self.nodes,
        }
    }

    fn origin(&self, path: &[PathSegment]) -> Origin {
        let by_default = || Origin::Default { version: self.input.chart_version().to_owned() };
        match self.input.files() {
            Some((read, sources)) => match read.origin(path) {
                read::Origin::File(span) => line(sources, span),
                read::Origin::Default => by_default(),
            },
            None => by_default(),
        }
    }

    fn layers(&self) -> Vec<Layer<'_>> {
        let Some((read, sources)) = self.input.files() else { return Vec::new() };
        self.files
            .iter()
            .zip(read.files())
            .map(|(name, file)| Layer {
                name,
                values: file.value(),
                origin: Box::new(move |path| {
                    // The line of the key: a value may begin further down.
                    let node = file.document().root.at(path)?;
                    Some(line(sources, node.span))
                }),
            })
            .collect()
    }
}

fn line(sources: &SourceMap, span: helmwright_diagnostics::Span) -> Origin {
    Origin::File { file: sources.name(span.source).to_owned(), line: sources.start(span).line }
}

/// What a change of values does in these environments, or in all if none is named.
///
/// # Errors
///
/// [`ReviewError`] if the working values or the base cannot be read. An environment whose base is refused is told in the
/// review as not compared.
pub fn review(workspace: &mut Workspace, base: Base, names: &[String]) -> Result<Review, ReviewError> {
    for name in names {
        workspace.environment(name)?;
    }
    let head = workspace.display(".");
    match base {
        Base::Revision(revision) => {
            let store = git::GitStore::open(&head, &revision)?;
            let title = store.title();
            let former = Workspace::over(Box::new(store))?.of_former_names();
            against(workspace, former, title, names)
        }
        Base::Directory(directory) => {
            let title = directory.display().to_string();
            against(workspace, Workspace::open(directory)?.of_former_names(), title, names)
        }
        #[cfg(feature = "oci")]
        Base::Chart(chart) => packaged::review(workspace, &chart, names),
    }
}

fn against(
    workspace: &mut Workspace,
    mut former: Workspace,
    base: String,
    names: &[String],
) -> Result<Review, ReviewError> {
    let own: Vec<String> = workspace.environments().map(|(name, _)| name.to_owned()).collect();
    let gone: Vec<String> = former.environments().map(|(name, _)| name.to_owned()).collect();
    let all = own.iter().chain(gone.iter().filter(|name| !own.contains(name)));
    let all: Vec<&String> = all.filter(|name| names.is_empty() || names.contains(name)).collect();
    // The map does not depend on the files, and making it takes about as long as reading them.
    let (pairs, _) = rayon::join(
        || all.iter().map(|name| Pair::read(workspace, &mut former, name)).collect::<Result<Vec<_>, _>>(),
        map,
    );
    let limits = former_names(former.former_keys()).into_iter().collect();
    Ok(Review { kind: Kind::Change, base, head: workspace.display("."), limits, environments: reviewed(pairs?)? })
}

/// An environment of the working values and of the base, read.
struct Pair {
    name: String,
    new: Option<(Environment, Input)>,
    /// Otherwise why it cannot be read.
    old: Option<Result<(Environment, Input), String>>,
}

impl Pair {
    fn read(workspace: &mut Workspace, former: &mut Workspace, name: &str) -> Result<Self, LoadError> {
        let new = match workspace.environment(name).cloned() {
            Ok(environment) => Some((environment, workspace.input(name)?)),
            Err(_) => None,
        };
        let old = former.environment(name).cloned().ok().map(|environment| match former.input(name) {
            Ok(input) => Ok((environment, input)),
            Err(LoadError::Refused(refused)) => Err(first(&refused)),
            Err(other) => Err(other.to_string()),
        });
        Ok(Self { name: name.to_owned(), new, old })
    }

    fn review(self) -> Result<Option<EnvironmentReview>, Refused> {
        let Self { name, new, old } = self;
        let new = new.map(|(environment, input)| Side::new(input, &environment)).transpose()?;
        let old = old.map(|old| {
            let (environment, input) = old?;
            Side::like(new.as_ref(), input, &environment).map_err(|refused| first(&refused))
        });
        match old.transpose() {
            Ok(old) => Ok(of_environment(&name, old.as_ref(), new.as_ref())),
            Err(reason) => Ok(Some(EnvironmentReview::not_compared(&name, format!("the base is refused: {reason}")))),
        }
    }
}

/// The first of the reasons why values are refused, its place, and how many more there are.
fn first(Refused { findings, sources }: &Refused) -> String {
    let findings = findings.ordered(sources);
    let Some((first, others)) = findings.split_first() else { return String::new() };
    let place = first.place().map(|label| format!("{}: ", sources.place(label.span))).unwrap_or_default();
    let more = match others.len() {
        0 => String::new(),
        more => format!(" (and {})", counted(more, "more finding")),
    };
    format!("{place}{}{more}", first.message)
}

/// The reviews of environments, in their order.
fn reviewed(pairs: Vec<Pair>) -> Result<Vec<EnvironmentReview>, Refused> {
    let reviews: Vec<_> = pairs.into_par_iter().map(Pair::review).collect();
    // The first of the environments that are refused, whichever was looked at first.
    reviews.into_iter().filter_map(Result::transpose).collect()
}

/// What is said of a base with former names of keys.
fn former_names(keys: &[FormerKey]) -> Option<String> {
    let first = keys.first()?;
    let shown =
        |FormerKey { file, key }: &FormerKey| format!("{} ({file}:{}) as {}", key.path, key.line, key.renamed.to);
    let mut told = keys.iter().take(MOST_FORMER).map(shown).collect::<Vec<_>>().join(", ");
    if keys.len() > MOST_FORMER {
        told = format!("{told} and {} more", keys.len() - MOST_FORMER);
    }
    let since = first.key.renamed.since;
    Some(format!(
        "the base has keys under names that they had before {since}, and was read with those of today: {told}"
    ))
}

/// Most keys with a former name that a review names; the rest is counted.
const MOST_FORMER: usize = 4;

/// The review of an environment that is there on one side at least.
fn of_environment(name: &str, old: Option<&Side>, new: Option<&Side>) -> Option<EnvironmentReview> {
    let (state, side) = match (old, new) {
        (Some(old), Some(new)) => {
            let (before, after) = (old.rendering(), new.rendering());
            let matching = Matching::OneRelease;
            return Some(EnvironmentReview::new(name, State::Compared, map(), &before, &after, matching));
        }
        (None, Some(new)) => (State::Added, new),
        (Some(old), None) => (State::Removed, old),
        (None, None) => return None,
    };
    let full = side.rendering();
    let empty = Rendering { objects: Vec::new(), layers: Vec::new(), ..side.rendering() };
    let (before, after) = if state == State::Added { (&empty, &full) } else { (&full, &empty) };
    Some(EnvironmentReview::new(name, state, map(), before, after, Matching::OneRelease))
}

/// What differs between two environments: going from the first to the second.
///
/// # Errors
///
/// [`ReviewError`] if the values of one of them cannot be read.
pub fn compare(workspace: &mut Workspace, from: &str, to: &str) -> Result<Review, ReviewError> {
    let mut side = |name: &str| -> Result<Side, ReviewError> {
        let environment = workspace.environment(name)?.clone();
        Ok(Side::new(workspace.input(name)?, &environment)?)
    };
    let (before, after) = (side(from)?, side(to)?);
    let (before, after) = (before.rendering(), after.rendering());
    let name = format!("{from} → {to}");
    let environment = EnvironmentReview::new(&name, State::Compared, map(), &before, &after, Matching::TwoReleases);
    let mut limits = Vec::new();
    if before.namespace != after.namespace {
        let (old, new) = (before.namespace, after.namespace);
        limits.push(format!("the namespace is {old} in {from} and {new} in {to}: that is told of no object"));
    }
    Ok(Review {
        kind: Kind::Environments,
        base: from.to_owned(),
        head: to.to_owned(),
        limits,
        environments: vec![environment],
    })
}

/// The values in which these environments differ, or all if none is named.
///
/// # Errors
///
/// [`ReviewError`] if the values of one of them cannot be read.
pub fn matrix(workspace: &mut Workspace, names: &[String]) -> Result<Matrix, ReviewError> {
    let all: Vec<String> = match names {
        [] => workspace.environments().map(|(name, _)| name.to_owned()).collect(),
        names => names.to_vec(),
    };
    let mut inputs = Vec::new();
    for name in &all {
        inputs.push(workspace.input(name)?);
    }
    let values: Vec<_> = all.iter().zip(&inputs).map(|(name, input)| (name.as_str(), input.merged())).collect();
    Ok(Matrix::new(&values))
}
