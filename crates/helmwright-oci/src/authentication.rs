//! What a registry asks for when it answers 401, and the header that satisfies it.
//!
//! A token service is asked only if it belongs to the registry: credentials go to no other host because a registry says so.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use ureq::http::Method;

use crate::credentials::{Credentials, Login};
use crate::error::{ErrorKind, OciError};
use crate::patience::{Clock, Failure};
use crate::reference::host_name;
use crate::secret::Secret;
use crate::transport::{Answer, Call, Origin, Transport};

/// An answer of a token service is small.
const MOST_TOKEN_BYTES: u64 = 256 * 1024;

/// One thing that a registry would be satisfied by.
#[derive(Debug, PartialEq, Eq)]
struct Challenge {
    scheme: String,
    parameters: BTreeMap<String, String>,
}

/// Who we are to one registry, and what it gave us for it.
pub(crate) struct Session {
    credentials: Credentials,
    /// A further host that may be its token service.
    token_host: Option<String>,
    header: Option<Secret>,
    /// Scopes that were asked for: a new token keeps what an earlier one allowed.
    scopes: Vec<String>,
}

impl Session {
    pub(crate) fn new(credentials: Credentials, token_host: Option<String>) -> Self {
        let header = match &credentials.login {
            Login::Bearer(token) => Some(Secret::new(format!("Bearer {}", token.reveal()))),
            _ => None,
        };
        Self { credentials, token_host, header, scopes: Vec::new() }
    }

    /// The value of `Authorization`, if there is one yet.
    pub(crate) fn header(&self) -> Option<&Secret> {
        self.header.as_ref()
    }

    /// Where the credentials come from.
    pub(crate) fn source(&self) -> &str {
        &self.credentials.source
    }

    /// A text of the registry, without our secrets.
    pub(crate) fn blot(&self, text: &str) -> String {
        let header = self.header.iter().flat_map(|header| {
            let value = header.reveal().split_once(' ').map_or(header.reveal(), |(_, value)| value);
            [Secret::new(value)]
        });
        self.credentials.secrets().into_iter().chain(header).fold(text.to_owned(), |text, secret| secret.blot(&text))
    }

    /// Satisfies what a 401 asks for, so that [`header`](Self::header) is worth another try.
    pub(crate) fn satisfy(
        &mut self,
        answer: &Answer,
        registry: &Origin,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<(), Failure> {
        let challenges: Vec<Challenge> = answer
            .headers
            .get_all("www-authenticate")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(challenges)
            .collect();
        let named = |scheme: &str| challenges.iter().find(|one| one.scheme.eq_ignore_ascii_case(scheme));
        if matches!(self.credentials.login, Login::Bearer(_)) {
            return Err(self.refused(registry, "the registry takes no such token").into());
        }
        if let Some(challenge) = named("bearer") {
            let token = self.token(challenge, registry, transport, clock)?;
            self.header = Some(Secret::new(format!("Bearer {token}")));
            return Ok(());
        }
        if named("basic").is_none() {
            return Err(self.refused(registry, "it asks for no login that emt knows").into());
        }
        match &self.credentials.login {
            Login::Basic { username, password } if self.header.is_none() => {
                let pair = STANDARD.encode(format!("{username}:{}", password.reveal()));
                self.header = Some(Secret::new(format!("Basic {pair}")));
                Ok(())
            }
            Login::Basic { .. } => Err(self.refused(registry, "wrong name or password").into()),
            _ => Err(self.refused(registry, "it wants a name and a password").into()),
        }
    }

    /// The error of a login that does not help.
    pub(crate) fn refused(&self, registry: &Origin, why: &str) -> OciError {
        let Credentials { source, passed_over, login } = &self.credentials;
        let error = OciError::new(
            ErrorKind::Authentication,
            format!("{} refuses the login: {why} (used: {source})", registry.host),
        );
        let error = passed_over.iter().fold(error, |error, reason| error.help(format!("passed over: {reason}")));
        match login {
            Login::Anonymous => error.help(
                "log in with `helm registry login`, or give --username and --password-stdin, or set EMT_REGISTRY_USERNAME \
                 and EMT_REGISTRY_PASSWORD",
            ),
            _ => error.help("log in anew, or give another login with --username and --password-stdin"),
        }
    }

    fn token(
        &mut self,
        challenge: &Challenge,
        registry: &Origin,
        transport: &Transport,
        clock: &Clock,
    ) -> Result<String, Failure> {
        let parameter = |name: &str| challenge.parameters.get(name).map(String::as_str);
        let realm = parameter("realm").unwrap_or_default();
        let service = Origin::of(realm).ok_or_else(|| {
            OciError::new(ErrorKind::Registry, "the registry names no token service that is an address")
        })?;
        self.may_ask(registry, &service)?;
        if let Some(scope) = parameter("scope").filter(|scope| !self.scopes.iter().any(|known| known == scope)) {
            self.scopes.push(scope.to_owned());
        }
        let mut fields: Vec<(&str, String)> = Vec::new();
        fields.extend(parameter("service").map(|service| ("service", service.to_owned())));
        let mut headers = vec![("accept", "application/json".to_owned())];
        let mut body = String::new();
        let mut url = realm.to_owned();
        match &self.credentials.login {
            Login::Identity(token) => {
                fields.push(("scope", self.scopes.join(" ")));
                fields.push(("grant_type", "refresh_token".to_owned()));
                fields.push(("client_id", "emt".to_owned()));
                fields.push(("refresh_token", token.reveal().to_owned()));
                headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
                body = encoded(&fields);
            }
            login => {
                fields.extend(self.scopes.iter().map(|scope| ("scope", scope.clone())));
                if let Login::Basic { username, password } = login {
                    let pair = STANDARD.encode(format!("{username}:{}", password.reveal()));
                    headers.push(("authorization", format!("Basic {pair}")));
                }
                let separator = if url.contains('?') { '&' } else { '?' };
                url = format!("{url}{separator}{}", encoded(&fields));
            }
        }
        let method = if body.is_empty() { Method::GET } else { Method::POST };
        let call = Call { method, url: &url, headers: &headers, body: body.as_bytes(), most: MOST_TOKEN_BYTES };
        let doing = format!("asking {} for a token", service.host);
        let time = clock.next_request().ok_or_else(|| clock.is_over(&doing))?;
        let answer = transport.send(&call, time).map_err(|no| {
            let error = OciError::new(ErrorKind::Network, format!("{doing}: {}", no.message));
            let error = no.help.into_iter().fold(error, OciError::help);
            if no.passing { Failure::Again(error, None) } else { Failure::Final(error) }
        })?;
        match answer.status {
            200 => {}
            status @ (429 | 500..=599) => {
                let error = OciError::new(ErrorKind::Registry, format!("{doing}: it answers {status}"));
                return Err(Failure::Again(error, None));
            }
            status => return Err(self.refused(registry, &format!("its token service answers {status}")).into()),
        }
        let token: Token = serde_json::from_slice(&answer.body)
            .map_err(|_| OciError::new(ErrorKind::Registry, format!("{doing}: the answer is no token")))?;
        let token = token.token.or(token.access_token).filter(|token| is_header_text(token));
        token.ok_or_else(|| OciError::new(ErrorKind::Registry, format!("{doing}: the answer is no token")).into())
    }

    /// Whether a registry's token service may see the login: the registry's own host, one beside it in the same domain,
    /// or the one that the user names; and never over plain HTTP where the registry itself is reached by TLS.
    fn may_ask(&self, registry: &Origin, service: &Origin) -> Result<(), OciError> {
        let fail = |why: &str| {
            Err(OciError::new(
                ErrorKind::Authentication,
                format!("{} names {} as its token service, {why}: no login is sent there", registry.host, service.host),
            ))
        };
        if registry.scheme == "https" && service.scheme == "http" {
            return fail("without TLS");
        }
        let named = self.token_host.as_deref().map(host_name);
        if service.host == registry.host || named == Some(service.host.as_str()) || same_domain(registry, service) {
            return Ok(());
        }
        fail("which is of another domain").map_err(|error: OciError| {
            error.help(format!("if it is right, name it with --token-host {}", service.host))
        })
    }
}

/// Whether two hosts have the same last two labels, with a third before them in both: `auth.example.com` and
/// `registry.example.com`. Addresses have no domain.
fn same_domain(a: &Origin, b: &Origin) -> bool {
    let domain = |host: &str| {
        let labels: Vec<&str> = host.rsplit('.').collect();
        let is_address = labels.first().is_none_or(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        (labels.len() >= 3 && !is_address)
            .then(|| labels.iter().take(2).map(|label| (*label).to_owned()).collect::<Vec<_>>())
    };
    let (a, b) = (domain(&a.host), domain(&b.host));
    a.is_some() && a == b
}

#[derive(Deserialize)]
struct Token {
    token: Option<String>,
    access_token: Option<String>,
}

fn is_header_text(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Fields of a form or a query.
fn encoded(fields: &[(&str, String)]) -> String {
    let pair = |(name, value): &(&str, String)| {
        let value: String = value
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect();
        format!("{name}={value}")
    };
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Reads a `WWW-Authenticate` header: `Bearer realm="…",scope="a:b:pull,push", Basic realm="x"`.
fn challenges(text: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = text.trim_start_matches([' ', ',']);
    while !rest.is_empty() {
        let end = rest.find([' ', '=', ',']).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        if let Some(value) = behind.strip_prefix('=') {
            let (value, behind) = match value.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
                None => value.split_at(value.find([',', ' ']).unwrap_or(value.len())),
            };
            if let Some(challenge) = found.last_mut() {
                challenge.parameters.insert(word.to_ascii_lowercase(), value.to_owned());
            }
            rest = behind;
        } else {
            if !word.is_empty() {
                found.push(Challenge { scheme: word.to_owned(), parameters: BTreeMap::new() });
            }
            rest = behind;
        }
        rest = rest.trim_start_matches([' ', ',']);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_are_read() {
        let text = r#"Bearer realm="https://auth.example.com/token?a=b",service="r",scope="repository:a/b:pull,push", Basic realm=x"#;
        let found = challenges(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].parameters["realm"], "https://auth.example.com/token?a=b");
        assert_eq!(found[0].parameters["scope"], "repository:a/b:pull,push");
        assert_eq!((found[1].scheme.as_str(), found[1].parameters["realm"].as_str()), ("Basic", "x"));
        for odd in ["", ",,", "=", "\"", "Bearer", "Bearer realm=\"", "a=b,c"] {
            let _ = challenges(odd);
        }
    }

    #[test]
    fn a_login_goes_to_no_foreign_host() {
        let may_ask = |registry: &str, service: &str, named: Option<&str>| {
            let session = Session::new(Credentials::anonymous(), named.map(str::to_owned));
            session.may_ask(&Origin::of(registry).unwrap(), &Origin::of(service).unwrap()).is_ok()
        };
        assert!(may_ask("https://r.example.com", "https://r.example.com/token", None));
        assert!(may_ask("https://r.example.com", "https://auth.example.com/token", None));
        assert!(may_ask("http://127.0.0.1:5000", "http://127.0.0.1:5001/token", None));
        assert!(may_ask("https://r.example.com", "https://login.other.org/token", Some("login.other.org")));
        for service in ["https://evil.org/token", "http://auth.example.com/token", "https://example.com.evil.org/token"]
        {
            assert!(!may_ask("https://r.example.com", service, None), "{service}");
        }
        assert!(!may_ask("http://127.0.0.1:5000", "http://127.0.0.2/token", None));
        assert!(!may_ask("https://com", "https://evil.com", None));
    }
}
