//! What `environments.yaml` says, and what is wrong in it: promotions that lead nowhere, deviations of nobody.
//!
//! Must not know where the file comes from, nor what the values of its environments say.

use std::collections::BTreeMap;
use std::sync::Arc;

use helmwright::read::{Reader, ValuesFile};
use helmwright_diagnostics::{Finding, Findings, SourceMap, similar};
use helmwright_yaml::PathSegment;
use serde_json::json;

use crate::environment::{Deviation, DeviationName, Environment, EnvironmentName, EnvironmentsFile};
use crate::rules::{DEVIATION, PROMOTION};

/// The file with its places, and its environments in the order in which they stand there.
type Listing = (Arc<ValuesFile>, Vec<(EnvironmentName, Environment)>);

/// Reads the file; everything that is wrong in it is told at once.
pub(crate) fn read_environments(sources: &mut SourceMap, name: &str, bytes: &[u8]) -> Result<Listing, Findings> {
    let listing = Arc::new(ValuesFile::read(sources, name, bytes)?);
    let read = Reader::<EnvironmentsFile>::new(json!({})).read_files(&[Arc::clone(&listing)])?;
    let mut environments: Vec<(EnvironmentName, Environment)> = read.values.environments.into_iter().collect();
    let order = |name: &EnvironmentName| {
        let mut names = read.merged["environments"].as_object().into_iter().flat_map(|map| map.keys());
        names.position(|known| known == name.as_str())
    };
    environments.sort_by_key(|(name, _)| order(name));
    let mut findings = promotion_findings(&listing, &environments);
    findings.extend(distribute(&listing, read.values.deviations, &mut environments));
    if findings.is_empty() { Ok((listing, environments)) } else { Err(findings) }
}

/// Gives each environment the deviations that name it; what is wrong with them.
fn distribute(
    listing: &ValuesFile,
    deviations: BTreeMap<DeviationName, Deviation>,
    environments: &mut [(EnvironmentName, Environment)],
) -> Findings {
    let mut findings = Findings::new();
    for (name, Deviation { reason, rows, environments: of }) in deviations {
        let mut refuse = |key: &str, index: usize, message: String| {
            let path = ["deviations", name.as_str(), key].map(PathSegment::from);
            let path: Vec<PathSegment> = path.into_iter().chain([PathSegment::from(index)]).collect();
            let finding = Finding::error(DEVIATION.id, message);
            findings.push(match listing.document().root.at(&path) {
                Some(node) => finding.at(node.span, ""),
                None => finding,
            });
        };
        for (index, environment) in of.iter().enumerate() {
            let Some((_, known)) = environments.iter_mut().find(|(known, _)| known == environment) else {
                refuse("environments", index, format!("there is no environment `{environment}`"));
                continue;
            };
            for (index, row) in rows.iter().enumerate() {
                let decided = known.deviations.insert(row.clone(), (name.clone(), reason.clone()));
                if let Some((other, _)) = decided {
                    refuse("rows", index, format!("`{other}` decides on {row} for `{environment}` already"));
                }
            }
        }
    }
    findings
}

/// Every environment whose `promotesFrom` leads nowhere or back to itself.
fn promotion_findings(listing: &ValuesFile, environments: &[(EnvironmentName, Environment)]) -> Findings {
    let source_of = |name: &EnvironmentName| {
        let environment = environments.iter().find(|(known, _)| known == name);
        environment.and_then(|(_, environment)| environment.promotes_from.as_ref())
    };
    let problem = |name: &EnvironmentName, from: &EnvironmentName| {
        if !environments.iter().any(|(known, _)| known == from) {
            return Some(format!("there is no environment `{from}`"));
        }
        // A walk longer than the list has come back to where it was.
        let circle = std::iter::successors(Some(from), |at| source_of(at)).take(environments.len());
        circle.into_iter().any(|at| at == name).then(|| match from == name {
            true => format!("`{name}` is promoted from itself"),
            false => format!("`{name}` is promoted from itself, by way of `{from}`"),
        })
    };
    let findings = environments.iter().filter_map(|(name, environment)| {
        let from = environment.promotes_from.as_ref()?;
        let finding = Finding::error(PROMOTION.id, problem(name, from)?);
        let path = ["environments", name.as_str(), "promotesFrom"].map(PathSegment::from);
        let finding = match listing.document().root.at(&path) {
            Some(node) => finding.at(node.span, ""),
            None => finding,
        };
        Some(match similar(from.as_str(), environments.iter().map(|(name, _)| name.as_str())) {
            Some(near) if near != name.as_str() => finding.help(format!("did you mean `{near}`?")),
            _ => finding.help("name another environment of this file, or leave the key out"),
        })
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(environments: &str) -> Result<Vec<(EnvironmentName, Environment)>, Vec<String>> {
        let told = |finding: &Finding| format!("{} {}", finding.rule, finding.message);
        match read_environments(&mut SourceMap::new(), "environments.yaml", environments.as_bytes()) {
            Ok((_, environments)) => Ok(environments),
            Err(findings) => Err(findings.iter().map(told).collect()),
        }
    }

    fn refused(environments: &str) -> Vec<String> {
        read(environments).err().unwrap_or_default()
    }

    #[test]
    fn promotions_lead_somewhere() {
        let environments = "\
environments:
  a: { files: [], release: a, namespace: a, promotesFrom: b }
  b: { files: [], release: a, namespace: a, promotesFrom: a }
  c: { files: [], release: a, namespace: a, promotesFrom: c }
  d: { files: [], release: a, namespace: a, promotesFrom: a }
  e: { files: [], release: a, namespace: a, promotesFrom: nowhere }
";
        let expected = [
            "E002 `a` is promoted from itself, by way of `b`",
            "E002 `b` is promoted from itself, by way of `a`",
            "E002 `c` is promoted from itself",
            "E002 there is no environment `nowhere`",
        ];
        assert_eq!(refused(environments), expected);
    }

    #[test]
    fn deviations_name_environments_and_each_row_once() {
        let environments = "\
environments:
  a: { files: [], release: a, namespace: a }
  b: { files: [], release: a, namespace: a }
deviations:
  one: { reason: r, rows: [S1-001, S1-002], environments: [a, b] }
  two: { reason: r, rows: [S1-003, S1-002], environments: [c, b] }
";
        let expected = ["E008 there is no environment `c`", "E008 `one` decides on S1-002 for `b` already"];
        assert_eq!(refused(environments), expected);
        let environments = read(&environments.replace("[c, b]", "[]")).unwrap();
        assert_eq!(
            environments[1].1.deviations.keys().map(crate::RowId::as_str).collect::<Vec<_>>(),
            ["S1-001", "S1-002"]
        );
    }

    #[test]
    fn the_listing_is_closed_and_typed() {
        let environment = |more: &str| format!("environments:\n  a: {{ files: [], release: a, namespace: a{more} }}\n");
        assert!(read(&environment("")).is_ok());
        for more in [
            ", relase: a",
            ", kubernetesVersion: \"1.32\"",
            ", kubernetesVersion: null",
            ", promotesFrom: null",
            ", accepted: { EMT042: {} }",
            ", accepted: { EMT042: { reason: ' ' } }",
            ", files: [/etc/passwd]",
        ] {
            assert_eq!(refused(&environment(more)).len(), 1, "{more}");
        }
        assert!(read(&environment(", accepted: { EMT042: { reason: by design } }")).is_ok());
    }
}
