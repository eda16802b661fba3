//! Registries for tests: real ones on loopback, one in memory, and a proxy that breaks what passes through it.
//!
//! - [`Running`]: Debian's `docker-registry` (no referrers API) and go-containerregistry's (with it), as processes;
//! - [`Memory`]: the same calls in this process, so that tests without tools have a registry, too;
//! - [`Server`]: plain HTTP on loopback for any answering function; [`forward`] passes a request on.
//!
//! Limits: HTTP/1.1 without TLS, but for what the real ones do; a connection that sends nothing for ten seconds is closed.

mod http;
mod memory;
mod running;

pub use http::{Ending, Reply, Request, Server, forward};
pub use memory::Memory;
pub use running::{DockerOptions, Running, TlsFiles};
