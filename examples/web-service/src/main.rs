//! `web-service chart DIRECTORY` writes the chart; `web-service render FILE…` prints the manifests of values files.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program prints")]

use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["chart", directory] => chart(Path::new(directory)),
        ["render", files @ ..] => render(files),
        _ => Err("usage: web-service chart DIRECTORY | web-service render FILE…".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn chart(directory: &Path) -> Result<(), String> {
    let lines = |problems: Vec<_>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let files = web_service::chart().map_err(lines)?;
    helmwright_chart::replace_directory(directory, &files).map_err(|error| format!("{error}\n{}", error.help()))
}

fn render(paths: &[&str]) -> Result<(), String> {
    let mut texts = Vec::new();
    for path in paths {
        texts.push(fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?);
    }
    let files: Vec<(&str, &str)> = paths.iter().copied().zip(texts.iter().map(String::as_str)).collect();
    let values = web_service::read(&files)?.merged;
    let objects = web_service::render(&values, "shop", "shop").map_err(|messages| messages.join("\n"))?;
    print!("{}", helmwright_yaml::write_documents(&objects));
    Ok(())
}
