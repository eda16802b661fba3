//! `emt plan`: what has to be there beside the release, and whether it fits.

use clap::Args;
use emt::checks::{Infrastructure, NodeGroup, NodeType};
use emt::plan;

use crate::output::{Output, TextFormat};
use crate::problem::Problem;
use crate::selection::{Listed, Selection};

/// Say what an environment needs beside the release: nodes, storage, network, secrets, images, DNS, backups
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    selection: Selection,
    /// Nodes, instead of those of environments.yaml: type and count, such as m5.large=3
    #[arg(long = "nodes", value_name = "TYPE=COUNT", value_parser = node_group)]
    nodes: Vec<NodeGroup>,
    /// How to print the plan
    #[arg(long, value_enum, default_value_t = TextFormat::Human)]
    format: TextFormat,
}

fn node_group(text: &str) -> Result<NodeGroup, String> {
    let (name, count) = text.split_once('=').ok_or("write a type and a count, such as m5.large=3")?;
    let node = NodeType::named(name).map_err(|error| error.to_string())?;
    let count = count.parse().ok().filter(|count| (1..=1000).contains(count));
    Ok(NodeGroup { node, count: count.ok_or("the count is a number from 1 to 1000")? })
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let (input, listed) = arguments.selection.input_of()?;
    let (infrastructure, promotion) = match listed {
        Some(Listed { workspace, name }) => {
            let infrastructure = workspace.environment(name)?.infrastructure(&arguments.nodes);
            (infrastructure.map_err(|error| Problem::system(error.to_string()))?, workspace.promotion(name)?)
        }
        None => (Infrastructure { nodes: arguments.nodes.clone(), ..Infrastructure::default() }, Vec::new()),
    };
    let plan = plan(&input, &infrastructure, &promotion)?;
    output.result(match arguments.format {
        TextFormat::Human => plan.to_text(),
        TextFormat::Markdown => plan.to_markdown(),
        TextFormat::Json => format!("{:#}\n", plan.to_json()),
    })
}
