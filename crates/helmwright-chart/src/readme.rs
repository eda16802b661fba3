//! The chart's README: what it is, how to install it, what must be set, every value.
//!
//! The page is a template (`templates/readme.md.jinja`) with delimiters other than Go's, since it shows commands that hold
//! braces. Must not know how the values are described; their table comes ready.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, context};

use crate::facts::ChartFacts;

const TEMPLATE: &str = include_str!("templates/readme.md.jinja");

/// What the README says beside the chart's facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readme {
    /// The chart's name for people.
    pub title: String,
    /// What the chart is, in paragraphs of Markdown.
    pub about: Vec<String>,
    /// A release name and a namespace for the example commands.
    pub example_release: String,
    /// Names of the values that have no default, each with what it is, as `(path, description)`.
    pub required: Vec<(String, String)>,
    /// A values file to begin with, as YAML.
    pub example: String,
    /// Profiles by name, each with what it is for. Those that the package holds and this list does not name are listed
    /// without a word.
    pub profiles: Vec<(String, String)>,
    /// The table of all values, as Markdown.
    pub values: String,
    /// Further sections of Markdown, each with its own heading of the second level.
    pub sections: Vec<String>,
}

/// The text of `README.md`.
pub(crate) fn readme(facts: &ChartFacts, parts: &Readme, profiles: &[&str]) -> Result<String, Error> {
    let purpose = |name: &str| {
        let purpose = parts.profiles.iter().find(|(known, _)| known == name).map(|(_, purpose)| purpose.as_str());
        purpose.unwrap_or_default()
    };
    let profiles: Vec<_> = profiles.iter().map(|&name| context! { name => name, purpose => purpose(name) }).collect();
    let required: Vec<_> = parts
        .required
        .iter()
        .map(|(path, description)| context! { path => path, description => description })
        .collect();
    let mut environment = Environment::new();
    environment.set_syntax(
        SyntaxConfig::builder()
            .block_delimiters("<%", "%>")
            .variable_delimiters("<<", ">>")
            .comment_delimiters("<#", "#>")
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let chart = context! {
        name => &*facts.name,
        version => &*facts.version,
        app_version => &*facts.app_version,
        description => &*facts.description,
        kube_version => &*facts.kube_version,
        license => &*facts.license,
    };
    let page = context! {
        title => if parts.title.is_empty() { &*facts.name } else { &*parts.title },
        about => &parts.about,
        release => if parts.example_release.is_empty() { &*facts.name } else { &*parts.example_release },
        required => required,
        example => parts.example.trim_end(),
        profiles => profiles,
        values => parts.values.trim_end(),
        sections => &parts.sections,
    };
    environment.render_named_str("readme.md", TEMPLATE, context! { chart => chart, page => page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_without_anything_special() {
        let facts = ChartFacts::new("web", "1.2.3", "4.5", "A web service.", "2030-01-31T00:00:00Z");
        let text = readme(&facts, &Readme::default(), &[]).unwrap();
        assert!(text.starts_with("# web\n\nA web service.\n\n"), "{text}");
        assert!(!text.contains("\n\n\n") && text.ends_with('\n') && !text.contains("<<"), "{text}");
    }

    #[test]
    fn a_chart_with_every_part() {
        let mut facts = ChartFacts::new("web", "1.2.3", "4.5", "A web service.", "2030-01-31T00:00:00Z");
        facts.kube_version = ">=1.30.0-0".to_owned();
        facts.license = "Apache-2.0".to_owned();
        let parts = Readme {
            title: "Web service".to_owned(),
            about: vec!["First paragraph.".to_owned(), "Second paragraph.".to_owned()],
            example_release: "shop".to_owned(),
            required: vec![("image.tag".to_owned(), "Tag of the image.".to_owned())],
            example: "image:\n  tag: 1.0.0\n".to_owned(),
            profiles: vec![("small".to_owned(), "For a laptop.".to_owned())],
            values: "| Value | Default |\n|---|---|\n| `image.tag` |  |\n".to_owned(),
            sections: vec!["## Limits\n\nNone.".to_owned()],
        };
        insta::assert_snapshot!(readme(&facts, &parts, &["small", "large"]).unwrap());
    }
}
