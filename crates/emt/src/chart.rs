//! The chart: its facts, its files, and writing them to a directory.
//!
//! Everything here is a constant of this version: no clock, no environment.

use std::path::Path;

use helmwright::describe::{Row, markdown_table};
use helmwright::print::PrintProblem;
use helmwright_chart::{
    Change, ChangeKind, ChartFacts, OutputFile, Package, Readme, ValuesFile, WriteError, replace_directory,
};

use crate::description::{reference, schema, values_yaml};
use crate::render::{APP_VERSION, CHART_VERSION, tree};

/// When this version was released. A constant, so that the same version always gives the same bytes.
pub const CREATED: &str = "2026-11-21T00:00:00Z";

/// Values files for a purpose, with what each is for.
const PROFILES: [(&str, &str, &str); 7] = [
    ("dev", include_str!("../profiles/dev.yaml"), "what a laptop or a small test cluster can hold."),
    (
        "hardened",
        include_str!("../profiles/hardened.yaml"),
        "what we would run in production beyond the reference architecture.",
    ),
    (
        "platform-aks",
        include_str!("../profiles/platform-aks.yaml"),
        "a Gateway and the storage class of Azure Kubernetes Service.",
    ),
    (
        "platform-eks",
        include_str!("../profiles/platform-eks.yaml"),
        "AWS load balancers and the storage class of Amazon EKS.",
    ),
    (
        "platform-gke",
        include_str!("../profiles/platform-gke.yaml"),
        "a Gateway and the storage class of Google Kubernetes Engine.",
    ),
    (
        "platform-onprem",
        include_str!("../profiles/platform-onprem.yaml"),
        "a Gateway and NFS on a cluster of your own.",
    ),
    (
        "platform-openshift",
        include_str!("../profiles/platform-openshift.yaml"),
        "routes, assigned ids and the storage class of OpenShift.",
    ),
];

/// Values for lint: the least that renders, every optional object at once, the ways in, and real deployments: the
/// vendor's published examples in these values.
const CI: [ValuesFile<'static>; 16] = [
    ValuesFile { name: "alb-groups", text: include_str!("../ci/alb-groups-values.yaml") },
    ValuesFile { name: "external-topology", text: include_str!("../ci/external-topology-values.yaml") },
    ValuesFile { name: "full", text: include_str!("../ci/full-values.yaml") },
    ValuesFile { name: "gateway-api", text: include_str!("../ci/gateway-api-values.yaml") },
    ValuesFile { name: "minimal", text: include_str!("../ci/minimal-values.yaml") },
    ValuesFile { name: "nginx", text: include_str!("../ci/nginx-values.yaml") },
    ValuesFile { name: "openshift", text: include_str!("../ci/openshift-values.yaml") },
    ValuesFile { name: "vendor-aws-eks", text: include_str!("../ci/vendor-aws-eks-values.yaml") },
    ValuesFile { name: "vendor-azure-aks", text: include_str!("../ci/vendor-azure-aks-values.yaml") },
    ValuesFile { name: "vendor-azure-services", text: include_str!("../ci/vendor-azure-services-values.yaml") },
    ValuesFile { name: "vendor-commercial", text: include_str!("../ci/vendor-commercial-values.yaml") },
    ValuesFile { name: "vendor-google-gke", text: include_str!("../ci/vendor-google-gke-values.yaml") },
    ValuesFile { name: "vendor-minikube", text: include_str!("../ci/vendor-minikube-values.yaml") },
    ValuesFile { name: "vendor-openshift", text: include_str!("../ci/vendor-openshift-values.yaml") },
    ValuesFile { name: "vendor-second-release", text: include_str!("../ci/vendor-second-release-values.yaml") },
    ValuesFile { name: "vendor-several-groups", text: include_str!("../ci/vendor-several-groups-values.yaml") },
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
    facts.license = "Apache-2.0".to_owned();
    // Before 1.0.0 every version is one to try.
    facts.prerelease = CHART_VERSION.starts_with("0.");
    facts.changes = vec![Change {
        kind: ChangeKind::Added,
        description:
            "Admin Node Manager, any number of gateway groups with API Manager and traffic gateways, and their ingress."
                .to_owned(),
    }];
    facts
}

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
        schema: &schema(),
        values_yaml: &values_yaml(),
        readme: &readme(),
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

fn readme() -> Readme {
    let rows = reference();
    Readme {
        title: "Amplify API Management in Kubernetes (apim-emt)".to_owned(),
        about: vec![
            "The chart installs API Management with its gateways in *externally managed topology* (EMT): Kubernetes, not \
             the product's Node Manager, starts and stops them. Its defaults are those of the reference architecture; \
             each value says what it does and in which range."
                .to_owned(),
            "This is independent work, neither made nor endorsed by Axway. It holds no software of the vendor: images and \
             licences come from Axway, and you build and store the images yourself."
                .to_owned(),
        ],
        example_release: "apim".to_owned(),
        required: required(&rows),
        profiles: PROFILES.map(|(name, _, purpose)| (name.to_owned(), purpose.to_owned())).to_vec(),
        values: markdown_table(&rows),
        sections: Vec::new(),
    }
}

/// What every user has to set: keys without a default, and what the templates ask for.
fn required(rows: &[Row]) -> Vec<(String, String)> {
    let first_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let described = |path: String| {
        let row = rows.iter().find(|row| row.path == path);
        (path, row.map(|row| first_line(&row.description)).unwrap_or_default())
    };
    let keys = emt_model::REQUIRED.iter().map(|path| described(path.join(".")));
    let asked = [
        ("domain", "DNS domain of all hosts; or ingress.enabled: false."),
        ("gatewayGroups", "At least one group, with image.tag and cassandra.keyspace."),
        (
            "adminNodeManager.image.tag",
            "Tag of its image; or adminNodeManager.enabled: false and topology.externalAdminNodeManagers.",
        ),
        ("cassandra.hosts", "Hosts of Apache Cassandra; or cassandra.enabled: false."),
        ("metricsDatabase.host", "Host of the metrics database; or metricsDatabase.enabled: false."),
    ];
    keys.chain(asked.map(|(path, description)| (path.to_owned(), description.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn the_ci_values_render() {
        for file in CI {
            let input = Input::from_files([(file.name, file.text)], Release::new("apim", "ci").unwrap()).unwrap();
            assert!(!render(&input).unwrap().is_empty(), "{}", file.name);
        }
    }
}
