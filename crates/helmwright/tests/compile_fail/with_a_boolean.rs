//! `with` on a boolean: false is a value.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        with enabled = &values.enabled {
            paused: enabled,
        }
    });
}
