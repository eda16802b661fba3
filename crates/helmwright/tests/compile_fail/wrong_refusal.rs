//! A refusal whose condition is a text, and whose message is a number.

mod sample;

use helmwright::typed::DocumentBuilder;
use sample::*;

fn main() {
    let values = values();
    let _ = DocumentBuilder::documents(|documents| {
        documents.refuse(&values.line, "no line");
        documents.refuse(&values.enabled, 3);
    });
}
