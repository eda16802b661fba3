//! The command `emt`.
fn main() {}
