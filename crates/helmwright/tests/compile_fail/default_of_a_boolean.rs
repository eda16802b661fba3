//! A default for a boolean: false is a value.

mod sample;

use helmwright::expression::{first_of, not_empty};
use sample::*;

fn main() {
    let values = values();
    let _ = first_of(&values.enabled, &values.enabled);
    let _ = not_empty(&values.enabled);
}
