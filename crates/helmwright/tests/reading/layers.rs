//! Several files: what they give together, and who set a value.

use helmwright::read::{Origin, Reader, ValuesFile};
use helmwright_diagnostics::SourceMap;
use helmwright_yaml::{PathSegment, display_path};

use crate::sample::{Settings, reader};

const FILES: [(&str, &str); 3] = [
    ("base.yaml", "image: { registry: a.example.com, tag: \"1\" }\nhosts: [a, b]\ngroups: { x: { port: 1 } }\n"),
    ("region.yaml", "image:\n  tag: \"2\"\nhosts: [c]\n"),
    ("prod.yaml", "groups:\n  x:\n    replicas: 3.0\n  z: {}\n"),
];

#[test]
fn files_and_defaults_are_merged() {
    let mut sources = SourceMap::new();
    let read = reader().read(&mut sources, FILES).unwrap();
    assert_eq!(read.values.image.registry.as_str(), "a.example.com");
    assert_eq!(read.values.image.tag, "2");
    assert_eq!(read.values.hosts.len(), 1, "lists are replaced");
    assert_eq!(read.values.group_defaults.replicas, 3);
    assert_eq!(read.merged["groups"], serde_json::json!({ "x": { "port": 1, "replicas": 3 }, "z": {} }));
    assert_eq!(read.files().count(), 3);
}

#[test]
fn each_value_has_an_origin() {
    let mut sources = SourceMap::new();
    let read = reader().read(&mut sources, FILES).unwrap();
    let told: Vec<String> = read
        .origins()
        .into_iter()
        .map(|(path, origin)| match origin {
            Origin::File(span) => {
                let position = sources.start(span);
                let place = format!("{}:{}:{}", sources.name(span.source), position.line, position.column);
                format!("{} = {} ({place})", display_path(&path), sources.slice(span))
            }
            Origin::Default => format!("{} (default)", display_path(&path)),
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    image.tag = "2" (region.yaml:2:8)
    image.registry = a.example.com (base.yaml:1:20)
    groups.x.port = 1 (base.yaml:3:22)
    groups.x.replicas = 3.0 (prod.yaml:3:15)
    groups.z = {} (prod.yaml:4:6)
    groupDefaults.replicas (default)
    groupDefaults.port (default)
    groupDefaults.trace (default)
    groupDefaults.resources.cpu (default)
    groupDefaults.resources.limited (default)
    groupDefaults.env (default)
    hosts = [c] (region.yaml:3:8)
    metricsHost (default)
    "#);
    let item = [PathSegment::from("hosts"), PathSegment::from(0)];
    assert!(matches!(read.origin(&item), Origin::File(span) if sources.slice(span) == "c"));
}

#[test]
fn parsed_files_are_shared() {
    let mut sources = SourceMap::new();
    let mut file = |(name, text): (&str, &str)| {
        std::sync::Arc::new(ValuesFile::read(&mut sources, name, text.as_bytes()).unwrap())
    };
    let (base, prod) = (file(FILES[0]), file(FILES[2]));
    let reader = reader();
    assert_eq!(reader.read_files(&[base.clone(), prod]).unwrap().values.groups.len(), 2);
    assert_eq!(reader.read_files(&[base]).unwrap().values.groups.len(), 1);
}

#[test]
fn a_reader_is_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Reader<Settings>>();
}
