//! Publishing, as users meet it: files, digests, messages, exit status, and that no secret is shown.

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

use emt::oci::Digest;
use emt_tests::registry::{Memory, Reply, Server};
use serde_json::Value;

use crate::run::{Home, text};

/// Every secret of these tests holds this.
const MARK: &str = "m4rked";
const KEY: &str = include_str!("../../../../tests/fixtures/keys/one.key");

/// Runs `emt` without anything of the person at the keyboard.
fn emt(home: &Home, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_emt"));
    command
        .args(arguments)
        .current_dir(home.path())
        .env_clear()
        .env("HOME", home.path())
        .envs(variables.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that reads nothing may have ended.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn plain(home: &Home, arguments: &[&str]) -> Output {
    emt(home, arguments, &[], "")
}

fn all(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn registry() -> Server {
    let memory = Memory::new(|bytes| Digest::of(bytes).to_string(), true);
    Server::start(move |request| memory.answer(request)).unwrap()
}

/// A directory with the packed chart, and the archive's name.
fn packed() -> (Home, String) {
    let home = Home::with_environments();
    assert!(plain(&home, &["package", "-o", "out"]).status.success());
    let name = home.listing("out").pop().unwrap();
    (home, format!("out/{name}"))
}

#[test]
fn surroundings_change_no_byte() {
    let home = Home::new(&[]);
    let mut digests = Vec::new();
    for (folder, zone, locale, umask) in [
        ("a", "UTC", "C", "022"),
        ("b/deep er", "Asia/Tokyo", "de_DE.UTF-8", "077"),
        ("c", "America/St_Johns", "tr_TR.UTF-8", "000"),
    ] {
        let output = Command::new("sh")
            .args([
                "-c",
                &format!("umask {umask} && exec \"$0\" package -o \"$1\" --format json"),
                env!("CARGO_BIN_EXE_emt"),
                folder,
            ])
            .current_dir(home.path())
            .env_clear()
            .envs([("TZ", zone), ("LC_ALL", locale), ("PATH", "/usr/bin:/bin")])
            .output()
            .unwrap();
        let report: Value = serde_json::from_str(&text(&output)).unwrap();
        let bytes = fs::read(home.path().join(report["path"].as_str().unwrap())).unwrap();
        assert_eq!(report["digests"]["file"], Digest::of(&bytes).as_str());
        digests.push(report["digests"].clone());
    }
    assert!(digests.windows(2).all(|pair| pair[0] == pair[1]), "{digests:?}");
    // The one thing that may be chosen.
    let dated = emt(&home, &["package", "-o", "d", "--format", "json"], &[("SOURCE_DATE_EPOCH", "1900000000")], "");
    let dated: Value = serde_json::from_str(&text(&dated)).unwrap();
    assert_ne!(dated["digests"], digests[0]);
    let odd = emt(&home, &["package", "-o", "e"], &[("SOURCE_DATE_EPOCH", "yesterday")], "");
    assert!(odd.status.code() == Some(2) && all(&odd).contains("git log -1"), "{}", all(&odd));
    assert!(home.listing("e").is_empty());
}

#[test]
fn a_version_is_refused_without_a_changelog_and_with_a_plus() {
    let home = Home::new(&[("CHANGELOG.md", "## 1.0.0+1\n### Added\n- One.\n")]);
    let missing = plain(&home, &["package", "--version", "2.0.0", "--changelog", "CHANGELOG.md"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(
        all(&missing).contains("error: the version 2.0.0 has no entry in the changelog\nhelp: write a section"),
        "{}",
        all(&missing)
    );
    let plus = plain(&home, &["package", "--version", "1.0.0+1", "--changelog", "CHANGELOG.md"]);
    assert!(plus.status.code() == Some(1) && all(&plus).contains("cannot hold '+'"), "{}", all(&plus));
    assert_eq!(home.listing(""), ["CHANGELOG.md"]);
}

#[test]
fn a_version_of_the_application_fits_a_label() {
    let home = Home::new(&[]);
    for version in ["7.7.0+20250530", "a b", "-x", "", &"7".repeat(80)] {
        let told = all(&plain(&home, &["package", &format!("--app-version={version}")]));
        assert!(told.contains("is no value of a label"), "{version}: {told}");
    }
    assert!(std::fs::read_dir(home.path()).unwrap().next().is_none());
    assert!(plain(&home, &["package", "--app-version", "7.7.20250530"]).status.success());
}

#[test]
fn a_chart_goes_to_a_registry_and_comes_back() {
    let (home, archive) = packed();
    home.write("key", KEY.as_bytes());
    let server = registry();
    let target = format!("oci://{}/charts", server.address);
    let dry = plain(&home, &["push", &archive, &target, "--dry-run"]);
    assert!(text(&dry).starts_with("would push "), "{}", all(&dry));
    let push =
        ["push", archive.as_str(), &target, "--sign-key", "key", "--sbom", "--images", "prod", "--also-tag", "stable"];
    let pushed = plain(&home, &[&push[..], &["--record", "record.json"]].concat());
    let told = text(&pushed);
    assert!(told.starts_with(&format!("pushed {target}/apim-emt@sha256:")), "{told}");
    let steps = String::from_utf8_lossy(&pushed.stderr).into_owned();
    for step in
        ["login: no login\n", "sent sha256:", "stands and reads back", "attached the signature", "tagged stable\n"]
    {
        assert!(steps.contains(step), "{steps}");
    }
    let record: Value = serde_json::from_slice(&fs::read(home.path().join("record.json")).unwrap()).unwrap();
    assert!(told.contains(record["digests"]["manifest"].as_str().unwrap()), "{record}");
    assert_eq!(record["tags"][1], format!("{target}/apim-emt:stable"));
    for attached in ["signature", "sbom", "sbomAttestation"] {
        assert_eq!(record[attached]["listedBy"], "api", "{record}");
    }
    let again = plain(&home, &push);
    assert!(text(&again).starts_with("is there already: "), "{}", all(&again));

    let reference = record["reference"].as_str().unwrap();
    assert!(text(&plain(&home, &["pull", reference, "-o", "in"])).starts_with("wrote in/apim-emt-"));
    assert_eq!(
        fs::read(home.path().join(archive.replace("out/", "in/"))).unwrap(),
        fs::read(home.path().join(&archive)).unwrap()
    );
    let verified = plain(&home, &["verify", reference]);
    assert_eq!(text(&verified).matches("ok ").count(), 3, "{}", all(&verified));
    assert_eq!(text(&plain(&home, &["verify", &archive])).matches("ok ").count(), 2);
}

#[test]
fn another_chart_of_the_same_version_is_refused() {
    let (home, archive) = packed();
    let server = registry();
    let target = format!("oci://{}/charts", server.address);
    assert!(plain(&home, &["push", &archive, &target]).status.success());
    assert!(emt(&home, &["package", "-o", "out"], &[("SOURCE_DATE_EPOCH", "1900000000")], "").status.success());
    let refused = plain(&home, &["push", &archive, &target]);
    assert_eq!(refused.status.code(), Some(1));
    let told = all(&refused);
    assert!(
        told.contains("is another chart already: it has sha256:") && told.contains("help: release a new version"),
        "{told}"
    );
    let forced = plain(&home, &["push", &archive, &target, "--force", "--format", "json"]);
    let record: Value = serde_json::from_str(&text(&forced)).unwrap();
    assert!(record["replaced"].as_str().unwrap().starts_with("sha256:"), "{record}");
}

#[test]
fn a_chart_that_emt_does_not_emit_is_told() {
    let (home, archive) = packed();
    let chart = emt::oci::unpack(&fs::read(home.path().join(&archive)).unwrap()).unwrap();
    let mut files = chart.files;
    files.iter_mut().find(|file| file.path == "values.yaml").unwrap().bytes.extend(b"# changed\n");
    let time = emt::oci::Timestamp::from_seconds(0).unwrap();
    home.write("changed.tgz", &emt::oci::pack(&chart.root, &files, time).unwrap());
    let verified = plain(&home, &["verify", "changed.tgz"]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(all(&verified).contains("FAILED rebuilt: values.yaml has another content\n"), "{}", all(&verified));
    let report = plain(&home, &["verify", "changed.tgz", "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["passed"], false);
    assert!(plain(&home, &["verify", "changed.tgz", "--no-rebuild"]).status.success());
}

#[test]
fn what_cannot_be_reached_is_told_in_time() {
    let (home, archive) = packed();
    let address = { registry().address };
    let start = std::time::Instant::now();
    let output = plain(&home, &["push", &archive, &format!("oci://{address}/charts"), "--timeout", "1"]);
    assert!(start.elapsed() < std::time::Duration::from_secs(10));
    assert_eq!(output.status.code(), Some(2));
    let told = all(&output);
    assert!(told.contains("reading the manifest") && told.contains("help: run the command again"), "{told}");
    for (arguments, expected) in [
        (vec!["push", &archive, "registry.example.com/charts"], "does not begin with oci://"),
        (vec!["pull", "oci://registry.example.com/charts/apim-emt"], "names no version"),
        (vec!["push", "missing.tgz", "oci://registry.example.com/charts"], "cannot read missing.tgz"),
    ] {
        let output = plain(&home, &arguments);
        assert!(output.status.code() == Some(2) && all(&output).contains(expected), "{}", all(&output));
    }
}

#[test]
fn no_secret_is_shown_anywhere() {
    let (home, archive) = packed();
    home.write("key", format!("-----BEGIN PRIVATE KEY-----\n{MARK}\n-----END PRIVATE KEY-----\n").as_bytes());
    home.write("encrypted", include_bytes!("../../../../tests/fixtures/keys/cosign.key"));
    home.write(".docker/config.json", format!(r#"{{"auths":{{"127.0.0.1":{{"auth":"{MARK}"}}}}}}"#).as_bytes());
    let memory = Memory::new(|bytes| Digest::of(bytes).to_string(), false);
    // Takes nobody but one, and repeats what it is shown.
    let server = Server::start(move |request| match request.header("authorization") {
        Some("Bearer m4rked-right") => memory.answer(request),
        Some(shown) if shown.starts_with("Basic") => {
            Reply::new(403, format!(r#"{{"errors":[{{"code":"DENIED","message":"{shown} m4rked-password"}}]}}"#))
        }
        _ => Reply::new(401, "").with("www-authenticate", "Basic realm=\"x\""),
    })
    .unwrap();
    let target = format!("oci://{}/charts", server.address);
    let login = ("EMT_REGISTRY_TOKEN", "m4rked-right");
    let push = ["push", archive.as_str(), &target];
    let signed = [&push[..], &["--sign-key", "encrypted"]].concat();
    let with_key = [&push[..], &["--sign-key", "key"]].concat();
    let by_password = [&push[..], &["--username", "m4rked-name", "--password-stdin"]].concat();
    let recorded = [&push[..], &["--record", "record.json", "--format", "json", "--sbom"]].concat();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&asked);
    let proxy = Server::start(move |request| {
        notes.lock().unwrap().push(format!("{} {}", request.method, request.target));
        Reply::new(403, "")
    })
    .unwrap();
    let by_proxy = format!("http://user:m4rked-proxy@{}", proxy.address);
    let mut told = String::new();
    for (arguments, variables, input, status) in [
        (&recorded, vec![login], "", 0),
        (&by_password, vec![], "m4rked-password\n", 2),
        (&push.to_vec(), vec![("EMT_REGISTRY_USERNAME", "user"), ("EMT_REGISTRY_PASSWORD", "m4rked-password")], "", 2),
        (&push.to_vec(), vec![("EMT_REGISTRY_TOKEN", "m4rked-wrong")], "", 2),
        (&push.to_vec(), vec![], "", 2),
        (&signed, vec![login, ("COSIGN_PASSWORD", "m4rked-passphrase")], "", 2),
        (&signed, vec![login], "", 2),
        (&with_key, vec![login], "", 2),
        (
            &vec!["pull", "oci://registry.example.com/a/b:1", "--timeout", "1"],
            vec![("HTTPS_PROXY", by_proxy.as_str())],
            "",
            2,
        ),
    ] {
        let output = emt(&home, arguments, &variables, input);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", all(&output));
        told += &all(&output);
    }
    assert_eq!(asked.lock().unwrap().first().map(String::as_str), Some("CONNECT registry.example.com:443"));
    told += &fs::read_to_string(home.path().join("record.json")).unwrap();
    let shown: Vec<&str> = told.lines().filter(|line| line.contains(MARK) && !line.contains("m4rked-name")).collect();
    assert!(shown.is_empty(), "{shown:?}");
    // "user:m4rked-password" and "m4rked-name:m4rked-password", as the header has them.
    assert!(!told.contains("dXNlcjptNHJrZWQ") && !told.contains("bTRya2Vk"), "{told}");
    assert!(told.contains("DENIED Basic ***") && told.contains("used: the variables EMT_REGISTRY_USERNAME"), "{told}");
}

#[test]
fn images_are_listed_from_the_registry_that_the_values_name() {
    let home = Home::with_environments();
    assert_eq!(text(&plain(&home, &["images", "prod"])).lines().next(), Some("registry.example.com/gateway:1.4.2"));
    let digest = format!("1.4.2@sha256:{}", "b".repeat(64));
    let overlay = format!(
        "global: {{ imageRegistry: mirror.example.com }}\ngatewayGroups: {{ main: {{ image: {{ tag: \"{digest}\" }} }} }}\n"
    );
    home.write("over.yaml", overlay.as_bytes());
    let files = ["-f", "values/base.yaml", "-f", "values/groups.yaml", "-f", "over.yaml"];
    let images = text(&plain(&home, &[&["images", "--format", "json"], &files[..]].concat()));
    let images: Value = serde_json::from_str(&images).unwrap();
    let images = images["images"].as_array().unwrap();
    assert!(!images.is_empty());
    for image in images {
        assert!(image["reference"].as_str().unwrap().starts_with("mirror.example.com/"), "{image}");
    }
    assert!(images.iter().any(|image| image["digest"] == digest.split_once('@').unwrap().1), "{images:?}");
}

#[test]
fn objects_for_argo_cd_and_flux_copy_no_value() {
    let home = Home::with_environments();
    let chart = format!("oci://registry.example.com/charts/apim-emt@sha256:{}", "a".repeat(64));
    let argocd = [
        "gitops",
        "prod",
        "--for",
        "argocd",
        "--chart",
        &chart,
        "--values-repository",
        "https://git.example.com/values.git",
    ];
    // The values stand in no repository here, and nobody said where else.
    let nowhere = plain(&home, &argocd);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(all(&nowhere).contains("--values-path"), "{}", all(&nowhere));
    fs::create_dir(home.path().join(".git")).unwrap();
    insta::assert_snapshot!("gitops_argocd", text(&plain(&home, &argocd)));
    for moved in [&["--values-dir", "values/../values"][..], &["--values-path", "./values"]] {
        assert_eq!(text(&plain(&home, &[&argocd[..], moved].concat())), text(&plain(&home, &argocd)), "{moved:?}");
    }
    for (wrong, word) in [("--signed-by", "A B"), ("--values-repository", ""), ("--values-revision", "")] {
        let refused = plain(&home, &["gitops", "prod", "--for", "flux", "--chart", &chart, wrong, word]);
        assert_eq!(refused.status.code(), Some(2), "{wrong}: {}", all(&refused));
    }
    let flux = plain(&home, &["gitops", "prod", "--for", "flux", "--chart", &chart, "--signed-by", "cosign-key"]);
    insta::assert_snapshot!("gitops_flux", all(&flux));
    // Without a version the chart is the one that this emt packs.
    let unpinned = ["gitops", "prod", "--for", "flux", "--chart", "oci://registry.example.com/charts/apim-emt"];
    let packed: Value = serde_json::from_str(&text(&plain(&home, &["package", "--format", "json"]))).unwrap();
    assert!(text(&plain(&home, &unpinned)).contains(packed["digests"]["manifest"].as_str().unwrap()));
    // What the chart refuses is installed by neither.
    home.write("values/base.yaml", b"acceptGeneralConditions: true\nimage: { registry: registry.example.com }\n");
    let refused = plain(&home, &unpinned);
    assert!(refused.status.code() == Some(1) && refused.stdout.is_empty(), "{}", all(&refused));
    assert!(all(&refused).contains("R001"), "{}", all(&refused));
}

/// The pages with pipelines name commands and options that there are.
#[test]
fn pipelines_use_options_that_there_are() {
    let home = Home::new(&[]);
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/pipelines");
    let mut commands = 0;
    for page in fs::read_dir(pages).unwrap() {
        for line in fs::read_to_string(page.unwrap().path()).unwrap().lines() {
            let Some((_, command)) = line
                .split_once("emt ")
                .filter(|(before, _)| !before.ends_with(|c: char| c.is_alphanumeric() || c == '`'))
            else {
                continue;
            };
            let mut words = command.split_whitespace();
            let name = words.next().unwrap().trim_end_matches('\'');
            let help = plain(&home, &[name, "--help"]);
            let help = text(&help);
            for option in words.take_while(|word| *word != "|" && *word != ">").filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{name} has no {option}");
            }
            commands += 1;
        }
    }
    assert!(commands >= 9, "{commands}");
}
