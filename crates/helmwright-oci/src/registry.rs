//! One repository of a registry, by the calls of the OCI distribution specification.
//!
//! Every answer is bounded, every digest is computed anew, transient failures are tried again within the patience.
//! Redirects are followed for reading alone, and take no login to another host.

use std::time::Duration;

use serde::Deserialize;
use ureq::http::Method;

use crate::artifact::{Descriptor, INDEX_TYPE, MANIFEST_TYPE};
use crate::authentication::Session;
use crate::credentials::Credentials;
use crate::digest::Digest;
use crate::error::{ErrorKind, OciError};
use crate::patience::{Clock, Failure, Patience};
use crate::reference::{Repository, Version};
use crate::timestamp::Timestamp;
use crate::transport::{Answer, Call, Origin, Tls, Transport, resolve};

/// The largest manifest or index that is read, in bytes: what registries themselves take.
const MOST_MANIFEST_BYTES: u64 = 4 * 1024 * 1024;
/// An answer that is not asked for holds a message at most.
const MOST_MESSAGE_BYTES: u64 = 64 * 1024;
const MOST_REDIRECTS: usize = 5;

/// How a registry is reached.
#[derive(Clone, Debug)]
pub struct Access {
    /// Who we are.
    pub credentials: Credentials,
    /// Without TLS.
    pub plain_http: bool,
    /// Certificates.
    pub tls: Tls,
    /// A host beside the registry's that may be its token service.
    pub token_host: Option<String>,
    /// What the registry's log shows of us.
    pub user_agent: String,
    /// Bounds on time and attempts.
    pub patience: Patience,
}

impl Access {
    /// Without a login, by TLS, with the usual patience.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        Self {
            credentials,
            plain_http: false,
            tls: Tls::default(),
            token_host: None,
            user_agent: concat!("helmwright-oci/", env!("CARGO_PKG_VERSION")).to_owned(),
            patience: Patience::default(),
        }
    }
}

/// A manifest as the registry gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawManifest {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type, by the registry's word.
    pub media_type: String,
    /// The digest of the bytes.
    pub digest: Digest,
}

/// What a registry says after it took a manifest.
pub(crate) struct Taken {
    /// It knows that the manifest refers to another one.
    pub(crate) referrer: bool,
}

/// A repository that can be talked to.
pub struct Registry {
    repository: Repository,
    base: String,
    origin: Origin,
    session: Session,
    transport: Transport,
    clock: Clock,
}

impl std::fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Registry").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Registry {
    /// Prepares to talk to a repository; nothing is sent yet. The time of the patience runs from here.
    ///
    /// # Errors
    ///
    /// Certificates that cannot be read, and a repository without a path.
    pub fn open(repository: &Repository, access: Access) -> Result<Self, OciError> {
        if repository.path().is_empty() {
            return Err(
                OciError::input(format!("{repository} names no repository")).help("add its path: oci://HOST/PATH")
            );
        }
        let scheme = if access.plain_http { "http" } else { "https" };
        let base = format!("{scheme}://{}", repository.host());
        let origin = Origin::of(&base)
            .ok_or_else(|| OciError::input(format!("{:?} is no host of a registry", repository.host())))?;
        Ok(Self {
            transport: Transport::new(&access.tls, &access.user_agent, repository.is_loopback())?,
            session: Session::new(access.credentials, access.token_host),
            clock: Clock::start(access.patience),
            repository: repository.clone(),
            base,
            origin,
        })
    }

    /// The repository.
    #[must_use]
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Where the login comes from, in words.
    #[must_use]
    pub fn login_source(&self) -> &str {
        self.session.source()
    }

    /// The manifest of a tag or digest; none if the registry has none.
    ///
    /// # Errors
    ///
    /// Everything but 404, and bytes that are not those of the digest.
    pub fn manifest(&mut self, version: &Version) -> Result<Option<RawManifest>, OciError> {
        let doing = format!("reading the manifest {version}");
        let path = format!("manifests/{version}");
        let accept = [("accept", format!("{MANIFEST_TYPE}, {INDEX_TYPE}"))];
        self.try_again(|registry| {
            let answer = registry.call(Method::GET, &path, &accept, &[], MOST_MANIFEST_BYTES, &doing)?;
            match answer.status {
                200 => {}
                404 => return Ok(None),
                _ => return Err(registry.unexpected(&answer, &doing)),
            }
            let digest = Digest::of(&answer.body);
            let promised = match version {
                Version::Digest(digest) => Some(digest.as_str()),
                Version::Tag(_) => answer.header("docker-content-digest"),
            };
            if let Some(promised) = promised.filter(|promised| *promised != digest.as_str()) {
                return Err(wrong_bytes(&doing, promised, &digest));
            }
            let media_type = answer.header("content-type").unwrap_or_default().to_owned();
            Ok(Some(RawManifest { bytes: answer.body, media_type, digest }))
        })
    }

    /// The content of a blob.
    ///
    /// # Errors
    ///
    /// Also a blob that is not there, or has other bytes than its descriptor promises.
    pub fn blob(&mut self, descriptor: &Descriptor) -> Result<Vec<u8>, OciError> {
        let doing = format!("reading the blob {}", descriptor.digest);
        let path = format!("blobs/{}", descriptor.digest);
        self.try_again(|registry| {
            let answer = registry.call(Method::GET, &path, &[], &[], descriptor.size.saturating_add(1), &doing)?;
            if answer.status != 200 {
                return Err(registry.unexpected(&answer, &doing));
            }
            let digest = Digest::of(&answer.body);
            if digest != descriptor.digest {
                return Err(wrong_bytes(&doing, descriptor.digest.as_str(), &digest));
            }
            Ok(answer.body)
        })
    }

    /// Whether the registry has a blob.
    pub(crate) fn has_blob(&mut self, descriptor: &Descriptor) -> Result<bool, OciError> {
        self.try_again(|registry| registry.look_for(descriptor))
    }

    /// Brings a blob to the registry unless it has it; whether it was brought.
    pub(crate) fn push_blob(&mut self, descriptor: &Descriptor, bytes: &[u8]) -> Result<bool, OciError> {
        let doing = format!("pushing the blob {}", descriptor.digest);
        let mut brought = false;
        self.try_again(|registry| {
            // Asked anew at each attempt: the broken one may have been complete.
            if registry.look_for(descriptor)? {
                return Ok(());
            }
            let answer = registry.call(Method::POST, "blobs/uploads/", &[], &[], MOST_MESSAGE_BYTES, &doing)?;
            if answer.status != 202 {
                return Err(registry.unexpected(&answer, &doing));
            }
            let location = answer.header("location").unwrap_or_default();
            let place = resolve(&format!("{}/", registry.base), location)?;
            let separator = if place.contains('?') { '&' } else { '?' };
            let url = format!("{place}{separator}digest={}", descriptor.digest.as_str().replace(':', "%3A"));
            let headers = [("content-type", "application/octet-stream".to_owned())];
            let answer = registry.call_url(Method::PUT, &url, &headers, bytes, MOST_MESSAGE_BYTES, &doing)?;
            if answer.status != 201 {
                return Err(registry.unexpected(&answer, &doing));
            }
            check_promise(&answer, &descriptor.digest, &doing)?;
            brought = true;
            Ok(())
        })?;
        Ok(brought)
    }

    /// Brings a manifest to the registry, under its digest or a tag.
    pub(crate) fn push_manifest(
        &mut self,
        version: &Version,
        bytes: &[u8],
        media_type: &str,
    ) -> Result<Taken, OciError> {
        let doing = format!("pushing the manifest {version}");
        let headers = [("content-type", media_type.to_owned())];
        let path = format!("manifests/{version}");
        self.try_again(|registry| {
            let answer = registry.call(Method::PUT, &path, &headers, bytes, MOST_MESSAGE_BYTES, &doing)?;
            if !matches!(answer.status, 200..=202) {
                return Err(registry.unexpected(&answer, &doing));
            }
            check_promise(&answer, &Digest::of(bytes), &doing)?;
            Ok(Taken { referrer: answer.header("oci-subject").is_some() })
        })
    }

    /// The index of manifests that refer to a digest, by the referrers API; none if the registry has no such API.
    pub(crate) fn referrers_api(&mut self, subject: &Digest) -> Result<Option<Vec<u8>>, OciError> {
        let doing = format!("asking for what refers to {subject}");
        let path = format!("referrers/{subject}");
        let accept = [("accept", INDEX_TYPE.to_owned())];
        self.try_again(|registry| {
            let answer = registry.call(Method::GET, &path, &accept, &[], MOST_MANIFEST_BYTES, &doing)?;
            match answer.status {
                200 if answer.header("content-type").is_some_and(|kind| kind.starts_with(INDEX_TYPE)) => {
                    Ok(Some(answer.body))
                }
                // Registries that do not know the path answer in many ways.
                200 | 400 | 404 | 405 | 501 => Ok(None),
                _ => Err(registry.unexpected(&answer, &doing)),
            }
        })
    }

    fn look_for(&mut self, descriptor: &Descriptor) -> Result<bool, Failure> {
        let doing = format!("looking for the blob {}", descriptor.digest);
        let answer = self.call(Method::HEAD, &format!("blobs/{}", descriptor.digest), &[], &[], 0, &doing)?;
        match answer.status {
            200 => Ok(answer.header("content-length").is_none_or(|size| size == descriptor.size.to_string())),
            404 => Ok(false),
            // Some registries do not let those look who may push: they are told by the push.
            403 | 405 => Ok(false),
            _ => Err(self.unexpected(&answer, &doing)),
        }
    }

    fn try_again<T>(&mut self, mut attempt: impl FnMut(&mut Self) -> Result<T, Failure>) -> Result<T, OciError> {
        let clock = self.clock;
        let host = self.repository.host().to_owned();
        clock.retry(|| attempt(self)).map_err(|error| error.within(host))
    }

    fn call(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&'static str, String)],
        body: &[u8],
        most: u64,
        doing: &str,
    ) -> Result<Answer, Failure> {
        let url = format!("{}/v2/{}/{path}", self.base, self.repository.path());
        self.call_url(method, &url, headers, body, most, doing)
    }

    /// One call, with the login that the registry asks for and, for reading, the redirects that it gives.
    fn call_url(
        &mut self,
        method: Method,
        url: &str,
        headers: &[(&'static str, String)],
        body: &[u8],
        most: u64,
        doing: &str,
    ) -> Result<Answer, Failure> {
        let reads = method == Method::GET || method == Method::HEAD;
        let mut url = url.to_owned();
        let (mut redirects, mut logins) = (0, 0);
        loop {
            let ours = Origin::of(&url).as_ref() == Some(&self.origin);
            let mut all = headers.to_vec();
            if ours && let Some(header) = self.session.header() {
                all.push(("authorization", header.reveal().to_owned()));
            }
            // An error's message may be longer than what was asked for.
            let most = most.max(MOST_MESSAGE_BYTES);
            let call = Call { method: method.clone(), url: &url, headers: &all, body, most };
            let time = self.clock.next_request().ok_or_else(|| self.clock.is_over(doing))?;
            let answer = self.transport.send(&call, time).map_err(|no| {
                let message = self.session.blot(&format!("{doing}: {}", no.message));
                let error = no.help.into_iter().fold(OciError::new(ErrorKind::Network, message), OciError::help);
                if no.passing { Failure::Again(error, None) } else { Failure::Final(error) }
            })?;
            match answer.status {
                // Once for the login, once more for a token that has expired or covers less.
                401 if ours && logins < 2 => {
                    logins += 1;
                    self.session.satisfy(&answer, &self.origin, &self.transport, &self.clock)?;
                }
                401 if ours => return Err(self.session.refused(&self.origin, "it keeps asking for one").into()),
                301 | 302 | 303 | 307 | 308 if reads => {
                    redirects += 1;
                    if redirects > MOST_REDIRECTS {
                        return Err(
                            OciError::new(ErrorKind::Registry, format!("{doing}: it redirects in a circle")).into()
                        );
                    }
                    url = resolve(&url, answer.header("location").unwrap_or_default())?;
                }
                _ => return Ok(answer),
            }
        }
    }

    /// An answer that does not fit the call.
    fn unexpected(&self, answer: &Answer, doing: &str) -> Failure {
        let said = self.session.blot(&said(&answer.body));
        let status = answer.status;
        let said = if said.is_empty() { String::new() } else { format!(": {said}") };
        let error = |kind, what: &str| OciError::new(kind, format!("{doing}: {what} ({status}{said})"));
        let source = self.session.source();
        match status {
            429 | 408 | 500 | 502..=504 => {
                let what = if status == 429 { "too many requests" } else { "the registry is in trouble" };
                Failure::Again(error(ErrorKind::Registry, what), retry_after(answer))
            }
            401 => self.session.refused(&self.origin, "it keeps asking for one").into(),
            403 => error(ErrorKind::Authentication, &format!("the login has no right to it, used: {source}"))
                .help("ask for the right to this repository, or give another login")
                .into(),
            404 => error(ErrorKind::NotFound, "the registry does not have it")
                .help("check host, path and version; some registries want the repository created first")
                .into(),
            405 => error(ErrorKind::Registry, "the registry does not allow it")
                .help("it may be read-only: check with who runs it")
                .into(),
            413 => error(ErrorKind::Registry, "it is too large for the registry or a proxy before it").into(),
            _ => error(ErrorKind::Registry, "the registry refuses it").into(),
        }
    }
}

fn wrong_bytes(doing: &str, promised: &str, found: &Digest) -> Failure {
    // Perhaps cut or mangled on the way: another attempt shows.
    let promised: String = promised.chars().filter(|character| character.is_ascii_graphic()).take(80).collect();
    let error = OciError::integrity(format!("{doing}: the bytes have the digest {found}, and {promised} was promised"));
    Failure::Again(error.help("do not use what the registry gives: its storage or a proxy before it is broken"), None)
}

fn check_promise(answer: &Answer, digest: &Digest, doing: &str) -> Result<(), Failure> {
    match answer.header("docker-content-digest").filter(|said| *said != digest.as_str()) {
        Some(said) => {
            let said: String = said.chars().filter(char::is_ascii_graphic).take(80).collect();
            let text = format!("{doing}: the registry says that it took {said}, and {digest} was sent");
            Err(Failure::Again(OciError::integrity(text), None))
        }
        None => Ok(()),
    }
}

/// How long the registry asks to wait: seconds or a date.
fn retry_after(answer: &Answer) -> Option<Duration> {
    let text = answer.header("retry-after")?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    let then = u64::try_from(Timestamp::from_http(text)?.seconds()).ok()?;
    Some(Duration::from_secs(then.saturating_sub(now)))
}

/// What an error's body says, on one line and not too long.
fn said(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Errors {
        errors: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    }
    let Ok(Errors { errors }) = serde_json::from_slice(body) else { return String::new() };
    let lines: Vec<String> = errors.iter().take(3).map(|one| format!("{} {}", one.code, one.message)).collect();
    let plain = lines.join("; ");
    plain.chars().filter(|character| !character.is_control()).take(300).collect::<String>().trim().to_owned()
}
