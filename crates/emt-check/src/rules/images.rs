//! The images that values name, as rules look at them.

use super::Subject;

/// An image that values name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Path of its tag.
    pub(super) path: String,
    /// The tag, without the digest.
    pub(super) tag: String,
    /// The digest behind the tag.
    pub(super) digest: Option<String>,
}

/// Every image that is used and has a tag.
pub(super) fn all(subject: &Subject<'_>) -> Vec<Image> {
    let values = &subject.values;
    let mut images = Vec::new();
    if values.admin_node_manager.enabled {
        images.push(("adminNodeManager.image.tag".to_owned(), &values.admin_node_manager.image.tag));
    }
    for group in &subject.groups {
        images.push((format!("{}.image.tag", group.path), &group.values.image.tag));
    }
    let (setup, tests) = (&values.metrics_database.setup.image, &values.tests.image);
    if values.metrics_database.enabled && !setup.repository.as_str().is_empty() {
        images.push(("metricsDatabase.setup.image.tag".to_owned(), &setup.tag));
    }
    if values.tests.enabled && !tests.repository.as_str().is_empty() {
        images.push(("tests.image.tag".to_owned(), &tests.tag));
    }
    let image = |(path, tag): (String, &emt_model::names::ImageTag)| {
        let (tag, digest) = match tag.as_str().split_once('@') {
            Some((tag, digest)) => (tag, Some(digest.to_owned())),
            None => (tag.as_str(), None),
        };
        Image { path, tag: tag.to_owned(), digest }
    };
    images.into_iter().map(image).filter(|image| !image.tag.is_empty()).collect()
}

/// A tag in two: its words, and the numbers between them in order.
pub(super) fn version(tag: &str) -> (Vec<&str>, Vec<u64>) {
    let words = tag.split(|character: char| character.is_ascii_digit() || character == '.');
    let numbers = tag.split(|character: char| !character.is_ascii_digit());
    (words.filter(|word| !word.is_empty()).collect(), numbers.filter_map(|number| number.parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_compared_as_numbers() {
        let (first, second) = (version("banking-1.9.2"), version("banking-1.10.0"));
        assert_eq!(first.0, second.0);
        assert!(second.1 > first.1);
        assert_ne!(version("main-1.5.0-rc.1").0, version("main-1.5.0").0);
    }
}
