#![allow(clippy::all, missing_docs)]
use helmwright::describe;
fn main() {
    let d = describe::defaults(&emt_model::Values::new(emt_model::names::Registry::constant("")), emt_model::REQUIRED)
        .unwrap();
    let mut s = describe::schema::<emt_model::Values>("Values of emt", None);
    describe::add_defaults(&mut s, &d);
    for p in describe::unportable(&s) {
        eprintln!("{p}");
    }
    match std::env::args().nth(1).as_deref() {
        Some("yaml") => print!("{}", describe::values_yaml(&s, &d, emt_model::REQUIRED, "Values of emt.")),
        Some("table") => print!("{}", describe::markdown_table(&describe::table(&s, &d))),
        _ => print!("{}", describe::schema_text(&s)),
    }
}
