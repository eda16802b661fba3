//! A text of the values where an integer is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        replicas: &values.line,
    });
}
