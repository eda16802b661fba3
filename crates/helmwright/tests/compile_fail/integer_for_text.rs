//! An integer of the values where a text is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: {
            name: "mail",
            labels: { "replicas": &values.replicas },
        },
    });
}
