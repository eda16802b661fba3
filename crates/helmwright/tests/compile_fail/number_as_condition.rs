//! A number as a condition: Go takes 0 for false.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        if &values.replicas {
            replicas: &values.replicas,
        }
    });
}
