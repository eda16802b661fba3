//! A field that does not exist further down.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        metadata: {
            name: "mail",
            lables: { "a": "b" },
        },
    });
}
