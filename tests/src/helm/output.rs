//! Helm's printed text, taken apart: documents with their templates, and refusals.
//!
//! Limit: knows the form that Helm 3.17 and 4.1 print (`---`, then `# Source: PATH`, then the document).

use serde_json::Value;

use super::HelmError;

/// One document of `helm template`'s output.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Document<'a> {
    /// What stands behind `# Source: `: the template's path, from the chart's name on.
    pub(crate) source: &'a str,
    /// The document, without separator and source line.
    pub(crate) text: &'a str,
}

/// Takes the output of `helm template` apart. Helm itself splits at `---`, so no document has a line that starts so.
pub(crate) fn documents(text: &str) -> Result<Vec<Document<'_>>, HelmError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let rest = text.strip_prefix("---\n");
    let mut rest = rest.ok_or_else(|| HelmError::Answer(format!("no `---` at the start of {text:.80}")))?;
    let mut documents = Vec::new();
    loop {
        // The line break before the separator is the document's own: a block scalar at its end keeps it.
        let end = rest.find("\n---\n").map_or(rest.len(), |at| at + 1);
        let part = &rest[..end];
        let body = part.strip_prefix("# Source: ");
        let body = body.ok_or_else(|| HelmError::Answer(format!("a document without `# Source:`: {part:.80}")))?;
        let (source, text) = body.split_once('\n').unwrap_or((body, ""));
        documents.push(Document { source, text });
        match rest[end..].strip_prefix("---\n") {
            Some(next) => rest = next,
            None => return Ok(documents),
        }
    }
}

/// `templates/x.yaml` out of `chart/templates/x.yaml`.
pub(crate) fn below_chart(source: &str) -> &str {
    source.split_once('/').map_or(source, |(_, rest)| rest)
}

/// Whether a document held nothing but comments.
pub(crate) fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty)
}

/// What Helm says when it refuses, without warnings before and advice behind.
pub(crate) fn refusal(stderr: &str) -> String {
    let from = if stderr.starts_with("Error: ") { Some(0) } else { stderr.rfind("\nError: ").map(|at| at + 1) };
    let text = from.map_or(stderr, |at| &stderr[at + "Error: ".len()..]);
    text.trim().trim_end_matches("Use --debug flag to render out invalid YAML").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_split_where_helm_splits_them() {
        let text = "---\n# Source: c/templates/a.yaml\na: |\n  x\n   ---\n---\n# Source: c/templates/b.yaml\n# empty\n";
        let split = documents(text).unwrap();
        assert_eq!(split[0], Document { source: "c/templates/a.yaml", text: "a: |\n  x\n   ---\n" });
        assert_eq!(split[1], Document { source: "c/templates/b.yaml", text: "# empty\n" });
        assert_eq!(documents("\n").unwrap(), []);
        assert!(documents("kind: Bare\n").is_err());
    }

    #[test]
    fn a_refusal_is_freed_of_warnings_and_advice() {
        let stderr = "coalesce.go:237: warning: x\nError: execution error at (c/templates/a.yaml:2:4): no\n\nUse --debug flag to render out invalid YAML\n";
        assert_eq!(refusal(stderr), "execution error at (c/templates/a.yaml:2:4): no");
        assert_eq!(refusal("panic"), "panic");
    }
}
