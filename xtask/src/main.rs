//! `cargo xtask`: the developer commands of this workspace.
//!
//! One file per command; this one only reads the command line. `cargo xtask --help` explains each.
//!
//! Limit: commands work from any directory of the workspace, on Linux and macOS.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program prints")]

mod bench;
mod codegen;
mod directory;
mod doctor;
mod fuzz;
mod goldens;
mod install;
#[allow(unreachable_pub, reason = "its modules are written as a library's")]
mod k8s;
mod listing;
mod process;
mod test;
mod tools;
mod workspace;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Developer commands of the emt workspace
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install the pinned tools that tests judge by into `.tools`
    ///
    /// Helm 4 and 3 and kubernetes-validate; with --full also kubeconform, kube-score, checkov, Kubernetes' own admission
    /// of pods, kubectl, crane and cosign; docker-registry and skopeo are Debian's. A tool that PATH has in a fitting
    /// version is not installed. A second run does nothing. Needs Python 3.10 and npm or Go; --full: Go.
    Tools {
        /// Also the tools that only `cargo xtask test --full` needs
        #[arg(long)]
        full: bool,
    },
    /// Say what this machine has of what the other commands need, and what to do about the rest
    Doctor,
    /// Check everything: tools, formatting, lints, generated files, all tests
    ///
    /// All steps run even if one fails. Tests that need a missing tool fail here; under plain `cargo test` they return
    /// early.
    Test(test::Options),
    /// Write all generated files
    Codegen {
        /// Write nothing; fail if a file is not fresh
        #[arg(long)]
        check: bool,
    },
    /// Renew what the generator of Kubernetes types starts from: seldom needed
    #[command(subcommand)]
    K8s(K8s),
    /// Give readers, check and review hostile files for ten minutes: no panic, no hang, no more than 200 MB for 1 MB
    Fuzz(fuzz::Options),
    /// Measure emt and its peers
    Bench,
}

#[derive(Subcommand)]
enum K8s {
    /// Read the schemas of all supported Kubernetes versions anew into the snapshot, then regenerate (minutes)
    Extract,
    /// Add the kinds of a file of custom resource definitions to the snapshot, then regenerate
    AddCrd {
        /// YAML or JSON, several documents allowed
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let result = match CommandLine::parse().command {
        Command::Tools { full } => tools::run(full),
        Command::Doctor => doctor::run(),
        Command::Test(options) => test::run(&options),
        Command::Codegen { check } => codegen::run(check),
        Command::K8s(K8s::Extract) => k8s::extract(),
        Command::K8s(K8s::AddCrd { file }) => k8s::add_crd(&file),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Bench => bench::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
