//! A field that another kind has.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Store {
        metadata: { name: "mail" },
        replicas: 2,
    });
}
