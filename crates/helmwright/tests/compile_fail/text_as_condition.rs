//! A text as a condition, in a choice and in a list.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        command: [
            "run",
            if &values.enabled {
                "first",
            } else if &values.line {
                "second",
            }
        ],
    });
}
