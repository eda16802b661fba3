//! Temporary.
#![allow(clippy::all)]
fn main() {
    let tree = emt_chart::tree();
    match helmwright::print::print(&tree) {
        Ok(t) => {
            for t in t {
                println!("=== {}\n{}", t.path, t.text)
            }
        }
        Err(e) => {
            for e in e {
                println!("{e}")
            }
        }
    }
}
