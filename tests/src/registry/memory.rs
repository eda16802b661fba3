//! A registry in memory, as strict as a good one: it refuses a manifest whose blobs it does not have.
//!
//! Must not compute digests itself: whoever makes it says how (no crate of the workspace may be used here).

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::http::{Reply, Request};

const INDEX_TYPE: &str = "application/vnd.oci.image.index.v1+json";

/// The registry.
pub struct Memory {
    digest: fn(&[u8]) -> String,
    /// Whether it has the referrers API.
    referrers: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By repository and digest.
    blobs: BTreeMap<(String, String), Vec<u8>>,
    /// By repository and digest: media type and bytes.
    manifests: BTreeMap<(String, String), (String, Vec<u8>)>,
    /// By repository and tag.
    tags: BTreeMap<(String, String), String>,
    uploads: u64,
}

impl Memory {
    /// An empty registry; `digest` gives `sha256:…` of bytes.
    pub fn new(digest: fn(&[u8]) -> String, referrers: bool) -> Self {
        Self { digest, referrers, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a call.
    pub fn answer(&self, request: &Request) -> Reply {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let Some(rest) = path.strip_prefix("/v2/") else { return error(404, "NOT_FOUND") };
        for (kind, call) in [
            ("/blobs/uploads/", Call::Upload),
            ("/blobs/", Call::Blob),
            ("/manifests/", Call::Manifest),
            ("/referrers/", Call::Referrers),
        ] {
            if let Some((repository, last)) = rest.split_once(kind) {
                return match call {
                    Call::Upload => self.upload(request, repository, query),
                    Call::Blob => self.blob(request, repository, last),
                    Call::Manifest => self.manifest(request, repository, last),
                    Call::Referrers => self.list(repository, last),
                };
            }
        }
        error(404, "NOT_FOUND")
    }

    fn upload(&self, request: &Request, repository: &str, query: &str) -> Reply {
        let mut state = self.state();
        if request.method == "POST" {
            state.uploads += 1;
            return Reply::new(202, "")
                .with("location", format!("/v2/{repository}/blobs/uploads/{}?state=x", state.uploads));
        }
        let promised =
            query.split('&').find_map(|pair| pair.strip_prefix("digest=")).unwrap_or_default().replace("%3A", ":");
        let digest = (self.digest)(&request.body);
        if promised != digest {
            return error(400, "DIGEST_INVALID");
        }
        state.blobs.insert((repository.to_owned(), digest.clone()), request.body.clone());
        Reply::new(201, "").with("docker-content-digest", digest)
    }

    fn blob(&self, request: &Request, repository: &str, digest: &str) -> Reply {
        match self.state().blobs.get(&(repository.to_owned(), digest.to_owned())) {
            Some(bytes) if request.method == "HEAD" => {
                Reply::new(200, "").with("content-length", bytes.len().to_string())
            }
            Some(bytes) => Reply::new(200, bytes.clone()),
            None => error(404, "BLOB_UNKNOWN"),
        }
    }

    fn manifest(&self, request: &Request, repository: &str, reference: &str) -> Reply {
        let mut state = self.state();
        let repository = repository.to_owned();
        if request.method != "PUT" {
            let by_tag = state.tags.get(&(repository.clone(), reference.to_owned())).cloned();
            let digest = by_tag.unwrap_or_else(|| reference.to_owned());
            return match state.manifests.get(&(repository, digest.clone())) {
                Some((kind, bytes)) => {
                    Reply::new(200, bytes.clone()).with("content-type", kind).with("docker-content-digest", digest)
                }
                None => error(404, "MANIFEST_UNKNOWN"),
            };
        }
        let digest = (self.digest)(&request.body);
        if reference.starts_with("sha256:") && reference != digest {
            return error(400, "DIGEST_INVALID");
        }
        let Ok(manifest) = serde_json::from_slice::<Value>(&request.body) else {
            return error(400, "MANIFEST_INVALID");
        };
        let known = |descriptor: &Value| {
            let key = (repository.clone(), descriptor["digest"].as_str().unwrap_or_default().to_owned());
            state.blobs.contains_key(&key) || state.manifests.contains_key(&key)
        };
        let list = |key: &str| manifest[key].as_array().cloned().unwrap_or_default();
        let config = manifest.get("config").cloned();
        if !config.into_iter().chain(list("layers")).chain(list("manifests")).all(|descriptor| known(&descriptor)) {
            return error(400, "MANIFEST_BLOB_UNKNOWN");
        }
        let kind = request.header("content-type").unwrap_or_default().to_owned();
        state.manifests.insert((repository.clone(), digest.clone()), (kind, request.body.clone()));
        if !reference.starts_with("sha256:") {
            state.tags.insert((repository, reference.to_owned()), digest.clone());
        }
        let reply = Reply::new(201, "").with("docker-content-digest", digest);
        match manifest["subject"]["digest"].as_str().filter(|_| self.referrers) {
            Some(subject) => reply.with("oci-subject", subject),
            None => reply,
        }
    }

    fn list(&self, repository: &str, subject: &str) -> Reply {
        if !self.referrers {
            return error(404, "NOT_FOUND");
        }
        let state = self.state();
        let manifests = state.manifests.iter().filter(|((known, _), _)| known == repository);
        let entries: Vec<Value> = manifests
            .filter_map(|((_, digest), (kind, bytes))| {
                let manifest: Value = serde_json::from_slice(bytes).ok()?;
                (manifest["subject"]["digest"] == subject).then(|| {
                    json!({
                        "mediaType": kind, "digest": digest, "size": bytes.len(),
                        "artifactType": manifest["artifactType"], "annotations": manifest["annotations"],
                    })
                })
            })
            .collect();
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX_TYPE, "manifests": entries });
        Reply::new(200, index.to_string()).with("content-type", INDEX_TYPE)
    }
}

#[derive(Clone, Copy)]
enum Call {
    Upload,
    Blob,
    Manifest,
    Referrers,
}

fn error(status: u16, code: &str) -> Reply {
    Reply::new(status, json!({ "errors": [{ "code": code, "message": "no" }] }).to_string())
}
