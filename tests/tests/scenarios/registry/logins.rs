//! Logins: by name and password, by token, by certificate; wrong ones, expired ones, and rights that are missing.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use emt::oci::{Access, Credentials, ErrorKind, Login, OciError, PushOptions, Registry, Secret, Tls, push};
use emt_tests::registry::{DockerOptions, Reply, Running, Server, TlsFiles};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};

use super::digests::tempfile_directory;
use super::kit;

const NAME: &str = "user";
const RIGHT: &str = "right-Passw0rd";
/// Name and password of the two lines above, as `htpasswd -B` writes them.
const PASSWORDS: &str = "user:$2b$04$QE3EQyT6W4KAURXEjN0DveEFhC8cRjWRxDhxXteuKxOf2H.DZzxl6\n";

fn basic(password: &str) -> Credentials {
    Credentials::given(Login::Basic { username: NAME.to_owned(), password: Secret::new(password) }, "a test")
}

fn pushed(server: std::net::SocketAddr, credentials: Credentials) -> Result<(), OciError> {
    let mut registry = Registry::open(&kit::repository(server, "a/web"), kit::access(credentials)).unwrap();
    push(&mut registry, &kit::small("a"), &PushOptions::default(), &mut |_| ()).map(|_| ())
}

/// The error of a push; it says what to do and shows no password.
fn refused(server: std::net::SocketAddr, credentials: Credentials) -> OciError {
    let error = pushed(server, credentials).unwrap_err();
    assert!(!error.help.is_empty() && !format!("{error:?}").contains("Passw0rd"), "{error:?}");
    error
}

fn bearer_of(header: Option<&str>) -> Option<&str> {
    header.and_then(|header| header.strip_prefix("Bearer "))
}

/// A registry with a token service beside it. Each token holds for so many requests.
fn with_tokens(requests_each: usize) -> (Server, Server) {
    let issued = AtomicUsize::new(0);
    let service = Server::start(move |request| {
        let expected = format!("Basic {}", STANDARD.encode(format!("{NAME}:{RIGHT}")));
        let by_password = request.header("authorization") == Some(&expected);
        let by_token = String::from_utf8_lossy(&request.body).contains("refresh_token=right-Passw0rd-token");
        if !(by_password || by_token) {
            return Reply::new(401, "");
        }
        let asked = format!("{}{}", request.target, String::from_utf8_lossy(&request.body));
        assert!(asked.contains("scope=repository%3Aa%2Fweb%3Apull%2Cpush"), "{asked}");
        let number = issued.fetch_add(1, Ordering::SeqCst);
        Reply::new(200, format!(r#"{{"token":"token-{number}"}}"#))
    })
    .unwrap();
    let (upstream, used) = (kit::memory(true), AtomicUsize::new(0));
    let realm =
        format!("Bearer realm=\"http://{}/token\",service=\"s\",scope=\"repository:a/web:pull,push\"", service.address);
    let registry = Server::start(move |request| {
        let number = used.load(Ordering::SeqCst) / requests_each;
        if bearer_of(request.header("authorization")) != Some(&format!("token-{number}")) {
            return Reply::new(401, "").with("www-authenticate", realm.clone());
        }
        used.fetch_add(1, Ordering::SeqCst);
        upstream.answer(request)
    });
    (registry.unwrap(), service)
}

#[test]
fn tokens_are_fetched_and_renewed() {
    // One token for all, and one that expires every third request.
    for requests_each in [usize::MAX, 3] {
        let (registry, _service) = with_tokens(requests_each);
        pushed(registry.address, basic(RIGHT)).unwrap();
    }
    let (registry, _service) = with_tokens(usize::MAX);
    pushed(registry.address, Credentials::given(Login::Identity(Secret::new("right-Passw0rd-token")), "a test"))
        .unwrap();
    let error = refused(registry.address, basic("wrong-Passw0rd"));
    assert_eq!(error.kind, ErrorKind::Authentication);
    assert!(error.message.contains("its token service answers 401 (used: a test)"), "{error}");
    let error =
        refused(registry.address, Credentials::given(Login::Bearer(Secret::new("stale-Passw0rd")), "a variable"));
    assert!(error.message.contains("takes no such token (used: a variable)"), "{error}");
}

#[test]
fn a_password_is_taken_or_told_wrong() {
    let options = DockerOptions { passwords: Some(PASSWORDS.to_owned()), ..DockerOptions::default() };
    let running = Running::docker(&options).unwrap();
    let upstream = kit::memory(false);
    let expected = format!("Basic {}", STANDARD.encode(format!("{NAME}:{RIGHT}")));
    let own = Server::start(move |request| match request.header("authorization") == Some(&expected) {
        true => upstream.answer(request),
        false => Reply::new(401, "").with("www-authenticate", "Basic realm=\"test\""),
    })
    .unwrap();
    for address in running.iter().map(|running| running.address).chain([own.address]) {
        pushed(address, basic(RIGHT)).unwrap();
        let error = refused(address, basic("wrong-Passw0rd"));
        assert_eq!(error.kind, ErrorKind::Authentication);
        assert!(error.message.contains("wrong name or password (used: a test)"), "{error}");
        let error = refused(address, Credentials::anonymous());
        assert!(error.message.contains("it wants a name and a password (used: no login)"), "{error}");
    }
}

#[test]
fn missing_rights_and_repositories_are_told() {
    for (status, kind, expected) in [
        (403, ErrorKind::Authentication, "the login has no right to it, used: a test"),
        (404, ErrorKind::NotFound, "the registry does not have it"),
        (405, ErrorKind::Registry, "the registry does not allow it"),
    ] {
        let upstream = kit::memory(false);
        let server = Server::start(move |request| match request.method.as_str() {
            "POST" => Reply::new(status, r#"{"errors":[{"code":"NO","message":"no"}]}"#),
            _ => upstream.answer(request),
        })
        .unwrap();
        let error = refused(server.address, basic(RIGHT));
        assert_eq!(error.kind, kind, "{error}");
        assert!(error.message.contains(expected), "{error}");
    }
    if let Some(running) = Running::docker(&DockerOptions { read_only: true, ..DockerOptions::default() }).unwrap() {
        let error = refused(running.address, Credentials::anonymous());
        assert!(
            error.message.contains("does not allow it (405") && error.help.join("").contains("read-only"),
            "{error:?}"
        );
    }
}

#[test]
fn own_authorities_and_client_certificates() {
    let directory = tempfile_directory();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate().unwrap();
    let authority_pem = authority.self_signed(&authority_key).unwrap().pem();
    let issuer = Issuer::new(authority, authority_key);
    let certificate = |name: &str, purpose: ExtendedKeyUsagePurpose| {
        let (mut parameters, key) =
            (CertificateParams::new(vec![name.to_owned()]).unwrap(), KeyPair::generate().unwrap());
        parameters.extended_key_usages = vec![purpose];
        (parameters.signed_by(&key, &issuer).unwrap().pem(), key.serialize_pem())
    };
    let write = |name: &str, text: &str| {
        fs::write(directory.path().join(name), text).unwrap();
        directory.path().join(name)
    };
    let (server, server_key) = certificate("localhost", ExtendedKeyUsagePurpose::ServerAuth);
    let (client, client_key) = certificate("client", ExtendedKeyUsagePurpose::ClientAuth);
    let tls = TlsFiles {
        certificate: write("server.crt", &server),
        key: write("server.key", &server_key),
        clients: Some(write("authority.crt", &authority_pem)),
    };
    let Some(running) = Running::docker(&DockerOptions { tls: Some(tls), ..DockerOptions::default() }).unwrap() else {
        return;
    };
    let repository = format!("oci://localhost:{}/a/web", running.address.port()).parse().unwrap();
    let push_with = |tls: Tls| {
        let access = Access { plain_http: false, tls, ..kit::access(Credentials::anonymous()) };
        let access =
            Access { patience: emt::oci::Patience { request: Duration::from_secs(5), ..access.patience }, ..access };
        let mut registry = Registry::open(&repository, access).unwrap();
        push(&mut registry, &kit::small("a"), &PushOptions::default(), &mut |_| ()).map(|_| ())
    };
    let authorities = vec![authority_pem.into_bytes()];
    let client = Some((client.into_bytes(), client_key.into_bytes()));
    push_with(Tls { authorities: authorities.clone(), client }).unwrap();
    assert!(push_with(Tls { authorities, client: None }).is_err(), "without the client's certificate");
    let error = push_with(Tls::default()).unwrap_err();
    assert!(error.help.join(" ").contains("--ca-file"), "{error:?}");
    // TLS to a port of plain HTTP is told.
    let Some(plain) = Running::docker(&DockerOptions::default()).unwrap() else { return };
    let access = Access { plain_http: false, ..kit::access(Credentials::anonymous()) };
    let mut registry = Registry::open(&kit::repository(plain.address, "a/web"), access).unwrap();
    let error = push(&mut registry, &kit::small("a"), &PushOptions::default(), &mut |_| ()).unwrap_err();
    assert!(error.help.join(" ").contains("--plain-http"), "{error:?}");
}
