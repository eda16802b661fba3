//! Real registries as processes on loopback, each with a directory of its own. They end when they are dropped.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::scratch;
use crate::tools::{DOCKER_REGISTRY, REFERRERS_REGISTRY, Tools};

const START: Duration = Duration::from_secs(20);

/// A registry that runs.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    _directory: TempDir,
}

/// Files for TLS, in PEM.
#[derive(Clone, Debug)]
pub struct TlsFiles {
    /// The server's certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The authority of client certificates; clients need none without it.
    pub clients: Option<PathBuf>,
}

/// How `docker-registry` is set up.
#[derive(Clone, Debug, Default)]
pub struct DockerOptions {
    /// The text of an htpasswd file (bcrypt): it then wants a name and a password.
    pub passwords: Option<String>,
    /// Refuse to be written to.
    pub read_only: bool,
    /// Speak TLS.
    pub tls: Option<TlsFiles>,
}

impl Running {
    /// Debian's `docker-registry`. `None`: the tool is not there, and the test returns early.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub fn docker(options: &DockerOptions) -> io::Result<Option<Self>> {
        let Some(found) = Tools::locate().need(&DOCKER_REGISTRY) else { return Ok(None) };
        let running = start(|directory, address| {
            let path = |name: &str| directory.join(name).display().to_string();
            let mut text = format!(
                "version: 0.1\nlog: {{ level: error }}\nstorage:\n  filesystem: {{ rootdirectory: \"{}\" }}\n  maintenance: \
                 {{ readonly: {{ enabled: {} }} }}\nhttp:\n  addr: {address}\n",
                path("store"),
                options.read_only
            );
            if let Some(tls) = &options.tls {
                let (certificate, key) = (tls.certificate.display(), tls.key.display());
                text += &format!("  tls:\n    certificate: \"{certificate}\"\n    key: \"{key}\"\n");
                if let Some(clients) = &tls.clients {
                    text += &format!("    clientcas: [\"{}\"]\n", clients.display());
                }
            }
            if let Some(passwords) = &options.passwords {
                fs::write(directory.join("passwords"), passwords)?;
                text += &format!("auth:\n  htpasswd: {{ realm: test, path: \"{}\" }}\n", path("passwords"));
            }
            fs::write(directory.join("config.yml"), text)?;
            let mut command = Command::new(&found.program);
            command.arg("serve").arg(directory.join("config.yml"));
            Ok(command)
        })?;
        Ok(Some(running))
    }

    /// go-containerregistry's registry, which has the referrers API. `None`: the tool is not there.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub fn with_referrers() -> io::Result<Option<Self>> {
        let Some(found) = Tools::locate().need(&REFERRERS_REGISTRY) else { return Ok(None) };
        let running = start(|_, address| {
            let mut command = Command::new(&found.program);
            command.arg(address.to_string());
            Ok(command)
        })?;
        Ok(Some(running))
    }
}

/// Starts a process on a free port and waits until it listens. Another process may take the port first: then another one.
fn start(command: impl Fn(&std::path::Path, SocketAddr) -> io::Result<Command>) -> io::Result<Running> {
    let mut last = io::Error::other("no attempt");
    for _ in 0..3 {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let directory = scratch::directory()?;
        let mut command = command(directory.path(), address)?;
        command.env_clear().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut running = Running { address, child: command.spawn()?, _directory: directory };
        let end = Instant::now() + START;
        while Instant::now() < end && running.child.try_wait()?.is_none() {
            if TcpStream::connect(address).is_ok() {
                return Ok(running);
            }
            thread::sleep(Duration::from_millis(20));
        }
        last = io::Error::other("the registry does not start");
    }
    Err(last)
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
