#![allow(clippy::all, missing_docs)]
use helmwright::describe;
use serde::Deserialize;
fn main() {
    let mut v = emt_model::Values::new(emt_model::names::Registry::constant("r"));
    let _ = &mut v;
    let full = serde_json::to_value(&v).unwrap();
    let d = describe::defaults(&v, emt_model::REQUIRED).unwrap();
    let mut s = describe::schema::<emt_model::Values>("Values of emt", None);
    describe::add_defaults(&mut s, &d);
    for p in describe::unportable(&s) { eprintln!("{p}"); }
    match std::env::args().nth(1).as_deref() {
        Some("yaml") => print!("{}", describe::values_yaml(&s, &d, emt_model::REQUIRED, "Values of emt.")),
        Some("table") => print!("{}", describe::markdown_table(&describe::table(&s, &d))),
        Some("time") => {
            let t = std::time::Instant::now();
            let ok = emt_model::Values::deserialize(&full).is_ok();
            println!("cold {ok} {:?}", t.elapsed());
            let t = std::time::Instant::now();
            for _ in 0..100 { emt_model::Values::deserialize(&full).ok(); }
            println!("serde {:?}", t.elapsed() / 100);
            fn n(v: &serde_json::Value) -> usize { 1 + match v { serde_json::Value::Object(o) => o.values().map(n).sum(), serde_json::Value::Array(o) => o.iter().map(n).sum(), _ => 0 } }
            println!("nodes {}", n(&full));
            let t = std::time::Instant::now();
            for _ in 0..100 { let _ = full.clone(); }
            println!("clone {:?}", t.elapsed() / 100);
            let v = jsonschema::validator_for(&s).unwrap();
            let t = std::time::Instant::now();
            for _ in 0..100 { v.is_valid(&full); }
            println!("jsonschema {:?}", t.elapsed() / 100);
            let reader = helmwright::read::Reader::<emt_model::Values>::new(d);
            let files = [("a.yaml", "image: { registry: r.example.com }\nacceptGeneralConditions: true\n"), ("b.yaml", "gatewayGroups:\n  banking:\n    image: { tag: x }\n    cassandra: { keyspace: apim }\n  partners:\n    image: { tag: x }\n    cassandra: { keyspace: apim }\n"), ("c.yaml", "cassandra:\n  hosts: [a, b, c]\nmetricsDatabase: { host: a }\n")];
            let mut best = std::time::Duration::MAX;
            for _ in 0..200 {
                let t = std::time::Instant::now();
                let mut sources = helmwright_diagnostics::SourceMap::new();
                let r = reader.read(&mut sources, files);
                best = best.min(t.elapsed());
                if let Err(f) = r { println!("{}", helmwright_diagnostics::human(&f, &sources, Default::default())); break; }
            }
            println!("read {best:?}");
        }
        _ => print!("{}", describe::schema_text(&s)),
    }
}
