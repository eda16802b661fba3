//! A list under a key of a map to texts, and a list in a list of texts.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let _ = object!(Queue {
        metadata: {
            name: "mail",
            labels: { "tier": ["back"] },
        },
        command: ["run", ["now"]],
    });
}
