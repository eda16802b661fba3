//! The command line, as its users meet it: what is printed where, the exit status, and what is written.
//!
//! Each test runs the program. Snapshots hold all that it prints.

#![allow(clippy::unwrap_used, reason = "tests")]

mod bad_input;
mod checking;
#[cfg(feature = "review")]
mod comparing;
mod console;
mod explain;
#[cfg(feature = "review")]
mod first_steps;
mod init;
mod migrate;
#[cfg(feature = "oci")]
mod planning;
mod publishing;
mod readme;
mod run;
mod secrets;
mod usage;
mod writing;
