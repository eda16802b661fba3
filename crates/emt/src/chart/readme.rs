//! The words of the chart's README.
//!
//! What a value says of itself is no part of it: the table comes from the values' description.

use helmwright::describe::{Row, markdown_table, markdown_types};
use helmwright_chart::Readme;

use super::PROFILES;
use crate::description::{ASKED_FOR, defaults, reference, reference_types};

/// A values file to begin with; a test renders it.
pub(super) const EXAMPLE: &str = "\
domain: apim.example.com
acceptGeneralConditions: true
image:
  registry: registry.example.com/apim
  pullSecrets: [registry-login]
adminNodeManager:
  image: { tag: 1.0.0 }
gatewayGroups:
  main:
    image: { tag: 1.0.0 }
    cassandra: { keyspace: main }
  # A second group says what differs. No two ports of a release share a host.
  banking:
    image: { tag: 1.0.0 }
    hosts: { manager: banking-manager, traffic: banking }
    cassandra: { keyspace: banking }
    traffic:
      autoscaling: { minReplicas: 4, maxReplicas: 8, targetCPUUtilizationPercentage: 60 }
# What the groups share.
gatewayGroupDefaults:
  traffic:
    heapSizeMiB: 1512
cassandra:
  hosts: [cassandra-a.example.com, cassandra-b.example.com, cassandra-c.example.com]
metricsDatabase:
  host: metrics.example.com
ingress:
  controller: alb
  certificate:
    source: acm
    arn: arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f
";

/// What the README says beside the chart's facts.
pub(super) fn readme() -> Readme {
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
        example: EXAMPLE.to_owned(),
        values: format!(
            "{}\n## Types\n\nWhat the table calls by a name. A key without a default has to be written.\n\n{}\n",
            markdown_table(&rows),
            markdown_types(&reference_types())
        ),
        sections: vec![prerequisites(), operation(), linter_exceptions()],
    }
}

/// What every user has to set: keys without a default, and what the templates ask for.
pub(super) fn required(rows: &[Row]) -> Vec<(String, String)> {
    let first_line = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let described = |path: String| {
        let row = rows.iter().find(|row| row.path == path);
        (path, row.map(|row| first_line(&row.description)).unwrap_or_default())
    };
    let keys = emt_model::REQUIRED.iter().map(|path| described(path.join(".")));
    keys.chain(ASKED_FOR.map(|(path, description)| (path.to_owned(), description.to_owned()))).collect()
}

/// What who runs the release has to know.
fn operation() -> String {
    "## Operation\n\n\
     - A change of a group's values touches no other group's pods, and of its own those that read the value: API Manager, traffic\n  \
     or both; checksums on the pods see to it that a changed `envSettings` or `jvm` counts. New content of a Secret, a\n  \
     ConfigMap or a claim of yours replaces no pod: change `configuration.revision`, or run\n  \
     `kubectl rollout restart deployment/NAME`. After a rotated password both have to be valid until then.\n\
     - The Admin Node Manager has one pod, and so has each API Manager unless `manager.replicas` says more (its hosts then need\n  \
     `sessionAffinity`): draining the node of a single pod interrupts it. Traffic gateways have several, spread over nodes and\n  \
     zones, of which a PodDisruptionBudget lets one go at a time.\n\
     - The job `dbsetup` brings the metrics database's schema before each installation and upgrade. If Helm says that a hook\n  \
     failed, nothing else of the release was changed, and the job stays for a day:\n  \
     `kubectl logs --selector app.kubernetes.io/component=database-setup --all-containers --prefix --tail=-1`, or, where its\n  \
     deadline ended it, `kubectl describe job`. Give Helm more time than the job: `--timeout 15m`.\n\
     - While `prechecks.mode` is strict, pods wait for what they need, and start again where it takes longer than\n  \
     `prechecks.timeoutSeconds`: `kubectl logs POD --container prechecks` says for what.\n\
     - `helm test RELEASE` asks whether the Services answer.\n\
     - All pods satisfy the Pod Security Standard *restricted*, but for containers of yours.\n\
     - As a part of another chart its values stand below `apim-emt`, and `global.imageRegistry` holds for all images. A release\n  \
     holds it once: pods of two aliases would have the same labels, and the Services of one would call those of the other."
        .to_owned()
}

/// What has to be in the cluster before the release, as far as the defaults name it.
fn prerequisites() -> String {
    let defaults = defaults();
    let credentials = |database: &str| {
        let named = &defaults[database]["credentials"];
        let text = |key: &str| named[key].as_str().unwrap_or_default().to_owned();
        (text("existingSecret"), text("usernameKey"), text("passwordKey"))
    };
    let rows = [("cassandra", "Apache Cassandra"), ("metricsDatabase", "the metrics database")].map(|(key, of)| {
        let (name, user, password) = credentials(key);
        format!(
            "- Secret `{name}` with the keys `{user}` and `{password}`: the user of {of}; another name: \
             `{key}.credentials.existingSecret`.\n"
        )
    });
    format!(
        "## What has to exist\n\n\
         In the release's namespace, unless an entry of `secrets` makes it (the metrics database's and the registry's login cannot\n\
         be made so while `metricsDatabase.setup.mode` is hook: hooks run before the release's Secrets are there):\n\n{}\
         - The Secrets that you name: the registry's login (`image.pullSecrets`), the licence (`license.existingSecret`), the\n  \
         domain's certificate (`topology.domainCertificate.existingSecret`), users of the Admin Node Manager\n  \
         (`adminNodeManager.adminUsers.existingSecret`), certificates of hosts (`ingress.certificate.existingSecret`).\n\n\
         In the cluster:\n\n\
         - A storage class whose volumes several nodes write at once, for events: `events.storage.className`, else the\n  \
         cluster's default class. The volume never shrinks: see `events.storage.size`.\n\
         - What publishes the hosts (`ingress.controller`), and the metrics server, for autoscaling.\n\
         - A DNS record for every published host, which leads to the load balancer or router in front of them.\n\
         - The custom resources of what the values use beside Kubernetes\' own: Gateway API, cert-manager, External Secrets, Sealed\n  \
         Secrets, the Secrets Store CSI driver, the Prometheus operator.\n\
         - A network that enforces NetworkPolicy, while `networkPolicy.enabled` is true.\n\n\
         The tool that brings the metrics database's schema takes the password as an argument: processes of the job's pod can\n\
         see it, and no others.",
        rows.concat()
    )
}

/// Where linters' checks do not hold, and why.
fn linter_exceptions() -> String {
    let rows: String = emt_chart::linters::EXCEPTIONS
        .iter()
        .map(|exception| {
            let checks: Vec<String> = [exception.kube_score, exception.checkov]
                .into_iter()
                .filter(|check| !check.is_empty())
                .map(|check| format!("`{check}`"))
                .collect();
            let of: Vec<&str> = exception.of.iter().map(|pods| pods.word()).collect();
            format!("| {} | {} | {} |\n", checks.join(", "), of.join(", "), exception.reason)
        })
        .collect();
    format!(
        "## Linters\n\n\
         kube-score and checkov find nothing in what the chart renders, but for these checks. Annotations tell them so, each\n\
         only where its check does not hold; `linterExceptions: false` leaves the annotations away.\n\n\
         | Check | Of | Why it does not hold |\n|---|---|---|\n{rows}"
    )
}
