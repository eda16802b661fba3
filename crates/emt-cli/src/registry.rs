//! How a command reaches a registry: options, login, certificates.
//!
//! Must not know what is done there.

use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use emt::oci::{Access, Credentials, Login, LoginPlaces, Patience, Registry, Repository, Secret, Tls, read_file};

use crate::problem::Problem;

/// A certificate or key is small.
const MOST_BYTES: u64 = 1024 * 1024;

/// Registry
#[derive(Args)]
#[command(next_help_heading = "Registry")]
pub(crate) struct RegistryArguments {
    /// Name to log in with; the password is read with --password-stdin
    ///
    /// Without it the login is looked for in EMT_REGISTRY_TOKEN, in EMT_REGISTRY_USERNAME and EMT_REGISTRY_PASSWORD, in the
    /// files of `helm registry login`, Docker and Podman, and with Docker's credential helpers.
    #[arg(long, value_name = "NAME", requires = "password_stdin")]
    username: Option<String>,
    /// Read the password of --username from standard input
    #[arg(long, requires = "username")]
    password_stdin: bool,
    /// Use no TLS; this machine is reached without it unless a certificate is named
    #[arg(long)]
    plain_http: bool,
    /// Certificates to trust beside the system's, in PEM
    #[arg(long, value_name = "FILE")]
    ca_file: Vec<PathBuf>,
    /// Client certificate with its chain, in PEM
    #[arg(long, value_name = "FILE", requires = "key_file")]
    cert_file: Option<PathBuf>,
    /// Key of the client certificate, in PEM
    #[arg(long, value_name = "FILE", requires = "cert_file")]
    key_file: Option<PathBuf>,
    /// Host of the registry's token service, where it is of another domain
    #[arg(long, value_name = "HOST")]
    token_host: Option<String>,
    /// Seconds that all requests may take together
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    timeout: u64,
}

impl RegistryArguments {
    /// A repository, ready to be talked to.
    pub(crate) fn open(&self, repository: &Repository) -> Result<Registry, Problem> {
        let read = |path: &PathBuf| read_file(path, MOST_BYTES);
        let authorities = self.ca_file.iter().map(read).collect::<Result<_, _>>()?;
        let client = match (&self.cert_file, &self.key_file) {
            (Some(certificate), Some(key)) => Some((read(certificate)?, read(key)?)),
            _ => None,
        };
        let wants_tls = !self.ca_file.is_empty() || client.is_some();
        let access = Access {
            plain_http: self.plain_http || (repository.is_loopback() && !wants_tls),
            tls: Tls { authorities, client },
            token_host: self.token_host.clone(),
            user_agent: concat!("emt/", env!("CARGO_PKG_VERSION")).to_owned(),
            patience: Patience { whole: Duration::from_secs(self.timeout), ..Patience::default() },
            ..Access::new(self.credentials(repository.host())?)
        };
        Ok(Registry::open(repository, access)?)
    }

    fn credentials(&self, host: &str) -> Result<Credentials, Problem> {
        let Some(username) = &self.username else {
            return Ok(LoginPlaces::new(&|name| std::env::var(name).ok()).find(host));
        };
        let mut password = String::new();
        let read = std::io::stdin().take(MOST_BYTES).read_to_string(&mut password);
        read.map_err(|error| Problem::system(format!("cannot read the password: {error}")))?;
        let password = Secret::new(password.trim_end_matches(['\r', '\n']));
        Ok(Credentials::given(
            Login::Basic { username: username.clone(), password },
            "the options --username and --password-stdin",
        ))
    }
}
