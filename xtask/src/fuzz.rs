//! `cargo xtask fuzz`: hostile files for the readers, for as long as is asked. What it tries stands in `tests/tests/fuzz`.

use anyhow::Result;

use crate::process::run as run_command;
use crate::workspace;

/// How long, and from which seed.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long to go on
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    minutes: u64,
    /// Another seed than that of the tests
    #[arg(long)]
    seed: Option<u64>,
    /// Only the case of this number, which a failure names
    #[arg(long)]
    case: Option<u64>,
}

/// Runs the fuzzer.
pub(crate) fn run(options: &Options) -> Result<()> {
    let mut command = workspace::cargo();
    command.args(["test", "--quiet", "--package", "emt-tests", "--test", "fuzz", "--", "--nocapture"]);
    command.env("EMT_FUZZ_SECONDS", (options.minutes * 60).to_string());
    let given = [("EMT_FUZZ_SEED", options.seed), ("EMT_FUZZ_CASE", options.case)];
    command.envs(given.into_iter().filter_map(|(name, value)| Some((name, value?.to_string()))));
    run_command(&mut command)
}
