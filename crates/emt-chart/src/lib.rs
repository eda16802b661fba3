//! The objects of the Amplify API Management reference architecture, written once.
//!
//! [`tree`] is the one definition that the chart is printed from and manifests are evaluated from. Each component has a
//! module; what all objects share stands in [`common`]. Numbers and defaults do not stand here: they are values.
#![recursion_limit = "256"]

mod common;
mod image;
mod notes;
mod refusals;
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
    let mut files = vec![refusals::file(&common)];
    files.extend(traffic::files(&common));
    Tree { files, notes: notes::lines(&common) }
}
