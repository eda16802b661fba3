//! A browser: headless Chromium, steered by Node.js, with axe-core as the judge of what it shows.
//!
//! Limit: Chromium alone, in the version that the machine has; its pages are to work in any current browser.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::tools::{AXE_CORE, FULL_VARIABLE, Tools};

const VISIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/browser/visit.mjs");

/// Chromium, Node.js and axe-core.
#[derive(Debug)]
pub struct Browser {
    chromium: PathBuf,
    node: PathBuf,
    axe: PathBuf,
}

impl Browser {
    /// `None` if one of the three is missing: the test returns early.
    ///
    /// # Panics
    ///
    /// If one is missing although this run requires it; see [`Tools::need`].
    pub fn locate() -> Option<Self> {
        let chromium = on_path(&["chromium", "chromium-browser", "google-chrome"]);
        let node = on_path(&["node"]);
        let axe = Tools::locate().need(&AXE_CORE);
        #[expect(clippy::panic, reason = "the panic is the failure of the test that needs the browser")]
        if env::var_os(FULL_VARIABLE).is_some() && (chromium.is_none() || node.is_none()) {
            panic!("chromium and node have to be on PATH: install both, then run the test again");
        }
        Some(Self { chromium: chromium?, node: node?, axe: axe?.program })
    }

    /// Opens a page from disk, uses its filters and the keyboard, and has it judged in both themes and two widths.
    ///
    /// # Panics
    ///
    /// If the browser cannot be asked: what it said is the message.
    #[expect(clippy::panic, reason = "a browser that does not answer fails the test")]
    pub fn visit(&self, page: &Path) -> Value {
        let arguments = [Path::new(VISIT), &self.chromium, &self.axe, page];
        let output = match Command::new(&self.node).args(arguments).output() {
            Ok(output) => output,
            Err(error) => panic!("cannot run {}: {error}", self.node.display()),
        };
        let text = String::from_utf8_lossy(&output.stdout);
        match serde_json::from_str(&text) {
            Ok(answer) => answer,
            Err(_) => panic!("the browser gave no answer:\n{text}{}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let directories: Vec<PathBuf> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    names
        .iter()
        .flat_map(|name| directories.iter().map(move |directory| directory.join(name)))
        .find(|file| file.is_file())
}
