//! Packing and pushing, beside Helm: `emt package` and `emt push` next to `helm package` and `helm push`.
//!
//! Each push goes to a repository that is new, on a registry of this machine; `emt push` reads everything back, Helm does not.
//! Without the registry (`cargo xtask tools --full`) pushing is left out, and said so.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use emt_tests::helms;
use emt_tests::registry::{DockerOptions, Running};

use super::{Contestant, ROUND, measure, print};
use crate::process::capture;

/// Times both, with the chart that stands in `folder`.
pub(super) fn run(emt: &Path, folder: &Path, root: &Path) -> Result<()> {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (chart, packed) = (path("chart"), path("packed"));
    let helms = helms();
    let mut packing = vec![Contestant::new("emt package", emt, &["package", "-o", &packed], root)];
    for helm in &helms {
        let arguments = ["package", chart.as_str(), "-d", &packed];
        packing.push(Contestant::new(&format!("helm {} package", helm.version), &helm.binary, &arguments, root));
    }
    measure(&mut packing)?;
    println!("\npacking, the chart from its definition (emt) and from its files (Helm):");
    print(&packing, 0);

    // Helm has overwritten the archive.
    let mut command = Command::new(emt);
    let report = capture(command.current_dir(root).args(["package", "-o", &packed, "--format", "json"]))?;
    let report: serde_json::Value = serde_json::from_str(&report).context("the report of emt package is not JSON")?;
    let archive = report["path"].as_str().context("the report of emt package names no file")?;
    let Some(registry) = Running::docker(&DockerOptions::default())? else {
        println!("\npushing is left out: docker-registry is not there");
        return Ok(());
    };
    let target = |who: &str| format!("oci://{}/{who}/{ROUND}", registry.address);
    let mut pushing = vec![Contestant::new("emt push", emt, &["push", archive, &target("emt")], root)];
    for helm in &helms {
        let target = target(&format!("helm{}", helm.version));
        let arguments = ["push", archive, &target, "--plain-http"];
        pushing.push(Contestant::new(&format!("helm {} push", helm.version), &helm.binary, &arguments, root));
    }
    measure(&mut pushing)?;
    println!("\npushing to a registry of this machine, each time to a new repository:");
    print(&pushing, 0);
    Ok(())
}
