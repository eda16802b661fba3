//! `with` on a number: 0 is a value.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        with replicas = &values.replicas {
            replicas: replicas,
        }
    });
}
