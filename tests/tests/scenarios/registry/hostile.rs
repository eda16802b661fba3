//! Registries that mean harm: what they can make emt do is nothing but fail.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use emt::oci::{
    Access, CHART_TYPE, CONFIG_TYPE, Credentials, Descriptor, ErrorKind, Login, MANIFEST_TYPE, Manifest, OciError,
    PushOptions, Reference, Registry, Secret, pull, push,
};
use emt_tests::registry::{Ending, Reply, Request, Server};

use super::kit;

const PASSWORD: &str = "marked-passw0rd";

fn login() -> Credentials {
    Credentials::given(Login::Basic { username: "user".to_owned(), password: Secret::new(PASSWORD) }, "a test")
}

fn open(server: &Server, credentials: Credentials) -> Registry {
    Registry::open(&kit::repository(server.address, "a/web"), kit::access(credentials)).unwrap()
}

fn reference(server: &Server) -> Reference {
    format!("oci://{}/a/web:1.0.0", server.address).parse().unwrap()
}

/// What a pull from a registry of one answer to each path's end says.
fn refused(answers: Vec<(&'static str, Reply)>) -> OciError {
    let server = Server::start(move |request| {
        let known = answers.iter().find(|(part, _)| request.target.contains(part));
        known.map_or_else(|| Reply::new(404, ""), |(_, reply)| reply.clone())
    })
    .unwrap();
    let start = Instant::now();
    let error = pull(&mut open(&server, Credentials::anonymous()), &reference(&server)).unwrap_err();
    assert!(start.elapsed() < Duration::from_secs(10), "{error}");
    error
}

fn manifest(config: &Descriptor, layers: Vec<Descriptor>) -> Reply {
    let manifest = Manifest {
        schema_version: 2,
        media_type: None,
        artifact_type: None,
        config: config.clone(),
        layers,
        subject: None,
        annotations: std::collections::BTreeMap::new(),
    };
    Reply::new(200, serde_json::to_vec(&manifest).unwrap()).with("content-type", MANIFEST_TYPE)
}

#[test]
fn answers_out_of_bounds_are_refused() {
    let config = Descriptor::of(CONFIG_TYPE, b"{}");
    let layer = Descriptor::of(CHART_TYPE, b"x");
    let huge = Descriptor { size: u64::MAX, ..layer.clone() };
    let foreign =
        Descriptor { media_type: "application/vnd.docker.container.image.v1+json".to_owned(), ..config.clone() };
    let with_config = |reply: Reply| vec![("/manifests/", reply), ("/blobs/", Reply::new(200, "{}"))];
    for (answers, expected) in [
        (vec![("/manifests/", Reply::new(200, vec![b' '; 5 * 1024 * 1024]))], "larger than any of its kind"),
        (vec![("/manifests/", Reply::new(200, "not JSON"))], "cannot be read"),
        (vec![("/manifests/", Reply { ending: Ending::Slow, ..Reply::new(200, vec![b' '; 1000]) })], "timeout"),
        (with_config(manifest(&foreign, vec![layer.clone()])), "no Helm chart"),
        (with_config(manifest(&config, vec![])), "0 archives"),
        (with_config(manifest(&config, vec![layer.clone(), layer.clone()])), "2 archives"),
        (with_config(manifest(&config, vec![huge])), "at most"),
        (with_config(manifest(&config, vec![layer.clone()])), "the bytes have the digest"),
        (
            vec![
                ("/manifests/", manifest(&config, vec![layer.clone()])),
                ("/blobs/", Reply::new(200, vec![b'x'; 100_000])),
            ],
            "larger than any",
        ),
        (vec![("/manifests/", Reply::new(302, "").with("location", "/v2/a/web/manifests/1.0.0"))], "in a circle"),
        (vec![("/manifests/", Reply::new(302, "").with("location", "file:///etc/passwd"))], "no address"),
        (vec![("/manifests/", Reply::new(302, "").with("location", "http://user:word@127.0.0.1/"))], "no address"),
    ] {
        let error = refused(answers);
        assert!(error.message.contains(expected), "{expected}: {error}");
    }
}

#[test]
fn a_hostile_archive_writes_nothing() {
    // The bytes are what the digest promises, and climb out of their directory.
    let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    let mut header = tar::Header::new_gnu();
    header.as_gnu_mut().unwrap().name[..11].copy_from_slice(b"../outside!");
    header.set_size(1);
    header.set_cksum();
    builder.append(&header, &b"x"[..]).unwrap();
    let archive = builder.into_inner().unwrap().finish().unwrap();
    let (config, layer) = (Descriptor::of(CONFIG_TYPE, b"{}"), Descriptor::of(CHART_TYPE, &archive));
    let blob = |descriptor: &Descriptor| -> &'static str { format!("/blobs/{}", descriptor.digest).leak() };
    let error = refused(vec![
        ("/manifests/", manifest(&config, vec![layer.clone()])),
        (blob(&layer), Reply::new(200, archive)),
        (blob(&config), Reply::new(200, "{}")),
    ]);
    assert_eq!(error.kind, ErrorKind::Input);
    assert!(error.message.contains("no plain path below the chart"), "{error}");
}

/// A registry that wants a name and a password, and remembers who else saw them.
fn guarded(change: impl Fn(&Request) -> Option<Reply> + Send + Sync + 'static) -> Server {
    let upstream = kit::memory(false);
    Server::start(move |request| {
        if request.header("authorization").is_none() {
            return Reply::new(401, "").with("www-authenticate", "Basic realm=x");
        }
        change(request).unwrap_or_else(|| upstream.answer(request))
    })
    .unwrap()
}

/// Another host: notes what authorisation it is shown.
fn other_host() -> (Server, Arc<Mutex<Vec<Option<String>>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&seen);
    let server = Server::start(move |request| {
        notes.lock().unwrap().push(request.header("authorization").map(str::to_owned));
        Reply::new(200, r#"{"token":"t"}"#)
    });
    (server.unwrap(), seen)
}

#[test]
fn a_redirect_takes_no_login_to_another_host() {
    let (other, seen) = other_host();
    let location = format!("http://{}/elsewhere", other.address);
    let server = guarded(move |request| {
        (request.method == "GET").then(|| Reply::new(307, "").with("location", location.clone()))
    });
    let error = pull(&mut open(&server, login()), &reference(&server)).unwrap_err();
    assert!(!error.to_string().contains(PASSWORD));
    assert_eq!(*seen.lock().unwrap(), [None], "followed, and without the login");
}

#[test]
fn an_upload_elsewhere_takes_no_login_there() {
    let (other, seen) = other_host();
    let location = format!("http://{}/elsewhere", other.address);
    let server = guarded(move |request| {
        (request.method == "POST").then(|| Reply::new(202, "").with("location", location.clone()))
    });
    let chart = kit::small("a");
    assert!(push(&mut open(&server, login()), &chart, &PushOptions::default(), &mut |_| ()).is_err());
    let seen = seen.lock().unwrap();
    assert!(!seen.is_empty() && seen.iter().all(Option::is_none), "{seen:?}");
}

#[test]
fn a_foreign_token_service_sees_no_login() {
    // On loopback the "other domain" is another name of the same machine.
    let (other, seen) = other_host();
    let realm = format!("Bearer realm=\"http://localhost:{}/token\",service=\"x\"", other.address.port());
    let server = Server::start(move |_| Reply::new(401, "").with("www-authenticate", realm.clone())).unwrap();
    let error = pull(&mut open(&server, login()), &reference(&server)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Authentication);
    assert!(
        error.message.contains("no login is sent there") && error.help.join(" ").contains("--token-host localhost"),
        "{error:?}"
    );
    assert!(seen.lock().unwrap().is_empty());
    // Named by the user, it is asked.
    let access = Access { token_host: Some("localhost".to_owned()), ..kit::access(login()) };
    let mut registry = Registry::open(&kit::repository(server.address, "a/web"), access).unwrap();
    assert!(pull(&mut registry, &reference(&server)).is_err());
    assert!(!seen.lock().unwrap().is_empty());
}

#[test]
fn a_registry_that_repeats_the_login_is_not_quoted() {
    let server = guarded(|request| {
        let shown = request.header("authorization").unwrap_or_default().to_owned();
        let body = serde_json::json!({ "errors": [{ "code": "DENIED", "message": format!("{PASSWORD} and {shown}\u{1b}[2J") }] });
        Some(Reply::new(403, body.to_string()))
    });
    let error = pull(&mut open(&server, login()), &reference(&server)).unwrap_err();
    let told = format!("{error:?} {error}");
    assert!(told.contains("DENIED ***") && !told.contains(PASSWORD) && !told.contains('\u{1b}'), "{told}");
    assert!(!told.contains("dXNlcjptYXJrZWQtcGFzc3cwcmQ="), "{told}");
}

#[test]
fn an_unknown_upstream_is_told() {
    let server = Server::start(|_| Reply { ending: Ending::Nothing, ..Reply::default() }).unwrap();
    let error = pull(&mut open(&server, Credentials::anonymous()), &reference(&server)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Network);
    assert!(error.message.contains("tried 3 times"), "{error}");
    // Nobody listens there any more.
    let address = { Server::start(|_| Reply::default()).unwrap().address };
    std::thread::sleep(Duration::from_millis(20));
    let error =
        pull(&mut kit::open(address, "a/web"), &format!("oci://{address}/a/web:1.0.0").parse().unwrap()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Network);
}
