//! The probes of each component. A probe names a port: number and scheme stand in the component's ports alone.

use std::collections::BTreeMap;

use helmwright::expression::{Expr, Symbol, index};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::admin_node_manager::AdminNodeManagerPortsSymbol;
use crate::choices::{AdminNodeManagerPort, ManagerPort, TrafficPort};
use crate::manager::ManagerPortsSymbol;
use crate::names::{PortName, UrlPath};
use crate::numbers::{PositiveSeconds, Threshold};
use crate::traffic::{OpenPort, OpenPortSymbol, TrafficPortsSymbol};

/// One probe of any component, as symbols.
#[derive(Clone, Debug)]
pub struct ProbeSymbols {
    /// Path that is asked for.
    pub path: Expr<UrlPath>,
    /// Name of the port that is asked.
    pub port: Expr<PortName>,
    /// What `ports` says of that port.
    pub at: OpenPortSymbol,
    /// Seconds between two probes.
    pub period_seconds: Expr<PositiveSeconds>,
    /// Seconds until a probe counts as failed.
    pub timeout_seconds: Expr<PositiveSeconds>,
    /// Failures in a row until Kubernetes acts.
    pub failure_threshold: Expr<Threshold>,
}

/// The probes of any component, as symbols.
#[derive(Clone, Debug)]
pub struct ProbesSymbols {
    /// `startup`.
    pub startup: ProbeSymbols,
    /// `readiness`.
    pub readiness: ProbeSymbols,
    /// `liveness`.
    pub liveness: ProbeSymbols,
}

/// What ports say of the one with this name, which is one of theirs: the choice of its words sees to that.
#[must_use]
pub fn port_named(ports: &impl Symbol, name: &Expr<PortName>) -> OpenPortSymbol {
    let ports: Expr<BTreeMap<PortName, OpenPort>> = Expr::new(ports.expression());
    index(&ports, name)
}

/// Defines the probes of a component, whose ports have these names.
macro_rules! probes {
    (
        $(#[$meta:meta])*
        $probes:ident as $probes_symbol:ident of $probe:ident as $probe_symbol:ident,
        ports $ports_symbol:ident named $port:ident
    ) => {
        /// One probe of the container.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, helmwright::Values)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $probe {
            /// Path that is asked for.
            pub path: UrlPath,
            /// Name of the port that is asked; its number and scheme stand in ports. Certificates are not checked.
            pub port: $port,
            /// Seconds between two probes.
            pub period_seconds: PositiveSeconds,
            /// Seconds until a probe counts as failed.
            pub timeout_seconds: PositiveSeconds,
            /// Failures in a row until Kubernetes acts.
            pub failure_threshold: Threshold,
        }

        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, helmwright::Values)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $probes {
            /// Until it succeeds the others wait: it covers the start of the JVM.
            pub startup: $probe,
            /// While it fails the pod gets no traffic.
            ///
            /// Seed: S1-145, S1-253.
            pub readiness: $probe,
            /// When it fails the container is restarted.
            ///
            /// Seed: S1-145, S1-253.
            pub liveness: $probe,
        }

        impl $probes {
            /// The three probes of one endpoint, in the rhythm of a gateway: 10 minutes for its start.
            #[must_use]
            pub fn of(path: &'static str, port: $port) -> Self {
                let probe = |period, timeout, failures| $probe {
                    path: UrlPath::constant(path),
                    port,
                    period_seconds: PositiveSeconds::constant(period),
                    timeout_seconds: PositiveSeconds::constant(timeout),
                    failure_threshold: Threshold::constant(failures),
                };
                Self { startup: probe(10, 5, 60), readiness: probe(5, 5, 3), liveness: probe(30, 15, 3) }
            }
        }

        impl $probe_symbol {
            fn with_ports(&self, ports: &$ports_symbol) -> ProbeSymbols {
                let port = Expr::<PortName>::new(self.port.expression());
                ProbeSymbols {
                    path: self.path.clone(),
                    at: port_named(ports, &port),
                    port,
                    period_seconds: self.period_seconds.clone(),
                    timeout_seconds: self.timeout_seconds.clone(),
                    failure_threshold: self.failure_threshold.clone(),
                }
            }
        }

        impl $probes_symbol {
            /// The probes with what the ports say.
            #[must_use]
            pub fn with_ports(&self, ports: &$ports_symbol) -> ProbesSymbols {
                ProbesSymbols {
                    startup: self.startup.with_ports(ports),
                    readiness: self.readiness.with_ports(ports),
                    liveness: self.liveness.with_ports(ports),
                }
            }
        }
    };
}

probes! {
    /// The probes of the Admin Node Manager.
    AdminNodeManagerProbes as AdminNodeManagerProbesSymbol of AdminNodeManagerProbe as AdminNodeManagerProbeSymbol,
    ports AdminNodeManagerPortsSymbol named AdminNodeManagerPort
}

probes! {
    /// The probes of API Manager.
    ManagerProbes as ManagerProbesSymbol of ManagerProbe as ManagerProbeSymbol,
    ports ManagerPortsSymbol named ManagerPort
}

probes! {
    /// The probes of a traffic gateway.
    TrafficProbes as TrafficProbesSymbol of TrafficProbe as TrafficProbeSymbol,
    ports TrafficPortsSymbol named TrafficPort
}
