//! How hosts reach the ports: what an entry has to do, whatever controller does it (seed rows S1-157 to S1-173).
//!
//! Intent, not annotations: what each controller is told is a table of the chart. Only what intent cannot say has a block
//! of its own: `alb` and `parent`.

use std::collections::BTreeMap;

use helmwright::Values;
use helmwright::expression::{Expr, Expression, LayerOf, Symbol};
use helmwright::values::PartialOf;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::choices::{
    AdminLoadBalancer, AffinityMode, BackendTrust, CertificateSource, Exposure, HttpPolicy, IngressController,
    IssuerKind, TlsVersion,
};
use crate::names::{
    BalancerAttribute, BalancerAttributeValue, BalancerGroup, Cidr, CookieName, HostLabel, NetworkId, ObjectName,
    OptionalArn, OptionalHost, OptionalObjectName, OptionalUrlPath, PemCertificates, StatusCodes,
};
use crate::numbers::{BalancerSeconds, BodyMebibytes, CookieSeconds, HealthCheckInterval};
use crate::pod::Annotations;

/// Hosts of the Admin Node Manager.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdminNodeManagerHosts {
    /// User interface and management.
    ///
    /// Seed: S1-160: anm.
    pub management: HostLabel,
    /// The second listener of the user interface.
    pub ui: HostLabel,
}

impl Default for AdminNodeManagerHosts {
    fn default() -> Self {
        Self { management: HostLabel::constant("anm"), ui: HostLabel::constant("") }
    }
}

/// Hosts of a gateway group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GroupHosts {
    /// API Manager: user interface and REST API.
    ///
    /// Seed: S1-161: apimgmt.
    pub manager: HostLabel,
    /// API calls.
    ///
    /// Seed: S1-162: apimgr.
    pub traffic: HostLabel,
    /// API calls that reach the pod without TLS.
    pub plain: HostLabel,
    /// Sample services.
    pub sample: HostLabel,
    /// API calls with a certificate of their own.
    pub secure: HostLabel,
    /// OAuth services.
    pub oauth: HostLabel,
}

impl Default for GroupHosts {
    fn default() -> Self {
        let none = || HostLabel::constant("");
        Self {
            manager: HostLabel::constant("apimgmt"),
            traffic: HostLabel::constant("apimgr"),
            plain: none(),
            sample: none(),
            secure: none(),
            oauth: none(),
        }
    }
}

/// Who issues certificates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Issuer {
    /// ClusterIssuer or Issuer.
    pub kind: IssuerKind,
    /// Its name.
    pub name: OptionalObjectName,
}

/// The certificate that clients see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Certificate {
    /// controllerDefault: the controller's own, on AWS found in ACM by host. acm: an ARN. secret: a Secret of yours.
    /// certManager: the release asks cert-manager for one. passthrough: the pods' own, since the entry hands TLS on
    /// unopened; the reference architecture ends it at the entry, and no client stays with a pod by cookie then.
    pub source: CertificateSource,
    /// acm: the certificate's ARN.
    pub arn: OptionalArn,
    /// secret: a Secret of type kubernetes.io/tls.
    ///
    /// Seed: S1-177.
    pub existing_secret: OptionalObjectName,
    /// certManager: who issues it.
    pub issuer: Issuer,
}

/// HTTPS from the entry to the pods: always spoken where the port speaks it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BackendTls {
    /// What the pods' certificate is checked against. none: not checked. system: what the entry trusts by itself.
    /// configMap, secret: a CA in key ca.crt. inline: the one below. Not every controller can do each.
    pub trust: BackendTrust,
    /// Name that the pods' certificate has to carry; empty for the host.
    pub server_name: OptionalHost,
    /// configMap: its name.
    pub existing_config_map: OptionalObjectName,
    /// secret: its name.
    pub existing_secret: OptionalObjectName,
    /// inline: the CA's certificates in PEM.
    pub ca_certificate: PemCertificates,
}

/// How a client stays with one pod.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SessionAffinity {
    /// none or cookie.
    pub mode: AffinityMode,
    /// Name of the cookie; empty for the controller's own.
    pub cookie_name: CookieName,
    /// Seconds that the cookie lives.
    pub duration_seconds: CookieSeconds,
}

/// How a load balancer finds out which pods answer. Port and scheme are the readiness probe's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IngressHealthCheck {
    /// Path that is asked for; empty for the readiness probe's.
    pub path: OptionalUrlPath,
    /// Status codes of a healthy answer.
    pub success_codes: StatusCodes,
    /// Seconds between two checks.
    pub interval_seconds: HealthCheckInterval,
}

/// How long and how large requests may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IngressLimits {
    /// Seconds until a silent connection is closed.
    pub idle_seconds: BalancerSeconds,
    /// Seconds until a request without answer is given up.
    pub request_seconds: BalancerSeconds,
    /// Largest body of a request in MiB; 0 for the controller's own.
    #[serde(rename = "bodyMiB")]
    pub body_mib: BodyMebibytes,
}

/// What only the AWS load balancer has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwsLoadBalancer {
    /// What the name of the load balancer's group begins with; empty for namespace and release. Hosts of one group share
    /// a load balancer, and have to agree on what it does.
    pub group: BalancerGroup,
    /// Further attributes of the load balancer.
    pub attributes: BTreeMap<BalancerAttribute, BalancerAttributeValue>,
    /// Subnets of the load balancer, two or more; none to have them found by their tags.
    pub subnets: Vec<NetworkId>,
    /// Security groups of the load balancer; with these, allowed ranges are theirs to say.
    pub security_groups: Vec<NetworkId>,
    /// Web application firewall in front of it.
    pub waf_acl_arn: OptionalArn,
}

/// The Gateway that routes attach to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Parent {
    /// Its name.
    pub name: OptionalObjectName,
    /// Its namespace; empty for the release's. In another one, the Gateway is granted the certificates of the release.
    pub namespace: OptionalObjectName,
    /// Its listener for HTTPS, or for TLS that is passed through.
    pub listener: ObjectName,
    /// Its listener for HTTP, which only redirects.
    pub http_listener: ObjectName,
}

/// Defines the two structs that differ in what only hosts for administrators have.
macro_rules! ingress {
    ($(#[$meta:meta])* $name:ident { $($admin:tt)* } default { $($admin_default:tt)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Values)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            /// Whether hosts are published.
            ///
            /// Seed: S1-157.
            pub enabled: bool,
            /// What publishes them: alb (AWS Load Balancer Controller), gateway-api, openshift (routes) or nginx
            /// (ingress-nginx, retired in 2026).
            ///
            /// Seed: S1-173.
            pub controller: IngressController,
            /// Class of the Ingress; empty for the controller's usual one.
            pub class_name: OptionalObjectName,
            /// internal or public.
            pub exposure: Exposure,
            /// What happens to requests without TLS: redirect to HTTPS, or drop by not listening for them.
            ///
            /// Seed: S1-167, S1-168.
            pub http_policy: HttpPolicy,
            /// Whether clients may speak HTTP/2.
            ///
            /// Seed: S1-166: disabled.
            pub http2: bool,
            /// Lowest version of TLS that clients may speak, in quotes.
            ///
            /// Seed: S1-169.
            pub minimum_tls_version: TlsVersion,
            /// The certificate that clients see.
            ///
            /// Seed: S1-159, S1-171.
            pub certificate: Certificate,
            /// HTTPS from the entry to the pods: always spoken where the port speaks it.
            ///
            /// Seed: S1-170.
            pub backend_tls: BackendTls,
            /// How a client stays with one pod; by cookie for the Admin Node Manager and API Manager.
            ///
            /// Seed: S1-239.
            pub session_affinity: SessionAffinity,
            /// Ranges of addresses that may call; none for everybody who gets there. The Gateway API has no field for them:
            /// NOTES tell its administrator.
            ///
            /// Seed: S1-172.
            pub allowed_cidrs: Vec<Cidr>,
            $($admin)*
            /// How a load balancer finds out which pods answer.
            pub health_check: IngressHealthCheck,
            /// How long and how large requests may be.
            pub limits: IngressLimits,
            /// What only the AWS load balancer has.
            pub alb: AwsLoadBalancer,
            /// The Gateway that routes attach to; for gateway-api.
            pub parent: Parent,
            /// Annotations for what the keys above cannot say.
            pub annotations: Annotations,
        }

        impl Default for $name {
            fn default() -> Self {
                Self {
                    enabled: true,
                    controller: IngressController::Alb,
                    class_name: OptionalObjectName::constant(""),
                    exposure: Exposure::Internal,
                    http_policy: HttpPolicy::Redirect,
                    http2: false,
                    minimum_tls_version: TlsVersion::V1_2,
                    certificate: Certificate::default(),
                    backend_tls: BackendTls::default(),
                    session_affinity: SessionAffinity::default(),
                    allowed_cidrs: Vec::new(),
                    $($admin_default)*
                    health_check: IngressHealthCheck::default(),
                    limits: IngressLimits::default(),
                    alb: AwsLoadBalancer::default(),
                    parent: Parent::default(),
                    annotations: Annotations::new(),
                }
            }
        }
    };
}

ingress! {
    /// How hosts reach the ports, whatever controller does it.
    Ingress {
        /// The same for the hosts of the Admin Node Manager and API Manager; empty for allowedCidrs. Required where
        /// these are public. The Gateway API has no field for them: NOTES tell its administrator.
        ///
        /// Seed: S1-203.
        pub admin_allowed_cidrs: Vec<Cidr>,
        /// Whether the hosts of the Admin Node Manager and API Manager get a load balancer of their own: separate or
        /// shared. An AWS load balancer has one list of allowed ranges.
        pub admin_load_balancer: AdminLoadBalancer,
    } default {
        admin_allowed_cidrs: Vec::new(),
        admin_load_balancer: AdminLoadBalancer::Separate,
    }
}

ingress! {
    /// How the hosts of traffic gateways reach the ports.
    TrafficIngress {} default {}
}

impl LayerOf<Ingress> for Expr<TrafficIngressPartial> {
    fn layer(&self) -> Expression {
        self.expression()
    }
}

impl IngressPartial {
    /// What the hosts of administrators have beyond the others: a client stays with one pod (S1-239).
    #[must_use]
    pub fn of_administrators() -> PartialOf<Ingress> {
        let affinity = SessionAffinityPartial { mode: Some(AffinityMode::Cookie), ..SessionAffinityPartial::default() };
        Self { session_affinity: Some(affinity), ..Self::default() }
    }
}

impl Default for Certificate {
    fn default() -> Self {
        Self {
            source: CertificateSource::ControllerDefault,
            arn: OptionalArn::constant(""),
            existing_secret: OptionalObjectName::constant(""),
            issuer: Issuer { kind: IssuerKind::ClusterIssuer, name: OptionalObjectName::constant("") },
        }
    }
}

impl Default for BackendTls {
    fn default() -> Self {
        Self {
            trust: BackendTrust::None,
            server_name: OptionalHost::constant(""),
            existing_config_map: OptionalObjectName::constant(""),
            existing_secret: OptionalObjectName::constant(""),
            ca_certificate: PemCertificates::constant(""),
        }
    }
}

impl Default for SessionAffinity {
    fn default() -> Self {
        Self {
            mode: AffinityMode::None,
            cookie_name: CookieName::constant(""),
            duration_seconds: CookieSeconds::constant(43_200),
        }
    }
}

impl Default for IngressHealthCheck {
    fn default() -> Self {
        Self {
            path: OptionalUrlPath::constant(""),
            success_codes: StatusCodes::constant("200"),
            interval_seconds: HealthCheckInterval::constant(15),
        }
    }
}

impl Default for IngressLimits {
    fn default() -> Self {
        Self {
            idle_seconds: BalancerSeconds::constant(60),
            request_seconds: BalancerSeconds::constant(60),
            body_mib: BodyMebibytes::constant(0),
        }
    }
}

impl Default for AwsLoadBalancer {
    fn default() -> Self {
        Self {
            group: BalancerGroup::constant(""),
            attributes: BTreeMap::new(),
            subnets: Vec::new(),
            security_groups: Vec::new(),
            waf_acl_arn: OptionalArn::constant(""),
        }
    }
}

impl Default for Parent {
    fn default() -> Self {
        Self {
            name: OptionalObjectName::constant(""),
            namespace: OptionalObjectName::constant(""),
            listener: ObjectName::constant("https"),
            http_listener: ObjectName::constant("http"),
        }
    }
}
