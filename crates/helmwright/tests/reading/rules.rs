//! A finding for each rule, as people see it.

use helmwright::read::RULES;
use helmwright_diagnostics::{SourceMap, Style, human};

use crate::sample::reader;

/// What a user sees for one file.
fn told(text: &str) -> String {
    told_all(&[("prod.yaml", text)])
}

fn told_all(files: &[(&str, &str)]) -> String {
    let mut sources = SourceMap::new();
    match reader().read(&mut sources, files.iter().copied()) {
        Ok(read) => format!("accepted: {}", read.merged),
        Err(findings) => human(&findings, &sources, Style::default()),
    }
}

const IMAGE: &str = "image: { registry: r.example.com }\n";

#[test]
fn unknown_key_with_a_near_one() {
    insta::assert_snapshot!(told("image:\n  registry: r\n  tga: x\n"), @r#"
    error[V001]: unknown key `tga`
     --> prod.yaml:3:3
      |
    3 |   tga: x
      |   ^^^ did you mean `tag`?
      |
      = value: image.tga
    "#);
}

#[test]
fn unknown_key_that_stands_elsewhere() {
    insta::assert_snapshot!(told(&format!("{IMAGE}groups:\n  main:\n    cpu: 1\n")), @r#"
    error[V001]: unknown key `cpu`
     --> prod.yaml:4:5
      |
    4 |     cpu: 1
      |     ^^^
      |
      = value: groups.main.cpu
      = note: the keys of `groups.main` are replicas, port, trace, resources, env
      = help: `cpu` is a key of `groups.main.resources` or `groupDefaults.resources`
    "#);
}

#[test]
fn unknown_key_that_stands_nowhere() {
    insta::assert_snapshot!(told(&format!("{IMAGE}nothing: {{}}\n")), @r#"
    error[V001]: unknown key `nothing`
     --> prod.yaml:2:1
      |
    2 | nothing: {}
      | ^^^^^^^
      |
      = value: nothing
      = note: the keys at the top are image, groups, groupDefaults, hosts, metricsHost, global
    "#);
}

#[test]
fn null() {
    let text = format!(
        "{IMAGE}groupDefaults:\n  port:\n  env: ~\nmetricsHost: null\nhosts: [a, null]\ngroups: {{ x: null }}\n"
    );
    insta::assert_snapshot!(told(&text), @r#"
    error[V002]: `groupDefaults.port` is null
     --> prod.yaml:3:7
      |
    3 |   port:
      |       ^ nothing stands here, which is null
      |
      = value: groupDefaults.port
      = help: remove the line to keep the default: 8080

    error[V002]: `groupDefaults.env` is null
     --> prod.yaml:4:8
      |
    4 |   env: ~
      |        ^
      |
      = value: groupDefaults.env
      = help: remove the line to keep the default: {}

    error[V002]: `metricsHost` is null
     --> prod.yaml:5:14
      |
    5 | metricsHost: null
      |              ^^^^
      |
      = value: metricsHost
      = help: remove the line to keep the default: ""

    error[V002]: `hosts[1]` is null
     --> prod.yaml:6:12
      |
    6 | hosts: [a, null]
      |            ^^^^
      |
      = value: hosts[1]
      = help: remove the item
      = help: write "" to set nothing

    error[V002]: `groups.x` is null
     --> prod.yaml:7:14
      |
    7 | groups: { x: null }
      |              ^^^^
      |
      = value: groups.x
      = help: remove the line
      = help: write {} to set nothing
    "#);
}

#[test]
fn a_thousand_faults_are_told_whatever_they_are() {
    let many = |line: &dyn Fn(usize) -> String| (0..1500).map(line).collect::<String>();
    let nulls = many(&|line| format!("    k{line}: null\n"));
    let numbers = many(&|line| format!("    k{line}: {line}\n"));
    let unknown = many(&|line| format!("k{line}: a\n"));
    for text in [
        format!("{IMAGE}groups:\n  main:\n   env:\n{nulls}"),
        format!("{IMAGE}groups:\n  main:\n   env:\n{numbers}"),
        format!("{IMAGE}{unknown}"),
        format!("{IMAGE}{unknown}groups:\n  main:\n   env:\n{nulls}"),
    ] {
        let mut sources = SourceMap::new();
        let findings = reader().read(&mut sources, [("prod.yaml", text.as_str())]).expect_err("faults");
        assert_eq!(findings.len(), 1001, "{text:.80}");
        assert_eq!(findings.iter().filter(|finding| finding.rule == "V013").count(), 1, "{text:.80}");
    }
}

#[test]
fn null_and_another_fault() {
    insta::assert_snapshot!(told("image:\n  registry: null\n  tag: 1\n"), @r#"
    error[V002]: `image.registry` is null
     --> prod.yaml:2:13
      |
    2 |   registry: null
      |             ^^^^
      |
      = value: image.registry
      = help: write a registry host without scheme

    error[V003]: `tag` must be a string
     --> prod.yaml:3:8
      |
    3 |   tag: 1
      |        ^ this is an integer
      |
      = value: image.tag
      = help: put it in quotes: "1"
    "#);
}

#[test]
fn wrong_types() {
    let text = format!(
        "{IMAGE}groups:\n  main:\n    port: \"8080\"\n    replicas: 2.5\n    resources:\n      cpu: 2\n      limited: \"yes\"\n    env: [a]\nhosts: a\nmetricsHost: {{}}\n"
    );
    insta::assert_snapshot!(told(&text), @r#"
    error[V003]: `port` must be an integer from 1 to 65535
     --> prod.yaml:4:11
      |
    4 |     port: "8080"
      |           ^^^^^^ this is a string
      |
      = value: groups.main.port
      = help: write it without quotes: 8080

    error[V003]: `replicas` must be an integer
     --> prod.yaml:5:15
      |
    5 |     replicas: 2.5
      |               ^^^ this is a number with a fraction
      |
      = value: groups.main.replicas

    error[V003]: `cpu` must be a quantity such as "500m" or "2Gi", in quotes
     --> prod.yaml:7:12
      |
    7 |       cpu: 2
      |            ^ this is an integer
      |
      = value: groups.main.resources.cpu
      = help: put it in quotes: "2"

    error[V003]: `limited` must be true or false
     --> prod.yaml:8:16
      |
    8 |       limited: "yes"
      |                ^^^^^ this is a string
      |
      = value: groups.main.resources.limited
      = help: write it without quotes: true

    error[V003]: `env` must be a map
     --> prod.yaml:9:10
      |
    9 |     env: [a]
      |          ^^^ this is a list
      |
      = value: groups.main.env
      = help: write keys with values

    error[V003]: `hosts` must be a list
      --> prod.yaml:10:8
       |
    10 | hosts: a
       |        ^ this is a string
       |
       = value: hosts
       = help: write a list: ["a"]

    error[V003]: `metricsHost` must be empty, or a host name
      --> prod.yaml:11:14
       |
    11 | metricsHost: {}
       |              ^^ this is a map
       |
       = value: metricsHost
    "#);
}

#[test]
fn numbers_in_place_of_texts_are_quoted_as_they_stand() {
    insta::assert_snapshot!(told("image: { registry: 10, tag: 1.40 }\nmetricsHost: 1e2\n"), @r#"
    error[V003]: `registry` must be a registry host without scheme
     --> prod.yaml:1:20
      |
    1 | image: { registry: 10, tag: 1.40 }
      |                    ^^ this is an integer
      |
      = value: image.registry
      = help: put it in quotes: "10"

    error[V003]: `tag` must be a string
     --> prod.yaml:1:29
      |
    1 | image: { registry: 10, tag: 1.40 }
      |                             ^^^^ this is a number with a fraction
      |
      = value: image.tag
      = help: put it in quotes as it stands

    error[V003]: `metricsHost` must be empty, or a host name
     --> prod.yaml:2:14
      |
    2 | metricsHost: 1e2
      |              ^^^ this is an integer
      |
      = value: metricsHost
      = help: put it in quotes as it stands
    "#);
}

#[test]
fn entries_given_as_a_list() {
    insta::assert_snapshot!(told(&format!("{IMAGE}groups:\n- name: main\n  port: 80\n")), @r#"
    error[V003]: `groups` must be a map
     --> prod.yaml:3:1
      |
    3 | - name: main
      | ^^^^^^^^^^^^ this is a list
      |
      = value: groups
      = help: write each item's name as a key: `name:` instead of `- name:`
    "#);
}

#[test]
fn text_of_another_form() {
    insta::assert_snapshot!(told("image:\n  registry: https://R.example.com/\nhosts: [a.example.com, A_b]\n"), @r#"
    error[V004]: `registry` must be a registry host without scheme
     --> prod.yaml:2:13
      |
    2 |   registry: https://R.example.com/
      |             ^^^^^^^^^^^^^^^^^^^^^^
      |
      = value: image.registry
      = help: write "r.example.com"

    error[V004]: `hosts[1]` must be empty, or a host name
     --> prod.yaml:3:24
      |
    3 | hosts: [a.example.com, A_b]
      |                        ^^^
      |
      = value: hosts[1]
    "#);
}

#[test]
fn no_choice() {
    insta::assert_snapshot!(told(&format!("{IMAGE}groupDefaults: {{ trace: debgu }}\ngroups: {{ a: {{ trace: NOTHING }} }}\n")), @r#"
    error[V005]: `trace` must be INFO, DEBUG or DATA
     --> prod.yaml:2:25
      |
    2 | groupDefaults: { trace: debgu }
      |                         ^^^^^ did you mean DEBUG?
      |
      = value: groupDefaults.trace

    error[V005]: `trace` must be INFO, DEBUG or DATA
     --> prod.yaml:3:23
      |
    3 | groups: { a: { trace: NOTHING } }
      |                       ^^^^^^^
      |
      = value: groups.a.trace
    "#);
}

#[test]
fn out_of_range() {
    insta::assert_snapshot!(told(&format!("{IMAGE}groupDefaults:\n  port: 0\ngroups:\n  a: {{ port: 65536 }}\n")), @r#"
    error[V006]: `port` must be an integer from 1 to 65535
     --> prod.yaml:3:9
      |
    3 |   port: 0
      |         ^ too small
      |
      = value: groupDefaults.port

    error[V006]: `port` must be an integer from 1 to 65535
     --> prod.yaml:5:14
      |
    5 |   a: { port: 65536 }
      |              ^^^^^ too large
      |
      = value: groups.a.port
    "#);
}

#[test]
fn missing_below_a_key_of_the_last_file_that_has_it() {
    insta::assert_snapshot!(told_all(&[("base.yaml", "image:\n  tag: a\n"), ("prod.yaml", "hosts: []\n")]), @r#"
    error[V007]: missing key `image.registry`
     --> base.yaml:1:1
      |
    1 | image:
      | ^^^^^ `registry` is missing here
      |
      = value: image.registry
      = note: Registry of the images, without scheme.
      = help: add
                image:
                  registry: registry.example.com/sample
    "#);
}

#[test]
fn missing_without_any_key_around() {
    insta::assert_snapshot!(told("# nothing\n"), @r#"
    error[V007]: missing key `image.registry`
     --> prod.yaml:1:1
      |
    1 | # nothing
      | ^ nothing sets `image.registry`
      |
      = value: image.registry
      = note: Registry of the images, without scheme.
      = help: add
                image:
                  registry: registry.example.com/sample
    "#);
    insta::assert_snapshot!(told_all(&[]), @r#"
    error[V007]: missing key `image.registry`
     |
     = value: image.registry
     = note: Registry of the images, without scheme.
     = help: add
               image:
                 registry: registry.example.com/sample
    "#);
}

#[test]
fn taken_names() {
    let text = format!("{IMAGE}groups:\n  \"on\": {{}}\n  a:\n    env:\n      GROUP_ID: x\n");
    insta::assert_snapshot!(told(&text), @r#"
    error[V008]: `on` is a word that YAML readers take for a boolean or null
     --> prod.yaml:3:3
      |
    3 |   "on": {}
      |   ^^^^ expected a name of at most 20 lower case letters, digits and '-'
      |
      = value: groups.on

    error[V008]: `GROUP_ID` is taken: the chart sets it itself
     --> prod.yaml:6:7
      |
    6 |       GROUP_ID: x
      |       ^^^^^^^^ expected a name of capitals that the chart does not set itself
      |
      = value: groups.a.env.GROUP_ID
    "#);
}

#[test]
fn entry_names() {
    let text = format!("{IMAGE}groups:\n  Main_Group: {{}}\n  a:\n    env:\n      \"1+1\": x\n");
    insta::assert_snapshot!(told(&text), @r#"
    error[V009]: `Main_Group` is no name for an entry of `groups`
     --> prod.yaml:3:3
      |
    3 |   Main_Group: {}
      |   ^^^^^^^^^^ expected a name of at most 20 lower case letters, digits and '-'
      |
      = value: groups.Main_Group
      = help: write `main-group`

    error[V009]: `1+1` is no name for an entry of `groups.a.env`
     --> prod.yaml:6:7
      |
    6 |       "1+1": x
      |       ^^^^^ expected a name of capitals that the chart does not set itself
      |
      = value: groups.a.env["1+1"]
    "#);
}

#[test]
fn a_fault_of_the_defaults_has_no_place() {
    let reader = helmwright::read::Reader::<crate::sample::Settings>::new(serde_json::json!({ "hosts": "a" }));
    let mut sources = SourceMap::new();
    let findings = reader.read(&mut sources, [("a.yaml", "groups: {}\n")]).unwrap_err();
    let found = findings.iter().find(|finding| finding.path.as_deref() == Some("hosts")).unwrap();
    assert_eq!(
        (found.labels.len(), found.notes.as_slice()),
        (0, &["the chart's defaults set this value".to_owned()][..])
    );
}

#[test]
fn broken_files_are_told_all_at_once_and_alone() {
    insta::assert_snapshot!(told_all(&[("b.yaml", "on: 017\n"), ("a.yaml", "a: [\n"), ("c.yaml", "unknown: 1\n")]), @r#"
    error[Y001]: a bracket is not closed
     --> a.yaml:1:4
      |
    1 | a: [
      |    ^ opened here
      |
      = help: close it with `]` or `}`

    error[Y011]: the key `on` is not read as a string
     --> b.yaml:1:1
      |
    1 | on: 017
      | ^^ Helm reads the boolean true, YAML 1.2 readers the string "on"
      |
      = help: quote it: "on"

    error[Y010]: `017` does not mean the same to every YAML reader
     --> b.yaml:1:5
      |
    1 | on: 017
      |     ^^^ Helm reads the number 15, YAML 1.2 readers the number 17
      |
      = help: write "017" for the string, or 15 or 17 for the number
    "#);
}

#[test]
fn every_rule_is_documented() {
    for rule in RULES {
        for text in [rule.title, rule.why, rule.fix] {
            assert!(!text.is_empty(), "{}", rule.id);
        }
    }
}
