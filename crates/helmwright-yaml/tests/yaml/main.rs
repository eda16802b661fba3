//! Tests of the reader and the writer through the public interface, in one binary.

// Clippy knows tests by their attribute, and helpers have none.
#![allow(clippy::panic)]

mod limits;
mod reading;
mod roundtrip;
mod rules;
mod writing;

use helmwright_diagnostics::{Findings, SourceMap, Style, human};
use helmwright_yaml::{Document, read_bytes};
use serde_json::Value;

/// Reads a file called `values.yaml`.
fn read_file(bytes: &[u8]) -> (SourceMap, Result<Document, Findings>) {
    let mut sources = SourceMap::new();
    let result = read_bytes(&mut sources, "values.yaml", bytes);
    (sources, result)
}

/// The value of a text that must be accepted.
fn accepted(text: &str) -> Value {
    let (sources, result) = read_file(text.as_bytes());
    match result {
        Ok(document) => document.root.to_json(),
        Err(findings) => panic!("{text:?} is refused:\n{}", human(&findings, &sources, Style::default())),
    }
}

/// The findings of a file that must be refused: their rules in order, and their text.
fn refused(bytes: &[u8]) -> (Vec<String>, String) {
    let (sources, result) = read_file(bytes);
    let Err(findings) = result else { panic!("{:?} is accepted", String::from_utf8_lossy(bytes)) };
    assert!(findings.has_errors());
    let rules = findings.iter().map(|finding| finding.rule.to_string()).collect();
    (rules, human(&findings, &sources, Style::default()))
}
