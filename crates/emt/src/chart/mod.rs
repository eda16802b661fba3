//! The chart: its facts, its files, and writing them to a directory.
//!
//! Everything here is a constant of this version: no clock, no environment.

mod readme;

use std::path::Path;

use helmwright::print::PrintProblem;
use helmwright_chart::{
    Change, ChangeKind, ChartFacts, OutputFile, Package, ValuesFile, WriteError, replace_directory,
};
use serde_json::Value;

use crate::description::{published_schema, values_yaml};
use crate::render::{APP_VERSION, CHART_VERSION, tree};

/// When this version was released. A constant, so that the same version always gives the same bytes.
pub const CREATED: &str = "2026-11-22T00:00:00Z";

/// Where the chart is made.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

/// Values files for a purpose, with what each is for.
pub(crate) const PROFILES: [(&str, &str, &str); 7] = [
    ("dev", include_str!("../../profiles/dev.yaml"), "what a laptop or a small test cluster can hold."),
    (
        "hardened",
        include_str!("../../profiles/hardened.yaml"),
        "what we would run in production beyond the reference architecture.",
    ),
    (
        "platform-aks",
        include_str!("../../profiles/platform-aks.yaml"),
        "a Gateway and the storage class of Azure Kubernetes Service.",
    ),
    (
        "platform-eks",
        include_str!("../../profiles/platform-eks.yaml"),
        "AWS load balancers and the storage class of Amazon EKS.",
    ),
    (
        "platform-gke",
        include_str!("../../profiles/platform-gke.yaml"),
        "a Gateway and the storage class of Google Kubernetes Engine.",
    ),
    (
        "platform-onprem",
        include_str!("../../profiles/platform-onprem.yaml"),
        "a Gateway and NFS on a cluster of your own.",
    ),
    (
        "platform-openshift",
        include_str!("../../profiles/platform-openshift.yaml"),
        "routes, assigned ids and the storage class of OpenShift.",
    ),
];

/// Values for lint: the least that renders, every optional object at once, the ways in, and real deployments: the
/// vendor's published examples in these values.
const CI: [ValuesFile<'static>; 16] = [
    ValuesFile { name: "alb-groups", text: include_str!("../../ci/alb-groups-values.yaml") },
    ValuesFile { name: "external-topology", text: include_str!("../../ci/external-topology-values.yaml") },
    ValuesFile { name: "full", text: include_str!("../../ci/full-values.yaml") },
    ValuesFile { name: "gateway-api", text: include_str!("../../ci/gateway-api-values.yaml") },
    ValuesFile { name: "minimal", text: include_str!("../../ci/minimal-values.yaml") },
    ValuesFile { name: "nginx", text: include_str!("../../ci/nginx-values.yaml") },
    ValuesFile { name: "openshift", text: include_str!("../../ci/openshift-values.yaml") },
    ValuesFile { name: "vendor-aws-eks", text: include_str!("../../ci/vendor-aws-eks-values.yaml") },
    ValuesFile { name: "vendor-azure-aks", text: include_str!("../../ci/vendor-azure-aks-values.yaml") },
    ValuesFile { name: "vendor-azure-services", text: include_str!("../../ci/vendor-azure-services-values.yaml") },
    ValuesFile { name: "vendor-commercial", text: include_str!("../../ci/vendor-commercial-values.yaml") },
    ValuesFile { name: "vendor-google-gke", text: include_str!("../../ci/vendor-google-gke-values.yaml") },
    ValuesFile { name: "vendor-minikube", text: include_str!("../../ci/vendor-minikube-values.yaml") },
    ValuesFile { name: "vendor-openshift", text: include_str!("../../ci/vendor-openshift-values.yaml") },
    ValuesFile { name: "vendor-second-release", text: include_str!("../../ci/vendor-second-release-values.yaml") },
    ValuesFile { name: "vendor-several-groups", text: include_str!("../../ci/vendor-several-groups-values.yaml") },
];

/// Why there is no chart.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// The definition holds something that has no faithful printed form: a fault of this library.
    #[error("the chart cannot be printed: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Print(Vec<PrintProblem>),
    /// The directory was not written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// What the chart's `Chart.yaml` says.
#[must_use]
pub fn facts() -> ChartFacts {
    let mut facts = ChartFacts::new(
        emt_chart::NAME,
        CHART_VERSION,
        APP_VERSION,
        "Axway Amplify API Management in externally managed topology. Independent work, neither made nor endorsed by Axway.",
        CREATED,
    );
    facts.kube_version = ">=1.30.0-0".to_owned();
    facts.keywords = ["api-gateway", "api-management", "amplify", "emt"].map(str::to_owned).to_vec();
    facts.home = REPOSITORY.to_owned();
    facts.sources = vec![REPOSITORY.to_owned()];
    facts.license = "Apache-2.0".to_owned();
    // Before 1.0.0 every version is one to try.
    facts.prerelease = CHART_VERSION.starts_with("0.");
    facts.changes = CHANGES
        .iter()
        .map(|(kind, description)| Change { kind: *kind, description: (*description).to_owned() })
        .collect();
    facts
}

/// What this version of the chart changes for its users, as Artifact Hub shows it; CHANGELOG.md says more.
const CHANGES: &[(ChangeKind, &str)] = &[
    (
        ChangeKind::Changed,
        "Autoscaling: stabilizationSeconds is called stabilizationWindowSeconds, as in Kubernetes; the former name is \
         refused, and emt migrate renames it in values files.",
    ),
    (
        ChangeKind::Changed,
        "metricsDatabase.tls required says verifyServerCertificate=false in the JDBC URL: pods of such releases are replaced.",
    ),
    (
        ChangeKind::Changed,
        "Refused: the user root, minReadySeconds that is not less than progressDeadlineSeconds, settings that the chart \
         writes itself, external Admin Node Managers that network policies close the way to.",
    ),
    (ChangeKind::Changed, "rbac.viewers and rbac.operators see every kind of object of the release but Secrets."),
    (
        ChangeKind::Added,
        "ingress.certificate.source passthrough: TLS handed on to the pods, with Gateway API, OpenShift and nginx.",
    ),
    (ChangeKind::Added, "A ReferenceGrant lets a Gateway of another namespace read the release's certificates."),
    (ChangeKind::Added, "metricsDatabase.engine: MariaDB, SQL Server and Oracle beside MySQL."),
    (ChangeKind::Added, "rbac.deployers: a role for people and pipelines that install and upgrade the release."),
    (ChangeKind::Fixed, "The label helm.sh/chart is valid for versions with a build."),
];

/// The chart's files, sorted by path.
///
/// # Errors
///
/// [`ChartError::Print`], which tests of this library rule out.
pub fn chart() -> Result<Vec<OutputFile>, ChartError> {
    chart_of(&facts())
}

/// The chart's files with other facts in `Chart.yaml` and README.
pub(crate) fn chart_of(facts: &ChartFacts) -> Result<Vec<OutputFile>, ChartError> {
    let profiles = PROFILES.map(|(name, text, _)| ValuesFile { name, text });
    let package = Package {
        facts,
        tree: tree(),
        schema: &shipped_schema(),
        values_yaml: &values_yaml(),
        readme: &readme::readme(),
        profiles: &profiles,
        ci: &CI,
    };
    package.assemble().map_err(ChartError::Print)
}

/// Writes the chart to a directory, all of it or nothing. One that is not empty is replaced only if a chart or manifests
/// were written there before.
///
/// # Errors
///
/// [`ChartError::Write`] with the reason; the directory is then as it was.
pub fn write_chart(directory: &Path) -> Result<(), ChartError> {
    Ok(replace_directory(directory, &chart()?)?)
}

/// The schema as the chart ships it: without the rows of the reference architecture, which say nothing to its users.
fn shipped_schema() -> Value {
    let mut schema = published_schema();
    remove_seeds(&mut schema);
    schema
}

fn remove_seeds(schema: &mut Value) {
    match schema {
        Value::Object(content) => {
            content.remove("x-seed");
            content.values_mut().for_each(remove_seeds);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_seeds),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::readme::{EXAMPLE, required};
    use super::*;
    use crate::description::reference;
    use crate::{Input, Release, render};

    #[test]
    fn the_chart_holds_what_a_chart_holds() {
        let paths: Vec<String> = chart().unwrap().into_iter().map(|file| file.path).collect();
        for path in [
            ".helmignore",
            "Chart.yaml",
            "README.md",
            "ci/minimal-values.yaml",
            "profiles/hardened.yaml",
            "templates/_helpers.tpl",
            "templates/NOTES.txt",
            "values.schema.json",
            "values.yaml",
        ] {
            assert!(paths.iter().any(|known| known == path), "{path}");
        }
        assert!(paths.is_sorted());
    }

    #[test]
    fn the_readme_explains_what_must_be_set() {
        for (path, description) in required(&reference()) {
            assert!(!description.is_empty(), "{path}");
        }
    }

    #[test]
    fn the_example_of_the_readme_renders() {
        let release = Release::new("apim", "apim").unwrap();
        let input = Input::from_files([("my-values.yaml", EXAMPLE)], release).unwrap();
        let names: Vec<String> = render(&input).unwrap().iter().map(|manifest| manifest.name().to_owned()).collect();
        assert!(names.iter().any(|name| name == "apim-banking-traffic"), "{names:?}");
    }

    #[test]
    fn values_yaml_and_readme_ask_for_the_same() {
        let (values, rows) = (values_yaml(), reference());
        let top = values.split("\n# Values of a parent chart").next().unwrap();
        for (path, _) in required(&rows) {
            let last = path.rsplit('.').next().unwrap();
            assert!(top.contains(&format!("# - {path}: ")) || top.contains(&format!("{last}: ")), "{path}");
        }
    }

    #[test]
    fn the_chart_ships_no_rows_of_the_reference_architecture() {
        assert!(crate::schema().to_string().contains("x-seed"));
        assert!(!shipped_schema().to_string().contains("x-seed"));
    }

    #[test]
    fn the_ci_values_render() {
        for file in CI {
            let input = Input::from_files([(file.name, file.text)], Release::new("apim", "ci").unwrap()).unwrap();
            assert!(!render(&input).unwrap().is_empty(), "{}", file.name);
        }
    }
}
