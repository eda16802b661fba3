//! Values files with the names that keys have today, from files that still have former ones.
//!
//! Nothing is written here. Limit: the keys of values alone; `environments.yaml` has none that was renamed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use helmwright::read::RenamedKey;
use helmwright_diagnostics::{Findings, SourceMap};

use crate::refused::Refused;
use crate::render::reader;
use crate::store::read_file;
use crate::workspace::{LoadError, Workspace};

/// Values files, as they are and as they should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migration {
    /// Every file that was looked at, in order.
    pub files: Vec<MigratedFile>,
}

/// One values file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigratedFile {
    /// Where it stands.
    pub path: PathBuf,
    /// Its bytes.
    pub before: Vec<u8>,
    /// Its bytes with the names of today; the same where nothing was renamed.
    pub after: Vec<u8>,
    /// The keys that were renamed.
    pub keys: Vec<RenamedKey>,
    /// Whether all of its YAML can be read. What cannot may hold further keys.
    pub is_readable: bool,
}

impl MigratedFile {
    /// The texts before and after as people and logs may see them: asterisks in the place of secrets.
    #[must_use]
    pub fn shown(&self) -> [String; 2] {
        [&self.before, &self.after].map(|bytes| {
            let mut sources = SourceMap::new();
            // It hides what may be a secret, whatever else it finds.
            drop(reader().migrate_file(&mut sources, "", bytes));
            let id = sources.iter().next().map(|(id, _)| id);
            id.map(|id| sources.shown(id).into_owned()).unwrap_or_default()
        })
    }
}

impl Migration {
    /// Looks at files of the file system.
    ///
    /// # Errors
    ///
    /// [`LoadError::File`] for the first one that cannot be read, [`LoadError::Refused`] with every place at which a key
    /// cannot be renamed, and every file that is no YAML.
    pub fn of_files<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Self, LoadError> {
        let (mut sources, mut findings) = (SourceMap::new(), Findings::new());
        let (mut migration, mut seen) = (Self::default(), BTreeSet::new());
        for path in paths {
            let path = path.as_ref().to_owned();
            if !seen.insert(path.clone()) {
                continue;
            }
            let before = read_file(&path).map_err(|source| LoadError::File { path: path.clone(), source })?;
            match reader().migrate_file(&mut sources, &path.display().to_string(), &before) {
                Ok(migrated) => migration.files.push(MigratedFile {
                    path,
                    before,
                    after: migrated.bytes,
                    keys: migrated.keys,
                    is_readable: migrated.is_readable,
                }),
                Err(found) => findings.extend(found),
            }
        }
        if findings.is_empty() { Ok(migration) } else { Err(Refused { findings, sources }.into()) }
    }

    /// The files in which something is renamed.
    pub fn changed(&self) -> impl Iterator<Item = &MigratedFile> {
        self.files.iter().filter(|file| file.before != file.after)
    }
}

impl Workspace {
    /// Looks at the files of these environments, or of all if none is named; files that they share once.
    ///
    /// # Errors
    ///
    /// [`LoadError::UnknownEnvironment`]; a file as of [`Migration::of_files`].
    pub fn migrate<S: AsRef<str>>(&self, names: &[S]) -> Result<Migration, LoadError> {
        let chosen: Vec<_> = match names {
            [] => self.environments().map(|(_, environment)| environment).collect(),
            names => names.iter().map(|name| self.environment(name.as_ref())).collect::<Result<_, _>>()?,
        };
        let paths = chosen.iter().flat_map(|environment| &environment.files);
        Migration::of_files(paths.filter_map(|path| self.path_of(path.as_str())))
    }
}
