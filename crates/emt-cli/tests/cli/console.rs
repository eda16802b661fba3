//! Console blocks of pages: the commands after `$`, and what they are said to print. A line `…` stands for any lines.

/// The commands of a page's console blocks, each with the lines that it is said to print.
pub(crate) fn commands(page: &str) -> Vec<(String, Vec<String>)> {
    let mut commands: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        match line {
            "```console" => inside = true,
            "```" => inside = false,
            _ if !inside => {}
            _ => match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => commands.push((command.to_owned(), Vec::new())),
                (None, Some((_, said))) => said.push(line.to_owned()),
                (None, None) => {}
            },
        }
    }
    commands
}

/// Whether lines are those said.
pub(crate) fn matches(said: &[String], printed: &[&str]) -> bool {
    match (said, printed) {
        ([], []) => true,
        ([any, said @ ..], _) if any == "…" => (0..=printed.len()).any(|skipped| matches(said, &printed[skipped..])),
        ([line, said @ ..], [first, printed @ ..]) => line == first && matches(said, printed),
        _ => false,
    }
}
