//! Constants: numbers, texts, quotes.

use super::Template;
use super::reading::{key, numbers, string_ends};

impl Template<'_> {
    /// All of them at a line.
    pub(super) fn constants(&mut self, at: usize) {
        let line = self.lines[at].to_owned();
        if let Some(key) = key(&line)
            && !key.value.is_empty()
        {
            if key.value.starts_with('"') && key.value.ends_with('"') && key.value.len() > 1 {
                self.replace("drop quote", at, format!("{}{}", key.before, &key.value[1..key.value.len() - 1]));
            }
            if !key.value.contains("{{") {
                let changed = match key.value {
                    "true" => "false".to_owned(),
                    "false" => "true".to_owned(),
                    "{}" | "[]" | "|" => return,
                    quoted if quoted.ends_with('"') => format!("{}x\"", &quoted[..quoted.len() - 1]),
                    plain => format!("{plain}x"),
                };
                self.replace("change text", at, format!("{}{changed}", key.before));
            }
        }
        if line.trim_start().starts_with("- ") && key(&line).is_none() && !line.contains("{{") {
            self.replace("change text", at, format!("{line}x"));
        }
        for (start, end) in numbers(&line, self.inside[at]) {
            let number: u64 = line[start..end].parse().unwrap_or(0);
            let changed = format!("{}{}{}", &line[..start], number + 1, &line[end..]);
            self.replace("change number", at, changed);
        }
        for end in string_ends(&line, self.inside[at]) {
            self.replace("change text", at, format!("{}x{}", &line[..end], &line[end..]));
        }
    }
}
