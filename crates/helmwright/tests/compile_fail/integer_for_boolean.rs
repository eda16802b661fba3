//! An integer where a boolean is wanted.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        paused: &values.replicas,
    });
}
