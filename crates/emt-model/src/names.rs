//! Names, references and other texts of values: what each may hold, once.
//!
//! The patterns follow the grammar of the system that reads the text; the words say it to people.

helmwright::texts! {
    /// Name of a gateway group: a DNS label of at most 20 characters, so that every object's name fits 63.
    pub struct GroupName: Label, "^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$",
        "a name of at most 20 lower case letters, digits and '-', beginning with a letter";

    /// Name that objects of the release begin with; empty for the release's own name.
    pub struct FullnameOverride: Name, "^([a-z]([a-z0-9-]{0,28}[a-z0-9])?)?$",
        "empty, or at most 30 lower case letters, digits and '-', beginning with a letter";

    /// Name of a Kubernetes object in the release's namespace.
    pub struct ObjectName: Name, "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$",
        "the name of an object: lower case letters, digits, '-' and '.'";

    /// Name of a Kubernetes object, or nothing.
    pub struct OptionalObjectName: Name, "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?$",
        "empty, or the name of an object: lower case letters, digits, '-' and '.'";

    /// Key of a Secret or ConfigMap.
    pub struct DataKey: Token, "^[A-Za-z0-9._-]{1,253}$", "a key of letters, digits, '.', '_' and '-'";

    /// Key of the Secret with the licence: the product reads files of this ending alone.
    pub struct LicenseKey: Token, "^[A-Za-z0-9._-]{1,249}[.]lic$", "a key of letters, digits, '.', '_' and '-' that ends in .lic";

    /// Registry and path that images are pulled from, such as `registry.example.com:5000/apim`.
    pub struct Registry: Token, "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-][a-z0-9]+)*)*$",
        "a registry host, with a port and a path where needed, without scheme";

    /// A registry, or nothing.
    pub struct OptionalRegistry: Token, "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9]+([._-][a-z0-9]+)*)*)?$",
        "empty, or a registry host, with a port and a path where needed, without scheme";

    /// Repository of an image below its registry, such as `gateway`.
    pub struct Repository: Token, "^[a-z0-9]+([._/-][a-z0-9]+)*$",
        "a repository of lower case letters and digits, with '.', '_', '-' and '/' between them";

    /// Tag of an image, with its digest where that is pinned: `1.4.2@sha256:…`. Empty where another layer sets it.
    pub struct ImageTag: Token, "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?)?$",
        "a tag of letters, digits, '_', '.' and '-', followed by '@sha256:' and 64 hexadecimal digits where the digest is pinned";

    /// API Gateway group id as the topology shows it; empty for the group's name.
    pub struct GroupId: Token, "^([A-Za-z0-9][A-Za-z0-9 _.-]{0,61})?$",
        "empty, or letters, digits, ' ', '_', '.' and '-', beginning with a letter or digit";

    /// A repository of an image, or nothing.
    pub struct OptionalRepository: Token, "^([a-z0-9]+([._/-][a-z0-9]+)*)?$",
        "empty, or a repository of lower case letters and digits, with '.', '_', '-' and '/' between them";

    /// Name of a host, or an IPv4 address.
    pub struct Host: Name, "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", "a host name of lower case letters, digits, '-' and '.'";

    /// A host name, or nothing.
    pub struct OptionalHost: Name, "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?$",
        "empty, or a host name of lower case letters, digits, '-' and '.'";

    /// Host and port, such as `anm.apim.svc.cluster.local:8090`.
    pub struct HostAndPort: Token, "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?:[0-9]{1,5}$", "a host name and a port: host:8090";

    /// Cassandra keyspace; empty where it is not set here.
    pub struct Keyspace: Token, "^[A-Za-z0-9_]{0,47}$", "at most 47 letters, digits and '_'";

    /// Name of a database.
    pub struct DatabaseName: Token, "^[A-Za-z0-9_$.-]{1,64}$", "at most 64 letters, digits, '_', '$', '.' and '-'";

    /// Name of an environment variable that a configuration reads; empty for "not set".
    pub struct VariableName: Token, "^([A-Za-z_][A-Za-z0-9_]{0,127})?$",
        "empty, or a name of letters, digits and '_' that the chart does not set itself",
        reserved RESERVED_ENVIRONMENT;

    /// Name of an environment variable of yours.
    pub struct EnvironmentName: Token, "^[A-Za-z_][A-Za-z0-9_]{0,127}$",
        "a name of letters, digits and '_' that the chart does not set itself",
        reserved RESERVED_ENVIRONMENT;

    /// Name of a setting, which the configuration reads as `${env.NAME}`.
    pub struct SettingName: Token, "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$",
        "a name of letters, digits, '_', '.' and '-' that the chart does not set itself",
        reserved RESERVED_SETTINGS;

    /// Text of one line. Helm 3 refuses values that hold DEL, a C1 control or U+FFFE.
    pub struct LineText: Printable, "^[^\\x00-\\x1F\\x7F-\\x9F\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]*$", "one line of text without control characters";

    /// Key of a label or annotation that the chart does not set itself.
    pub struct LabelKey: Token, "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$",
        "a label's key (name, or domain/name) that the chart does not set itself",
        reserved RESERVED_LABELS;

    /// Value of a label.
    pub struct LabelValue: Token, "^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$",
        "at most 63 letters, digits, '_', '.' and '-', beginning and ending with a letter or digit";

    /// A Kubernetes quantity, such as `500m` or `2Gi`.
    pub struct Quantity: Token, "^[0-9]+([.][0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$",
        "a quantity such as \"500m\", \"2\" or \"2Gi\", in quotes";

    /// Key of a Secret or ConfigMap that a variable is read from.
    pub struct RefKey: Token, "^[A-Za-z0-9._-]{1,253}$", "a key of letters, digits, '.', '_' and '-'";

    /// Key of a Secret, or nothing.
    pub struct OptionalDataKey: Token, "^[A-Za-z0-9._-]{0,253}$", "empty, or a key of letters, digits, '.', '_' and '-'";

    /// What names of environment variables begin with.
    pub struct EnvironmentPrefix: Token, "^([A-Za-z_][A-Za-z0-9_]{0,63})?$", "empty, or letters, digits and '_'";

    /// Absolute path in a container.
    pub struct MountPath: Token, "^/[A-Za-z0-9._/@-]+$", "an absolute path of letters, digits, '.', '_', '-', '@' and '/'";

    /// Path inside a volume, or nothing. Kubernetes refuses one that leads upwards.
    pub struct SubPath: Token, "^([A-Za-z0-9_][A-Za-z0-9._@-]*(/[.]?[A-Za-z0-9_@-][A-Za-z0-9._@-]*)*)?$",
        "empty, or a path such as conf/tls.yaml: without '/' at its ends, without '..'";

    /// Path of a file below a directory. A key of YAML has at most 1,024 characters.
    pub struct FilePath: Token, "^[A-Za-z0-9_][A-Za-z0-9._@-]{0,95}(/[.]?[A-Za-z0-9_@-][A-Za-z0-9._@-]{0,94}){0,9}$",
        "a path such as conf/tls.yaml: at most 10 parts of 96 characters, without '..'";

    /// Name of a volume of a pod. The release's own are an interface: merge, events, trace, opentraffic, audit.
    pub struct VolumeName: Label, "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", "a name of lower case letters, digits and '-'";

    /// Name of a volume of yours.
    pub struct ExtraVolumeName: Label, "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
        "a name of lower case letters, digits and '-' that the release does not use itself", reserved RESERVED_VOLUMES;

    /// Name of a container of yours. Init containers run in byte order of their names: begin them with a letter.
    pub struct ContainerName: Label, "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
        "a name of lower case letters, digits and '-' that the release does not use itself", reserved RESERVED_CONTAINERS;

    /// Name of a storage class, or nothing.
    pub struct StorageClass: Name, "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)?$", "empty, or the name of a storage class";

    /// A quantity, or nothing.
    pub struct OptionalQuantity: Token, "^([0-9]+([.][0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?)?$",
        "empty, or a quantity such as \"13Gi\", in quotes";

    /// A text of one line that a log's directory or file name may be, selectors included; empty for the product's own.
    pub struct LogName: Token, "^[A-Za-z0-9._/${}-]*$", "letters, digits, '.', '_', '-', '/' and selectors such as ${environment.HOSTNAME}";

    /// Type of a Secret.
    pub struct SecretType: Token, "^[A-Za-z0-9]([A-Za-z0-9./_-]{0,251}[A-Za-z0-9])?$", "a type such as Opaque or kubernetes.io/tls";

    /// Name of an entry in a store of secrets.
    pub struct RemoteKey: Token, "^[A-Za-z0-9._/:@+=,-]{1,512}$", "a name of letters, digits, '.', '_', '/', ':', '@', '+', '=', ',' and '-'";

    /// Name of a parameter of a provider of the Secrets Store CSI driver; objects has a key of its own.
    pub struct ProviderParameter: Token, "^[A-Za-z0-9_-]{1,128}$", "letters, digits, '_' and '-', other than objects",
        reserved &["objects"];

    /// Text that only the holder of a key can read, in base64.
    pub struct Ciphertext: Token, "^[A-Za-z0-9+/=]+$", "a text in base64";

    /// A text of any number of lines. Control characters but tab and newline are refused.
    pub struct SecretText: Any, "^[^\\x00-\\x08\\x0B-\\x1F\\x7F-\\x9F\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]*$",
        "text without control characters other than tab and newline";

    /// Name of a user or a group, as the cluster's login gives it.
    pub struct Subject: Any, "^[^\\x00-\\x1F\\x7F-\\x9F\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]+$", "one line of text, without control characters";

    /// A resource that a quota limits, such as `limits.memory` or `pods`.
    pub struct QuotaName: Token, "^[a-z]([a-z0-9./-]{0,251}[a-z0-9])?$", "a resource such as limits.memory, requests.cpu or pods";

    /// Name of a container's port.
    pub struct PortName: Label, "^[a-z]([a-z0-9-]{0,13}[a-z0-9])?$",
        "at most 15 lower case letters, digits and '-', beginning with a letter";

    /// Name of a container's port, or nothing.
    pub struct OptionalPortName: Name, "^([a-z]([a-z0-9-]{0,13}[a-z0-9])?)?$",
        "empty, or at most 15 lower case letters, digits and '-', beginning with a letter";

    /// Name of a CSI driver, or nothing.
    pub struct DriverName: Token, "^([A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?)?$", "empty, or the name of a driver such as efs.csi.aws.com";

    /// Option of a mount, such as `uid=1000`.
    pub struct MountOption: Token, "^[A-Za-z0-9_.,:/=-]+$", "an option of letters, digits, '_', '.', ',', ':', '/', '=' and '-'";

    /// Name of an attribute of a volume.
    pub struct AttributeName: Token, "^[A-Za-z0-9._/-]{1,128}$", "letters, digits, '.', '_', '/' and '-'";

    /// Absolute path of a URL.
    pub struct UrlPath: Token, "^/[A-Za-z0-9._~/-]*$", "a path that begins with '/'";

    /// Name of a namespace.
    pub struct NamespaceName: Name, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        "a namespace: at most 63 lower case letters, digits and '-'";

    /// Name of a namespace, or nothing.
    pub struct OptionalNamespace: Name, "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$",
        "empty, or a namespace: at most 63 lower case letters, digits and '-'";

    /// A name of yours for an entry of a map: nothing in the cluster is called by it.
    pub struct PeerName: Label, "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
        "a name of lower case letters, digits and '-', beginning with a letter";

    /// Key of a label that selects pods.
    pub struct SelectorKey: Token, "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$",
        "a label's key: name, or domain/name";

    /// Range of IPv4 or IPv6 addresses.
    pub struct Cidr: Token, "^(((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])[.]){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])/(3[0-2]|[12]?[0-9])|[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$",
        "a range of addresses: 10.0.0.0/16, or 2001:db8::/32";

    /// Option of the Java virtual machine, such as `-XX:+UseG1GC`.
    pub struct JvmOption: Token, "^-[A-Za-z0-9:+=._/,@%-]+$", "an option that begins with '-', without blanks";

    /// DNS domain that hosts stand in, or nothing.
    pub struct OptionalDomain: Name, "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+)?$",
        "empty, or a DNS domain such as example.com";

    /// Host below the domain; empty where a port is not published.
    pub struct HostLabel: Name, "^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?$",
        "empty, or at most 63 lower case letters, digits and '-', without the domain";

    /// Amazon resource name, or nothing.
    pub struct OptionalArn: Token, "^(arn:[A-Za-z0-9:/_+=.@-]+)?$", "empty, or an Amazon resource name: arn:…";

    /// Name of a cookie, or nothing.
    pub struct CookieName: Token, "^[A-Za-z0-9_-]{0,64}$", "at most 64 letters, digits, '_' and '-'";

    /// Status codes of a healthy answer, such as `200,302` or `200-399`.
    pub struct StatusCodes: Token, "^[1-5][0-9]{2}([,-][1-5][0-9]{2})*$", "status codes such as \"200,302\" or \"200-399\", in quotes";

    /// Absolute path of a URL, or nothing.
    pub struct OptionalUrlPath: Token, "^(/[A-Za-z0-9._~/-]*)?$", "empty, or a path that begins with '/'";

    /// Begins the name of a group of AWS load balancers; empty for namespace and release.
    pub struct BalancerGroup: Name, "^([a-z0-9]([a-z0-9.-]{0,44}[a-z0-9])?)?$",
        "empty, or at most 46 lower case letters, digits, '-' and '.'";

    /// Attribute of an AWS load balancer.
    pub struct BalancerAttribute: Token, "^[a-z0-9][a-z0-9_.-]{0,127}$",
        "the name of a load balancer attribute that the chart does not set itself", reserved RESERVED_BALANCER_ATTRIBUTES;

    /// Value of an attribute of an AWS load balancer.
    pub struct BalancerAttributeValue: Token, "^[A-Za-z0-9_./:-]{1,256}$", "letters, digits, '_', '.', '/', ':' and '-'";

    /// Id or name of something in a cloud's network.
    pub struct NetworkId: Token, "^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$", "an id or name of letters, digits, '_', '.' and '-'";

    /// Certificates in PEM, or nothing.
    pub struct PemCertificates: Any, "^(-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=]+\n)+-----END CERTIFICATE-----\n?)*$",
        "empty, or certificates in PEM";
}

impl helmwright::typed::IntOrStringValue for PortName {}

/// Variables that the chart sets itself.
pub const RESERVED_ENVIRONMENT: &[&str] = &[
    "ACCEPT_GENERAL_CONDITIONS",
    "APIGW_AUDIT_LOG_DIR",
    "APIGW_AUDIT_LOG_NAME",
    "APIGW_LOG_OPENTRAFFIC_OUTPUT",
    "APIGW_LOG_TRACE_JSON_TO_STDOUT",
    "APIGW_LOG_TRACE_TO_FILE",
    "EMT_ANM_HOSTS",
    "EMT_DEPLOYMENT_ENABLED",
    "EMT_FIPS_MODE",
    "EMT_HEALTHCHECK_PATH",
    "EMT_HEALTHCHECK_PORT",
    "EMT_HEAP_SIZE_MB",
    "EMT_PARENT_HOST",
    "EMT_POLL_INTERVAL",
    "EMT_TOPOLOGY_LOG_DEST",
    "EMT_TOPOLOGY_LOG_DIR",
    "EMT_TOPOLOGY_LOG_ENABLED",
    "EMT_TOPOLOGY_LOG_INTERVAL",
    "EMT_TOPOLOGY_TTL",
    "EMT_TRACE_LEVEL",
    "GROUP_ID",
    "METRICS_DB_PASS",
    "METRICS_DB_URL",
    "METRICS_DB_USERNAME",
    "POD_NAME",
];

/// Settings that the chart sets itself, from the ports.
pub const RESERVED_SETTINGS: &[&str] = &[
    "PORT.APIPORTAL",
    "PORT.MANAGEMENT",
    "PORT.OAUTH2.SERVICES",
    "PORT.PORTAL.TRAFFIC",
    "PORT.SAMPLE.SERVICES",
    "PORT.TRAFFIC",
];

/// Volumes that the release's pods have.
pub const RESERVED_VOLUMES: &[&str] = &[
    "audit",
    "admin-users",
    "configuration",
    "domain-certificate",
    "events",
    "license",
    "merge",
    "opentraffic",
    "settings",
    "tmp",
    "trace",
];

/// Containers that the release's pods have.
pub const RESERVED_CONTAINERS: &[&str] = &["admin-node-manager", "configuration", "manager", "prechecks", "traffic"];

/// Labels and annotations that the chart sets itself; those of controllers are said by the keys of `ingress`.
pub const RESERVED_LABELS: &[&str] = &[
    "alb.ingress.kubernetes.io/backend-protocol",
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/group.name",
    "alb.ingress.kubernetes.io/healthcheck-interval-seconds",
    "alb.ingress.kubernetes.io/healthcheck-path",
    "alb.ingress.kubernetes.io/healthcheck-port",
    "alb.ingress.kubernetes.io/healthcheck-protocol",
    "alb.ingress.kubernetes.io/inbound-cidrs",
    "alb.ingress.kubernetes.io/listen-ports",
    "alb.ingress.kubernetes.io/load-balancer-attributes",
    "alb.ingress.kubernetes.io/scheme",
    "alb.ingress.kubernetes.io/security-groups",
    "alb.ingress.kubernetes.io/ssl-policy",
    "alb.ingress.kubernetes.io/ssl-redirect",
    "alb.ingress.kubernetes.io/subnets",
    "alb.ingress.kubernetes.io/success-codes",
    "alb.ingress.kubernetes.io/target-group-attributes",
    "alb.ingress.kubernetes.io/target-type",
    "alb.ingress.kubernetes.io/wafv2-acl-arn",
    "apim-emt/group",
    "app.kubernetes.io/component",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/managed-by",
    "app.kubernetes.io/name",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/version",
    "apim-emt/configuration-revision",
    "argocd.argoproj.io/hook",
    "argocd.argoproj.io/hook-delete-policy",
    "argocd.argoproj.io/sync-wave",
    "checkov.io/skip1",
    "checkov.io/skip2",
    "checkov.io/skip3",
    "checkov.io/skip4",
    "checkov.io/skip5",
    "checkov.io/skip6",
    "checkov.io/skip7",
    "checksum/env-settings",
    "checksum/jvm",
    "kube-score/ignore",
    "kubectl.kubernetes.io/default-container",
    "haproxy.router.openshift.io/disable_cookies",
    "haproxy.router.openshift.io/ip_allowlist",
    "haproxy.router.openshift.io/ip_whitelist",
    "haproxy.router.openshift.io/timeout",
    "helm.sh/chart",
    "helm.sh/hook",
    "helm.sh/hook-delete-policy",
    "helm.sh/hook-weight",
    "helm.sh/resource-policy",
    "nginx.ingress.kubernetes.io/affinity",
    "nginx.ingress.kubernetes.io/affinity-mode",
    "nginx.ingress.kubernetes.io/backend-protocol",
    "nginx.ingress.kubernetes.io/force-ssl-redirect",
    "nginx.ingress.kubernetes.io/proxy-body-size",
    "nginx.ingress.kubernetes.io/proxy-read-timeout",
    "nginx.ingress.kubernetes.io/proxy-send-timeout",
    "nginx.ingress.kubernetes.io/proxy-ssl-name",
    "nginx.ingress.kubernetes.io/proxy-ssl-secret",
    "nginx.ingress.kubernetes.io/proxy-ssl-server-name",
    "nginx.ingress.kubernetes.io/proxy-ssl-verify",
    "nginx.ingress.kubernetes.io/session-cookie-change-on-failure",
    "nginx.ingress.kubernetes.io/session-cookie-max-age",
    "nginx.ingress.kubernetes.io/session-cookie-name",
    "nginx.ingress.kubernetes.io/session-cookie-secure",
    "nginx.ingress.kubernetes.io/ssl-passthrough",
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "nginx.ingress.kubernetes.io/whitelist-source-range",
    "router.openshift.io/cookie_name",
    "sealedsecrets.bitnami.com/cluster-wide",
    "sealedsecrets.bitnami.com/namespace-wide",
];

/// Attributes of AWS load balancers that have keys of their own.
pub const RESERVED_BALANCER_ATTRIBUTES: &[&str] = &["idle_timeout.timeout_seconds", "routing.http2.enabled"];
