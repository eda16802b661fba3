//! A name made of a text that may hold anything.

mod sample;

use sample::*;

fn main() {
    let values = values();
    let _ = values.line.as_name();
}
