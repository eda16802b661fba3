//! A default for a number: 0 is a value.

mod sample;

use helmwright::expression::first_of;
use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        replicas: first_of(&values.replicas, &values.worker.replicas),
    });
}
