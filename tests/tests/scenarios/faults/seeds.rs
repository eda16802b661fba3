//! The faults: what stands where, and which rule has to find it there.

/// Stands before the character at which the finding has to begin.
pub(super) const MARK: &str = "▸";

/// Values with one fault each: the rule, the keyword of the schema that the value breaks, the file.
pub(super) const VALUES: &[(&str, &str, &str)] = &[
    ("Y001", "", "domain: [a.example.com\nimage▸: {}\n"),
    ("Y002", "", "image:\n▸\tregistry: registry.example.com\n"),
    ("Y007", "", "domain: a.example.com\n▸---\ndomain: b.example.com\n"),
    ("Y008", "", "▸- domain\n"),
    ("Y009", "", "domain: a.example.com\n▸domain: b.example.com\n"),
    ("Y010", "", "commonLabels: { power: ▸on }\n"),
    ("Y011", "", "▸1: a\n"),
    ("Y012", "", "image: &image { registry: a }\nsecrets:\n  ▸<<: *image\n"),
    ("Y013", "", "domain: ▸!!binary aGk=\n"),
    ("Y014", "", "cassandra: { port: ▸9007199254740993 }\n"),
    ("Y015", "", "cassandra: { port: ▸.inf }\n"),
    ("Y016", "", "domain: ▸*nowhere\n"),
    ("Y017", "", "▸%YAML 1.2\n---\ndomain: a.example.com\n"),
    ("Y018", "", "commonAnnotations: { note: \"a▸\u{7}b\" }\n"),
    ("V001", "additionalProperties", "gatewayGroups:\n  main:\n    ▸imgae: { tag: a }\n"),
    ("V002", "", "domain: ▸null\n"),
    ("V003", "type", "cassandra: { port: ▸\"9042\" }\n"),
    ("V004", "pattern", "domain: ▸Example.com\n"),
    ("V005", "enum", "ingress: { controller: ▸traefik }\n"),
    ("V005", "const", "acceptGeneralConditions: ▸false\n"),
    ("V006", "minimum", "cassandra: { port: ▸0 }\n"),
    ("V006", "maximum", "cassandra: { port: ▸65536 }\n"),
    ("V007", "required", "networkPolicy:\n  clients:\n    ▸portal: { namespace: portal }\n"),
    ("V008", "not", "ingress: { annotations: { ▸alb.ingress.kubernetes.io/ssl-policy: a } }\n"),
    ("V009", "propertyNames", "gatewayGroups: { ▸Main: {} }\n"),
    (
        "V012",
        "",
        "gatewayGroups: { main: { traffic: { autoscaling: { scaleDown: { ▸stabilizationSeconds: 300 } } } } }\n",
    ),
    ("V004", "minLength", "extraObjects: { a: { apiVersion: ▸\"\", kind: ConfigMap, metadata: { name: a } } }\n"),
];

/// Objects that Kubernetes would not take.
pub(super) const OBJECTS: &[(&str, &str, &str)] = &[
    (
        "K002",
        "",
        "extraObjects:\n  a:\n    apiVersion: v1\n    kind: Service\n    metadata: { name: a }\n    spec:\n      prots: ▸[]\n",
    ),
    (
        "K003",
        "",
        "extraObjects:\n  ▸a: { apiVersion: v1, kind: ServiceAccount, metadata: { name: apim-main-traffic } }\n",
    ),
    ("K004", "", "extraObjects:\n  a: { apiVersion: example.com/v1, kind: ▸Probe, metadata: { name: a } }\n"),
];

/// Listings of environments, beside the files `base.yaml` and `own.yaml`.
pub(super) const LISTINGS: &[(&str, &str)] = &[
    ("E001", "environments:\n  a: { files: [base.yaml, ▸owm.yaml], release: apim, namespace: a }\n"),
    ("E002", "environments:\n  a: { files: [base.yaml], release: apim, namespace: a, promotesFrom: ▸b }\n"),
    (
        "E004",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a, accepted: { ▸C999: { reason: a } } }\n",
    ),
    (
        "E005",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a, accepted: { ▸N006: { reason: a } } }\n",
    ),
    (
        "E006",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a, accepted: { ▸C001: { reason: a } } }\n",
    ),
    (
        "E007",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a, nodes: { a: { ▸type: m5.tiny, count: 1 } } }\n",
    ),
    (
        "E008",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a }\ndeviations:\n  one: { reason: a, ▸rows: \
         [S1-999], environments: [a] }\n",
    ),
    (
        "E008",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a }\ndeviations:\n  one: { reason: a, rows: \
         [S1-999], environments: [▸b] }\n",
    ),
    (
        "E009",
        "environments:\n  a: { files: [base.yaml], release: apim, namespace: a }\ndeviations:\n  one: { reason: a, ▸rows: \
         [S1-151], environments: [a] }\n",
    ),
];

/// Rules without a seed here, and why.
pub(super) const NOT_SEEDED: &[(&str, &str)] = &[
    ("E003", "values that are built in code, which their types rule out"),
    ("K001", "a disagreement between reader and schema, which the scenario of acceptance rules out"),
    ("V010", "what the schema refuses by a keyword that no other rule tells: there is none"),
    ("V011", "what a type refuses beyond its schema: no value does"),
];

/// The rule, the keyword of the schema that the values break, the file, line and column of the fault.
type Built = (&'static str, &'static str, Vec<u8>, (usize, usize));

/// Files that are too large or too strange to be written out.
pub(super) fn built() -> Vec<Built> {
    let deep = format!("domain: {}\n", "[".repeat(150));
    let bomb: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned())
        .chain((1..9).map(|level| {
            let below = vec![format!("*a{}", level - 1); 10].join(", ");
            format!("a{level}: &a{level} [{below}]\n")
        }))
        .collect();
    let many: String = (0..1100).map(|index| format!("key{index}: on\n")).collect();
    let unknown: String = (0..1100).map(|index| format!("key{index}: 1\n")).collect();
    let groups: String = (0..101).map(|index| format!("  g{index}: {{ image: {{ tag: a }} }}\n")).collect();
    let groups = format!("gatewayGroups:\n{groups}");
    vec![
        ("Y003", "", b"domain: caf\xe9\n".to_vec(), (1, 12)),
        ("Y004", "", "# no values file\n".repeat(300_000).into_bytes(), (1, 1)),
        // The reader notices at the 120th bracket that there are more than a hundred.
        ("Y005", "", deep.into_bytes(), (1, 129)),
        // The fifth line has ten times 11,111 nodes.
        ("Y006", "", bomb.into_bytes(), (5, 9)),
        // Behind the last line that was read.
        ("Y019", "", many.into_bytes(), (1101, 1)),
        ("V013", "", unknown.into_bytes(), (1, 1)),
        ("V006", "maxProperties", groups.into_bytes(), (2, 3)),
    ]
}
