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
    let r = helmwright::shapes::check(&tree, &helmwright_k8s::Kubernetes);
    eprintln!("{} nodes {} shapes {} versions", r.nodes, r.shapes, r.versions);
    for p in &r.problems {
        eprintln!("{p}");
    }
    eprintln!(
        "{} rows {} branches",
        helmwright::impact::impact(&tree).len(),
        helmwright::coverage::branches(&tree).len()
    );
}
