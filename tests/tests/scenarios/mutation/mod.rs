//! Does the comparison with Helm see a wrong chart? One place of the printed text is changed at a time.
mod operators;
#[test]
fn zz_count() {
    let mut all = std::collections::BTreeMap::new();
    let mut n = 0;
    for t in helmwright::print::print(crate::chart::chart().tree).unwrap() {
        for m in operators::mutants(&t.text) { *all.entry(m.operator).or_insert(0) += 1; n += 1; }
    }
    println!("COUNT {n} {all:?}");
}
