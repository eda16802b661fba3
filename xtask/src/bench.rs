//! `cargo xtask bench`: measures emt beside Helm on the same chart and values, in one run.
//!
//! Cold: whole processes, started in turn so that a drift of the machine's speed meets all alike. In process: many renders
//! of one environment in one process. Medians, smallest and largest are printed, and ratios of medians.
//!
//! Limit: wall time of this machine as it is; nothing here judges, and no test depends on it.

mod publishing;
mod reports;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use emt_tests::helms;

use crate::listing::{environment_lines, name};
use crate::process::run as run_command;
use crate::workspace;

/// Counted runs of each command, after two that are not counted.
const RUNS: usize = 40;
const ENVIRONMENT: &str = "prod";
/// In a contestant's arguments: the number of the round.
const ROUND: &str = "{round}";

/// Builds emt, emits the chart, and times both.
pub(crate) fn run() -> Result<()> {
    let root = workspace::root();
    run_command(workspace::cargo().args(["build", "--release", "--quiet", "--package", "emt-cli"]))?;
    run_command(workspace::cargo().args([
        "build",
        "--release",
        "--quiet",
        "--package",
        "emt",
        "--example",
        "in_process",
    ]))?;
    let release = workspace::target().join("release");
    let (emt, folder) = (release.join("emt"), workspace::target().join("bench"));
    let chart = folder.join("chart");
    run_command(Command::new(&emt).current_dir(&root).arg("chart").arg("-o").arg(&chart))?;

    let mut contestants = vec![Contestant::new("emt --version (start-up)", &emt, &["--version"], &root)];
    contestants.push(Contestant::new(&format!("emt render {ENVIRONMENT}"), &emt, &["render", ENVIRONMENT], &root));
    let files = values_files(&root)?;
    for helm in helms() {
        let mut arguments = vec!["template".to_owned(), "apim".to_owned(), chart.to_string_lossy().into_owned()];
        arguments.extend(["--namespace".to_owned(), format!("apim-{ENVIRONMENT}")]);
        arguments.extend(files.iter().flat_map(|file| ["--values".to_owned(), file.clone()]));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        contestants.push(Contestant::new(&format!("helm {} template", helm.version), &helm.binary, &arguments, &root));
    }
    measure(&mut contestants)?;

    println!("whole processes, wall time, {RUNS} runs each in turn, {} processors", processors());
    print(&contestants, 1);
    println!("\nin one process:");
    run_command(Command::new(release.join("examples/in_process")).current_dir(&root).arg(ENVIRONMENT))?;
    reports::run(&emt, &folder, &root)?;
    publishing::run(&emt, &folder, &root)?;
    println!("\nemt, stripped: {:.1} MB", fs::metadata(&emt)?.len() as f64 / 1e6);
    Ok(())
}

/// Prints the times, and the ratios to the median of one of the contestants.
fn print(contestants: &[Contestant], reference: usize) {
    println!("{:<28} {:>10} {:>10} {:>10} {:>8}", "", "median", "smallest", "largest", "ratio");
    let reference = contestants.get(reference).map(Contestant::median).unwrap_or_default();
    for contestant in contestants {
        println!(
            "{:<28} {:>10} {:>10} {:>10} {:>8.1}",
            contestant.name,
            milliseconds(contestant.median()),
            milliseconds(contestant.times.first().copied().unwrap_or_default()),
            milliseconds(contestant.times.last().copied().unwrap_or_default()),
            contestant.median().as_secs_f64() / reference.as_secs_f64()
        );
    }
}

/// A command that is timed.
struct Contestant {
    name: String,
    program: PathBuf,
    arguments: Vec<String>,
    directory: PathBuf,
    times: Vec<Duration>,
}

impl Contestant {
    fn new(name: &str, program: &Path, arguments: &[&str], directory: &Path) -> Self {
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        let (program, directory) = (program.to_path_buf(), directory.to_path_buf());
        Self { name: name.to_owned(), program, arguments, directory, times: Vec::new() }
    }

    fn time(&self, round: usize) -> Result<Duration> {
        let mut command = Command::new(&self.program);
        let round = round.to_string();
        command
            .args(self.arguments.iter().map(|argument| argument.replace(ROUND, &round)))
            .current_dir(&self.directory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let start = Instant::now();
        let output = command.output().with_context(|| format!("cannot start {}", self.program.display()))?;
        let time = start.elapsed();
        if !output.status.success() {
            bail!("{} failed:\n{}", self.name, String::from_utf8_lossy(&output.stderr));
        }
        Ok(time)
    }

    /// The middle of the sorted times.
    fn median(&self) -> Duration {
        self.times.get(self.times.len() / 2).copied().unwrap_or_default()
    }
}

fn measure(contestants: &mut [Contestant]) -> Result<()> {
    for round in 0..RUNS + 2 {
        for contestant in contestants.iter_mut() {
            let time = contestant.time(round)?;
            if round >= 2 {
                contestant.times.push(time);
            }
        }
    }
    contestants.iter_mut().for_each(|contestant| contestant.times.sort());
    Ok(())
}

/// An environment's name, its namespace and its values files.
struct Environment {
    name: String,
    namespace: String,
    files: Vec<String>,
}

/// The environments, as `values/environments.yaml` lists them, each with its files on one line.
fn environments(root: &Path) -> Result<Vec<Environment>> {
    let text = fs::read_to_string(root.join("values/environments.yaml"))?;
    let mut found: Vec<Environment> = Vec::new();
    for line in environment_lines(&text) {
        if let Some(name) = name(line) {
            found.push(Environment { name: name.to_owned(), namespace: String::new(), files: Vec::new() });
        }
        let Some(last) = found.last_mut() else { continue };
        if let Some(list) = line.trim().strip_prefix("files: [").and_then(|rest| rest.split(']').next()) {
            last.files = list.split(',').map(|file| format!("values/{}", file.trim())).collect();
        }
        if let Some(namespace) = line.trim().strip_prefix("namespace: ") {
            last.namespace = namespace.to_owned();
        }
    }
    let incomplete = found.iter().find(|environment| environment.files.is_empty() || environment.namespace.is_empty());
    match incomplete {
        Some(environment) => bail!("{} lists no files or no namespace", environment.name),
        None => Ok(found),
    }
}

/// The values files of the measured environment.
fn values_files(root: &Path) -> Result<Vec<String>> {
    let measured = environments(root)?.into_iter().find(|environment| environment.name == ENVIRONMENT);
    Ok(measured.context("the environment is not listed")?.files)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
