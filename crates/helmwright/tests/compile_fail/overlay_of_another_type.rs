//! An entry laid over defaults of another type.

mod sample;

use helmwright::expression::{Expr, overlay};
use helmwright::values::PartialOf;
use sample::*;

fn main() {
    let values = values();
    let entry: Expr<PartialOf<Values>> = Expr::new(helmwright::expression::Expression::Values);
    let _ = overlay::<WorkerValues>(&values.worker, &entry);
}
