//! Publishing: the digest that was told is the digest that is there, and no fault of network or registry leaves half a chart.
//!
//! The registries are two in memory, with and without the referrers API, and, where the tools are, Debian's and
//! go-containerregistry's.

mod digests;
mod faults;
mod hostile;
mod kit;
mod logins;
mod readers;
mod writers;
