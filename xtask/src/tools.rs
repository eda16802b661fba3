//! `cargo xtask tools`: the pinned real tools, made available under `.tools`.
//!
//! What there is, in which version and from where stands in `tests/src/tools/`, which the tests read too. A tool that
//! `PATH` has in a fitting version is not installed. A second run does nothing.
//!
//! Limit: directories of earlier pins stay; remove `.tools` to be rid of them.

use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use emt_tests::tools::{Group, Origin, TOOLS, Tool, Tools};

use crate::install::{describe, install};

/// The tools that a run needs.
pub(crate) fn wanted(full: bool) -> impl Iterator<Item = &'static Tool> {
    TOOLS.iter().filter(move |tool| full || tool.group == Group::Core)
}

/// Installs what is missing; every failure is reported, not only the first.
pub(crate) fn run(full: bool) -> Result<()> {
    let tools = Tools::locate();
    std::fs::create_dir_all(tools.root()).with_context(|| format!("cannot create {}", tools.root().display()))?;
    let mut failures = Vec::new();
    for tool in wanted(full) {
        if let Some(found) = tools.find(tool) {
            let place = if found.origin == Origin::Path { "on PATH" } else { "in .tools" };
            println!("{:<20} {:<8} {place}", tool.name, found.version);
            continue;
        }
        let sources: Vec<String> = tool.sources.iter().map(describe).collect();
        println!("{:<20} {:<8} installing: {}", tool.name, tool.version, sources.join(", else "));
        let start = Instant::now();
        match install(tool, tools.root()) {
            Ok(()) => println!("{:<20} {:<8} installed in {:.1} s", "", "", start.elapsed().as_secs_f32()),
            Err(error) => failures.push(format!("{error:#}")),
        }
    }
    if !failures.is_empty() {
        bail!("{}", failures.join("\n\n"));
    }
    Ok(())
}
