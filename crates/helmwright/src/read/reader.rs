//! From files to typed values.

use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

use helmwright_diagnostics::{Findings, SourceMap};
use helmwright_yaml::{PathSegment, leaves, read_bytes_partly};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::decoder::decode;
use super::faults::Faults;
use super::file::ValuesFile;
use super::hidden::{Secrets, hide, hide_in_last};
use super::judge::Judge;
use super::layers::{Layers, Origin};
use super::migrate::{Migrated, migrate};
use super::{nulls, refusal};
use crate::describe;
use crate::values::Renames;

/// Reads values of type `V`. Made once, it serves any number of environments and threads.
#[derive(Debug)]
pub struct Reader<V> {
    defaults: Value,
    secrets: Secrets,
    renames: Renames,
    /// Made when values are first refused.
    judge: OnceLock<Judge>,
    values: PhantomData<fn() -> V>,
}

/// Values that were read.
#[derive(Clone, Debug)]
pub struct ReadValues<V> {
    /// The values, typed.
    pub values: V,
    /// The same as JSON: what templates see as `.Values`.
    pub merged: Value,
    layers: Layers,
}

impl<V: DeserializeOwned + JsonSchema> Reader<V> {
    /// A reader over the chart's defaults (see [`describe::defaults`]), which need not be complete.
    #[must_use]
    pub fn new(defaults: Value) -> Self {
        Self {
            defaults,
            secrets: Secrets::default(),
            renames: Renames::default(),
            judge: OnceLock::new(),
            values: PhantomData,
        }
    }

    /// The same reader, for values with secrets, which findings do not show.
    #[must_use]
    pub fn with_secrets(self, secrets: Secrets) -> Self {
        Self { secrets, ..self }
    }

    /// The same reader, for values with renamed keys: a former name is refused with the name of today and the advice.
    #[must_use]
    pub fn with_renames(self, renames: Renames) -> Self {
        Self { renames, ..self }
    }

    /// The chart's defaults.
    #[must_use]
    pub fn defaults(&self) -> &Value {
        &self.defaults
    }

    /// Reads files, given as name and content, of which the last wins. The texts join `sources`, to which the places in
    /// findings and origins belong.
    ///
    /// # Errors
    ///
    /// Every fault: what is no YAML, or else what is no value of the type `V` (see [`RULES`](super::RULES)).
    pub fn read<N: AsRef<str>, B: AsRef<[u8]>>(
        &self,
        sources: &mut SourceMap,
        files: impl IntoIterator<Item = (N, B)>,
    ) -> Result<ReadValues<V>, Findings> {
        let (mut read, mut findings) = (Vec::new(), Findings::new());
        for (name, bytes) in files {
            match self.read_file(sources, name.as_ref(), bytes.as_ref()) {
                Ok(file) => read.push(file),
                Err(found) => findings.extend(found),
            }
        }
        // Without one of its files an environment has other values: whatever they lack would be told in vain.
        let result = if findings.is_empty() { self.read_files(&read) } else { Err(findings) };
        result.map_err(|mut findings| {
            findings.sort(sources);
            findings
        })
    }

    /// Reads one file's bytes, for [`read_files`](Self::read_files); `name` is what findings show. A `null` is accepted
    /// here.
    ///
    /// # Errors
    ///
    /// What the YAML reader refuses, all at once: see [`helmwright_yaml::RULES`].
    pub fn read_file(&self, sources: &mut SourceMap, name: &str, bytes: &[u8]) -> Result<Arc<ValuesFile>, Findings> {
        let (document, findings) = read_bytes_partly(sources, name, bytes);
        let Some(document) = document else {
            hide_in_last(sources, self.secrets);
            return Err(findings);
        };
        let file = ValuesFile::of(document);
        hide(sources, &file.document().root, file.value(), self.secrets);
        if findings.is_empty() { Ok(Arc::new(file)) } else { Err(findings) }
    }

    /// Gives renamed keys of a file their names of today, and leaves all else as it is: order, comments, quotes, blanks,
    /// line ends. What else is wrong with the file does not matter, as long as it is YAML.
    ///
    /// # Errors
    ///
    /// What is no YAML; a key that stands there under both names; one that an alias has elsewhere, where it keeps its name.
    pub fn migrate_file(&self, sources: &mut SourceMap, name: &str, bytes: &[u8]) -> Result<Migrated, Findings> {
        match read_bytes_partly(sources, name, bytes) {
            (Some(document), others) => {
                hide(sources, &document.root, &document.root.to_json(), self.secrets);
                migrate(sources, &document, bytes, &others, self.renames.keys)
            }
            (None, findings) => {
                hide_in_last(sources, self.secrets);
                Err(findings)
            }
        }
    }

    /// Reads files that were parsed before, so that environments can share them. The last wins.
    ///
    /// # Errors
    ///
    /// Every fault, as of [`read`](Self::read).
    pub fn read_files(&self, files: &[Arc<ValuesFile>]) -> Result<ReadValues<V>, Findings> {
        let layers = Layers::new(files);
        if files.iter().any(|file| file.has_nulls()) {
            return Err(self.refuse_nulls(&layers));
        }
        let merged = layers.merged(&self.defaults);
        match decode::<V>(&merged) {
            Ok(values) => Ok(ReadValues { values, merged, layers }),
            Err(_) => Err(self.explain(&layers, &merged).into_findings(&layers)),
        }
    }

    /// The faults of merged values that the type refuses: at least one.
    fn explain(&self, layers: &Layers, merged: &Value) -> Faults {
        let mut faults = self.judge().faults(layers, merged);
        if faults.is_empty() {
            faults.push(refusal::fault::<V>(layers, merged));
        }
        faults
    }

    /// Nulls are refused whether the type would accept the rest or not; what else is wrong is told as well.
    fn refuse_nulls(&self, layers: &Layers) -> Findings {
        let merged = layers.merged_without_nulls(&self.defaults);
        let mut faults = nulls::faults(layers, self.judge().schema(), &self.defaults);
        if !faults.has_more() && decode::<V>(&merged).is_err() {
            faults.extend_unless_told(self.explain(layers, &merged));
        }
        faults.into_findings(layers)
    }

    fn judge(&self) -> &Judge {
        self.judge.get_or_init(|| {
            let mut schema = describe::schema::<V>("", None);
            describe::add_defaults(&mut schema, &self.defaults);
            Judge::new(schema, self.renames, self.secrets)
        })
    }
}

impl<V> ReadValues<V> {
    /// Who set the value at `path`. For a map, the last file that says anything of it.
    #[must_use]
    pub fn origin(&self, path: &[PathSegment]) -> Origin {
        self.layers.origin(path)
    }

    /// Who set each value that is no map, with its path, in the order of the merged values. An empty map counts as a value,
    /// a list as one.
    #[must_use]
    pub fn origins(&self) -> Vec<(Vec<PathSegment>, Origin)> {
        let mut origins = Vec::new();
        leaves(&self.merged, &mut |path, _| origins.push((path.to_vec(), self.layers.origin(path))));
        origins
    }

    /// The values files, of which the last wins.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = &ValuesFile> {
        self.layers.files()
    }
}
