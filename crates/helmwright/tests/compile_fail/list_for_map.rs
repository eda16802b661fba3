//! A list where a map is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        metadata: [{ name: "mail" }],
    });
}
