//! Writes the reference architecture, row by row, to standard output: `docs/reference-architecture.md`.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().lock().write_all(emt_check::reference_page().as_bytes())
}
