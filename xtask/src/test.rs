//! `cargo xtask test`: everything that must hold before a change lands.
//!
//! Runs all steps even if one fails, then prints a table of them and the number of tests. With `EMT_TOOLS` set for the
//! tests, one that needs a missing tool fails instead of returning early.
//!
//! Limit: the number of tests is read from the test runner's closing lines.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use emt_tests::tools::{EXHAUSTIVE_VARIABLE, FULL_VARIABLE, TOOLS_VARIABLE, Tools};

use crate::process::{run as run_command, run_and_see, works};
use crate::{codegen, tools, workspace};

/// The variable that tells the equality tests how many sets of values to try.
const EQUALITY_VARIABLE: &str = "EMT_EQUALITY";

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Also the tests that need Go-built tools (kubeconform, kube-score, kubectl) and checkov
    #[arg(long)]
    full: bool,
    /// Sets of values to try against both Helms in the equality tests
    #[arg(long, value_name = "N")]
    equality: Option<u32>,
    /// Break every place of the chart, the tree and the values where the tests otherwise take a sample (hours)
    #[arg(long)]
    exhaustive: bool,
    /// Further arguments for `cargo test --workspace`, such as a test's name
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<String>,
}

/// How a step ended.
enum Outcome {
    Passed,
    Failed(String),
    LeftOut(&'static str),
}

/// The numbers of the test runner's closing lines, added up.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
    ignored: u64,
}

/// Runs all steps and prints the summary.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut steps = Vec::new();
    let mut counts = Counts::default();
    let mut step = |name: &'static str, work: &mut dyn FnMut() -> Result<Option<&'static str>>| {
        println!("\n── {name}");
        let start = Instant::now();
        let outcome = match work() {
            Ok(None) => Outcome::Passed,
            Ok(Some(reason)) => Outcome::LeftOut(reason),
            Err(error) => {
                println!("{error:#}");
                Outcome::Failed(format!("{error:#}").lines().next().unwrap_or_default().to_owned())
            }
        };
        steps.push((name, outcome, start.elapsed()));
    };
    step("tools", &mut || tools::run(options.full).map(|()| None));
    step("formatting", &mut || {
        if !works("cargo", &["fmt", "--version"]) {
            return Ok(Some("this toolchain has no rustfmt"));
        }
        run_command(workspace::cargo().args(["fmt", "--all", "--check"])).map(|()| None)
    });
    step("lints", &mut || {
        if !works("cargo", &["clippy", "--version"]) {
            return Ok(Some("this toolchain has no clippy"));
        }
        let arguments = ["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"];
        run_command(workspace::cargo().args(arguments)).map(|()| None)
    });
    step("generated files", &mut || codegen::run(true).map(|()| None));
    step("tests", &mut || {
        let mut command = workspace::cargo();
        command.args(["test", "--workspace", "--no-fail-fast"]).args(&options.arguments);
        command.env(TOOLS_VARIABLE, Tools::locate().root());
        if options.full {
            command.env(FULL_VARIABLE, "1");
        }
        if let Some(number) = options.equality {
            command.env(EQUALITY_VARIABLE, number.to_string());
        }
        if options.exhaustive {
            command.env(EXHAUSTIVE_VARIABLE, "1");
        }
        run_and_see(&mut command, |line| counts.add(line)).map(|()| None)
    });
    conclude(&steps, &counts)
}

/// Prints the table of steps; an error if one failed or no test ran.
fn conclude(steps: &[(&str, Outcome, Duration)], counts: &Counts) -> Result<()> {
    println!("\n── summary");
    let mut failed = 0;
    for (name, outcome, time) in steps {
        let said = match outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::LeftOut(reason) => format!("left out: {reason}"),
            Outcome::Failed(reason) => {
                failed += 1;
                format!("FAILED: {reason}")
            }
        };
        println!("{name:<16} {:>7.1} s  {said}", time.as_secs_f32());
    }
    println!("{} passed, {} failed, {} skipped", counts.passed, counts.failed, counts.ignored);
    if failed > 0 {
        bail!("{failed} of {} steps failed", steps.len());
    }
    if counts.passed == 0 {
        bail!("no test ran");
    }
    Ok(())
}

impl Counts {
    /// Adds a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`; other lines are passed over.
    fn add(&mut self, line: &str) {
        let Some((_, rest)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else { return };
        for part in rest.split("; ") {
            let Some((Ok(number), what)) = part.split_once(' ').map(|(number, what)| (number.parse::<u64>(), what))
            else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up() {
        let mut counts = Counts::default();
        counts.add("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s");
        counts.add("test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.2s");
        counts.add("test a ... ok");
        assert_eq!(counts, Counts { passed: 5, failed: 4, ignored: 1 });
    }
}
