//! `emt rules`: what `emt check` looks for.

use clap::{Args, ValueEnum};
use emt::diagnostics::similar;
use emt::{rule_book, rule_list, rules_page};
use serde_json::json;

use crate::output::Output;
use crate::problem::Problem;

/// List the rules of emt check, or explain one of them
#[derive(Args)]
pub(crate) struct Arguments {
    /// Id of a rule, such as C003
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// A page in Markdown
    Markdown,
    /// For programs
    Json,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let book = rule_book();
    let Some(id) = &arguments.id else {
        return output.result(match arguments.format {
            Format::Human => rule_list(&book),
            Format::Markdown => rules_page(),
            Format::Json => format!("{:#}\n", json!({ "rules": book })),
        });
    };
    let Some(rule) = book.iter().find(|rule| rule.id.eq_ignore_ascii_case(id)) else {
        let problem = Problem::system(format!("there is no rule {id:?}"));
        return Err(match similar(id, book.iter().map(|rule| rule.id)) {
            Some(near) => problem.help(format!("did you mean {near}?")),
            None => problem.help("`emt rules` lists them"),
        });
    };
    output.result(match arguments.format {
        Format::Human => rule.to_text(),
        Format::Markdown => rule.to_markdown(),
        Format::Json => format!("{:#}\n", json!(rule)),
    })
}
