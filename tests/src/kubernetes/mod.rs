//! Objects judged against Kubernetes' own schemas: by `kubernetes-validate`, and a second time by `kubeconform`.
//!
//! Both read the schemas that the Python package carries, so nothing is fetched; their JSON schema engines are
//! independent of each other and of the Rust one. Each call is one process, for any number of objects.
//!
//! Limits: structure only, as an API server's schema has it, without admission rules; kinds of custom resources are
//! not known to them and are counted apart.

mod conform;
mod validate;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::Value;

use crate::tools::Tool;

pub use conform::kubeconform;
pub use validate::kubernetes_validate;

/// What a judge made of objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validation {
    /// How many pairs of object and Kubernetes version were judged. A test asserts that it is not 0.
    pub checked: usize,
    /// The kinds without a schema, each once: `Kind apiVersion`.
    pub unknown: Vec<String>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The Kubernetes version: `1.35`.
    pub version: String,
    /// `Kind apiVersion namespace/name`.
    pub object: String,
    /// A JSON pointer to the place.
    pub path: String,
    /// The judge's words.
    pub message: String,
}

/// Why a judge gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ValidationError {
    /// The program could not be started or fed.
    #[error("cannot run {program}: {source}. Run `cargo xtask doctor` to see which tools are there")]
    Run {
        /// The judge's name.
        program: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The input of a run could not be written.
    #[error("cannot prepare the schemas of {program}: {source}")]
    Scratch {
        /// The judge's name.
        program: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The program ended without an answer that can be read.
    #[error("{program} gave no readable answer: {message}")]
    Answer {
        /// The judge's name.
        program: &'static str,
        /// What it printed instead.
        message: String,
    },
}

impl Validation {
    fn add_unknown(&mut self, object: &Value) {
        let kind = format!("{} {}", text(&object["kind"]), text(&object["apiVersion"]));
        if !self.unknown.contains(&kind) {
            self.unknown.push(kind);
        }
    }
}

/// Runs a program, writes its whole input and reads its whole output.
fn converse(tool: &Tool, program: &Path, arguments: &[&str], input: String) -> Result<Output, ValidationError> {
    let failed = |source| ValidationError::Run { program: tool.name, source };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let stdin = child.stdin.take();
    // A thread of its own, or both sides wait for each other once the pipes are full. A program that ends before it
    // has read everything says why in its output, so a failed write is not the error to report.
    let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().map_err(failed)?;
    drop(writer.join());
    Ok(output)
}

/// A program's output as JSON, or what it printed instead.
fn parsed(program: &'static str, output: &Output) -> Result<Value, ValidationError> {
    serde_json::from_slice(&output.stdout).map_err(|error| {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let message = if stderr.trim().is_empty() { error.to_string() } else { stderr.trim().to_owned() };
        ValidationError::Answer { program, message }
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
