//! Archives: the same bytes from the same files, and no harm from any bytes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use helmwright_oci::{ChartArtifact, ChartFile, Digest, Timestamp, pack, unpack};
use proptest::prelude::*;
use tar::{EntryType, Header};

const CHART_YAML: &str = "\
apiVersion: v2
name: web
version: 1.2.3
description: <Web> & more
kubeVersion: \">=1.30.0-0\"
appVersion: 4.5
unknown: left out
maintainers:
- name: Team
  email: team@example.com
- name: Other
sources: [https://example.com/src]
annotations:
  org.opencontainers.image.created: \"2030-01-31T00:00:00Z\"
  org.opencontainers.image.title: not this one
";

fn sample() -> Vec<ChartFile> {
    let file = |path: &str, text: &str| ChartFile { path: path.to_owned(), bytes: text.into() };
    vec![
        file("values.yaml", "a: 1\n"),
        file("templates/b.yaml", &"b".repeat(200)),
        file("Chart.yaml", CHART_YAML),
        file(".helmignore", "*.tmp\n"),
    ]
}

fn time() -> Timestamp {
    Timestamp::from_rfc3339("2030-01-31T00:00:00Z").unwrap()
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    let mut files = sample();
    let first = pack("web", &files, time()).unwrap();
    files.reverse();
    assert_eq!(pack("web", &files, time()).unwrap(), first);
    let paths: Vec<String> = unpack(&first).unwrap().files.into_iter().map(|file| file.path).collect();
    assert_eq!(paths, ["Chart.yaml", "values.yaml", ".helmignore", "templates/b.yaml"]);
}

/// Another version of the archive's libraries that packs other bytes must be noticed: published digests would change.
#[test]
fn the_bytes_are_those_of_every_earlier_version() {
    let chart = ChartArtifact::new(pack("web", &sample(), time()).unwrap(), None).unwrap();
    let digests = chart.digests();
    let digests = [digests.layer, digests.config, digests.manifest];
    assert_eq!(
        digests.each_ref().map(Digest::as_str),
        [
            "sha256:d2a787f318947a003285e31a6070fed121f82b5fb70ee91378c218dc6793f0ca",
            "sha256:842d14c1dfba6a562bc57ddbe798a0359d64f42453541b184fa63c52ff6ec8e0",
            "sha256:ab3c7ce46b3de79d0818ce643c1499676f6b4dc06e17f0d643d9f45103b75c0c",
        ]
    );
}

#[test]
fn config_and_annotations_are_written_as_go_writes_them() {
    let chart = ChartArtifact::new(pack("web", &sample(), time()).unwrap(), None).unwrap();
    let (_, config) = chart.blobs().next().unwrap();
    assert_eq!(
        std::str::from_utf8(config).unwrap(),
        "{\"name\":\"web\",\"sources\":[\"https://example.com/src\"],\"version\":\"1.2.3\",\
         \"description\":\"\\u003cWeb\\u003e \\u0026 more\",\
         \"maintainers\":[{\"name\":\"Team\",\"email\":\"team@example.com\"},{\"name\":\"Other\"}],\
         \"apiVersion\":\"v2\",\"appVersion\":\"4.5\",\
         \"annotations\":{\"org.opencontainers.image.created\":\"2030-01-31T00:00:00Z\",\
         \"org.opencontainers.image.title\":\"not this one\"},\"kubeVersion\":\"\\u003e=1.30.0-0\"}"
    );
    let manifest: serde_json::Value = serde_json::from_slice(chart.manifest()).unwrap();
    assert_eq!(manifest["annotations"]["org.opencontainers.image.authors"], "Team (team@example.com), Other");
    assert_eq!(manifest["annotations"]["org.opencontainers.image.title"], "web");
    assert!(manifest.get("mediaType").is_none());
}

#[test]
fn charts_that_cannot_be_published_are_refused() {
    for (from, to, expected) in [
        ("1.2.3", "1.2.3+build", "'+'"),
        ("1.2.3", "1.2", "no semantic version"),
        ("1.2.3", "\"01.2.3\"", "no semantic version"),
        ("name: web", "name: other", "the archive's directory is"),
        ("name: web", "name: ../web", "the name"),
        ("apiVersion: v2", "apiVersion: v3", "apiVersion"),
        ("apiVersion: v2", "apiVersion: {", "cannot be read"),
    ] {
        let mut files = sample();
        files[2].bytes = CHART_YAML.replacen(from, to, 1).into_bytes();
        let error = ChartArtifact::new(pack("web", &files, time()).unwrap(), None).unwrap_err();
        assert!(error.message.contains(expected), "{to}: {error}");
    }
    assert!(
        ChartArtifact::new(pack("web", &sample()[..1], time()).unwrap(), None)
            .unwrap_err()
            .message
            .contains("Chart.yaml")
    );
}

/// One entry of a hostile archive.
fn archive(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, kind, content) in entries {
        let mut header = Header::new_gnu();
        header.as_gnu_mut().unwrap().name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        if matches!(kind, EntryType::Symlink | EntryType::Link) {
            header.set_link_name("/etc/passwd").unwrap();
        }
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

#[test]
fn hostile_archives_are_refused() {
    let good: (&str, EntryType, &[u8]) = ("web/Chart.yaml", EntryType::Regular, CHART_YAML.as_bytes());
    assert!(unpack(&archive(&[good])).is_ok());
    for path in [
        "/etc/passwd",
        "../up",
        "web/../../up",
        "web/./a",
        "web//a",
        "web/a\\b",
        "C:/a",
        "web/C:a",
        "alone",
        "web/a\nb",
        "other/a",
        "web/Chart.yaml",
    ] {
        assert!(unpack(&archive(&[good, (path, EntryType::Regular, b"x")])).is_err(), "{path:?}");
    }
    for kind in [EntryType::Symlink, EntryType::Link, EntryType::Char, EntryType::Block, EntryType::Fifo] {
        assert!(unpack(&archive(&[good, ("web/a", kind, b"")])).is_err(), "{kind:?}");
    }
    assert!(unpack(&archive(&[("web/", EntryType::Directory, b"")])).is_err(), "nothing in it");
}

#[test]
fn bombs_are_refused_within_bounds() {
    let zeros = vec![0; 6 * 1024 * 1024];
    let error = unpack(&archive(&[("web/large", EntryType::Regular, &zeros)])).unwrap_err();
    assert!(error.message.contains("larger than 5 MiB"), "{error}");
    // 200 MiB of nothing in 200 KB.
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    let good = archive(&[("web/Chart.yaml", EntryType::Regular, CHART_YAML.as_bytes())]);
    let mut plain = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(good.as_slice()), &mut plain).unwrap();
    bomb.write_all(&plain).unwrap();
    for _ in 0..200 {
        bomb.write_all(&zeros[..1024 * 1024]).unwrap();
    }
    let error = unpack(&bomb.finish().unwrap()).unwrap_err();
    assert!(error.message.contains("more than 100 MiB"), "{error}");
    // A header that promises what does not come.
    let mut header = Header::new_gnu();
    header.set_path("web/a").unwrap();
    header.set_size(u64::MAX / 2);
    header.set_cksum();
    let mut cut = GzEncoder::new(Vec::new(), Compression::fast());
    cut.write_all(header.as_bytes()).unwrap();
    assert!(unpack(&cut.finish().unwrap()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// One byte changed anywhere: an error or an archive, never a panic or a hang.
    #[test]
    fn mangled_archives_do_no_harm(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = pack("web", &sample(), time()).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        let _ = unpack(&bytes);
        // And inside the compression.
        let mut plain = Vec::new();
        let packed = pack("web", &sample(), time()).unwrap();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(packed.as_slice()), &mut plain).unwrap();
        let at = at % plain.len();
        plain[at] = byte;
        let mut again = GzEncoder::new(Vec::new(), Compression::fast());
        again.write_all(&plain).unwrap();
        let _ = unpack(&again.finish().unwrap()).and_then(|archive| ChartArtifact::new(pack(&archive.root, &archive.files, time())?, None));
    }
}
