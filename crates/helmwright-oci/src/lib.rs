//! Helm charts in OCI registries: reproducible archives, digests known before the push, signatures, nothing half done.
//!
//! - [`pack`] and [`ChartArtifact`]: a chart's archive, config and manifest, byte for byte what `helm push` makes of them.
//! - [`Registry`], [`push`] and [`pull`]: one repository, with logins, bounds and retries.
//! - [`Signer`] and [`PublicKey`]: signatures that cosign verifies, made with a local key.
//! - [`sbom()`]: the list of a chart's parts.
//!
//! It knows charts as bytes and as what `Chart.yaml` says, and serves any chart. It calls block: each request of a push needs
//! the answer to the one before, and a runtime for asynchronous calls would weigh more than all of this.
//!
//! ```
//! use helmwright_oci::{ChartArtifact, ChartFile, Timestamp, pack};
//!
//! let chart_yaml = "apiVersion: v2\nname: web\nversion: 1.2.3\n";
//! let files = [ChartFile { path: "Chart.yaml".to_owned(), bytes: chart_yaml.into() }];
//! let archive = pack("web", &files, Timestamp::from_seconds(0)?)?;
//! let chart = ChartArtifact::new(archive, None)?;
//! assert_eq!(chart.metadata().archive_name(), "web-1.2.3.tgz");
//! println!("will be pushed as {}", chart.digests().manifest);
//! # Ok::<(), helmwright_oci::OciError>(())
//! ```

mod archive;
mod artifact;
mod authentication;
mod credentials;
mod digest;
mod error;
mod file;
mod go_json;
mod metadata;
mod patience;
mod pull;
mod push;
mod reference;
mod referrers;
mod registry;
mod sbom;
mod secret;
mod signature;
mod timestamp;
mod transport;

pub use archive::{Archive, ChartFile, MOST_ARCHIVE_BYTES, pack, unpack};
pub use artifact::{
    CHART_TYPE, CONFIG_TYPE, ChartArtifact, Descriptor, Digests, INDEX_TYPE, MANIFEST_TYPE, Manifest, PROVENANCE_TYPE,
};
pub use credentials::{Credentials, Login, LoginPlaces, PASSWORD_VARIABLE, TOKEN_VARIABLE, USERNAME_VARIABLE};
pub use digest::Digest;
pub use error::{ErrorKind, OciError};
pub use file::{read_file, write_file};
pub use metadata::{CREATED, ChartMetadata, Dependency, Maintainer, is_later};
pub use patience::Patience;
pub use pull::{PulledChart, SignatureReport, pull, verify_signature};
pub use push::{AttachedRecord, Progress, PushOptions, ReleaseRecord, chart_repository, push};
pub use reference::{Reference, Repository, SCHEME, Tag, Version};
pub use referrers::{Attachment, ReferrersBy};
pub use registry::{Access, RawManifest, Registry};
pub use sbom::{Generator, SBOM_TYPE, sbom};
pub use secret::Secret;
pub use signature::{BUNDLE_TYPE, PublicKey, SBOM_PREDICATE, SIGNATURE_PREDICATE, Signer};
pub use timestamp::Timestamp;
pub use transport::Tls;
