//! Texts of several lines, compared by line.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::change::{Line, Sign};

/// Lines that are shown around what differs.
const CONTEXT: usize = 2;

/// The lines that differ, and some around them.
pub(crate) fn lines(old: &str, new: &str) -> Vec<Line> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let mut lines = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (tag, before, after) = operation.as_tag_tuple();
        let mut push = |sign, texts: &[&str], first: usize| {
            lines.extend(texts.iter().enumerate().map(|(index, text)| Line {
                sign,
                number: first + index + 1,
                text: (*text).to_owned(),
            }));
        };
        if tag == DiffTag::Equal {
            push(Sign::Same, &new[after.clone()], after.start);
        } else {
            push(Sign::Removed, &old[before.clone()], before.start);
            push(Sign::Added, &new[after.clone()], after.start);
        }
    }
    near_changes(lines)
}

/// Drops the lines that stay and stand further than the context from what differs.
fn near_changes(lines: Vec<Line>) -> Vec<Line> {
    let changed: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| line.sign != Sign::Same).map(|(index, _)| index).collect();
    let is_near = |index: usize| {
        let next = changed.partition_point(|changed| *changed < index);
        let after = changed.get(next).is_some_and(|changed| changed - index <= CONTEXT);
        let before = next.checked_sub(1).and_then(|before| changed.get(before));
        after || before.is_some_and(|changed| index - changed <= CONTEXT)
    };
    lines.into_iter().enumerate().filter(|(index, _)| is_near(*index)).map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let sign = |sign| match sign {
            Sign::Same => ' ',
            Sign::Added => '+',
            Sign::Removed => '-',
        };
        lines(old, new).iter().map(|line| format!("{}{} {}", sign(line.sign), line.number, line.text)).collect()
    }

    #[test]
    fn what_differs_stands_between_two_lines_that_stay() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assert_eq!(shown(old, &old.replace('5', "five")), [" 3 3", " 4 4", "-5 5", "+5 five", " 6 6", " 7 7"]);
        assert_eq!(shown("a\nb", "a\nb\nc"), [" 1 a", " 2 b", "+3 c"]);
        assert_eq!(shown("a\nb\n", "a\nb"), [" 1 a", " 2 b", "-3 "], "a line break at the end counts");
    }
}
