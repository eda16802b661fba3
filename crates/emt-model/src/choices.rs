//! Words among which a value chooses. None of them is a word that YAML reads as a boolean.

helmwright::choices! {
    /// When an image is pulled.
    pub enum PullPolicy { IfNotPresent = "IfNotPresent", Always = "Always", Never = "Never" }
    /// How much the gateway traces.
    pub enum TraceLevel { Info = "INFO", Debug = "DEBUG", Data = "DATA" }
    /// Scheme of a port, as load balancers and probes need it.
    pub enum Scheme { Http = "HTTP", Https = "HTTPS" }
    /// Where open traffic logs go.
    pub enum OpenTrafficOutput { Stdout = "stdout", File = "file" }
    /// How strictly pods keep apart.
    pub enum Spread { None = "none", Preferred = "preferred", Required = "required" }
    /// Who assigns the ids that the containers run under.
    pub enum UserIds { Fixed = "fixed", Assigned = "assigned" }
    /// What a variable's value is read from.
    pub enum EnvRefKind { Secret = "secret", ConfigMap = "configMap" }
    /// What variables are read from as a whole.
    pub enum EnvSourceKind { Secret = "secret", ConfigMap = "configMap" }
    /// Where usage records of the topology go.
    pub enum UsageLogDestination { TopologyLog = "topologyLog", TraceLog = "traceLog", Both = "both" }
    /// What holds the events of all gateways.
    pub enum EventsStorage { Claim = "claim", Existing = "existing", Static = "static", EmptyDir = "emptyDir" }
    /// Who may mount a volume.
    pub enum AccessMode { ReadWriteMany = "ReadWriteMany", ReadWriteOnce = "ReadWriteOnce" }
    /// What a pod waits for before it starts.
    pub enum PrecheckMode { Strict = "strict", Soft = "soft", None = "none" }
    /// Where a configuration comes from.
    pub enum ConfigurationMode { Merge = "merge", Baked = "baked" }
    /// What is mounted at /merge.
    pub enum MergeVolume { Files = "files", Claim = "claim", Image = "image" }
    /// A port of the Admin Node Manager, by its name in `ports`.
    pub enum AdminNodeManagerPort { Management = "management", Ui = "ui" }
    /// A port of API Manager, by its name in `ports`.
    pub enum ManagerPort { Manager = "manager" }
    /// A port of a traffic gateway that answers HTTP, by its name in `ports`.
    pub enum TrafficPort {
        Traffic = "traffic", Plain = "plain", Sample = "sample", Secure = "secure", Oauth = "oauth",
    }
    /// A port that callers beside the ingress may be let to.
    pub enum ClientPort {
        Traffic = "traffic", Plain = "plain", Sample = "sample", Secure = "secure", Oauth = "oauth", Manager = "manager",
    }
    /// How a Secret comes to be.
    pub enum SecretSource {
        Existing = "existing", ExternalSecret = "externalSecret", SealedSecret = "sealedSecret", Csi = "csi", Inline = "inline"
    }
    /// A store that External Secrets reads from.
    pub enum StoreKind { ClusterSecretStore = "ClusterSecretStore", SecretStore = "SecretStore" }
    /// To which names an encrypted value is bound.
    pub enum SealingScope { Strict = "strict", NamespaceWide = "namespaceWide", ClusterWide = "clusterWide" }
    /// A provider of the Secrets Store CSI driver.
    pub enum CsiProvider { Aws = "aws", Azure = "azure", Gcp = "gcp", Vault = "vault" }
    /// When the metrics database's schema is brought.
    pub enum SetupMode { Hook = "hook", Argocd = "argocd", Plain = "plain", None = "none" }
    /// What holds log files.
    pub enum LogStorageKind { EmptyDir = "emptyDir", Claim = "claim", Existing = "existing" }
    /// What serves the metrics database.
    pub enum DatabaseEngine { Mysql = "mysql", Mariadb = "mariadb", Sqlserver = "sqlserver", Oracle = "oracle" }
    /// TLS towards the metrics database.
    pub enum DatabaseTls { None = "none", Required = "required", Verify = "verify" }
    /// What publishes the hosts.
    pub enum IngressController {
        Alb = "alb", GatewayApi = "gateway-api", Openshift = "openshift", Nginx = "nginx",
    }
    /// Who can reach an entry.
    pub enum Exposure { Internal = "internal", Public = "public" }
    /// What happens to requests without TLS at the entry.
    pub enum HttpPolicy { Redirect = "redirect", Drop = "drop" }
    /// A version of TLS.
    pub enum TlsVersion { V1_2 = "1.2", V1_3 = "1.3" }
    /// Where the certificate of a host comes from.
    pub enum CertificateSource {
        ControllerDefault = "controllerDefault", Acm = "acm", Secret = "secret", CertManager = "certManager",
        Passthrough = "passthrough",
    }
    /// Who issues a certificate.
    pub enum IssuerKind { ClusterIssuer = "ClusterIssuer", Issuer = "Issuer" }
    /// What the entry trusts when it speaks HTTPS to pods.
    pub enum BackendTrust {
        None = "none", System = "system", ConfigMap = "configMap", Secret = "secret", Inline = "inline",
    }
    /// How a client stays with one pod.
    pub enum AffinityMode { None = "none", Cookie = "cookie" }
    /// Whether hosts for administrators have a load balancer of their own.
    pub enum AdminLoadBalancer { Separate = "separate", Shared = "shared" }
}
