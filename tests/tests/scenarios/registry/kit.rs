//! What the scenarios of publishing share: charts, keys, registries, and what a tag names in them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use emt::oci::{
    Access, ChartArtifact, ChartFile, Credentials, Digest, ErrorKind, Patience, PublicKey, PushOptions, Registry,
    Repository, Signer, Timestamp, pack, pull, push,
};
use emt_tests::registry::{DockerOptions, Memory, Reply, Request, Running, Server, forward};

pub(super) const ONE: &str = include_str!("../../../fixtures/keys/one.key");
pub(super) const TWO: &str = include_str!("../../../fixtures/keys/two.key");

/// A small chart; its text tells one from another of the same version.
pub(super) fn small(text: &str) -> ChartArtifact {
    let yaml = "apiVersion: v2\nname: web\nversion: 1.0.0\nannotations:\n  org.opencontainers.image.created: \"2030-01-31T00:00:00Z\"\n";
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), bytes: text.into() };
    let files =
        [file("Chart.yaml", yaml), file("values.yaml", &format!("text: {text}\n")), file("templates/a.yaml", "a: b\n")];
    ChartArtifact::new(pack("web", &files, Timestamp::from_seconds(0).unwrap()).unwrap(), None).unwrap()
}

pub(super) fn signer(pem: &str) -> Signer {
    Signer::from_pem(pem, None).unwrap()
}

pub(super) fn key(pem: &str) -> PublicKey {
    signer(pem).public_key()
}

/// A registry that answers.
pub(super) enum Upstream {
    Memory(Memory),
    Real(Running),
}

impl Upstream {
    pub(super) fn answer(&self, request: &Request) -> Reply {
        match self {
            Self::Memory(memory) => memory.answer(request),
            Self::Real(running) => {
                forward(running.address, request).unwrap_or_else(|error| Reply::new(502, error.to_string()))
            }
        }
    }

    /// A server that passes everything on as it is.
    pub(super) fn plain(self: &Arc<Self>) -> Server {
        let upstream = Arc::clone(self);
        Server::start(move |request| upstream.answer(request)).unwrap()
    }
}

pub(super) fn memory(referrers: bool) -> Upstream {
    Upstream::Memory(Memory::new(|bytes| Digest::of(bytes).to_string(), referrers))
}

/// The registries of this run, by name.
pub(super) fn upstreams() -> Vec<(&'static str, Arc<Upstream>)> {
    let mut all = vec![("memory without referrers", memory(false)), ("memory with referrers", memory(true))];
    if let Some(running) = Running::docker(&DockerOptions::default()).unwrap() {
        all.push(("docker-registry", Upstream::Real(running)));
    }
    if let Some(running) = Running::with_referrers().unwrap() {
        all.push(("go-containerregistry", Upstream::Real(running)));
    }
    all.into_iter().map(|(name, upstream)| (name, Arc::new(upstream))).collect()
}

/// Impatient: a test waits for nobody.
pub(super) const PATIENCE: Patience = Patience {
    attempts: 3,
    first_pause: Duration::from_millis(1),
    longest_pause: Duration::from_millis(200),
    request: Duration::from_secs(1),
    whole: Duration::from_secs(8),
};

pub(super) fn access(credentials: Credentials) -> Access {
    Access { plain_http: true, patience: PATIENCE, ..Access::new(credentials) }
}

pub(super) fn repository(address: SocketAddr, path: &str) -> Repository {
    format!("oci://{address}/{path}").parse().unwrap()
}

pub(super) fn open(address: SocketAddr, path: &str) -> Registry {
    Registry::open(&repository(address, path), access(Credentials::anonymous())).unwrap()
}

/// As [`open`], with the patience of a user: nothing is broken on purpose there.
pub(super) fn open_patiently(address: SocketAddr, path: &str) -> Registry {
    let access = Access { plain_http: true, ..Access::new(Credentials::anonymous()) };
    Registry::open(&repository(address, path), access).unwrap()
}

/// Pushes without anything attached and without a fault.
pub(super) fn push_plainly(address: SocketAddr, path: &str, chart: &ChartArtifact) {
    push(&mut open_patiently(address, path), chart, &PushOptions::default(), &mut |_| ()).unwrap();
}

/// The chart that a tag names, complete; none if it names nothing.
///
/// Anything between the two fails the test.
pub(super) fn named(address: SocketAddr, path: &str) -> Option<Digest> {
    let reference = format!("oci://{address}/{path}:1.0.0").parse().unwrap();
    match pull(&mut open_patiently(address, path), &reference) {
        Ok(pulled) => {
            assert!(pulled.canonical);
            Some(pulled.digest)
        }
        Err(error) if error.kind == ErrorKind::NotFound && error.message.contains("does not exist") => None,
        Err(error) => panic!("the tag names something incomplete: {error}"),
    }
}
