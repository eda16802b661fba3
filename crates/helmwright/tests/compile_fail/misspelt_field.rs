//! A field that the kind does not have.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        metadata: { name: "mail" },
        replcias: 2,
    });
}
