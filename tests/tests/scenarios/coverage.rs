//! Every branch of the tree is one that somebody has seen: the committed values take it, or, where it refuses values, a
//! file of `tests/refused` does.
//!
//! A refused file is named after what it refuses and begins with the message that emt and both Helms must give for it,
//! behind `# Refused: `; there are several where one fault is told at several values. It is laid over
//! `tests/base-values.yaml`, unless it accepts the general conditions itself. In templates with objects it counts for
//! branches alone in which nothing stands, so that no object goes unseen because of it. A file that takes no branch of its
//! own leads into one by other values, as the mutation of the text asks for; the same values twice are one too many.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use emt::{Input, Release, render};
use emt_tests::{HelmError, helms};
use helmwright::coverage::{Branch, Coverage, bare_branches, branches};
use helmwright::tree::{Control, Document, Tree};
use serde_json::Value;

use crate::chart::{base, chart, committed, files_in, layered, stem, workspace};
use crate::figures::{self, listed, thousands};

/// What stands before the expected message in a refused file.
const HEADING: &str = "# Refused: ";

/// Values that are refused.
pub(crate) struct Refused {
    /// The file's name.
    pub(crate) name: String,
    files: Vec<PathBuf>,
    /// The files laid over one another.
    pub(crate) user: Value,
    /// What emt has to say, in order; Helm stops at the first.
    messages: Vec<String>,
}

/// All files of refused values.
pub(crate) fn refused() -> Vec<Refused> {
    let files = files_in(&workspace().join("tests/refused"));
    let read = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        let messages: Vec<String> =
            text.lines().map_while(|line| line.strip_prefix(HEADING)).map(str::to_owned).collect();
        assert!(!messages.is_empty(), "{} does not begin with `{HEADING}`", file.display());
        let name = stem(&file);
        let alone = layered(std::slice::from_ref(&file)).get("acceptGeneralConditions").is_some();
        let files = if alone { vec![file] } else { vec![base(), file] };
        Refused { name, user: layered(&files), files, messages }
    };
    files.into_iter().map(read).collect()
}

#[test]
fn refused_values_are_refused_with_their_message_by_emt_and_both_helms() {
    let (scratch, all) = (tempfile::tempdir().unwrap(), refused());
    let path = chart().write_below(scratch.path());
    let mut wrong = Vec::new();
    for values in &all {
        let said = ours(values);
        if said != values.messages {
            wrong.push(format!("{}: emt says {said:?} instead of {:?}", values.name, values.messages));
        }
    }
    for helm in helms() {
        wrong.extend(in_parallel(&all, |values| {
            let files: Vec<&Path> = values.files.iter().map(PathBuf::as_path).collect();
            let (name, version) = (&values.name, &helm.version);
            match helm.print(&path, "apim", "apim", &files) {
                Err(HelmError::Refused(message)) if ends_with(&message, &values.messages[0]) => None,
                Err(error) => Some(format!("{name}: Helm {version} says {error}")),
                Ok(_) => Some(format!("{name}: Helm {version} renders it")),
            }
        }));
    }
    let judges = 1 + helms().len();
    figures::print("refused", "", &format!("{} files, each refused with its message by {judges} readers", all.len()));
    assert!(wrong.is_empty(), "{}", listed(&wrong, 40));
}

/// Asks about all entries on all cores; what is said of them.
fn in_parallel<T: Sync>(entries: &[T], ask: impl Fn(&T) -> Option<String> + Sync) -> Vec<String> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let ask = &ask;
        let parts = entries.chunks(entries.len().div_ceil(threads).max(1));
        let running: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().filter_map(ask).collect::<Vec<_>>())).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Whether Helm's words end with this message and with no more of a message before it.
fn ends_with(words: &str, message: &str) -> bool {
    words.strip_suffix(message).is_some_and(|place| place.ends_with("): "))
}

/// What emt says to the files, as the chart would say it.
fn ours(values: &Refused) -> Vec<String> {
    let files = values.files.iter().map(|file| (file.display().to_string(), fs::read(file).unwrap()));
    let release = Release::new("apim", "apim").unwrap();
    let refused = match Input::from_files(files, release).and_then(|input| render(&input)) {
        Ok(_) => return Vec::new(),
        Err(refused) => refused,
    };
    let said = refused.findings.iter().map(|finding| match &finding.path {
        Some(path) => format!("{path}: {}", finding.message),
        None => finding.message.clone(),
    });
    said.collect()
}

#[test]
fn committed_and_refused_values_take_every_branch() {
    let (chart, committed, refused) = (chart(), committed(), refused());
    let mut rendered = Coverage::default();
    for values in &committed {
        let outcome = chart.observe(&values.release, &values.namespace, &values.user, &mut rendered);
        assert!(outcome.is_ok(), "{} is refused: {outcome:?}", values.name);
    }
    let all = branches(chart.tree).len();
    let left: BTreeSet<Branch> = rendered.missing(chart.tree).into_iter().collect();
    let (mut seen, mut reasons, mut needless) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for values in &refused {
        let mut coverage = Coverage::default();
        let outcome = chart.observe("apim", "apim", &values.user, &mut coverage);
        assert!(outcome.is_err(), "{} is not refused", values.name);
        let unseen: BTreeSet<Branch> = coverage.missing(chart.tree).into_iter().collect();
        let before = seen.len();
        seen.extend(left.difference(&unseen).copied());
        // Another way to the same branch: for another reason, or by other values.
        let mut paths = Vec::new();
        helmwright_yaml::leaves(&values.user, &mut |path, _| paths.push(path.to_vec()));
        let is_new = reasons.insert((outcome.err(), paths));
        if seen.len() == before && !is_new {
            needless.push(values.name.clone());
        }
    }
    // What stands in a branch of a template with objects has to have been rendered.
    let files = chart.tree.files.iter().filter(|file| !file.documents.iter().any(renders)).cloned().collect();
    let countable = &branches(&Tree { files, notes: Vec::new() }) | &bare_branches(chart.tree);
    let missing = chart.named(left.iter().filter(|branch| !(seen.contains(branch) && countable.contains(branch))));
    figures::print(
        "coverage",
        "",
        &format!(
            "{} of {} branches taken: {} by {} committed sets of values, {} by {} refused ones",
            thousands(all - missing.len()),
            thousands(all),
            thousands(all - left.len()),
            committed.len(),
            left.len() - missing.len(),
            refused.len(),
        ),
    );
    assert!(missing.is_empty(), "branches that nobody has seen:{}", listed(&missing, 200));
    assert!(
        needless.is_empty(),
        "refused values that take no branch and have no reason of their own:{}",
        listed(&needless, 40)
    );
}

/// Whether a document makes objects.
fn renders(document: &Document) -> bool {
    match document {
        Document::Refuse(_) => false,
        Document::Object(_) | Document::Whole(_) => true,
        Document::Control(Control::If { branches, otherwise, .. }) => {
            branches.iter().map(|(_, parts)| parts).chain([otherwise]).flatten().any(renders)
        }
        Document::Control(Control::With { body, .. } | Control::Range { body, .. } | Control::Let { body, .. }) => {
            body.iter().any(renders)
        }
    }
}
