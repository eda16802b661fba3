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
    /// TLS towards the metrics database.
    pub enum DatabaseTls { None = "none", Required = "required", Verify = "verify" }
}
