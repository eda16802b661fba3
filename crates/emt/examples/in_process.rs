//! Times renders of one environment inside one process: reading, merging, evaluating, writing YAML.
//!
//! `cargo run --release -p emt --example in_process prod`. Used by `cargo xtask bench`.

#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::time::{Duration, Instant};

use emt::Workspace;

const RUNS: usize = 400;

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "prod".to_owned());
    let mut steps = [Vec::new(), Vec::new(), Vec::new()];
    let start = Instant::now();
    emt::tree();
    let tree = start.elapsed();
    let (mut objects, mut bytes) = (0, 0);
    for _ in 0..RUNS {
        let start = Instant::now();
        let mut workspace = Workspace::open("values")?;
        let input = workspace.input(&name).map_err(|_| "the environment is refused")?;
        let read = start.elapsed();
        let manifests = emt::render(&input).map_err(|_| "the environment is refused")?;
        let evaluated = start.elapsed();
        let text = manifests.to_yaml();
        let written = start.elapsed();
        (objects, bytes) = (manifests.len(), text.len());
        for (step, time) in steps.iter_mut().zip([read, evaluated - read, written - evaluated]) {
            step.push(time);
        }
    }
    let medians = steps.map(median);
    let [read, evaluate, write] = medians;
    println!("{objects} objects, {bytes} bytes of YAML, median of {RUNS}");
    println!(
        "definition built once {tree:.2?}; files read and accepted {read:.2?}; evaluated {evaluate:.2?}; YAML {write:.2?}"
    );
    println!("together {:.2?}", medians.iter().sum::<Duration>());
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
