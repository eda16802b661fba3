//! A list, and a boolean, inside a text.

mod sample;

use helmwright::text;
use sample::*;

fn main() {
    let values = values();
    let _ = text!("run {values.words}");
    let _ = text!("{values.line} {values.enabled}");
    let _ = text!("{values.worker}");
}
