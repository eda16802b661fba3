//! A directory of values: `environments.yaml` and the files that it names.
//!
//! Where files are read from is said by a `Store`. Must not know what values mean.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use emt_model::Values;
#[cfg(feature = "review")]
use helmwright::read::RenamedKey;
use helmwright::read::{Reader, ValuesFile};
use helmwright_diagnostics::{Finding, Findings, SourceMap, similar};
use helmwright_yaml::PathSegment;

#[cfg(feature = "review")]
use crate::description::RENAMES;
use crate::environment::{Environment, EnvironmentName};
use crate::listing::read_environments;
use crate::refused::Refused;
use crate::release::Release;
use crate::render::{Input, reader};
use crate::rules::MISSING_FILE;
use crate::store::{Directory, Store, read_file};

/// Name of the file that lists the environments.
pub const ENVIRONMENTS: &str = "environments.yaml";

/// Why there are no values.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file that was asked for cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No environment has this name.
    #[error(transparent)]
    UnknownEnvironment(#[from] UnknownEnvironment),
    /// The files hold something that is refused.
    #[error("{0}")]
    Refused(#[from] Refused),
}

/// A name that no environment has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no environment {name:?}")]
pub struct UnknownEnvironment {
    /// The name.
    pub name: String,
    /// Those that there are, in the order of the file.
    pub known: Vec<String>,
    /// The one that was probably meant.
    pub similar: Option<String>,
}

/// A directory of values, opened: its environments are read, their values are not yet.
#[derive(Debug)]
pub struct Workspace {
    store: Box<dyn Store>,
    sources: SourceMap,
    environments: Vec<(EnvironmentName, Environment)>,
    /// `environments.yaml` with its places.
    listing: Arc<ValuesFile>,
    /// Files that were read, by path relative to the directory: environments share profiles.
    files: BTreeMap<String, Result<Arc<ValuesFile>, Findings>>,
    /// Where keys may have former names: those that were met.
    #[cfg(feature = "review")]
    former: Option<Vec<FormerKey>>,
}

/// A key that a file has under its former name, and that was read under its name of today.
#[cfg(feature = "review")]
#[derive(Clone, Debug)]
pub(crate) struct FormerKey {
    /// How the file is named in messages.
    pub(crate) file: String,
    /// The key.
    pub(crate) key: RenamedKey,
}

impl Workspace {
    /// Reads the `environments.yaml` of a directory.
    ///
    /// # Errors
    ///
    /// [`LoadError::File`] if the file cannot be read, [`LoadError::Refused`] with everything that is wrong in it.
    pub fn open(directory: impl Into<PathBuf>) -> Result<Self, LoadError> {
        Self::over(Box::new(Directory(directory.into())))
    }

    /// Reads the `environments.yaml` of a store.
    pub(crate) fn over(store: Box<dyn Store>) -> Result<Self, LoadError> {
        let name = store.display(ENVIRONMENTS);
        let bytes = store.read(ENVIRONMENTS).map_err(|source| LoadError::File { path: name.clone().into(), source })?;
        let mut sources = SourceMap::new();
        match read_environments(&mut sources, &name, &bytes) {
            Ok((listing, environments)) => Ok(Self {
                store,
                sources,
                environments,
                listing,
                files: BTreeMap::new(),
                #[cfg(feature = "review")]
                former: None,
            }),
            Err(findings) => Err(Refused { findings, sources }.into()),
        }
    }

    /// The environments in the order of the file.
    pub fn environments(&self) -> impl Iterator<Item = (&str, &Environment)> {
        self.environments.iter().map(|(name, environment)| (name.as_str(), environment))
    }

    /// The environment of this name.
    ///
    /// # Errors
    ///
    /// [`UnknownEnvironment`] with those that there are.
    pub fn environment(&self, name: &str) -> Result<&Environment, UnknownEnvironment> {
        self.environments().find(|(known, _)| *known == name).map(|(_, environment)| environment).ok_or_else(|| {
            let known = || self.environments().map(|(name, _)| name);
            UnknownEnvironment {
                name: name.to_owned(),
                known: known().map(str::to_owned).collect(),
                similar: similar(name, known()).map(str::to_owned),
            }
        })
    }

    /// How a file of the directory is named in messages; `.` is the directory itself.
    #[cfg(feature = "review")]
    pub(crate) fn display(&self, path: &str) -> String {
        self.store.display(path)
    }

    /// Where a file of the directory stands; none if it does not stand in the file system.
    pub(crate) fn path_of(&self, path: &str) -> Option<PathBuf> {
        self.store.path(path)
    }

    /// The same directory, in which keys may have former names: they are read under those of today.
    #[cfg(feature = "review")]
    pub(crate) fn of_former_names(self) -> Self {
        Self { former: Some(Vec::new()), ..self }
    }

    /// The keys that were read under another name than they have, so far.
    #[cfg(feature = "review")]
    pub(crate) fn former_keys(&self) -> &[FormerKey] {
        self.former.as_deref().unwrap_or_default()
    }

    /// The texts that were read so far.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// Reads the values of an environment. Files that an earlier call has read are not read again.
    ///
    /// # Errors
    ///
    /// [`LoadError::UnknownEnvironment`], or [`LoadError::Refused`] with every fault of the environment's files, a file
    /// that cannot be read included.
    pub fn input(&mut self, name: &str) -> Result<Input, LoadError> {
        self.input_over(name, reader())
    }

    /// As [`input`](Self::input), with a reader of other defaults.
    pub(crate) fn input_over(&mut self, name: &str, reader: &Reader<Values>) -> Result<Input, LoadError> {
        let environment = self.environment(name)?;
        let (release, paths) = (environment.release(), environment.files.clone());
        let mut files = Vec::new();
        let mut findings = Findings::new();
        for (index, path) in paths.iter().enumerate() {
            match self.file(path.as_str()) {
                Ok(Ok(file)) => files.push(file),
                Ok(Err(found)) => findings.extend(found),
                Err(error) => findings.push(self.missing_file(name, index, path.as_str(), &error)),
            }
        }
        if findings.is_empty() {
            match reader.read_files(&files) {
                Ok(read) => return Ok(Input::from_read(read, self.sources.clone(), release)),
                Err(found) => findings = found,
            }
        }
        Err(Refused { findings, sources: self.sources.clone() }.into())
    }

    /// A values file, read once; `Err` if it cannot be read at all.
    fn file(&mut self, path: &str) -> io::Result<Result<Arc<ValuesFile>, Findings>> {
        if let Some(known) = self.files.get(path) {
            return Ok(known.clone());
        }
        let bytes = self.store.read(path)?;
        #[cfg(feature = "review")]
        let bytes = self.renamed(path, bytes);
        let read = reader().read_file(&mut self.sources, &self.store.display(path), &bytes);
        self.files.insert(path.to_owned(), read.clone());
        Ok(read)
    }

    /// The bytes with the names of today, where former ones are taken. What cannot be renamed the reader tells.
    #[cfg(feature = "review")]
    fn renamed(&mut self, path: &str, bytes: Vec<u8>) -> Vec<u8> {
        let Some(former) = &mut self.former else { return bytes };
        // Few files have one: the others are parsed once.
        let names = RENAMES.keys.iter().map(|renamed| renamed.from.as_bytes());
        if !names.into_iter().any(|name| bytes.windows(name.len()).any(|window| window == name)) {
            return bytes;
        }
        let file = self.store.display(path);
        match reader().migrate_file(&mut SourceMap::new(), &file, &bytes) {
            Ok(migrated) => {
                former.extend(migrated.keys.into_iter().map(|key| FormerKey { file: file.clone(), key }));
                migrated.bytes
            }
            Err(_) => bytes,
        }
    }

    /// Puts a finding at the key of `environments.yaml` that this path ends in.
    #[cfg(feature = "diagnose")]
    pub(crate) fn in_listing(&self, path: &[&str], finding: Finding) -> Finding {
        let Some((key, above)) = path.split_last() else { return finding };
        let above: Vec<PathSegment> = above.iter().map(|key| PathSegment::from(*key)).collect();
        match self.listing.document().root.at(&above).and_then(|map| map.entry(key)) {
            Some((key, _)) => finding.at(key.span, ""),
            None => finding,
        }
    }

    /// A file that an environment names and that cannot be read, at the place where it is named.
    fn missing_file(&self, environment: &str, index: usize, path: &str, error: &io::Error) -> Finding {
        let place = [
            PathSegment::from("environments"),
            PathSegment::from(environment),
            PathSegment::from("files"),
            PathSegment::from(index),
        ];
        let finding = Finding::error(MISSING_FILE.id, format!("cannot read {}: {error}", self.store.display(path)));
        let finding = match self.listing.document().root.at(&place) {
            Some(node) => finding.at(node.span, "named here"),
            None => finding,
        };
        let neighbours = self.store.neighbours(path);
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy();
        match similar(&name, neighbours.iter().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean {}?", Path::new(path).with_file_name(near).display())),
            None => finding.help(format!("paths are relative to {}", self.store.display("."))),
        }
    }
}

impl Input {
    /// Values files of the file system, of which the last wins, read as Helm reads them. `-` is standard input.
    ///
    /// # Errors
    ///
    /// [`LoadError::File`] for the first file that cannot be read, [`LoadError::Refused`] with every fault of the files
    /// at its place.
    pub fn from_paths<P: AsRef<Path>>(paths: &[P], release: Release) -> Result<Self, LoadError> {
        let mut files = Vec::new();
        for path in paths.iter().map(AsRef::as_ref) {
            let bytes = read_file(path).map_err(|source| LoadError::File { path: path.to_owned(), source })?;
            files.push((display(path), bytes));
        }
        Ok(Self::from_files(files, release)?)
    }
}

fn display(path: &Path) -> String {
    if path == Path::new("-") { "<standard input>".to_owned() } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of values with these files.
    fn directory(files: &[(&str, &str)]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(home.path().join(name), text).unwrap();
        }
        home
    }

    const VALUES: &str = "\
acceptGeneralConditions: true
image: { registry: registry.example.com }
adminNodeManager: { image: { tag: 7.7.0 } }
gatewayGroupDefaults: { manager: { enabled: false } }
cassandra: { enabled: false }
metricsDatabase: { enabled: false }
ingress: { enabled: false }
gatewayGroups: { main: { image: { tag: a } } }
";

    #[test]
    fn files_are_laid_over_one_another_in_order() {
        let listing = "environments:\n  b: { files: [a.yaml, b.yaml], release: apim, namespace: apim-b }\n  a: { files: [a.yaml], release: apim, namespace: apim-a }\n";
        let over = "gatewayGroups: { main: { image: { tag: b } } }\n";
        let home = directory(&[(ENVIRONMENTS, listing), ("a.yaml", VALUES), ("b.yaml", over)]);
        let mut workspace = Workspace::open(home.path()).unwrap();
        assert_eq!(workspace.environments().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a"]);
        let tag = |input: &Input| input.merged()["gatewayGroups"]["main"]["image"]["tag"].clone();
        assert_eq!(tag(&workspace.input("b").unwrap()), "b");
        assert_eq!(tag(&workspace.input("a").unwrap()), "a");
        assert_eq!(workspace.sources().iter().count(), 3, "each file is read once");
        assert_eq!(workspace.input("a").unwrap().release().namespace.as_str(), "apim-a");
    }

    #[test]
    fn a_missing_listing_is_no_finding() {
        let home = directory(&[]);
        assert!(matches!(Workspace::open(home.path()), Err(LoadError::File { .. })));
    }

    #[test]
    fn an_unknown_environment_is_told_with_those_that_there_are() {
        let listing = "environments:\n  prod: { files: [], release: a, namespace: a }\n  dev: { files: [], release: a, namespace: a }\n";
        let home = directory(&[(ENVIRONMENTS, listing)]);
        let unknown = Workspace::open(home.path()).unwrap().environment("prdo").unwrap_err();
        assert_eq!(unknown.known, ["prod", "dev"]);
        assert_eq!(unknown.similar.as_deref(), Some("prod"));
        assert_eq!(unknown.to_string(), "there is no environment \"prdo\"");
    }

    #[test]
    fn a_missing_values_file_is_told_where_it_is_named() {
        let listing = "environments:\n  dev: { files: [prod.yml], release: a, namespace: a }\n";
        let home = directory(&[(ENVIRONMENTS, listing), ("prod.yaml", VALUES)]);
        let Err(LoadError::Refused(refused)) = Workspace::open(home.path()).unwrap().input("dev") else {
            unreachable!("the file does not exist");
        };
        let finding = refused.findings.iter().next().unwrap();
        assert_eq!(refused.sources.slice(finding.labels[0].span), "prod.yml");
        assert_eq!(
            (finding.rule.as_ref(), finding.help.as_slice()),
            ("E001", ["did you mean prod.yaml?".to_owned()].as_slice())
        );
    }
}
