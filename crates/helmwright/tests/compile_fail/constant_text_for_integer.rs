//! A constant text where an integer is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        metadata: { name: "mail" },
        replicas: "3",
    });
}
