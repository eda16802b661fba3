//! The objects by which Argo CD and Flux install an environment: the chart by its digest, the values by their files.
//!
//! No value is copied into them: values files may hold what only a Secret may hold. Must not know registries.

use helmwright_oci::{CHART_TYPE, Reference};
use serde_json::{Value, json};

use crate::environment::Environment;

/// Where Argo CD finds the values files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuesRepository {
    /// Address of the Git repository.
    pub url: String,
    /// Branch, tag or commit.
    pub revision: String,
    /// Directory with `environments.yaml`, relative to the repository's root.
    pub directory: String,
}

/// How often Flux looks whether anything changed.
const INTERVAL: &str = "10m";
/// The namespace that Argo CD is installed into, and the name of its own cluster.
const ARGOCD_NAMESPACE: &str = "argocd";
const ARGOCD_SERVER: &str = "https://kubernetes.default.svc";

/// The Application of an environment, for Argo CD 3.1 or newer: earlier ones cannot pin a digest.
#[must_use]
pub fn argocd(name: &str, environment: &Environment, chart: &Reference, values: &ValuesRepository) -> Value {
    let directory = values.directory.trim_matches('/');
    let file = |path: &str| match directory {
        "" | "." => format!("$values/{path}"),
        directory => format!("$values/{directory}/{path}"),
    };
    let files: Vec<String> = environment.files.iter().map(|path| file(path.as_str())).collect();
    json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": { "name": object_name(name, environment), "namespace": ARGOCD_NAMESPACE },
        "spec": {
            "project": "default",
            "destination": { "server": ARGOCD_SERVER, "namespace": environment.namespace.as_str() },
            "sources": [
                {
                    "repoURL": chart.repository.to_string(),
                    "targetRevision": revision(chart),
                    "path": ".",
                    "helm": { "releaseName": environment.release.as_str(), "valueFiles": files },
                },
                { "repoURL": values.url, "targetRevision": values.revision, "ref": "values" },
            ],
        },
    })
}

/// The `OCIRepository` and the `HelmRelease` of an environment, for Flux 2.6 or newer. The values are read from the Secret
/// of [`values_secret`], a key for each file. With `signed_by`, the name of a Secret with cosign's public key, Flux
/// installs the chart only if it is signed.
#[must_use]
pub fn flux(name: &str, environment: &Environment, chart: &Reference, signed_by: Option<&str>) -> [Value; 2] {
    let metadata = json!({ "name": object_name(name, environment), "namespace": environment.namespace.as_str() });
    let reference = match (&chart.digest, &chart.tag) {
        (Some(digest), _) => json!({ "digest": digest.as_str() }),
        (None, tag) => json!({ "tag": tag.as_ref().map_or("latest", |tag| tag.as_str()) }),
    };
    let mut repository = json!({
        "apiVersion": "source.toolkit.fluxcd.io/v1",
        "kind": "OCIRepository",
        "metadata": metadata,
        "spec": {
            "interval": INTERVAL,
            "url": chart.repository.to_string(),
            "ref": reference,
            "layerSelector": { "mediaType": CHART_TYPE, "operation": "copy" },
        },
    });
    if let Some(secret) = signed_by {
        repository["spec"]["verify"] = json!({ "provider": "cosign", "secretRef": { "name": secret } });
    }
    let secret = values_secret(name, environment);
    let values: Vec<Value> = values_keys(environment)
        .map(|(key, _)| json!({ "kind": "Secret", "name": secret, "valuesKey": key }))
        .collect();
    let release = json!({
        "apiVersion": "helm.toolkit.fluxcd.io/v2",
        "kind": "HelmRelease",
        "metadata": metadata,
        "spec": {
            "interval": INTERVAL,
            "releaseName": environment.release.as_str(),
            "chartRef": { "kind": "OCIRepository", "name": metadata["name"] },
            "valuesFrom": values,
        },
    });
    [repository, release]
}

/// The name of the Secret with the values files, for Flux.
#[must_use]
pub fn values_secret(name: &str, environment: &Environment) -> String {
    format!("{}-values", object_name(name, environment))
}

/// The keys of that Secret with the files, relative to `environments.yaml`, in the order in which they are laid over one
/// another. A key holds no `/`.
pub fn values_keys(environment: &Environment) -> impl Iterator<Item = (String, &str)> {
    environment.files.iter().map(|path| (path.as_str().replace('/', "."), path.as_str()))
}

/// The release's name is the same in all environments, that of an Application may not be.
fn object_name(name: &str, environment: &Environment) -> String {
    format!("{}-{name}", environment.release.as_str())
}

fn revision(chart: &Reference) -> String {
    match (&chart.digest, &chart.tag) {
        (Some(digest), _) => digest.to_string(),
        (None, tag) => tag.as_ref().map_or_else(|| "latest".to_owned(), ToString::to_string),
    }
}
