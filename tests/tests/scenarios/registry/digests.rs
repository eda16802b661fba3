//! The digest that was told before the push is the one that every pusher gives.

use std::fs;
use std::path::Path;
use std::process::Command;

use emt::oci::{PushOptions, Reference, push};
use emt::{PackageOptions, package};
use emt_tests::helms;

use super::kit::{self, Upstream};
use crate::figures;

/// What must not matter: time zone, locale, umask.
const SURROUNDINGS: [(&str, &str, &str); 3] =
    [("UTC", "C", "022"), ("Asia/Tokyo", "de_DE.UTF-8", "077"), ("America/St_Johns", "tr_TR.UTF-8", "000")];

/// Runs `helm push` of a file from its own directory, in these surroundings.
fn helm_push(helm: &Path, archive: &Path, target: &str, (zone, locale, umask): (&str, &str, &str)) {
    let home = tempfile_directory();
    let script = format!("umask {umask} && exec \"$0\" push \"$1\" \"$2\" --plain-http");
    let output = Command::new("sh")
        .args(["-c", &script])
        .arg(helm)
        .arg(archive)
        .arg(target)
        .env_clear()
        .envs([("HOME", home.path().as_os_str()), ("TZ", zone.as_ref()), ("LC_ALL", locale.as_ref())])
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(super) fn tempfile_directory() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn what_is_told_is_what_every_pusher_gives() {
    let chart = package(&PackageOptions::default()).unwrap();
    let told = chart.digests().manifest;
    let mut pushed = 0;
    for (name, upstream) in kit::upstreams() {
        let plain = upstream.plain();
        let mut registry = kit::open_patiently(plain.address, "emt/apim-emt");
        let record = push(&mut registry, &chart, &PushOptions::default(), &mut |_| ()).unwrap();
        assert_eq!(record.digests.manifest, told, "{name}");
        let again = push(&mut registry, &chart, &PushOptions::default(), &mut |_| ()).unwrap();
        assert!(record.changed && !again.changed, "{name}: the same once more changes nothing");
        // Helm uploads in ways of its own: to the real registries alone.
        let Upstream::Real(running) = &*upstream else { continue };
        for helm in helms() {
            for (number, surroundings) in SURROUNDINGS.into_iter().enumerate() {
                let folder = tempfile_directory();
                let archive = folder.path().join(format!("folder-{number}")).join(chart.metadata().archive_name());
                fs::create_dir_all(archive.parent().unwrap()).unwrap();
                fs::write(&archive, chart.bytes()).unwrap();
                let path = format!("helm{}-{number}", helm.version);
                helm_push(&helm.binary, &archive, &format!("oci://{}/{path}", running.address), surroundings);
                let version = emt::CHART_VERSION;
                let reference: Reference =
                    format!("oci://{}/{path}/apim-emt:{version}", running.address).parse().unwrap();
                let mut registry = kit::open_patiently(running.address, &format!("{path}/apim-emt"));
                let pulled = emt::oci::pull(&mut registry, &reference).unwrap();
                assert_eq!(pulled.digest, told, "{name}, helm {} in {surroundings:?}", helm.version);
                assert_eq!(pulled.chart.bytes(), chart.bytes());
                pushed += 1;
            }
        }
    }
    figures::print(
        "registry digests",
        "",
        &format!("{pushed} pushes by Helm 3 and 4, all with the digest that emt told"),
    );
}

#[test]
fn what_helm_packs_is_pulled_and_pushed_alike() {
    // A chart of another kind, packed by Helm: dependencies, maintainers, no time of its own.
    let sample = crate::chart::workspace().join("tests/fixtures/sample-chart");
    for (name, upstream) in kit::upstreams() {
        let Upstream::Real(running) = &*upstream else { continue };
        for helm in helms() {
            let folder = tempfile_directory();
            let output =
                Command::new(&helm.binary).arg("package").arg(&sample).arg("-d").arg(folder.path()).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let archive = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
            let path = format!("sample{}", helm.version);
            helm_push(&helm.binary, &archive, &format!("oci://{}/{path}", running.address), SURROUNDINGS[1]);
            let chart = emt::oci::ChartArtifact::new(fs::read(&archive).unwrap(), None).unwrap();
            let (chart_name, version) = (&chart.metadata().name, &chart.metadata().version);
            let reference: Reference =
                format!("oci://{}/{path}/{chart_name}:{version}", running.address).parse().unwrap();
            let mut registry = kit::open_patiently(running.address, &format!("{path}/{chart_name}"));
            let pulled = emt::oci::pull(&mut registry, &reference).unwrap();
            assert_eq!(pulled.chart.digests().layer, chart.digests().layer, "{name}");
            assert_eq!(
                pulled.chart.digests().config,
                chart.digests().config,
                "{name}: the config is Helm's, byte for byte"
            );
        }
    }
}
