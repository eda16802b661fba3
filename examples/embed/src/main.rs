//! `embed` prints the manifests of a gateway built in code and the images it runs; `embed DIRECTORY` writes the chart.

#![allow(clippy::print_stdout, reason = "a command-line program prints")]

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(directory) = std::env::args().nth(1) {
        let files = embed::chart().map_err(|problems| format!("{problems:?}"))?;
        return Ok(helmwright_chart::replace_directory(Path::new(&directory), &files)?);
    }
    let manifests = embed::manifests(&embed::values("main", "1.4.2")?, "team", "team-test")?;
    print!("{}", manifests.to_yaml());
    for image in embed::images(&manifests)? {
        println!("# runs {image}");
    }
    Ok(())
}
