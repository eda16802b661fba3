//! Where secrets stand in the values. Nothing but the Secret that they make may show them.
//!
//! Some stand where they should not: in variables and settings whose names say what they hold. They are hidden too.
//!
//! Must not know who shows values, or how they are read.

use serde::Deserialize;
use serde_json::Value;

use crate::choices::SecretSource;

/// What stands where a secret would.
pub const HIDDEN: &str = "***";

/// The keys below which secrets stand, those of the root and those of components.
const SECRET_KEYS: [&str; 8] = [
    "secrets",
    "secretDefaults",
    "extraObjects",
    "env",
    "envSettings",
    "extraContainers",
    "extraInitContainers",
    "jvm",
];

/// Keys of a Secret that say nothing of its content.
const OPEN_KEYS: [&str; 5] = ["apiVersion", "kind", "metadata", "type", "immutable"];

/// The annotation in which kubectl keeps a whole object.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whether an object is a Secret of Kubernetes itself, or a list that may hold some: a sealed or external one holds no
/// secret.
#[must_use]
pub fn is_secret_object(object: &Value) -> bool {
    object["apiVersion"] == "v1" && ["Secret", "SecretList", "List"].iter().any(|kind| object["kind"] == *kind)
}

/// Whether a Secret has secrets at a path within it.
fn is_secret_path(path: &[&str]) -> bool {
    match path {
        ["metadata", "annotations", annotation] => *annotation == LAST_APPLIED,
        [key, ..] => is_secret_key(key),
        [] => false,
    }
}

/// Whether what stands below this key of a Secret is its content.
#[must_use]
pub fn is_secret_key(key: &str) -> bool {
    !OPEN_KEYS.contains(&key)
}

/// Words in the names of variables and settings that hold secrets.
const WORDS: [&str; 7] = ["PASSWORD", "PASSPHRASE", "PASSWD", "SECRET", "TOKEN", "APIKEY", "CREDENTIAL"];

/// The same, where nothing else stands beside them.
const SHORT_WORDS: [&str; 3] = ["PASS", "PWD", "PW"];

/// Keys that look like those of secrets, and hold names of what holds one.
const REFERENCES: [&str; 17] = [
    "allowInlineSecrets",
    "credentials",
    "existingSecret",
    "gmsaCredentialSpec",
    "gmsaCredentialSpecName",
    "nodePublishSecretRef",
    "passwordKey",
    "pullSecrets",
    "secret",
    "secretDefaults",
    "secretFile",
    "secretKeyRef",
    "secretMounts",
    "secretName",
    "secretRef",
    "secrets",
    "serviceAccountToken",
];

/// Whether the name of a variable, a setting or an option of the Java machine says that it holds a secret.
#[must_use]
pub fn looks_secret(name: &str) -> bool {
    let name = name.strip_prefix(OPTION).unwrap_or(name);
    let plain = name.replace(['_', '-', '.'], "").to_uppercase();
    let is_short = |word: &str| SHORT_WORDS.iter().any(|short| word.eq_ignore_ascii_case(short));
    WORDS.iter().any(|word| plain.contains(word)) || name.split(['_', '-', '.']).any(is_short)
}

/// What introduces a property of the Java machine.
const OPTION: &str = "-D";

/// Whether secrets may stand at or below a key of a values file, by its name alone.
#[must_use]
pub fn may_lead_to_secrets(key: &str) -> bool {
    SECRET_KEYS.contains(&key) || may_be_secret_key(key)
}

/// Whether a key of a values file may hold a secret: a misspelt one, or one that no values have.
fn may_be_secret_key(key: &str) -> bool {
    looks_secret(key) && !REFERENCES.contains(&key)
}

/// A text with [`HIDDEN`] in the place of each secret that its settings name: one `name=value` a line, or anywhere in it,
/// and the password in a URL.
#[must_use]
pub fn settings_without_secrets(text: &str) -> String {
    let line = |line: &str| match line.split_once('=') {
        Some((name, value)) if name.trim().chars().all(is_in_name) && looks_secret(name.trim()) => {
            format!("{name}={HIDDEN}{}", if value.ends_with('\n') { "\n" } else { "" })
        }
        _ => urls_without_secrets(&assignments_without_secrets(line)),
    };
    text.split_inclusive('\n').map(line).collect()
}

fn is_in_name(character: char) -> bool {
    character.is_alphanumeric() || "._-".contains(character)
}

/// A line with [`HIDDEN`] in the place of each `value` of a `name=value` whose name says that it is a secret. A value goes
/// on to the quote that it, or the whole, began in; else to the next blank or quote.
fn assignments_without_secrets(line: &str) -> String {
    let is_quote = |character: &char| ['"', '\''].contains(character);
    let mut shown = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('=') {
        let (before, value) = (&rest[..at], &rest[at + 1..]);
        let name = &before[before.trim_end_matches(is_in_name).len()..];
        let around = before[..before.len() - name.len()].chars().next_back().filter(is_quote);
        shown += &rest[..=at];
        rest = value;
        if looks_secret(name) {
            let own = value.chars().next().filter(is_quote);
            let (start, quote) = if own.is_some() { (1, own) } else { (0, around) };
            let ends = |character: char| match quote {
                Some(quote) => character == quote,
                None => character.is_whitespace() || is_quote(&character),
            };
            let end = value[start..].find(ends).map(|end| start + end + start);
            shown += HIDDEN;
            rest = &value[end.unwrap_or_else(|| value.trim_end().len())..];
        }
    }
    shown + rest
}

/// A line with [`HIDDEN`] in the place of the password of each `scheme://user:password@host`.
fn urls_without_secrets(line: &str) -> String {
    const AUTHORITY: &str = "://";
    let mut shown = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(AUTHORITY) {
        let (scheme, behind) = rest.split_at(at + AUTHORITY.len());
        let word = &behind[..behind.find(char::is_whitespace).unwrap_or(behind.len())];
        let authority = &word[..word.find('/').unwrap_or(word.len())];
        shown += scheme;
        rest = behind;
        if let (Some(colon), Some(host)) = (authority.find(':'), authority.rfind('@'))
            && colon < host
        {
            shown += &behind[..=colon];
            shown += HIDDEN;
            rest = &behind[host..];
        }
    }
    shown + rest
}

/// Whether merged values hold a secret at a path, or nothing but secrets below it.
#[must_use]
pub fn is_secret(values: &Value, path: &[&str]) -> bool {
    match path {
        ["secrets", _, "values", ..] | ["secretDefaults", "values", ..] => true,
        ["extraObjects", name, inside @ ..] => {
            is_secret_object(&values["extraObjects"][name]) && is_secret_path(inside)
        }
        [.., "env", name] | [.., "envSettings", "properties", name] => looks_secret(name),
        _ => false,
    }
}

/// Whether a word that says where a Secret comes from stands where it has to.
fn is_source(secret: &Value) -> bool {
    SecretSource::deserialize(&secret["source"]).is_ok()
}

/// Whether a values file, which need not be right and may complete another one, may hold a secret at a path.
#[must_use]
pub fn may_be_secret(file: &Value, path: &[&str]) -> bool {
    match path {
        ["secrets", name, "source"] if is_source(&file["secrets"][name]) => false,
        ["secretDefaults", "source"] if is_source(&file["secretDefaults"]) => false,
        // A secret in the wrong place is a secret.
        ["secrets" | "secretDefaults", ..] => true,
        ["extraObjects", inside @ ..] if inside.iter().any(|key| ["data", "stringData"].contains(key)) => true,
        // Which variable a value is of stands beside it, as containers have it.
        [.., "env", "value"] => true,
        [.., "jvm", "options"] => true,
        [.., "variables", "password"] => false,
        // A misspelt key, or a map where a text belongs.
        [.., name] | [.., name, "value"] if may_be_secret_key(name) => true,
        _ => is_secret(file, path),
    }
}

/// Merged values with [`HIDDEN`] in the place of each secret.
#[must_use]
pub fn without_secrets(values: &Value) -> Value {
    let mut shown = hidden(values, &[], |path| is_secret(values, path));
    hide_variables(&mut shown);
    shown
}

/// An object with [`HIDDEN`] in the place of a Secret's content.
#[must_use]
pub fn object_without_secrets(object: &Value) -> Value {
    let of_secret = is_secret_object(object);
    let mut shown = hidden(object, &[], |path| of_secret && path.first().is_some_and(|key| is_secret_key(key)));
    hide_variables(&mut shown);
    shown
}

/// Hides the values of variables of containers, and of settings in texts, whose names say that they are secrets, and what
/// kubectl keeps of objects.
pub fn hide_variables(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            let is_variable = entries.get("name").and_then(Value::as_str).is_some_and(looks_secret);
            if let (true, Some(value @ Value::String(_))) = (is_variable, entries.get_mut("value")) {
                *value = HIDDEN.into();
            }
            if let Some(kept) = entries.get_mut(LAST_APPLIED) {
                *kept = HIDDEN.into();
            }
            entries.values_mut().for_each(hide_variables);
        }
        Value::Array(items) => items.iter_mut().for_each(hide_variables),
        Value::String(text) if text.contains('=') || text.contains("://") => *text = settings_without_secrets(text),
        _ => {}
    }
}

/// What stands at a path, with [`HIDDEN`] in the place of each scalar and list whose path is that of a secret.
#[must_use]
pub fn hidden(value: &Value, path: &[&str], is_secret: impl Fn(&[&str]) -> bool) -> Value {
    let mut shown = value.clone();
    hide(&mut shown, &mut path.to_vec(), &is_secret);
    shown
}

fn hide<'v>(value: &'v mut Value, path: &mut Vec<&'v str>, is_secret: &dyn Fn(&[&str]) -> bool) {
    match value {
        Value::Object(entries) => {
            for (key, entry) in entries.iter_mut() {
                path.push(key);
                hide(entry, path, is_secret);
                path.pop();
            }
        }
        other if is_secret(path) => *other = HIDDEN.into(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_and_nothing_else_are_hidden() {
        let values = json!({
            "secrets": { "a": { "source": "inline", "values": { "password": "p" } } },
            "secretDefaults": { "source": "inline", "values": { "user": "u" } },
            "extraObjects": {
                "s": { "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "s" }, "stringData": { "k": "v" }, "typ": ["x"] },
                "c": { "apiVersion": "v1", "kind": "ConfigMap", "data": { "k": "v" } },
            },
        });
        let mut shown = values.clone();
        shown["secrets"]["a"]["values"]["password"] = HIDDEN.into();
        shown["secretDefaults"]["values"]["user"] = HIDDEN.into();
        shown["extraObjects"]["s"]["stringData"]["k"] = HIDDEN.into();
        shown["extraObjects"]["s"]["typ"] = HIDDEN.into();
        assert_eq!(without_secrets(&values), shown);
        assert_eq!(object_without_secrets(&values["extraObjects"]["s"]), shown["extraObjects"]["s"]);
        assert_eq!(object_without_secrets(&values["extraObjects"]["c"]), values["extraObjects"]["c"]);
    }

    #[test]
    fn variables_and_settings_that_look_secret_are_hidden() {
        assert!(["DB_PASSWORD", "BACKEND.PASSWORD", "api-key"].into_iter().all(looks_secret));
        assert!(["LDAP_PASS", "db.pwd", "keyStorePassword"].into_iter().all(looks_secret));
        assert!(!looks_secret("PASSAGE") && !looks_secret("CASS_HOST") && !looks_secret("BYPASS"));
        let values = json!({
            "gatewayGroups": { "main": {
                "env": { "DB_PASSWORD": "p", "HOST": "h" },
                "envSettings": { "properties": { "BACKEND.PASSWORD": "p", "HOST": "h" } },
                "envRefs": { "DB_PASSWORD": { "name": "n" } },
            } },
        });
        let mut shown = values.clone();
        shown["gatewayGroups"]["main"]["env"]["DB_PASSWORD"] = HIDDEN.into();
        shown["gatewayGroups"]["main"]["envSettings"]["properties"]["BACKEND.PASSWORD"] = HIDDEN.into();
        assert_eq!(without_secrets(&values), shown);
        let options = json!({ "jvm": { "options": ["-Xss1m", "-Djavax.net.ssl.keyStorePassword=p"] } });
        assert_eq!(without_secrets(&options)["jvm"]["options"][1], "-Djavax.net.ssl.keyStorePassword=***");
        let file = "<VMArg name=\"-DtrustStorePassword=p q\"/>\nA='-Da=b -Dx.token=t' -Dy.token=t -Dc=d\n-Dz.pwd=a b\n";
        let hidden =
            "<VMArg name=\"-DtrustStorePassword=***\"/>\nA='-Da=b -Dx.token=***' -Dy.token=*** -Dc=d\n-Dz.pwd=***\n";
        assert_eq!(settings_without_secrets(file), hidden);
        for (text, shown) in [
            ("-Xmx1g -Dtrust.password=\"a b\" -Dc=d", "-Xmx1g -Dtrust.password=*** -Dc=d"),
            ("-Xmx1g -Da.password=MA<RK4 x", "-Xmx1g -Da.password=*** x"),
            ("-Xmx1g -Dpwd=a -Dpass=b -Dbypass=c", "-Xmx1g -Dpwd=*** -Dpass=*** -Dbypass=c"),
            ("-Dpass=a b", "-Dpass=***"),
            ("host=h;password=p;user=u", "host=h;password=***"),
            ("jdbc:mysql://u:p:q@host:3306/db?a=b", "jdbc:mysql://u:***@host:3306/db?a=b"),
            ("https://example.com:8443/a@b http://u@h", "https://example.com:8443/a@b http://u@h"),
            ("a == b, c=d", "a == b, c=d"),
        ] {
            assert_eq!(settings_without_secrets(text), shown);
        }
        let pod = json!({ "env": [{ "name": "DB_PASSWORD", "value": "p" }, { "name": "HOST", "value": "h" }] });
        let hidden = json!({ "env": [{ "name": "DB_PASSWORD", "value": HIDDEN }, { "name": "HOST", "value": "h" }] });
        assert_eq!(object_without_secrets(&pod), hidden);
        assert_eq!(settings_without_secrets("a=b\nenv.X.TOKEN=t\n"), "a=b\nenv.X.TOKEN=***\n");
        let script = "if [ \"$TOKEN\" = a ]; then\n";
        assert_eq!(settings_without_secrets(script), script);
    }

    #[test]
    fn a_secret_is_hidden_in_lists_and_in_what_kubectl_keeps_of_it() {
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret",
            "metadata": { "name": "s", "annotations": { LAST_APPLIED: "{ p }", "a": "b" } },
        });
        let list = json!({ "apiVersion": "v1", "kind": "List", "metadata": { "name": "l" }, "items": [secret] });
        for object in [&secret, &list] {
            let values = json!({ "extraObjects": { "a": object } });
            assert!(!without_secrets(&values).to_string().contains("{ p }"), "{values}");
            assert!(!object_without_secrets(object).to_string().contains("{ p }"), "{object}");
        }
        assert_eq!(object_without_secrets(&secret)["metadata"]["annotations"]["a"], "b");
    }

    #[test]
    fn a_file_that_completes_another_one_is_not_trusted() {
        let file = json!({ "extraObjects": { "s": { "stringData": { "k": "v" } } }, "secrets": { "a": "p" } });
        assert!(may_be_secret(&file, &["extraObjects", "s", "stringData", "k"]));
        assert!(may_be_secret(&file, &["secrets", "a"]));
        let sources = json!({ "secrets": { "a": { "source": "inline" }, "b": { "source": "p" } } });
        assert!(!may_be_secret(&sources, &["secrets", "a", "source"]));
        assert!(may_be_secret(&sources, &["secrets", "b", "source"]));
        assert!(may_be_secret(&file, &["manager", "extraContainers", "a", "env", "value"]));
        assert!(!may_be_secret(&file, &["extraObjects", "s", "metadata", "name"]));
        assert!(may_be_secret(&file, &["extraObjects", "stringData", "k"]));
        assert!(may_be_secret(&file, &["adminNodeManager", "envs", "DB_PASSWORD"]));
        assert!(may_be_secret(&file, &["adminNodeManager", "env", "DB_PASSWORD", "value"]));
        assert!(may_be_secret(&file, &["metricsDatabase", "password"]));
        assert!(!may_be_secret(&file, &["cassandra", "variables", "password"]));
        assert!(!may_be_secret(&file, &["gatewayGroups", "tokens", "enabled"]));
    }
}
