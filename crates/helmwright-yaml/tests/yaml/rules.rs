//! Every rule of the reader: what it says, where, and which fix it gives.
//!
//! A snapshot a rule, named after it. Rules about sizes have their cases in `limits`.

use helmwright_yaml::RULES;

use crate::refused;

macro_rules! rules {
    ($($id:ident $name:ident [$($input:expr),* $(,)?])*) => {
        $(
            #[test]
            fn $name() {
                let mut told = String::new();
                for input in [$(AsRef::<[u8]>::as_ref(&$input)),*] {
                    let (rules, text) = refused(input);
                    assert!(rules.iter().any(|rule| rule == stringify!($id)), "{rules:?}");
                    told.push_str(&text);
                    told.push('\n');
                }
                insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                    insta::assert_snapshot!(stringify!($id), told);
                });
            }
        )*

        const TESTED: &[&str] = &[$(stringify!($id)),*];
    };
}

rules! {
    Y001 syntax [
        "host: a: b\n",
        "host: @home\n",
        "args: [1, 2\n",
        "a: 1\nargs: [1, 2,\n",
        "name: \"never closed\nnext: 1\n",
        "name: 'it's'\n",
        "path: \"C:\\data\"\n",
        "escape: \"\\/ \\ud83d\\ude00\"\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: 1\n  b: 2\n",
        "a: 1\nno colon\nb: 2\n",
        "a:\n- 1\n b: 2\n",
        "a: one # comment\n  more\n",
        "...\na: 1\n",
        "a: - b\n",
    ]
    Y002 tab [
        "a:\n\tb: 1\n\tc: 2\n\td: 3\n",
        "a: 1\n\t\nb: 2\n",
        "a:\n  -\tb: 1\n",
        "script: |\n  \tindented\n",
    ]
    Y003 not_utf8 [b"a: 1\nname: caf\xe9\n", b"\xef\xbb\xbfn\xe4me: 1\n", b"\xff\xfea\0:\0"]
    Y007 second_document ["a: 1\n---\nb: 2\n", "a: 1\n---\n"]
    Y008 not_a_map ["- a\n- b\n", "just a text\n", "null\n", "42\n"]
    Y009 duplicate_key ["a: 1\nb:\n  c: 1\n  d: 2\n  \"c\": 3\na: 2\n"]
    Y010 ambiguous_scalar [
        "a: on\nb: No\nc: y\n",
        "mode: 017\nmask: 0o17\nbits: 0b11\nid: 08\nhex: -0x1F\n",
        "size: 1_000\nrate: .5_0\n",
        "time: 1:30\nlong: 1:30:00.5\nport: 22:22\n",
        "a: =\nb: <<\n",
        "urls: [http://host/?a=b]\nflags: {debug:}\nports: [:80]\n",
    ]
    Y011 key [
        "on: 1\n1: 1\n1.5: 1\ntrue: 1\nnull: 1\n2: 1\n017: 1\n",
        "a: {{ .Values.a }}\n",
        "? [a, b]\n: 1\n",
        "a: &x b\n*x : 1\n",
        ": 1\n",
        "? |\n  long\n: 1\n",
        "a: {\"x\"\n  : 1}\n",
    ]
    Y012 merge_key ["base: &base {a: 1}\nderived:\n  <<: *base\n  b: 2\n"]
    Y013 tag ["a: !important\nb: !!int \"3\"\nc: !!binary aGk=\nd: !<tag:example.com,2000:x> {}\ne: !custom [1]\n"]
    Y014 integer ["a: 9007199254740992\nb: -9007199254740992\nc: 0xFFFFFFFFFFFFFFFFFF\nd: 1111222233334444555566667777\n"]
    Y015 not_finite ["a: .inf\nb: -.INF\nc: .NaN\nd: 1e1000\n"]
    Y016 alias ["hosts: [*.example.com]\na: *later\nb: &later 1\nc: &self [*self]\nd: &a.b 1\n"]
    Y017 directive ["%YAML 1.2\n---\na: 1\n"]
    Y018 character [
        "# hidden\u{85}key: 1\na: x\u{2028}y\n",
        "a: \u{7}\nb: \"\u{feff}\"\n",
        "a: 1\rb: 2\n",
    ]
}

#[test]
fn every_rule_is_tested() {
    let sizes = ["Y004", "Y005", "Y006", "Y019"];
    let mut tested: Vec<&str> = TESTED.iter().chain(&sizes).copied().collect();
    tested.sort_unstable();
    let all: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(tested, all);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let (rules, _) = refused(b"a: on\nb: 017\nn: 1\nb: 2\nc: !x 1\nd: *no\ne: .inf\nf: [1\n");
    assert_eq!(rules, ["Y010", "Y010", "Y011", "Y009", "Y013", "Y016", "Y015", "Y001"]);
}
