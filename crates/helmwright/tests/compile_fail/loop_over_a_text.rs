//! Loops over what is neither a map nor a list, or over the wrong one of them.

mod sample;

use helmwright::object;
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: "mail" },
        command: [
            for word in &values.line { word, }
            for (key, value) in &values.words { key, value, }
        ],
    });
}
