//! YAML read by Helm itself.
//!
//! A throw-away chart holds the documents as JSON strings in files; its one template does `fromYaml` and `toJson` on
//! each and prints the result in base64 behind `# `, because Helm parses what it prints, and some characters would
//! break a comment. One Helm process reads any number of documents.
//!
//! Limits: integers beyond 2⁵³ lose digits (Helm holds numbers as floats here); a key that stands twice in a map is not
//! an error for Helm: the last one counts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{Helm, HelmError, template_arguments};
use crate::scratch;

/// Text per file of the throw-away chart, in bytes: Helm refuses files above 5 MiB.
const FILE: usize = 1 << 20;

const CHART: &str = "apiVersion: v2\nname: reader\nversion: 0.1.0\n";

const TEMPLATE: &str = r#"{{- range $path, $file := .Files.Glob "documents/*.json" }}
{{- range $.Files.Get $path | fromJsonArray }}
# {{ fromYaml . | toJson | b64enc }}
{{- end }}
{{- end }}
"#;

impl Helm {
    /// Reads YAML documents as Helm and Kubernetes do (YAML 1.1, by way of JSON); `Err` holds Helm's words for one that
    /// is not a map. An empty document is an empty map.
    ///
    /// # Errors
    ///
    /// If Helm cannot be asked at all.
    pub fn read_yaml(&self, documents: &[&str]) -> Result<Vec<Result<Value, String>>, HelmError> {
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        let home = scratch::directory()?;
        let chart = home.path().join("reader");
        scratch::write(&chart.join("Chart.yaml"), CHART)?;
        scratch::write(&chart.join("templates/read.yaml"), TEMPLATE)?;
        for (index, part) in parts(documents).into_iter().enumerate() {
            let text = Value::from(part).to_string();
            scratch::write(&chart.join(format!("documents/{index:06}.json")), &text)?;
        }
        let text = self.run(home.path(), &template_arguments("reader", &chart, "default", &[]))?;
        let lines: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# "))
            .filter(|line| !line.starts_with("Source:"))
            .collect();
        if lines.len() != documents.len() {
            let (answers, asked) = (lines.len(), documents.len());
            return Err(HelmError::Answer(format!("{answers} answers for {asked} YAML documents")));
        }
        documents.iter().zip(lines).map(|(document, line)| answer(document, line)).collect()
    }

    /// Reads a text with any number of YAML documents between lines that start with `---`; empty ones are left out.
    ///
    /// # Errors
    ///
    /// [`HelmError::Refused`] if a document is not a map, with its number (from 1); other kinds if Helm cannot be asked.
    pub fn read_yaml_stream(&self, text: &str) -> Result<Vec<Value>, HelmError> {
        let mut documents = vec![String::new()];
        for line in text.split_inclusive('\n') {
            match (line.strip_prefix("---"), documents.last_mut()) {
                (None, Some(document)) => document.push_str(line),
                (rest, _) => documents.push(rest.unwrap_or_default().to_owned()),
            }
        }
        let read = self.read_yaml(&documents.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut values = Vec::with_capacity(read.len());
        for (number, value) in read.into_iter().enumerate() {
            // The text before the first separator is document 0: nearly always empty.
            let value = value.map_err(|reason| HelmError::Refused(format!("YAML document {number}: {reason}")))?;
            if !super::output::is_empty(&value) {
                values.push(value);
            }
        }
        Ok(values)
    }
}

/// The text behind an answer of the throw-away chart.
pub(crate) fn decode(line: &str) -> Result<String, HelmError> {
    let wrong = |error: String| HelmError::Answer(format!("{error} in {line:.80}"));
    let bytes = STANDARD.decode(line).map_err(|error| wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))
}

/// One answer: the value, or what Helm's `fromYaml` puts into the key `Error`.
fn answer(document: &str, line: &str) -> Result<Result<Value, String>, HelmError> {
    if document.lines().any(|line| line.starts_with("---") || line.starts_with("...")) {
        // Helm's `fromYaml` would read the first one and drop the rest in silence.
        return Ok(Err("more than one YAML document".to_owned()));
    }
    let text = decode(line)?;
    let value: Value =
        serde_json::from_str(&text).map_err(|error| HelmError::Answer(format!("{error} in {text:.80}")))?;
    Ok(match value {
        Value::Object(map) if map.len() == 1 => match map.get("Error") {
            Some(Value::String(reason)) => Err(reason.clone()),
            _ => Ok(Value::Object(map)),
        },
        value => Ok(value),
    })
}

/// The documents in groups of about [`FILE`] bytes.
fn parts<'a>(documents: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    let mut size = FILE;
    for document in documents {
        if size + document.len() > FILE {
            parts.push(Vec::new());
            size = 0;
        }
        size += document.len();
        if let Some(part) = parts.last_mut() {
            part.push(document);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_grouped_by_size() {
        let long = "x".repeat(FILE);
        let groups: Vec<usize> = parts(&["a", "b", &long, "c"]).iter().map(Vec::len).collect();
        assert_eq!(groups, [2, 1, 1]);
        assert_eq!(parts(&[&long, "c"]).len(), 2);
    }
}
