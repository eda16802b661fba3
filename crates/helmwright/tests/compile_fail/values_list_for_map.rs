//! A list of the values where a map is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: {
            name: "mail",
            labels: &values.words,
        },
    });
}
