//! A value that the chart does not have.

mod sample;

use helmwright::{object, text};
use sample::*;

fn main() {
    let values = values();
    let _ = object!(Queue {
        metadata: { name: text!("mail-{values.lines}") },
        replicas: &values.worker.replica,
    });
}
