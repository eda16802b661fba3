//! What others make of what emt pushed: Helm, skopeo, crane, cosign.

use std::fs;
use std::path::Path;
use std::process::Command;

use emt::oci::{Digest, Generator, PushOptions, Secret, Signer, push, sbom};
use emt::{PackageOptions, package};
use emt_tests::helms;
use emt_tests::tools::{COSIGN, CRANE, SKOPEO, Tools};

use super::digests::tempfile_directory;
use super::kit::{self, Upstream};
use crate::figures;

/// A key as `cosign generate-key-pair` makes it. It signs nothing but tests.
const COSIGN_KEY: &str = include_str!("../../../fixtures/keys/cosign.key");
const COSIGN_PASSPHRASE: &str = "pass";

/// What a program prints; it has to succeed.
fn printed(program: &Path, arguments: &[&str], home: &Path) -> Vec<u8> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().env("HOME", home).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let output = command.current_dir(home).output().unwrap();
    assert!(output.status.success(), "{program:?} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn other_programs_read_and_verify_what_was_pushed() {
    let chart = package(&PackageOptions::default()).unwrap();
    let digest = chart.digests().manifest;
    let signer = Signer::from_pem(COSIGN_KEY, Some(&Secret::new(COSIGN_PASSPHRASE))).unwrap();
    let parts =
        sbom(&chart, Generator { name: "emt", version: "0" }, &["registry.example.com/apim/anm:1".to_owned()]).unwrap();
    let options = PushOptions { signer: Some(&signer), sbom: Some(&parts), ..PushOptions::default() };
    let minimal = crate::chart::workspace().join("crates/emt/ci/minimal-values.yaml");
    let tools = Tools::locate();
    let mut readings = 0;
    for (name, upstream) in kit::upstreams() {
        let Upstream::Real(running) = &*upstream else { continue };
        push(&mut kit::open_patiently(running.address, "charts/apim-emt"), &chart, &options, &mut |_| ()).unwrap();
        let home = tempfile_directory();
        let place = format!("{}/charts/apim-emt", running.address);
        for helm in helms() {
            let oci = format!("oci://{place}");
            let folder = home.path().join(&helm.version);
            fs::create_dir(&folder).unwrap();
            let version = ["--version", emt::CHART_VERSION, "--plain-http"];
            let pull = ["pull", &oci, "-d", &helm.version].into_iter().chain(version).collect::<Vec<_>>();
            printed(&helm.binary, &pull, home.path());
            assert_eq!(fs::read(folder.join(chart.metadata().archive_name())).unwrap(), chart.bytes(), "{name}");
            let minimal = minimal.to_str().unwrap();
            let template = ["template", "apim", &oci, "-f", minimal].into_iter().chain(version).collect::<Vec<_>>();
            let text = String::from_utf8(printed(&helm.binary, &template, home.path())).unwrap();
            assert!(text.contains("kind: Deployment"), "{name}");
            readings += 2;
        }
        if let Some(skopeo) = tools.need(&SKOPEO) {
            let reference = format!("docker://{place}:{}", emt::CHART_VERSION);
            let raw = printed(&skopeo.program, &["inspect", "--raw", "--tls-verify=false", &reference], home.path());
            assert_eq!(Digest::of(&raw), digest, "{name}");
            readings += 1;
        }
        if let Some(crane) = tools.need(&CRANE) {
            let raw = printed(&crane.program, &["manifest", "--insecure", &format!("{place}@{digest}")], home.path());
            assert_eq!(Digest::of(raw.strip_suffix(b"\n").unwrap_or(&raw)), digest, "{name}");
            readings += 1;
        }
        if let Some(cosign) = tools.need(&COSIGN) {
            let key = home.path().join("key.pub");
            fs::write(&key, signer.public_key().to_pem().unwrap()).unwrap();
            let offline = ["--key", "key.pub", "--insecure-ignore-tlog=true", "--allow-http-registry"];
            let reference = format!("{place}@{digest}");
            let verify = ["verify"].into_iter().chain(offline).chain([reference.as_str()]).collect::<Vec<_>>();
            let said = String::from_utf8(printed(&cosign.program, &verify, home.path())).unwrap();
            assert!(said.contains(digest.as_str()) && said.contains(emt::oci::SIGNATURE_PREDICATE), "{name}: {said}");
            let attested = ["verify-attestation", "--type", "cyclonedx"].into_iter().chain(offline);
            printed(&cosign.program, &attested.chain([reference.as_str()]).collect::<Vec<_>>(), home.path());
            // Another key verifies nothing.
            fs::write(&key, kit::key(kit::ONE).to_pem().unwrap()).unwrap();
            let refused =
                Command::new(&cosign.program).args(verify).current_dir(home.path()).env("HOME", home.path()).output();
            assert!(!refused.unwrap().status.success(), "{name}");
            readings += 2;
        }
    }
    figures::print("registry readers", "", &format!("{readings} readings by Helm 3 and 4, skopeo, crane and cosign"));
}
