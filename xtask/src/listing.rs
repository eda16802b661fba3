//! The environments of `values/environments.yaml`, as far as developer commands need them.
//!
//! Limit: read line by line, as the committed file is written; the program itself reads it properly.

/// The lines below `environments:`.
pub(crate) fn environment_lines(text: &str) -> impl Iterator<Item = &str> {
    let listed = text.lines().skip_while(|line| !line.starts_with("environments:")).skip(1);
    listed.take_while(|line| line.is_empty() || line.starts_with([' ', '#']))
}

/// The name of an environment, if its entry begins in this line.
pub(crate) fn name(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("  ")?.split_once(':')?;
    name.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{environment_lines, name};

    #[test]
    fn other_maps_of_the_file_are_no_environments() {
        let text = "# a: b\nenvironments:\n  dev:\n    files: [a.yaml]\n\n  # more: here\n  prod:\n    files: [b.yaml]\ndeviations:\n  small:\n";
        assert_eq!(environment_lines(text).filter_map(name).collect::<Vec<_>>(), ["dev", "prod"]);
    }
}
