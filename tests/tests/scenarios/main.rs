//! The proofs of the chart and its engine: one binary, one folder or file for each scenario.
//!
//! A scenario prints its figures in one line that starts with its name. One that needs a tool returns early without it,
//! unless `cargo xtask test` requires it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failed unwrap is a failed test, and scenarios print their figures"
)]

mod acceptance;
mod chart;
mod compatibility;
mod coverage;
mod equality;
mod faults;
mod figures;
mod generate;
mod gitops;
mod impact;
mod language;
mod linters;
mod mutation;
mod oracle;
mod registry;
mod reserved;
mod review;
mod shapes;
mod validity;
mod variables;
