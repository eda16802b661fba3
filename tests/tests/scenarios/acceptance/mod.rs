//! Do all readers of values agree on what they accept? emt, the JSON schema with the chart's own refusals, Helm 3 and Helm 4
//! are given the same values file: either all take it, or none does, or the case stands on the list of exceptions.
//!
//! The files are generated values, values broken in one place (every keyword of the schema at every place where it stands),
//! and YAML that readers read differently. Helm is asked about a sample of the broken ones; about all under `--exhaustive`.
//!
//! Limit: the schema judges what Helm reads from a file; where Helm cannot read it, there is nothing to judge.

mod broken;
mod exceptions;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use emt::{Input, Release, render};
use emt_tests::tools::exhaustive;
use emt_tests::{Case, Helm, HelmError, helms};
use serde_json::Value;

use crate::chart::{chart, schema_validator};
use crate::figures::{self, listed, thousands};
use crate::generate::{cases, in_parallel, sought};
use exceptions::{EXCEPTIONS, Exception};

/// Of the broken values, emt and the schema judge every so many-th where not all are tried.
const STRIDE: usize = 5;

/// Of these, the Helms judge every so many-th.
const HELM_STRIDE: usize = 31;

/// Of the generated values that are accepted, the Helms judge every so many-th here: the equality scenario asks about all.
const GENERATED_STRIDE: usize = 20;

/// A values file, and what is known of it.
struct Candidate {
    /// What a failure calls it.
    name: String,
    release: String,
    namespace: String,
    /// The file.
    text: Vec<u8>,
    /// What Helm reads from it, where it is known without asking.
    values: Option<Value>,
    /// Whether Helm is asked.
    for_helm: bool,
}

/// What the judges say of a candidate: nothing if they accept it, else why not.
#[derive(Default)]
struct Verdicts {
    /// emt's rule, and its words.
    emt: Option<(String, String)>,
    /// The schema or the chart's refusals; not known where Helm cannot read the file.
    schema: Option<Option<String>>,
    /// Each Helm that was asked, by its version.
    helms: BTreeMap<String, Option<String>>,
}

impl Verdicts {
    fn agree(&self) -> bool {
        let refuses = self.emt.is_some();
        self.schema.as_ref().is_none_or(|schema| schema.is_some() == refuses)
            && self.helms.values().all(|helm| helm.is_some() == refuses)
    }
}

#[test]
fn all_readers_accept_the_same_values() {
    let every = exhaustive();
    let (scratch, validator) = (tempfile::tempdir().unwrap(), schema_validator());
    let path = chart().write_below(scratch.path());
    let broken = broken::all();
    let (places, all_broken) = (broken.places, broken.breaks.len());
    let mut candidates = generated(every);
    let step = if every { 1 } else { STRIDE };
    let (tried, left): (Vec<_>, Vec<_>) =
        broken.breaks.into_iter().enumerate().partition(|(index, _)| index.is_multiple_of(step));
    let tried = tried.into_iter().map(|(_, broken)| broken).enumerate();
    candidates.extend(tried.map(|(index, broken)| Candidate {
        for_helm: every || index % HELM_STRIDE == 0,
        ..Candidate::of_values(broken.name, broken.values)
    }));
    candidates.extend(texts::all());

    let mut verdicts = in_parallel(&candidates, |candidate| Verdicts { emt: emt(candidate), ..Verdicts::default() });
    let read = read(&candidates, helms().first());
    let mut violated = BTreeSet::new();
    for ((candidate, values), verdicts) in candidates.iter().zip(&read).zip(&mut verdicts) {
        let Some(values) = values else { continue };
        let merged = chart().merged(values);
        let errors: Vec<_> = validator.iter_errors(&merged).collect();
        violated.extend(errors.iter().flat_map(keywords_of));
        let refused = || {
            let refused = chart().evaluate(&candidate.release, &candidate.namespace, values).err();
            refused.map(|messages| messages.join("; "))
        };
        verdicts.schema =
            Some(errors.first().map(|error| format!("{}: {error}", error.instance_path())).or_else(refused));
    }
    for helm in helms() {
        for (index, verdict) in ask(&helm, &path, &candidates) {
            verdicts[index].helms.insert(helm.version.clone(), verdict);
        }
    }
    conclude(
        &candidates,
        &verdicts,
        &format!(
            "{} of {} breaks at {places} places",
            thousands(all_broken.div_ceil(if every { 1 } else { STRIDE })),
            thousands(all_broken)
        ),
    );
    let mut left = left.iter();
    // A keyword that stands in one place may be none of the sample's.
    while !broken::keywords(&chart().schema).is_subset(&violated)
        && let Some((_, broken)) = left.next()
    {
        let merged = chart().merged(&broken.values);
        violated.extend(validator.iter_errors(&merged).flat_map(|error| keywords_of(&error)));
    }
    let unused: Vec<String> = broken::keywords(&chart().schema).difference(&violated).cloned().collect();
    assert!(unused.is_empty(), "keywords of the schema that no values break:{}", listed(&unused, 40));
}

/// Prints the figures, and fails if judges disagree or an exception is never met.
fn conclude(candidates: &[Candidate], verdicts: &[Verdicts], broken: &str) {
    let (mut accepted, mut refused, mut asked) = (0, 0, 0);
    let mut excepted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut disagreements = Vec::new();
    for (candidate, verdicts) in candidates.iter().zip(verdicts) {
        asked += verdicts.helms.len();
        match verdicts.agree() {
            true if verdicts.emt.is_some() => refused += 1,
            true => accepted += 1,
            false => match EXCEPTIONS.iter().find(|exception| exception.holds(verdicts)) {
                Some(Exception { name, .. }) => *excepted.entry(name).or_default() += 1,
                None => disagreements.push(described(candidate, verdicts)),
            },
        }
    }
    let met: usize = excepted.values().sum();
    for exception in EXCEPTIONS {
        println!("  {}: {} ({})", exception.name, excepted.get(exception.name).unwrap_or(&0), exception.reason);
    }
    figures::print(
        "acceptance",
        "",
        &format!(
            "{} values files, {broken} among them: {} accepted by all, {} refused by all, {met} on the list of {} \
             exceptions, {} disagreements; Helm asked {} times",
            thousands(candidates.len()),
            thousands(accepted),
            thousands(refused),
            EXCEPTIONS.len(),
            disagreements.len(),
            thousands(asked),
        ),
    );
    assert!(disagreements.is_empty(), "the readers disagree:{}", listed(&disagreements, 40));
    let never: Vec<String> = EXCEPTIONS
        .iter()
        .filter(|exception| !excepted.contains_key(exception.name))
        .map(|exception| exception.name.to_owned())
        .collect();
    // Without the Helms there is little to except from.
    assert!(helms().is_empty() || never.is_empty(), "exceptions that no case shows:{}", listed(&never, 40));
    assert!(accepted > 0 && refused > 100, "{accepted} accepted, {refused} refused");
}

fn described(candidate: &Candidate, verdicts: &Verdicts) -> String {
    let said = |verdict: Option<&str>| verdict.map_or("accepts".to_owned(), |why| format!("refuses ({why:.160})"));
    let emt = said(verdicts.emt.as_ref().map(|(_, words)| words.as_str()));
    let schema = verdicts.schema.as_ref().map_or("is not asked".to_owned(), |schema| said(schema.as_deref()));
    let helms =
        verdicts.helms.iter().map(|(version, verdict)| format!(", Helm {version} {}", said(verdict.as_deref())));
    format!("{}: emt {emt}, the schema {schema}{}", candidate.name, helms.collect::<String>()).replace('\n', " ")
}

/// The generated values as candidates.
fn generated(every: bool) -> Vec<Candidate> {
    let all = cases().iter().chain(sought()).enumerate();
    let candidate = |(index, case): (usize, &crate::generate::Generated)| Candidate {
        release: case.release.to_owned(),
        namespace: case.namespace.to_owned(),
        for_helm: every || index % GENERATED_STRIDE == 0,
        ..Candidate::of_values(case.name(), case.values.clone())
    };
    all.map(candidate).collect()
}

impl Candidate {
    fn of_values(name: String, values: Value) -> Self {
        let text = helmwright_yaml::write(&values).into_bytes();
        Self { text, values: Some(values), ..Self::of_text(name, Vec::new()) }
    }

    fn of_text(name: String, text: Vec<u8>) -> Self {
        let (release, namespace) = ("apim".to_owned(), "apim".to_owned());
        Self { name, release, namespace, text, values: None, for_helm: true }
    }
}

/// emt's verdict: the rule that is broken first, and its words.
fn emt(candidate: &Candidate) -> Option<(String, String)> {
    let release = Release::new(&candidate.release, &candidate.namespace).unwrap();
    let refused = match Input::from_files([("values.yaml", &candidate.text)], release) {
        Ok(input) => render(&input).err(),
        Err(refused) => Some(refused),
    }?;
    let rule = refused.findings.iter().next().map(|finding| finding.rule.to_string());
    Some((rule.unwrap_or_default(), refused.to_string()))
}

/// What Helm reads from each file: known, or asked for.
fn read(candidates: &[Candidate], helm: Option<&Helm>) -> Vec<Option<Value>> {
    let read = |candidate: &Candidate| match (&candidate.values, std::str::from_utf8(&candidate.text), helm) {
        (Some(values), ..) => Some(values.clone()),
        (None, Ok(text), Some(helm)) => helm.read_yaml(&[text]).ok()?.into_iter().next()?.ok().filter(Value::is_object),
        _ => None,
    };
    in_parallel(candidates, read)
}

/// A Helm's verdicts: cases of known values together, files as they are.
fn ask(helm: &Helm, path: &Path, candidates: &[Candidate]) -> Vec<(usize, Option<String>)> {
    let asked: Vec<(usize, &Candidate)> =
        candidates.iter().enumerate().filter(|(_, candidate)| candidate.for_helm).collect();
    let (known, files): (Vec<_>, Vec<_>) = asked.into_iter().partition(|(_, candidate)| candidate.values.is_some());
    let case = |(_, candidate): &(usize, &Candidate)| Case {
        release: candidate.release.clone(),
        namespace: candidate.namespace.clone(),
        values: candidate.values.clone().unwrap_or_default(),
    };
    let outcomes = helm.template_many(path, &known.iter().map(case).collect::<Vec<_>>()).unwrap();
    let of_known = known.iter().zip(outcomes).map(|((index, _), outcome)| (*index, outcome.err()));
    let of_file = |(index, candidate): &(usize, &Candidate)| {
        let scratch = tempfile::tempdir().unwrap();
        let file = scratch.path().join("values.yaml");
        std::fs::write(&file, &candidate.text).unwrap();
        match helm.print(path, &candidate.release, &candidate.namespace, &[&file]) {
            Ok(_) => (*index, None),
            Err(HelmError::Refused(message)) => (*index, Some(message)),
            Err(error) => panic!("{}: {error}", candidate.name),
        }
    };
    of_known.chain(in_parallel(&files, of_file)).collect()
}

/// The keyword that refuses, and those and the names on the way to it.
fn keywords_of(error: &jsonschema::ValidationError<'_>) -> Vec<String> {
    let way = error.evaluation_path().to_string();
    way.split('/').chain([error.kind().keyword()]).map(str::to_owned).collect()
}
