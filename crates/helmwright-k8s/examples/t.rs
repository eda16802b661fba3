//! t
#![allow(missing_docs, clippy::all, clippy::print_stdout)]
fn main(){ let t=std::time::Instant::now(); let n=helmwright_k8s::table::all().len(); let a=t.elapsed();
let f: usize = helmwright_k8s::table::all().iter().map(|t|t.fields.len()).sum();
let c=helmwright_k8s::table::object_type("Container").unwrap();
let t=std::time::Instant::now(); let s=helmwright_k8s::json_schema(c).to_string(); let b=t.elapsed();
let tl=helmwright_k8s::table::object_type("Toleration").unwrap();
let p=helmwright_k8s::table::object_type("PodSpec").unwrap();
let v=serde_json::json!({"containers":[{"name":"a","image":"b","env":[{"name":"a","value":"b"}],"ports":[{"containerPort":80}]}]});
let t=std::time::Instant::now(); for _ in 0..10000 { std::hint::black_box(helmwright_k8s::validate_as(p,&v,helmwright_k8s::Version::OLDEST)); } let d=t.elapsed()/10000;
println!("{n} types {f} fields parse {a:?}; container schema {} bytes {b:?}, terse {}; toleration {} ; podspec terse {}; validate {d:?}", s.len(), helmwright_k8s::json_schema_terse(c).to_string().len(), helmwright_k8s::json_schema(tl).to_string().len(), helmwright_k8s::json_schema_terse(p).to_string().len()); 
println!("{:#}", helmwright_k8s::json_schema(tl)); }
