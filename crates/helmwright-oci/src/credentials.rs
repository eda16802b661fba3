//! Who the registry takes us for, and where that was found.
//!
//! Order: what the caller gives, then the environment, Helm's registry file, Docker's, Podman's; the first that has an
//! entry for the host is taken. A file that is not there is no error; one that cannot be read is passed over, and its name
//! is kept for the message of a refused login. Helpers of Docker are asked with a bound on their time.
//!
//! Limit: an entry counts for the host that it names, however else the registry may be called.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::file::read_file;
use crate::secret::Secret;

/// The variables that are read.
pub const USERNAME_VARIABLE: &str = "EMT_REGISTRY_USERNAME";
/// The password's variable.
pub const PASSWORD_VARIABLE: &str = "EMT_REGISTRY_PASSWORD";
/// The variable of a token that the registry takes as it is.
pub const TOKEN_VARIABLE: &str = "EMT_REGISTRY_TOKEN";

/// A login file is small.
const MOST_BYTES: u64 = 1024 * 1024;
/// How long a helper may take.
const HELPER_TIME: Duration = Duration::from_secs(30);

/// What is shown to the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// Nothing.
    Anonymous,
    /// A name and a password.
    Basic {
        /// The name.
        username: String,
        /// The password.
        password: Secret,
    },
    /// A token that the registry's token service exchanges.
    Identity(Secret),
    /// A token that the registry takes as it is.
    Bearer(Secret),
}

/// A login, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// What is shown.
    pub login: Login,
    /// Where it was found, in words: `Helm's registry file /home/you/.config/helm/registry/config.json`.
    pub source: String,
    /// Places that should have helped and did not, with the reason.
    pub passed_over: Vec<String>,
}

impl Credentials {
    /// No login.
    #[must_use]
    pub fn anonymous() -> Self {
        Self { login: Login::Anonymous, source: "no login".to_owned(), passed_over: Vec::new() }
    }

    /// What the caller gives.
    #[must_use]
    pub fn given(login: Login, source: impl Into<String>) -> Self {
        Self { login, source: source.into(), passed_over: Vec::new() }
    }

    /// Everything in them that must not be seen.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        match &self.login {
            Login::Anonymous => Vec::new(),
            Login::Basic { username, password } => {
                let pair = Secret::new(STANDARD.encode(format!("{username}:{}", password.reveal())));
                vec![password.clone(), pair]
            }
            Login::Identity(token) | Login::Bearer(token) => vec![token.clone()],
        }
    }
}

/// Where logins are looked for: the variables of the environment.
pub struct LoginPlaces<'a> {
    variable: &'a dyn Fn(&str) -> Option<String>,
}

impl fmt::Debug for LoginPlaces<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LoginPlaces")
    }
}

impl<'a> LoginPlaces<'a> {
    /// Places as these variables name them.
    #[must_use]
    pub fn new(variable: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { variable }
    }

    /// The login for a host such as `registry.example.com:5000`.
    #[must_use]
    pub fn find(&self, host: &str) -> Credentials {
        if let Some(token) = self.text(TOKEN_VARIABLE) {
            return Credentials::given(Login::Bearer(Secret::new(token)), format!("the variable {TOKEN_VARIABLE}"));
        }
        if let (Some(username), Some(password)) = (self.text(USERNAME_VARIABLE), self.text(PASSWORD_VARIABLE)) {
            let login = Login::Basic { username, password: Secret::new(password) };
            let source = format!("the variables {USERNAME_VARIABLE} and {PASSWORD_VARIABLE}");
            return Credentials::given(login, source);
        }
        let mut passed_over = Vec::new();
        for (name, path) in self.files() {
            match from_file(&path, host) {
                Ok(Some((login, how))) => {
                    return Credentials { login, source: format!("{name} {}{how}", path.display()), passed_over };
                }
                Ok(None) => {}
                Err(reason) => passed_over.push(format!("{name} {}: {reason}", path.display())),
            }
        }
        Credentials { passed_over, ..Credentials::anonymous() }
    }

    fn text(&self, name: &str) -> Option<String> {
        (self.variable)(name).filter(|value| !value.is_empty())
    }

    /// The files in the order in which they are asked.
    fn files(&self) -> Vec<(&'static str, PathBuf)> {
        let path = |name: &str| self.text(name).map(PathBuf::from);
        let home = path("HOME");
        let below_home = |rest: &str| home.as_ref().map(|home| home.join(rest));
        let configuration = || path("XDG_CONFIG_HOME").or_else(|| below_home(".config"));
        let helm = path("HELM_REGISTRY_CONFIG")
            .or_else(|| path("HELM_CONFIG_HOME").map(|home| home.join("registry/config.json")))
            .or_else(|| match (cfg!(target_os = "macos"), path("XDG_CONFIG_HOME")) {
                (true, None) => below_home("Library/Preferences/helm/registry/config.json"),
                (_, _) => configuration().map(|home| home.join("helm/registry/config.json")),
            });
        let docker = path("DOCKER_CONFIG").or_else(|| below_home(".docker")).map(|home| home.join("config.json"));
        let podman = path("REGISTRY_AUTH_FILE")
            .or_else(|| path("XDG_RUNTIME_DIR").map(|home| home.join("containers/auth.json")));
        let podman_home = configuration().map(|home| home.join("containers/auth.json"));
        let named = [
            ("Helm's registry file", helm),
            ("Docker's file", docker),
            ("Podman's file", podman),
            ("Podman's file", podman_home),
        ];
        named.into_iter().filter_map(|(name, path)| path.map(|path| (name, path))).collect()
    }
}

/// The file that Helm, Docker and Podman share the form of.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LoginFile {
    #[serde(default)]
    auths: BTreeMap<String, Entry>,
    #[serde(default)]
    creds_store: Option<String>,
    #[serde(default)]
    cred_helpers: BTreeMap<String, String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "lowercase")]
struct Entry {
    auth: Option<String>,
    username: Option<String>,
    password: Option<String>,
    identitytoken: Option<String>,
    registrytoken: Option<String>,
}

/// The login of a host in a file, and how it was found there.
fn from_file(path: &Path, host: &str) -> Result<Option<(Login, String)>, String> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = read_file(path, MOST_BYTES).map_err(|error| error.message)?;
    // The parser's message may quote the file: it is not passed on.
    let file: LoginFile = serde_json::from_slice(&bytes).map_err(|_| "it is no login file".to_owned())?;
    let is_host = |key: &str| bare_host(key) == bare_host(host);
    let helper = file.cred_helpers.iter().find(|(key, _)| is_host(key)).map(|(_, helper)| helper);
    if let Some(helper) = helper {
        return Ok(ask(helper, host)?.map(|login| (login, format!(", by its helper {helper}"))));
    }
    if let Some((_, entry)) = file.auths.iter().find(|(key, _)| is_host(key))
        && let Some(login) = entry.login()?
    {
        return Ok(Some((login, String::new())));
    }
    match &file.creds_store {
        Some(helper) => Ok(ask(helper, host)?.map(|login| (login, format!(", by its helper {helper}")))),
        None => Ok(None),
    }
}

/// A key of a login file without scheme and path: `https://registry.example.com/v1/` is `registry.example.com`.
fn bare_host(key: &str) -> &str {
    let rest = key.trim_start_matches("https://").trim_start_matches("http://");
    rest.split('/').next().unwrap_or(rest)
}

impl Entry {
    fn login(&self) -> Result<Option<Login>, String> {
        let some = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        if let Some(token) = some(&self.identitytoken) {
            return Ok(Some(Login::Identity(Secret::new(token))));
        }
        if let Some(token) = some(&self.registrytoken) {
            return Ok(Some(Login::Bearer(Secret::new(token))));
        }
        if let (Some(username), Some(password)) = (some(&self.username), some(&self.password)) {
            return Ok(Some(Login::Basic { username, password: Secret::new(password) }));
        }
        let Some(auth) = some(&self.auth) else { return Ok(None) };
        let pair = STANDARD.decode(auth).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = pair.as_deref().and_then(|pair| pair.trim_end_matches('\0').split_once(':'));
        let (username, password) = pair.ok_or("its auth is not the base64 of NAME:PASSWORD")?;
        Ok(Some(Login::Basic { username: username.to_owned(), password: Secret::new(password) }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct HelperAnswer {
    username: String,
    secret: String,
}

/// Asks a credential helper, by the host alone and with `https://` before it.
fn ask(helper: &str, host: &str) -> Result<Option<Login>, String> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if helper.is_empty() || !helper.bytes().all(is_name) {
        return Err("the name of its helper is none".to_owned());
    }
    for key in [host.to_owned(), format!("https://{host}")] {
        let Some(answer) = run_helper(&format!("docker-credential-{helper}"), &key)? else { continue };
        let answer: HelperAnswer =
            serde_json::from_slice(&answer).map_err(|_| format!("its helper {helper} gives no login"))?;
        // By convention of the protocol.
        return Ok(Some(match answer.username.as_str() {
            "<token>" => Login::Identity(Secret::new(answer.secret)),
            _ => Login::Basic { username: answer.username, password: Secret::new(answer.secret) },
        }));
    }
    Ok(None)
}

/// What a helper prints for a key; nothing if it knows none.
fn run_helper(program: &str, key: &str) -> Result<Option<Vec<u8>>, String> {
    let mut command = Command::new(program);
    command.arg("get").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| format!("its helper {program} does not start: {error}"))?;
    if let Some(mut input) = child.stdin.take() {
        // A helper that ends without reading says so by its status.
        let _ = input.write_all(key.as_bytes());
    }
    let output = child.stdout.take();
    // A thread of its own: what the helper started may keep its output open.
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let result = output.map(|output| output.take(MOST_BYTES).read_to_end(&mut bytes));
        if result.is_some_and(|result| result.is_ok()) {
            // Nobody waits any more if the time is over.
            let _ = sender.send(bytes);
        }
    });
    let end = Instant::now() + HELPER_TIME;
    let too_long = || format!("its helper {program} did not end within {} s", HELPER_TIME.as_secs());
    loop {
        match child.try_wait() {
            Ok(Some(status)) if !status.success() => return Ok(None),
            Ok(Some(_)) => {
                let left = end.saturating_duration_since(Instant::now());
                return receiver.recv_timeout(left).map(Some).map_err(|_| too_long());
            }
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(too_long());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(home: &Path, host: &str) -> Credentials {
        let home = home.to_string_lossy().into_owned();
        let variable = move |name: &str| (name == "HOME").then(|| home.clone());
        LoginPlaces::new(&variable).find(host)
    }

    fn write(home: &Path, path: &str, text: &str) {
        let path = home.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn basic(username: &str, password: &str) -> Login {
        Login::Basic { username: username.to_owned(), password: Secret::new(password) }
    }

    #[test]
    fn helms_file_comes_before_dockers_and_podmans() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(find(home.path(), "r.example.com").login, Login::Anonymous);
        // "a:one", "b:two", "c:three".
        write(home.path(), ".config/containers/auth.json", r#"{"auths":{"r.example.com":{"auth":"Yzp0aHJlZQ=="}}}"#);
        assert_eq!(find(home.path(), "r.example.com").login, basic("c", "three"));
        write(home.path(), ".docker/config.json", r#"{"auths":{"https://r.example.com/v1/":{"auth":"Yjp0d28="}}}"#);
        assert_eq!(find(home.path(), "r.example.com").login, basic("b", "two"));
        let helm = if cfg!(target_os = "macos") { "Library/Preferences" } else { ".config" };
        write(
            home.path(),
            &format!("{helm}/helm/registry/config.json"),
            r#"{"auths":{"r.example.com":{"auth":"YTpvbmU="}}}"#,
        );
        let found = find(home.path(), "r.example.com");
        assert_eq!(found.login, basic("a", "one"));
        assert!(found.source.starts_with("Helm's registry file ") && !found.source.contains("one"), "{}", found.source);
        assert_eq!(find(home.path(), "other.example.com").login, Login::Anonymous);
    }

    #[test]
    fn a_broken_file_and_a_missing_helper_are_passed_over_and_told() {
        let home = tempfile::tempdir().unwrap();
        write(home.path(), ".docker/config.json", r#"{"credHelpers":{"r.example.com":"not-there-at-all"}}"#);
        write(home.path(), ".config/helm/registry/config.json", "secret-in-a-broken-file");
        write(home.path(), ".config/containers/auth.json", r#"{"auths":{"r.example.com":{"identitytoken":"t0ken"}}}"#);
        let found = find(home.path(), "r.example.com");
        assert_eq!(found.login, Login::Identity(Secret::new("t0ken")));
        let told = format!("{found:?}");
        assert!(told.contains("docker-credential-not-there-at-all does not start"), "{told}");
        assert!(!told.contains("t0ken") && !told.contains("secret-in-a"), "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_helper_is_asked_by_both_names_of_the_host() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        // Knows the host by its address alone, as some do.
        let script = "#!/bin/sh\nread key\n[ \"$key\" = https://r.example.com ] || exit 1\necho '{\"Username\":\"<token>\",\"Secret\":\"t0ken\"}'\n";
        write(home.path(), "helper", script);
        let helper = home.path().join("helper");
        std::fs::set_permissions(&helper, std::fs::Permissions::from_mode(0o755)).unwrap();
        let run = |key: &str| run_helper(helper.to_str().unwrap(), key).unwrap();
        assert_eq!(run("r.example.com"), None);
        assert!(String::from_utf8(run("https://r.example.com").unwrap()).unwrap().contains("t0ken"));
        assert_eq!(ask("no/name", "r.example.com").unwrap_err(), "the name of its helper is none");
    }
}
