//! A field in quotes, and a key without.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        "metadata": { name: "mail" },
    });
    let _ = object!(Queue {
        metadata: {
            name: "mail",
            labels: { tier: "back" },
        },
    });
}
