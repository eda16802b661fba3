//! A map where a list is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        metadata: { name: "mail" },
        workers: { name: "first" },
    });
}
