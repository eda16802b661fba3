//! Every value decides something: the impact map knows a field, a refusal or a note that reads it.

use helmwright::impact::{concerns, reads};

use crate::chart::chart;
use crate::figures;
use crate::generate::all_leaves;

#[test]
fn no_value_is_unused() {
    let (read, leaves) = (reads(chart().tree), all_leaves());
    let is_read = |name: &str| read.iter().any(|path| !path.is_empty() && concerns(name, path));
    let names = leaves.iter().filter(|leaf| !leaf.is_constant()).map(|leaf| leaf.name());
    let unused: Vec<String> = names.filter(|name| !is_read(name)).collect();
    figures::print("impact", "unused", &format!("{} of {} values are read by nothing", unused.len(), leaves.len()));
    assert_eq!(unused, [""; 0]);
}
