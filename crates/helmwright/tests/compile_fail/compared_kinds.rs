//! Comparisons of what is not of one kind.

mod sample;

use helmwright::expression::{all, equal, greater};
use sample::*;

fn main() {
    let values = values();
    let _ = equal(&values.replicas, "3");
    let _ = equal(&values.enabled, &true);
    let _ = greater(&values.line, 3);
    let _ = all([&values.enabled, &values.line]);
}
