//! The objects by which Argo CD and Flux install an environment: the chart by its digest, the values by their files.
//!
//! No value is copied into them: values files may hold what only a Secret may hold. Must not know registries.

use std::io;
use std::path::{Component, Path};

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
    /// Directory with `environments.yaml`, relative to the repository's root; [`path_in_repository`] finds it.
    pub directory: String,
}

/// A values file that does not stand in the repository of the values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path} leads out of the repository")]
pub struct OutsideRepository {
    /// The file, from the repository's root.
    pub path: String,
}

/// The path of a directory from the root of the Git repository that it stands in, with `/`; none if it stands in none.
///
/// # Errors
///
/// What the system says where the directory cannot be looked up.
pub fn path_in_repository(directory: &Path) -> io::Result<Option<String>> {
    let directory = directory.canonicalize()?;
    // A work tree of its own, or a submodule, has a file of this name.
    let root = directory.ancestors().find(|above| above.join(".git").exists());
    let inside = root.and_then(|root| directory.strip_prefix(root).ok());
    Ok(inside.map(|path| {
        let names: Vec<_> = path.components().map(|name| name.as_os_str().to_string_lossy()).collect();
        names.join("/")
    }))
}

/// How often Flux looks whether anything changed.
const INTERVAL: &str = "10m";
/// The namespace that Argo CD is installed into, and the name of its own cluster.
const ARGOCD_NAMESPACE: &str = "argocd";
const ARGOCD_SERVER: &str = "https://kubernetes.default.svc";

/// The Application of an environment, for Argo CD 3.1 or newer: earlier ones cannot pin a digest.
///
/// # Errors
///
/// A values file that leads out of the repository.
pub fn argocd(
    name: &str,
    environment: &Environment,
    chart: &Reference,
    values: &ValuesRepository,
) -> Result<Value, OutsideRepository> {
    let files: Vec<String> = environment
        .files
        .iter()
        .map(|path| Ok(format!("$values/{}", from_root(&values.directory, path.as_str())?)))
        .collect::<Result<_, _>>()?;
    Ok(json!({
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
    }))
}

/// A file's path from the root of its repository, without `.` and `..`.
fn from_root(directory: &str, file: &str) -> Result<String, OutsideRepository> {
    let path = Path::new(directory).join(file);
    let outside = || OutsideRepository { path: path.display().to_string() };
    let mut names = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => names.push(name.to_string_lossy()),
            Component::CurDir => {}
            Component::ParentDir => drop(names.pop().ok_or_else(outside)?),
            Component::RootDir | Component::Prefix(_) => return Err(outside()),
        }
    }
    Ok(names.join("/"))
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
/// another. A key holds no `/` and begins with the file's number: no two are alike.
pub fn values_keys(environment: &Environment) -> impl Iterator<Item = (String, &str)> {
    let numbered = environment.files.iter().zip(1..);
    numbered.map(|(path, number): (_, usize)| (format!("{number}-{}", path.as_str().replace('/', ".")), path.as_str()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_root_of_their_repository() {
        for (directory, file, expected) in [
            ("values", "prod.yaml", "values/prod.yaml"),
            ("", "prod.yaml", "prod.yaml"),
            (".", "./prod.yaml", "prod.yaml"),
            ("apim/values/", "../shared.yaml", "apim/shared.yaml"),
        ] {
            assert_eq!(from_root(directory, file).as_deref(), Ok(expected));
        }
        for (directory, file) in [("values", "../../prod.yaml"), ("/srv/values", "prod.yaml")] {
            assert!(from_root(directory, file).is_err(), "{directory} {file}");
        }
    }

    #[test]
    fn a_directory_is_found_in_its_repository() {
        let home = tempfile::tempdir().unwrap();
        let values = home.path().join("apim/values");
        std::fs::create_dir_all(&values).unwrap();
        assert_eq!(path_in_repository(&values).unwrap(), None);
        std::fs::write(home.path().join(".git"), "gitdir: elsewhere\n").unwrap();
        assert_eq!(path_in_repository(&values).unwrap().as_deref(), Some("apim/values"));
        assert_eq!(path_in_repository(home.path()).unwrap().as_deref(), Some(""));
        assert!(path_in_repository(&home.path().join("missing")).is_err());
    }
}
