//! What stands in each place of a document, one at a time.

use std::sync::LazyLock;

use serde_json::{Value, json};

/// As many of the first replacements are tried where the same schema was met before.
pub(crate) const FEW: usize = 4;

/// As many of the first replacements are tried in place of a value of another type: they have every type.
pub(crate) const SEVERAL: usize = 24;

/// Keys that are put beside those of each map.
pub(crate) const KEYS: &[&str] = &[
    "",
    "a",
    "A",
    "on",
    "1",
    "a-b",
    "a_b",
    "A_B",
    "a.b/c",
    "GROUP_ID",
    "helm.sh/chart",
    "é",
    "a b",
    "\n",
    "-",
    "name",
];

/// Values of every type, at the limits of the types of values, and texts that hurt. Integral floats are left out: the reader
/// makes integers of them.
pub(crate) fn replacements() -> &'static [Value] {
    static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
        // The first few have every type and are accepted by few.
        let mut values = list(json!([null, [], "é b", -7, true, {}, "", 0.5]));
        values.extend(list(json!([false, [null], { "é b": null }, { "a": null }, [""], ["a"], [1], [[]], [{}]])));
        values.extend(list(json!([{ "a": 1 }, { "a": "a" }, { "a": {} }, { "on": {} }, { "": "" }, { "name": "a" }])));
        let limits =
            [0, 1, 2, 63, 100, 1000, 1024, 1800, 65_535, 86_400, 1_000_000, i64::from(i32::MAX), (1 << 53) - 2];
        values.extend(limits.into_iter().flat_map(|limit| [limit, limit + 1, -limit]).map(Value::from));
        values.extend(list(json!([-2.5, 1e300])));
        values.extend(TEXTS.split('|').map(Value::from));
        values.extend(UGLY.iter().copied().map(Value::from));
        let lengths = [20, 30, 47, 62, 63, 64, 127, 128, 252, 253, 254, 1024];
        values.extend(
            lengths.into_iter().flat_map(|length| [length, length + 1]).map(|length| "a".repeat(length).into()),
        );
        values
    });
    &VALUES
}

fn list(values: Value) -> Vec<Value> {
    match values {
        Value::Array(values) => values,
        other => vec![other],
    }
}

const TEXTS: &str = "a|A|0|1|-1|1.5|on|y|null|true|~|-|.|_|/|//|a/|/a|/a b|a b|a-|-a|a.b|a..b|a_b|A_B|aB|a/b|a:1|a:80|a:80/b|\
    a:123456|https://a|1.2.3.4|::1|25%|100%|101%|05%|%|500m|2Gi|2gi|1e3|0.5|.5|5.|-Xmx1g|INFO|info|HTTP|none|off|GROUP_ID|\
    app.kubernetes.io/name|b/c|A/b|a@b|\"|\\|'|{{ x }}|${x}|$|#|a #b|*|&a|t_1|10.0.0.0/8|10.0.0.0/33|2001:db8::/32|\
    arn:aws:acm:eu-west-1:111122223333:certificate/abc|2030-01-01T00:00:00Z|1.0@sha256:00|\
    1.0@sha256:0000000000000000000000000000000000000000000000000000000000000000";

const UGLY: &[&str] = &[
    " ",
    "é",
    "\u{85}",
    "\u{9f}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{7f}",
    "\0",
    "\n",
    "a\n",
    "\na",
    "a\nb",
    "a\r",
    "\t",
    "\u{1f600}",
];
