//! What a scenario counted, in one line that starts with its name.
//!
//! The line goes to standard output, and into a file of `EMT_FIGURES` where that names a directory, so that
//! `cargo xtask test` can print all of them at its end.

use std::{env, fs};

/// The directory that collects the lines; not set: they are only printed.
const DIRECTORY: &str = "EMT_FIGURES";

/// Prints and keeps a scenario's figures. `part` tells several lines of a scenario apart; it may be empty.
pub(crate) fn print(scenario: &str, part: &str, figures: &str) {
    let line =
        if part.is_empty() { format!("{scenario}: {figures}") } else { format!("{scenario} ({part}): {figures}") };
    println!("{line}");
    if let Some(directory) = env::var_os(DIRECTORY).filter(|directory| !directory.is_empty()) {
        let name = format!("{scenario} {part}").trim().replace(|character: char| !character.is_alphanumeric(), "-");
        fs::write(std::path::Path::new(&directory).join(format!("{name}.txt")), line + "\n").unwrap();
    }
}

/// An integer with commas between its thousands.
pub(crate) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A list that ends a figure's line or a failure, one entry a line, cut where it is long.
pub(crate) fn listed(entries: &[String], most: usize) -> String {
    let shown = entries.iter().take(most).map(|entry| format!("\n  {entry}")).collect::<String>();
    if entries.len() > most { format!("{shown}\n  … and {} more", entries.len() - most) } else { shown }
}

#[test]
fn thousands_are_separated() {
    assert_eq!([7, 999, 1000, 1_234_567].map(thousands), ["7", "999", "1,000", "1,234,567"]);
}
