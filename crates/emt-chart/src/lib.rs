//! The objects of the Amplify API Management reference architecture, written once.
//!
//! [`tree`] is the one definition that the chart is printed from and manifests are evaluated from. Each component has a
//! module; what all pods share stands in `pod`, what all objects share in `common`. Numbers and defaults do not stand
//! here: they are values.

mod admin_node_manager;
mod common;
mod component;
mod events;
pub mod ingress;
mod manager;
mod notes;
mod pod;
mod prechecks;
mod refusals;
mod scaling;
mod settings;
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
    let mut files = vec![refusals::file(&common), events::file(&common)];
    files.extend(admin_node_manager::files(&common));
    files.extend(manager::files(&common));
    files.extend(traffic::files(&common));
    files.extend(ingress::files(&common));
    Tree { files, notes: notes::lines(&common) }
}
