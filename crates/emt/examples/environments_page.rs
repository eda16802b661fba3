//! Writes the reference of `environments.yaml` to standard output: `docs/environments.md`.

use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    io::stdout().lock().write_all(emt::environments_page().as_bytes())
}
