//! HTTP: one request, one answer, both bounded.
//!
//! TLS is checked against the system's certificates and those that the user names. Redirects are not followed here.
//! Proxies come from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`; this machine is never reached through one.
//!
//! Must not know OCI or credentials beyond a header's bytes.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rustls::crypto::ring;
use ureq::http::{HeaderMap, Method, Request, Uri};
use ureq::tls::{Certificate, ClientCert, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Proxy};

use crate::error::{ErrorKind, OciError};

/// How TLS is done.
#[derive(Clone, Default)]
pub struct Tls {
    /// PEM texts of certificates to trust beside the system's.
    pub authorities: Vec<Vec<u8>>,
    /// PEM texts of a client certificate with its chain, and of its key.
    pub client: Option<(Vec<u8>, Vec<u8>)>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let client = self.client.is_some();
        formatter.debug_struct("Tls").field("authorities", &self.authorities.len()).field("client", &client).finish()
    }
}

/// One request.
pub(crate) struct Call<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a str,
    pub(crate) headers: &'a [(&'static str, String)],
    pub(crate) body: &'a [u8],
    /// The most bytes that the answer's body may have.
    pub(crate) most: u64,
}

/// One answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Why there is no answer.
pub(crate) struct NoAnswer {
    /// What went wrong, without the URL.
    pub(crate) message: String,
    /// Whether another attempt may succeed.
    pub(crate) passing: bool,
    pub(crate) help: Option<&'static str>,
}

/// A client with its connections.
pub(crate) struct Transport {
    plain: Agent,
    /// Made when it is first needed: reading the system's certificates takes longer than a whole push to this machine.
    secure: OnceLock<Agent>,
    client: Option<ClientCert>,
    authorities: Vec<Certificate<'static>>,
    user_agent: String,
    local: bool,
}

impl Transport {
    /// A client; `local` ones use no proxy.
    pub(crate) fn new(tls: &Tls, user_agent: &str, local: bool) -> Result<Self, OciError> {
        let mut authorities = Vec::new();
        for text in &tls.authorities {
            authorities.extend(certificates(text)?);
        }
        let client = match &tls.client {
            Some((chain, key)) => {
                let key = parse_pem(key).find_map(|item| match item {
                    Ok(PemItem::PrivateKey(key)) => Some(key),
                    _ => None,
                });
                let key =
                    key.ok_or_else(|| OciError::input("the key of the client certificate is no private key in PEM"))?;
                Some(ClientCert::new_with_certs(&certificates(chain)?, key))
            }
            None => None,
        };
        let plain = agent(user_agent, local, TlsConfig::builder().build());
        let user_agent = user_agent.to_owned();
        Ok(Self { plain, secure: OnceLock::new(), client, authorities, user_agent, local })
    }

    /// The client for a URL.
    fn agent(&self, url: &str) -> &Agent {
        if !url.starts_with("https:") {
            return &self.plain;
        }
        self.secure.get_or_init(|| {
            let system = rustls_native_certs::load_native_certs().certs;
            let system = system.iter().map(|certificate| Certificate::from_der(certificate.as_ref()).to_owned());
            let roots: Vec<_> = system.chain(self.authorities.iter().cloned()).collect();
            let tls = TlsConfig::builder()
                .root_certs(RootCerts::new_with_certs(&roots))
                .client_cert(self.client.clone())
                .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
                .build();
            agent(&self.user_agent, self.local, tls)
        })
    }

    /// Sends a request and reads the answer, both within `time`.
    pub(crate) fn send(&self, call: &Call<'_>, time: Duration) -> Result<Answer, NoAnswer> {
        let mut request = Request::builder().method(call.method.clone()).uri(call.url);
        for (name, value) in call.headers {
            request = request.header(*name, value);
        }
        let broken = |error: ureq::Error| NoAnswer::of(&error);
        let agent = self.agent(call.url);
        let unfit = |_| NoAnswer { message: "the address is none".to_owned(), passing: false, help: None };
        let answer = if call.method == Method::GET || call.method == Method::HEAD {
            let request = request.body(()).map_err(unfit)?;
            agent.run(agent.configure_request(request).timeout_global(Some(time)).build())
        } else {
            let request = request.body(call.body).map_err(unfit)?;
            agent.run(agent.configure_request(request).timeout_global(Some(time)).build())
        };
        let (parts, body) = answer.map_err(broken)?.into_parts();
        let body = match call.method == Method::HEAD {
            true => Vec::new(),
            false => body.into_with_config().limit(call.most).read_to_vec().map_err(broken)?,
        };
        Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
    }
}

fn agent(user_agent: &str, local: bool, tls: TlsConfig) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(if local { None } else { Proxy::try_from_env() })
        .timeout_connect(Some(Duration::from_secs(15)))
        .user_agent(user_agent)
        .tls_config(tls)
        .build();
    Agent::new_with_config(config)
}

fn certificates(text: &[u8]) -> Result<Vec<Certificate<'static>>, OciError> {
    let found: Vec<_> = parse_pem(text)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    match found.is_empty() {
        true => Err(OciError::input("the file of certificates holds none in PEM")),
        false => Ok(found),
    }
}

impl NoAnswer {
    fn of(error: &ureq::Error) -> Self {
        let text = match error {
            ureq::Error::Io(error) => error.to_string(),
            ureq::Error::BadUri(_) => "the address is none".to_owned(),
            other => other.to_string(),
        };
        let tls = matches!(error, ureq::Error::Rustls(_) | ureq::Error::Tls(_)) || text.contains("certificate");
        let plain = text.contains("corrupt message") || text.contains("InvalidContentType");
        let endless = matches!(error, ureq::Error::BodyExceedsLimit(_) | ureq::Error::LargeResponseHeader(..));
        let help = match () {
            () if plain => Some("the registry speaks plain HTTP there: name its HTTPS port, or give --plain-http"),
            () if tls => Some("name the certificate of the registry's authority with --ca-file"),
            () if matches!(error, ureq::Error::HostNotFound) => Some("check the host, and the proxy's variables"),
            () => None,
        };
        let message = if endless { "the answer is larger than any of its kind".to_owned() } else { text };
        Self { message, passing: !(tls || plain || endless || matches!(error, ureq::Error::BadUri(_))), help }
    }
}

/// Scheme, host and port of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) scheme: String,
    pub(crate) host: String,
    pub(crate) port: u16,
}

impl Origin {
    /// Of an absolute URL of HTTP; none for any other.
    pub(crate) fn of(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let scheme = uri.scheme_str()?.to_owned();
        let usual = match scheme.as_str() {
            "http" => 80,
            "https" => 443,
            _ => return None,
        };
        let authority = uri.authority()?;
        if authority.as_str().contains('@') {
            return None;
        }
        Some(Self { host: authority.host().to_ascii_lowercase(), port: uri.port_u16().unwrap_or(usual), scheme })
    }
}

/// The URL that a `Location` header means, seen from another URL.
pub(crate) fn resolve(base: &str, location: &str) -> Result<String, OciError> {
    let bad = || OciError::new(ErrorKind::Registry, "the registry answers with a Location that is no address");
    let (from, uri) = (Origin::of(base).ok_or_else(bad)?, base.parse::<Uri>().map_err(|_| bad())?);
    let authority = uri.authority().ok_or_else(bad)?.as_str();
    if location.starts_with('/') && !location.starts_with("//") {
        return Ok(format!("{}://{authority}{location}", from.scheme));
    }
    let to = Origin::of(location).ok_or_else(bad)?;
    if from.scheme == "https" && to.scheme == "http" {
        // Registries behind a proxy that ends TLS often do not know that it does.
        let rest = location.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        if to.host == from.host {
            return Ok(format!("https://{authority}/{rest}"));
        }
        return Err(OciError::new(ErrorKind::Registry, "the registry leads from HTTPS to plain HTTP"));
    }
    Ok(location.to_owned())
}
