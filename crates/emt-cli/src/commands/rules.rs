//! `emt rules`: what `emt check` looks for.

use clap::Args;
use emt::diagnostics::similar;
use emt::{rule_book, rule_list, rules_page};
use serde_json::json;

use crate::output::{Output, TextFormat};
use crate::problem::Problem;

/// List the rules of emt check, or explain one of them
#[derive(Args)]
pub(crate) struct Arguments {
    /// Id of a rule, such as C003
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = TextFormat::Human)]
    format: TextFormat,
}

pub(crate) fn run(arguments: &Arguments, output: &Output) -> Result<(), Problem> {
    let book = rule_book();
    let Some(id) = &arguments.id else {
        return output.result(match arguments.format {
            TextFormat::Human => rule_list(&book),
            TextFormat::Markdown => rules_page(),
            TextFormat::Json => format!("{:#}\n", json!({ "rules": book })),
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
        TextFormat::Human => rule.to_text(),
        TextFormat::Markdown => rule.to_markdown(),
        TextFormat::Json => format!("{:#}\n", json!(rule)),
    })
}
