//! The scripts of the chart, run for real: prechecks against listeners that open late, in part or never; the database's
//! setup with a stub of the product's tool.
//!
//! A script is taken from the rendered pod. It runs in a directory of programs of its own, so that a test says what an image
//! has: busybox with `nc`, or `sh` and `bash` without `nc`. busybox is looked for on `PATH`; where it is missing its tests
//! end at once, unless `EMT_FULL` is set: then they fail.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use emt_model::Values;
use emt_model::names::Registry;
use helmwright::evaluate::{Release, evaluate};
use serde_json::{Value, json};

/// The script of a rendered container.
fn script(kind: &str, container: &str) -> String {
    let mut values = serde_json::to_value(Values::new(Registry::new("registry.example.com").unwrap())).unwrap();
    values["adminNodeManager"]["image"]["tag"] = json!("1");
    values["gatewayGroups"] = json!({"main": {"image": {"tag": "1"}, "cassandra": {"keyspace": "ks"}}});
    values["cassandra"]["hosts"] = json!(["c1"]);
    values["metricsDatabase"]["host"] = json!("db");
    values["ingress"]["enabled"] = json!(false);
    let release = Release { name: "apim", namespace: "prod", chart_version: "1.0.0", app_version: "7.7" };
    let rendered = evaluate(&emt_chart::tree(), &values, &release, &mut ()).unwrap();
    let object = rendered.into_iter().map(|rendered| rendered.object).find(|object| object["kind"] == kind).unwrap();
    let pod = &object["spec"]["template"]["spec"];
    let containers = ["initContainers", "containers"].into_iter().flat_map(|list| pod[list].as_array().unwrap());
    let found = containers.into_iter().find(|found| found["name"] == container).unwrap();
    let text = |index: usize| found["command"][index].as_str().unwrap();
    assert_eq!((text(0), text(1)), ("sh", "-c"));
    text(2).to_owned()
}

/// A directory of programs: all that a script finds. It is removed in the end.
struct Image {
    programs: PathBuf,
}

impl Drop for Image {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.programs);
    }
}

fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(program)).find(|path| path.is_file())
}

impl Image {
    fn empty() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("emt-scripts-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let programs = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&programs).unwrap();
        Self { programs }
    }

    fn with(programs: &[&str]) -> Self {
        let image = Self::empty();
        for program in programs {
            let found = on_path(program).unwrap_or_else(|| panic!("no {program} on PATH"));
            symlink(found, image.programs.join(program)).unwrap();
        }
        image
    }

    /// What every image has.
    fn plain() -> Self {
        Self::with(&["sh", "sleep", "date", "grep", "true"])
    }

    /// `sh` and `bash`, no `nc`.
    fn bash() -> Self {
        Self::with(&["sh", "bash", "sleep", "date", "timeout"])
    }

    /// busybox alone, with its own `nc`; none where it is not installed and not required.
    fn busybox() -> Option<Self> {
        let Some(busybox) = on_path("busybox") else {
            assert!(std::env::var_os("EMT_FULL").is_none(), "no busybox on PATH: install the package busybox");
            return None;
        };
        let image = Self::empty();
        for applet in ["sh", "nc", "sleep", "date", "grep", "true"] {
            symlink(&busybox, image.programs.join(applet)).unwrap();
        }
        Some(image)
    }

    /// A program that is a script.
    fn add(&self, name: &str, text: &str) -> PathBuf {
        let path = self.programs.join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn run(&self, script: &str, environment: &[(&str, &str)]) -> Ended {
        let start = Instant::now();
        let output = Command::new(self.programs.join("sh"))
            .args(["-c", script])
            .env_clear()
            .env("PATH", &self.programs)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Ended { code: output.status.code(), said, took: start.elapsed() }
    }
}

#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    said: String,
    took: Duration,
}

/// The images that the prechecks are tried in.
fn images() -> impl Iterator<Item = Image> {
    [Some(Image::bash()), Image::busybox()].into_iter().flatten()
}

fn prechecks(image: &Image, environment: &[(&str, &str)]) -> Ended {
    image.run(&script("Deployment", "prechecks"), environment)
}

/// Answers on a port of a loopback address after a delay, as a database does: a greeting, then silence until the caller goes.
fn listen(host: [u8; 4], port: u16, after: Duration) {
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::from(host)), port);
    let early = after.is_zero().then(|| TcpListener::bind(address).unwrap());
    std::thread::spawn(move || {
        std::thread::sleep(after);
        let listener = early.unwrap_or_else(|| TcpListener::bind(address).unwrap());
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            std::thread::spawn(move || {
                let _ = stream.write_all(b"5.5.5-10.5.0-MariaDB\0");
                let _ = stream.read_to_end(&mut Vec::new());
            });
        }
    });
}

/// A port that nobody listens on, on any loopback address.
fn free_port() -> u16 {
    TcpListener::bind("0.0.0.0:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_database_that_starts_late_is_waited_for() {
    for image in images() {
        let port = free_port();
        listen([127, 0, 0, 1], port, Duration::from_secs(3));
        let database = format!("127.0.0.1:{port}");
        let ended =
            prechecks(&image, &[("MODE", "strict"), ("TIMEOUT_SECONDS", "60"), ("METRICS_DATABASE", &database)]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.said.contains(&format!("waiting for {database}")), "{ended:?}");
        assert!(ended.said.ends_with("prechecks: all answer\n"), "{ended:?}");
    }
}

#[test]
fn two_of_three_hosts_are_a_quorum_and_not_all() {
    for image in images() {
        let port = free_port();
        listen([127, 0, 0, 1], port, Duration::ZERO);
        listen([127, 0, 0, 2], port, Duration::ZERO);
        let port = port.to_string();
        let hosts = [("CASSANDRA_HOSTS", "127.0.0.1 127.0.0.2 127.0.0.3"), ("CASSANDRA_PORT", port.as_str())];
        let run = |mode| prechecks(&image, &[&hosts[..], &[("MODE", mode), ("TIMEOUT_SECONDS", "3")]].concat());

        let soft = run("soft");
        assert_eq!(soft.code, Some(0), "{soft:?}");
        assert_eq!(soft.said, "prechecks: all answer\n");

        let strict = run("strict");
        assert_eq!(strict.code, Some(1), "{strict:?}");
        let message = format!("prechecks: no answer within 3 s from 127.0.0.3:{port}\n");
        assert!(strict.said.ends_with(&message), "{strict:?}");
    }
}

#[test]
fn what_never_answers_is_not_waited_for_without_end() {
    for image in images() {
        let port = free_port().to_string();
        let hosts = [("CASSANDRA_HOSTS", "127.0.0.1 127.0.0.2 127.0.0.3"), ("CASSANDRA_PORT", port.as_str())];
        let run = |mode| prechecks(&image, &[&hosts[..], &[("MODE", mode), ("TIMEOUT_SECONDS", "3")]].concat());

        let soft = run("soft");
        assert_eq!(soft.code, Some(0), "{soft:?}");
        assert!(soft.said.ends_with("prechecks: go on without cassandra(0/3) after 3 s\n"), "{soft:?}");

        let strict = run("strict");
        assert_eq!(strict.code, Some(1), "{strict:?}");
        assert!(strict.said.contains("prechecks: no answer within 3 s"), "{strict:?}");
        assert!(strict.took < Duration::from_secs(30), "{strict:?}");
    }
}

#[test]
fn hosts_that_swallow_packets_do_not_stretch_the_wait() {
    let image = Image::plain();
    image.add("nc", "#!/bin/sh\nif [ \"$1\" = -h ]; then echo ' -z'; else sleep 3; exit 1; fi\n");
    let ended = prechecks(
        &image,
        &[
            ("MODE", "strict"),
            ("TIMEOUT_SECONDS", "4"),
            ("CASSANDRA_HOSTS", "a b"),
            ("CASSANDRA_PORT", "9042"),
            ("METRICS_DATABASE", "db:3306"),
        ],
    );
    assert_eq!(ended.code, Some(1), "{ended:?}");
    // One round takes nine seconds: it is over before another begins.
    assert!(ended.took < Duration::from_secs(16), "{ended:?}");
}

#[test]
fn an_image_without_means_says_so() {
    let ended = prechecks(&Image::plain(), &[("MODE", "strict"), ("TIMEOUT_SECONDS", "3")]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.said.contains("neither nc nor bash"), "{ended:?}");
}

/// Runs the setup with a stub of the tool that fails the given number of times, in an installation of its own.
fn setup(failures: u32) -> (Ended, Vec<String>) {
    let image = Image::with(&["sh", "date", "grep", "true", "cp"]);
    image.add("sleep", "#!/bin/sh\n");
    let (install, merged) = (image.programs.join("install"), image.programs.join("merge"));
    let (log, drivers) = (image.programs.join("log"), merged.join("apigateway/ext/lib"));
    for folder in [&install.join("posix/bin"), &install.join("ext/lib"), &drivers] {
        std::fs::create_dir_all(folder).unwrap();
    }
    std::fs::write(drivers.join("driver.jar"), "driver").unwrap();
    let stub = "#!/bin/sh\necho \"$*\" >>\"$LOG\"\n[ \"$(grep -c . \"$LOG\")\" -gt \"$FAILURES\" ]\n";
    image.add("install/posix/bin/dbsetup", stub);
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let script =
        script("Job", "dbsetup").replace("/opt/Axway/apigateway", &path(&install)).replace("/merge", &path(&merged));
    let ended = image.run(
        &script,
        &[
            ("LOG", &path(&log)),
            ("FAILURES", &failures.to_string()),
            ("METRICS_DB_URL", "jdbc:mysql://db:3306/metrics?useSSL=true&requireSSL=true"),
            ("METRICS_DB_USERNAME", "report"),
            ("METRICS_DB_PASS", "fake pass$word\"'"),
        ],
    );
    assert_eq!(std::fs::read_to_string(install.join("ext/lib/driver.jar")).unwrap(), "driver");
    let calls = std::fs::read_to_string(&log).unwrap().lines().map(str::to_owned).collect();
    (ended, calls)
}

#[test]
fn the_setup_tries_again() {
    let (ended, calls) = setup(2);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.said.ends_with("dbsetup: the schema is there\n"), "{ended:?}");
    assert!(!ended.said.contains("fake pass"), "{ended:?}");
    let call =
        "--dburl=jdbc:mysql://db:3306/metrics?useSSL=true&requireSSL=true --dbuser=report --dbpass=fake pass$word\"'";
    assert_eq!(calls, [call; 3]);
}

#[test]
fn the_setup_gives_up_in_the_end() {
    let (ended, calls) = setup(99);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.said.ends_with("dbsetup: failed 5 times\n"), "{ended:?}");
    assert_eq!(calls.len(), 5);
    let values: Value = json!(calls);
    assert!(!values.to_string().contains("reinstall"));
}
