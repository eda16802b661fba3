#![allow(clippy::all, missing_docs)]
fn main() {
    let s = schemars::generate::SchemaSettings::draft07().into_generator().into_root_schema_for::<emt_model::Values>();
    println!("{:#}", s.to_value());
}
