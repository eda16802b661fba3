//! What the working values are compared with: a revision, a directory, a packaged chart; and what is said where that fails.

use std::fs;
use std::path::Path;
use std::process::Command;

use emt::Workspace;
use emt::oci::{ChartArtifact, ChartFile, pack};
use emt::review::{Base, Cause, Class, Effect, Origin, Review, State, human, page, review};
use emt::{PackageOptions, package};

use super::{committed, copy};

fn git(directory: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(directory).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A repository with the committed values below `deploy/values`.
fn repository() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    copy(&committed(), &home.path().join("deploy/values"));
    git(home.path(), &["init", "-q"]);
    git(home.path(), &["add", "."]);
    git(home.path(), &["commit", "-q", "-m", "values"]);
    home
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

fn against(directory: &Path, base: Base, names: &[&str]) -> Review {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    review(&mut Workspace::open(directory).unwrap(), base, &names).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_revision_is_read_without_a_checkout() {
    let home = repository();
    let values = home.path().join("deploy/values");
    edit(&values.join("prod.yaml"), "banking-1.4.2", "banking-1.5.0");
    fs::remove_file(values.join("shared.yaml")).unwrap();
    fs::write(values.join("shared.yaml"), fs::read_to_string(committed().join("shared.yaml")).unwrap()).unwrap();
    let review = against(&values, Base::Revision("HEAD".to_owned()), &[]);
    let changing = review.environments.iter().filter(|environment| environment.differs());
    let names: Vec<&str> = changing.map(|environment| environment.name.as_str()).collect();
    assert_eq!(names, ["prod", "dr"]);
    assert!(review.is_whole() && review.gravest() == Some(Class::Restart));
    let Some(Origin::File { file, line }) = &review.environments[3].values[0].origin else { panic!() };
    let text = fs::read_to_string(values.join("prod.yaml")).unwrap();
    let changed = text.lines().position(|line| line.contains("banking-1.5.0")).map(|index| index + 1);
    assert!(file.ends_with("deploy/values/prod.yaml") && Some(*line) == changed, "{file}:{line}");
    assert!(review.base.starts_with("HEAD ("));
}

#[test]
fn links_are_followed_in_a_revision_as_in_the_file_system() {
    let home = repository();
    let values = home.path().join("deploy/values");
    fs::rename(values.join("shared.yaml"), home.path().join("shared.yaml")).unwrap();
    std::os::unix::fs::symlink("../../shared.yaml", values.join("shared.yaml")).unwrap();
    git(home.path(), &["add", "."]);
    git(home.path(), &["commit", "-q", "-m", "link"]);
    let review = against(&values, Base::Revision("HEAD".to_owned()), &[]);
    assert!(review.is_whole() && !review.environments.iter().any(|environment| environment.differs()));

    fs::remove_file(values.join("shared.yaml")).unwrap();
    std::os::unix::fs::symlink("/nowhere/shared.yaml", values.join("shared.yaml")).unwrap();
    git(home.path(), &["commit", "-q", "-a", "-m", "out"]);
    fs::remove_file(values.join("shared.yaml")).unwrap();
    fs::copy(home.path().join("shared.yaml"), values.join("shared.yaml")).unwrap();
    let review = against(&values, Base::Revision("HEAD".to_owned()), &["prod"]);
    let State::NotCompared { reason } = &review.environments[0].state else { panic!() };
    assert!(reason.contains("a link that leads out of the repository"), "{reason}");
}

#[test]
fn an_environment_may_come_and_go() {
    let home = repository();
    let values = home.path().join("deploy/values");
    let listing = fs::read_to_string(values.join("environments.yaml")).unwrap();
    let listing = listing.replace("\n  onprem:", "\n  premises:").replace(", onprem]", ", premises]");
    fs::write(values.join("environments.yaml"), listing).unwrap();
    let review = against(&values, Base::Revision("HEAD".to_owned()), &[]);
    let of = |name: &str| review.environments.iter().find(|environment| environment.name == name).unwrap();
    assert_eq!((&of("premises").state, &of("onprem").state), (&State::Added, &State::Removed));
    assert!(of("onprem").objects.len() > 20 && of("premises").objects.len() == of("onprem").objects.len());
    assert_eq!(review.gravest(), Some(Class::Data), "its claims are new and go");
}

#[test]
fn a_base_that_is_not_there_is_told() {
    let home = repository();
    let values = home.path().join("deploy/values");
    let mut workspace = Workspace::open(&values).unwrap();
    let mut said = |base| review(&mut workspace, base, &[]).unwrap_err().to_string();
    let unknown = said(Base::Revision("v9".to_owned()));
    assert!(unknown.contains("has no revision \"v9\""), "{unknown}");
    assert!(said(Base::Revision("--help".to_owned())).contains("has no revision \"--help\""));
    assert!(said(Base::Directory(home.path().join("none"))).contains("cannot read"));

    let outside = tempfile::tempdir().unwrap();
    copy(&committed(), outside.path());
    let mut workspace = Workspace::open(outside.path()).unwrap();
    let message = review(&mut workspace, Base::Revision("HEAD".to_owned()), &[]).unwrap_err().to_string();
    assert!(message.contains("git cannot read") && message.contains("not a git repository"), "{message}");

    git(home.path(), &["mv", "deploy", "moved"]);
    let mut workspace = Workspace::open(home.path().join("moved/values")).unwrap();
    let message = review(&mut workspace, Base::Revision("HEAD".to_owned()), &[]).unwrap_err().to_string();
    assert!(message.contains("HEAD:") && message.contains("it is not in HEAD"), "{message}");
}

#[test]
fn a_base_that_is_refused_is_no_passed_review() {
    let home = repository();
    let values = home.path().join("deploy/values");
    edit(&values.join("dev.yaml"), "traceLevel: DEBUG", "traceLevel: LOUD");
    git(home.path(), &["commit", "-q", "-a", "-m", "wrong"]);
    edit(&values.join("dev.yaml"), "traceLevel: LOUD", "traceLevel: DEBUG");
    let review = against(&values, Base::Revision("HEAD".to_owned()), &["dev"]);
    let State::NotCompared { reason } = &review.environments[0].state else { panic!("compared") };
    assert!(reason.starts_with("the base is refused: HEAD:"), "{reason}");
    assert!(reason.contains("deploy/values/dev.yaml:20:19: `traceLevel` must be"), "{reason}");
    assert!(!review.is_whole());
    let all = against(&values, Base::Revision("HEAD".to_owned()), &[]);
    let told = human(&all, false);
    let told: Vec<&str> = told.lines().take(3).collect();
    assert!(
        told[0].starts_with("no object changes in 9 environments (")
            && told[0].ends_with("; 1 environment could not be compared"),
        "{told:?}"
    );
    assert_eq!(told[1..], ["gravest risk: none known: 1 environment could not be compared", "cause: not known"]);
    assert!(human(&review, false).starts_with("nothing was compared with HEAD"), "{}", human(&review, false));
}

#[test]
fn a_value_that_changes_nothing_is_told_so() {
    let home = repository();
    let values = home.path().join("deploy/values");
    fs::write(values.join("over.yaml"), "gatewayGroups: { banking: { cassandra: { keyspace: apim_own } } }\n").unwrap();
    edit(&values.join("environments.yaml"), "groups.yaml, staging.yaml]", "groups.yaml, staging.yaml, over.yaml]");
    git(home.path(), &["add", "."]);
    git(home.path(), &["commit", "-q", "-m", "over"]);
    edit(&values.join("groups.yaml"), "keyspace: apim_banking", "keyspace: apim_other");
    edit(&values.join("groups.yaml"), "LOG.RETENTION.DAYS: \"14\"", "LOG.RETENTION.DAYS: \"14\" # as agreed");
    let review = against(&values, Base::Revision("HEAD".to_owned()), &["staging"]);
    let [environment] = review.environments.as_slice() else { panic!() };
    assert!(environment.objects.is_empty(), "{:?}", environment.objects);
    let [value] = environment.values.as_slice() else { panic!("{:?}", environment.values) };
    assert!(
        matches!(&value.effect, Effect::Overridden { by: Origin::File { file, line: 1 } } if file.ends_with("over.yaml"))
    );
    assert!(human(&review, false).contains("says otherwise"));
}

#[test]
fn a_chart_is_upgraded() {
    let own = package(&PackageOptions::default()).unwrap();
    let version = own.metadata().version.clone();
    let files: Vec<ChartFile> = own
        .archive()
        .files
        .iter()
        .map(|file| {
            let text = String::from_utf8_lossy(&file.bytes);
            let text = match file.path.as_str() {
                "Chart.yaml" => text.replace(&format!("\nversion: \"{version}\""), "\nversion: \"0.0.9\""),
                "values.yaml" => text.replacen("timeoutSeconds: 120", "timeoutSeconds: 90", 1),
                _ => text.into_owned(),
            };
            ChartFile { path: file.path.clone(), bytes: text.into_bytes() }
        })
        .collect();
    let former = ChartArtifact::new(pack(&own.archive().root, &files, own.created()).unwrap(), None).unwrap();
    let review = against(&committed(), Base::Chart(Box::new(former)), &["prod"]);
    let [environment] = review.environments.as_slice() else { panic!() };
    let [value] = environment.values.as_slice() else { panic!("{:?}", environment.values) };
    assert_eq!(value.path, "prechecks.timeoutSeconds");
    assert_eq!(value.origin, Some(Origin::Default { version: version.clone() }));
    assert_eq!(review.gravest(), Some(Class::Restart));
    let chart = Cause::Chart { from: "0.0.9".to_owned(), to: version };
    let labels = environment.objects.iter().flat_map(|object| &object.fields);
    let by_chart = labels.filter(|field| field.causes == [chart.clone()]).count();
    assert!(by_chart >= 40, "every object carries the chart's version: {by_chart}\n{}", human(&review, false));
    let limits = review.limits.join("\n");
    assert!(limits.contains("its templates are not run"), "{limits}");
    assert!(page(&review).unwrap().len() < 500_000);
}
