//! Decides what a plain scalar is, or why it is refused.
//!
//! Must not know the tree; it sees one scalar at a time.

use helmwright_diagnostics::{Finding, Span};

use crate::describe::{quoted, reading, shown, unambiguous};
use crate::limits::MAX_INTEGER;
use crate::node::NodeValue;
use crate::readings::{Reading, classic, core, helm, is_certainly_string};
use crate::rules;

/// The value of a plain scalar without a tag. An empty text stands for an absent value.
pub(crate) fn plain_value(text: &str, span: Span) -> Result<NodeValue, Box<Finding>> {
    if is_certainly_string(text) {
        return Ok(NodeValue::String(text.to_owned()));
    }
    let (by_helm, by_core, by_classic) = (helm(text), core(text), classic(text));
    if let Some(finding) = out_of_range(text, by_helm, by_core, span) {
        return Err(Box::new(finding));
    }
    // Null, booleans and `.inf` have one spelling in all three; the others are compared.
    if by_helm != by_core || by_helm != by_classic {
        return Err(Box::new(ambiguous(text, by_helm, by_core, by_classic, span)));
    }
    Ok(match by_core {
        Reading::Null => NodeValue::Null,
        Reading::Bool(value) => NodeValue::Bool(value),
        // Not beyond 2^53 − 1, as checked above.
        Reading::Integer(value) => NodeValue::Integer(i64::try_from(value).unwrap_or_default()),
        Reading::Float(value) => NodeValue::Float(value),
        Reading::String | Reading::Special => NodeValue::String(text.to_owned()),
    })
}

/// The finding for a plain key that some reader does not read as a string.
pub(crate) fn plain_key(text: &str, span: Span) -> Option<Finding> {
    if text == "<<" {
        return Some(
            rules::MERGE
                .finding("a merge key `<<` is not supported")
                .at(span, "Helm expands it, YAML 1.2 readers keep a key named `<<`")
                .help("write the keys out, or put the shared ones in a values file of their own that comes first"),
        );
    }
    if is_certainly_string(text) {
        return None;
    }
    let readings = [helm(text), core(text), classic(text)];
    let strange = readings.into_iter().find(|found| *found != Reading::String)?;
    let finding = rules::KEY.finding(match strange {
        Reading::Null => "a key is missing or null".to_owned(),
        _ => format!("the key {} is not read as a string", shown(text)),
    });
    let name = if text.is_empty() { "write a key before the colon".to_owned() } else { quote_it(text) };
    Some(finding.at(span, who_reads(text, readings)).help(name))
}

fn quote_it(text: &str) -> String {
    format!("quote it: {}", quoted(text))
}

fn ambiguous(text: &str, by_helm: Reading, by_core: Reading, by_classic: Reading, span: Span) -> Finding {
    let readings = [by_helm, by_core, by_classic];
    let mut fixes = vec![format!("{} for the string", quoted(text))];
    let booleans = written(readings.into_iter().filter(|found| matches!(found, Reading::Bool(_))));
    let numbers =
        written(readings.into_iter().filter(|found| matches!(found, Reading::Integer(_) | Reading::Float(_))));
    fixes.extend(booleans.map(|text| format!("{text} for the boolean")));
    fixes.extend(numbers.map(|text| format!("{text} for the number")));
    rules::AMBIGUOUS
        .finding(format!("{} does not mean the same to every YAML reader", shown(text)))
        .at(span, who_reads(text, readings))
        .help(format!("write {}", fixes.join(", or ")))
}

/// Readings as they would be written without doubt, each once.
fn written(readings: impl Iterator<Item = Reading>) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    for text in readings.filter_map(unambiguous) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| texts.join(" or "))
}

/// Who reads what: readers that agree stand together.
fn who_reads(text: &str, [by_helm, by_core, by_classic]: [Reading; 3]) -> String {
    let helm = reading(by_helm, text);
    let core = reading(by_core, text);
    let classic = reading(by_classic, text);
    if by_helm == by_core && by_core == by_classic {
        format!("this is {helm}")
    } else if by_helm == by_core {
        format!("Helm and YAML 1.2 readers read {helm}, some YAML 1.1 readers {classic}")
    } else if by_helm == by_classic || by_core == by_classic {
        format!("Helm reads {helm}, YAML 1.2 readers {core}")
    } else {
        format!("Helm reads {helm}, YAML 1.2 readers {core}, some YAML 1.1 readers {classic}")
    }
}

fn out_of_range(text: &str, by_helm: Reading, by_core: Reading, span: Span) -> Option<Finding> {
    for found in [by_core, by_helm] {
        match found {
            Reading::Float(value) if !value.is_finite() => {
                return Some(
                    rules::NOT_FINITE
                        .finding(format!("{} is not a finite number", shown(text)))
                        .at(span, "Helm cannot carry it as a number")
                        .help(format!("write a finite number, or {} for the string", quoted(text))),
                );
            }
            Reading::Integer(value) if value.unsigned_abs() > u128::from(MAX_INTEGER.unsigned_abs()) => {
                return Some(
                    rules::INTEGER
                        .finding(format!("the integer {} is too large", shown(text)))
                        .at(span, format!("Helm carries integers up to {MAX_INTEGER} unchanged"))
                        .help(format!("write {} if it is an identifier, a smaller number otherwise", quoted(text))),
                );
            }
            _ => {}
        }
    }
    None
}
