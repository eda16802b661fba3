//! The objects of the Amplify API Management reference architecture, written once.
//!
//! [`tree`] is the one definition that the chart is printed from and manifests are evaluated from. Each component has a
//! module; what all pods share stands in `pod`, what all objects share in `common`. Numbers and defaults do not stand
//! here: they are values.

mod access;
mod admin_node_manager;
mod common;
mod component;
mod events;
mod extra_objects;
mod helm_test;
pub mod ingress;
pub mod linters;
mod logs;
mod manager;
mod monitoring;
pub mod network;
mod notes;
mod pod;
mod prechecks;
mod refusals;
mod scaling;
mod secrets;
mod settings;
mod setup;
mod traffic;

use emt_model::Values;
use helmwright::tree::Tree;
use helmwright::values::values;

use common::Common;

/// The chart's name.
pub const NAME: &str = "apim-emt";

/// The definition of all objects.
#[must_use]
pub fn tree() -> Tree {
    let common = Common::new(values::<Values>());
    let mut files = vec![refusals::file(&common), events::volume_file(&common), events::file(&common)];
    files.push(logs::file(&common));
    files.extend(secrets::files(&common));
    files.push(setup::file(&common));
    files.push(network::file(&common));
    files.push(network::jobs_file(&common));
    files.extend(admin_node_manager::files(&common));
    files.extend(manager::files(&common));
    files.extend(traffic::files(&common));
    files.extend(access::files(&common));
    files.push(monitoring::file(&common));
    files.push(extra_objects::file(&common));
    files.push(helm_test::file(&common));
    files.extend(ingress::files(&common));
    Tree { files, notes: notes::lines(&common) }
}
