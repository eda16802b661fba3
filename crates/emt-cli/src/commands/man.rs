//! `emt man`: manual pages.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use crate::CommandLine;
use crate::file;
use crate::output::Output;
use crate::problem::Problem;

/// Print the manual page, or write the pages of all commands
#[derive(Args)]
pub(crate) struct Arguments {
    /// Directory for emt.1, emt-render.1, …; other files in it stay
    #[arg(short, long, value_name = "DIRECTORY")]
    output: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let mut command = CommandLine::command();
    command.build();
    let Some(directory) = &arguments.output else { return output.result(page(command)?) };
    let mut pages = vec![("emt.1".to_owned(), page(command.clone())?)];
    for subcommand in command.get_subcommands() {
        pages.push((format!("emt-{}.1", subcommand.get_name()), page(subcommand.clone())?));
    }
    fs::create_dir_all(directory)
        .map_err(|error| Problem::system(format!("cannot make {}: {error}", directory.display())))?;
    for (name, text) in &pages {
        file::replace(&directory.join(name), text)?;
    }
    output.notice(&format!("wrote {} pages to {}", pages.len(), directory.display()));
    Ok(())
}

fn page(command: clap::Command) -> Result<Vec<u8>, Problem> {
    let mut text = Vec::new();
    Man::new(command).render(&mut text).map_err(|error| Problem::system(format!("cannot write a page: {error}")))?;
    Ok(text)
}
