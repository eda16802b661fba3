//! What has to be kept elsewhere, so that the environment can be made anew (seed rows S1-362 to S1-369).
//!
//! Limit: how often, and for how long, follows from what may be lost, which the owners of the data say.

use std::collections::BTreeSet;

use super::{Line, Section, inventory};
use crate::Rendered;
use crate::rules::Subject;

/// The duties of this environment.
pub(super) fn section(rendered: &Rendered<'_>) -> Section {
    let mut lines: Vec<Line> = Vec::new();
    let mut add = |what: &str, of: String, how: &str, row: &str| {
        lines.push(vec![what.to_owned(), of, how.to_owned(), row.to_owned()]);
    };
    // Values that lost their types are told by `emt check`.
    let Ok(subject) = Subject::new(rendered) else { return of_lines(lines) };
    let groups: Vec<&str> = subject.groups.iter().map(|group| group.name.as_str()).collect();
    add(
        "policies and settings",
        groups.join(", "),
        "in version control: the project, or FED, or POL and ENV files",
        "S1-363",
    );
    add("chart and values", rendered.release.to_owned(), "in version control", "S1-368");
    add("images", registries(rendered), "in the registry, with every digest that may run again", "S1-364");
    if subject.values.metrics_database.enabled {
        let host = subject.values.metrics_database.host.as_str().to_owned();
        add("metrics database", host, "by the database's own procedure", "S1-365");
    }
    let users = subject.groups.iter().filter(|group| group.cassandra.enabled);
    let keyspaces: BTreeSet<&str> = users.map(|group| group.cassandra.keyspace.as_str()).collect();
    if !keyspaces.is_empty() {
        let keyspaces = keyspaces.into_iter().collect::<Vec<_>>().join(", ");
        add("Cassandra", keyspaces, "daily to begin with; more often for tokens and keys", "S1-366");
    }
    let claims = names(rendered, "PersistentVolumeClaim");
    if !claims.is_empty() {
        add("logs and events", claims, "sent on by the collector of logs: a loss stops nothing", "S1-367");
    }
    let secrets: Vec<String> =
        inventory::secrets(&rendered.objects).lines.into_iter().filter_map(|line| line.into_iter().next()).collect();
    if !secrets.is_empty() {
        add("Secrets", secrets.join(", "), "where they come from: the release does not start without them", "");
    }
    add(
        "another region",
        "the cluster".to_owned(),
        "access to it, and a pipeline that makes the cluster anew from all of the above",
        "S1-369",
    );
    of_lines(lines)
}

fn of_lines(lines: Vec<Line>) -> Section {
    Section { title: "Backup and recovery", columns: &["what", "of", "how", "row"], lines }
}

fn names(rendered: &Rendered<'_>, kind: &str) -> String {
    let own = rendered.objects.iter().filter(|object| object["kind"] == kind);
    own.filter_map(|object| object["metadata"]["name"].as_str()).collect::<Vec<_>>().join(", ")
}

/// The registries and repositories that images come from.
fn registries(rendered: &Rendered<'_>) -> String {
    let images = inventory::images_of(rendered.objects.iter().copied());
    let repository = |image: &String| {
        let image = image.split('@').next().unwrap_or_default();
        // A colon before the last slash is that of a port.
        let end = image.rfind(':').filter(|colon| image.rfind('/').is_none_or(|slash| *colon > slash));
        image[..end.unwrap_or(image.len())].to_owned()
    };
    images.keys().map(repository).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ")
}
