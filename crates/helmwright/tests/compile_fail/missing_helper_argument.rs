//! A helper that is called with too few arguments, or the wrong ones.

mod sample;

use helmwright::expression::Expr;
use helmwright::text;
use helmwright::typed::{Choices, TextHelper, text_function};
use sample::*;

fn main() {
    let values = values();
    let greeting: TextHelper<(Expr<Line>, Expr<Count>), String> = text_function(
        "sample.greeting",
        "A greeting.",
        ["line", "count"],
        |(line, count): (Expr<Line>, Expr<Count>)| Choices::from(text!("{line} {count}")),
    );
    let _ = greeting.call((values.line.clone(),));
    let _ = greeting.call((values.replicas.clone(), values.line.clone()));
}
