//! The page that answers the rows of documentation: the reference architecture row by row, each with an anchor.

use std::fmt::Write as _;

use super::table::{Row, rows};

/// The name of the page below the documentation.
pub(super) const PAGE: &str = "reference-architecture.md";

/// The anchor of a row.
pub(super) fn anchor(row: &Row) -> String {
    row.id.to_lowercase()
}

/// What the page says of a row.
pub(super) fn entry(row: &Row) -> String {
    format!("- <a id=\"{}\"></a>**{}** ({}) {}", anchor(row), row.id, row.level.as_str(), row.title)
}

/// The page: every row of the inventory in its section.
#[must_use]
pub fn reference_page() -> String {
    let mut page = String::from(
        "<!-- Written by `cargo xtask codegen` from the tables of emt-check. Do not edit. -->\n\
         # The reference architecture, row by row\n\n\
         What the reference architecture says, with the ids that values, rules and reports refer to. Levels: R required, \
         Rec recommended, O optional, S statement or number, F announced. `emt conformance` says what answers each row.\n",
    );
    let mut section = "";
    for row in rows() {
        if row.section != section {
            section = row.section;
            // Writing to a text cannot fail.
            let _ = write!(page, "\n## {section}\n\n");
        }
        let _ = writeln!(page, "{}", entry(row));
    }
    page
}
