//! Which branches of the tree a set of values takes.
//!
//! Coverage counts control nodes of the definition, not lines of a chart: a branch that no committed values file and no
//! refused example takes is one that nobody has seen rendered.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::Location;

use crate::evaluate::Observer;
use crate::tree::walk::{Part, walk};
use crate::tree::{ControlId, Tree};

/// A branch of a control node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Branch {
    /// Where the author wrote the control node.
    pub location: &'static Location<'static>,
    /// Number of the control node.
    pub control: u32,
    /// Which branch: 0 is the first, the last is "none of the conditions holds", "empty" or "not refused".
    pub branch: usize,
}

/// All branches of a tree that values can take, each once. A helper is printed once, so its branches count once, however
/// often it is called. A branch that the conditions around it rule out does not count.
#[must_use]
pub fn branches(tree: &Tree) -> BTreeSet<Branch> {
    all(tree).into_iter().map(|(branch, _)| branch).collect()
}

/// Those of the [`branches`] in which nothing stands, such as that of an empty loop.
#[must_use]
pub fn bare_branches(tree: &Tree) -> BTreeSet<Branch> {
    all(tree).into_iter().filter(|(_, known)| known.is_bare).map(|(branch, _)| branch).collect()
}

/// What is known of a branch.
struct Known {
    is_bare: bool,
    in_helper: bool,
}

/// All branches.
fn all(tree: &Tree) -> Vec<(Branch, Known)> {
    let (mut found, mut helpers) = (BTreeMap::new(), BTreeMap::new());
    walk(tree, &mut |part| {
        if let Part::Control { id, branches, bare, in_helper } = part {
            // Copies of a helper's control node have one place and different numbers: they count as the first of them.
            let control = if in_helper { *helpers.entry(id.location).or_insert(id.number()) } else { id.number() };
            for branch in branches {
                let known = Known { is_bare: bare.contains(&branch), in_helper };
                found.insert(Branch { location: id.location, control, branch }, known);
            }
        }
    });
    found.into_iter().collect()
}

/// Collects the branches that evaluations take.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    taken: BTreeSet<Branch>,
    /// The same by place: the copies of a helper's control node have one place and different numbers.
    places: BTreeSet<(&'static Location<'static>, usize)>,
}

impl Observer for Coverage {
    fn branch(&mut self, control: ControlId, branch: usize) {
        self.places.insert((control.location, branch));
        self.taken.insert(Branch { location: control.location, control: control.number(), branch });
    }
}

impl Coverage {
    /// The branches of the tree that no evaluation took.
    #[must_use]
    pub fn missing(&self, tree: &Tree) -> Vec<Branch> {
        let taken = |branch: &Branch, in_helper: bool| {
            self.taken.contains(branch) || in_helper && self.places.contains(&(branch.location, branch.branch))
        };
        all(tree)
            .into_iter()
            .filter(|(branch, known)| !taken(branch, known.in_helper))
            .map(|(branch, _)| branch)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::*;
    use crate::evaluate::{Release, evaluate, notes};
    use crate::expression::{Expr, Expression, Variable, not_empty};
    use crate::tree::{Control, Document, Entry, File, Item, Key, Node};
    use crate::typed::{Lines, lines_helper};
    use crate::values::{Symbolic, Token};

    type Words = BTreeMap<Token, Token>;

    fn words() -> Expr<Words> {
        Words::symbol(Expression::Values.field("words", Words::TYPE))
    }

    fn missing(tree: &Tree, values: &[Value]) -> Vec<usize> {
        let release = Release { name: "r", namespace: "n", chart_version: "1", app_version: "1" };
        let mut coverage = Coverage::default();
        for values in values {
            notes(tree, values, &release, &mut coverage);
            evaluate(tree, values, &release, &mut coverage).unwrap();
        }
        coverage.missing(tree).into_iter().map(|branch| branch.branch).collect()
    }

    #[test]
    fn calls_of_one_helper_count_together() {
        let listed = || {
            let helper = lines_helper("t.words", "Words.", [], |lines, ()| {
                lines.line("words:");
                lines.range(["key", "word"], &words(), |lines, key, _| lines.line(key));
            });
            helper.call(())
        };
        let notes = Lines::build(|lines| {
            lines.when(not_empty(words()), |lines| lines.line(listed()));
            lines.line(listed());
        });
        let tree = Tree { files: Vec::new(), notes };
        assert_eq!((branches(&tree).len(), bare_branches(&tree).len()), (4, 2));
        assert_eq!(missing(&tree, &[json!({"words": {}})]), [0, 0]);
        assert_eq!(missing(&tree, &[json!({"words": {"a": "b"}})]), [1, 1]);
        assert!(missing(&tree, &[json!({"words": {}}), json!({"words": {"a": "b"}})]).is_empty());
    }

    #[test]
    fn a_branch_that_all_calls_of_a_helper_rule_out_does_not_count() {
        let listed = |words: &Expr<Words>| {
            lines_helper("t.listed", "Words.", ["words"], |lines, (words,): (Expr<Words>,)| {
                lines.line("words:");
                lines.range(["key", "word"], &words, |lines, key, _| lines.line(key));
            })
            .call((words.clone(),))
        };
        let under = |guarded: bool| {
            let notes = Lines::build(|lines| {
                lines.line("notes");
                lines.when(not_empty(words()), |lines| lines.line(listed(&words())));
                if !guarded {
                    lines.line(listed(&words()));
                }
            });
            branches(&Tree { files: Vec::new(), notes }).len()
        };
        assert_eq!([true, false].map(under), [3, 4]);
    }

    #[test]
    fn a_branch_that_is_ruled_out_does_not_count() {
        let notes = Lines::build(|lines| {
            lines.line("words:");
            lines.when(not_empty(words()), |lines| {
                lines.either(not_empty(words()), |lines| lines.line("some"), |lines| lines.line("never"));
                lines.range(["key", "word"], &words(), |lines, key, _| lines.line(key));
            });
        });
        let tree = Tree { files: Vec::new(), notes };
        assert_eq!(branches(&tree).len(), 4);
        assert!(missing(&tree, &[json!({"words": {}}), json!({"words": {"a": "b"}})]).is_empty());
    }

    #[test]
    fn a_range_over_what_is_not_empty_has_one_branch() {
        let (all, word) = (Variable::new("all", Words::TYPE), Variable::new("word", Token::TYPE));
        let range = Control::Range {
            id: ControlId::new(),
            subject: Expression::Variable(all.clone()),
            key: None,
            value: word.clone(),
            body: vec![Item::Node(Node::Scalar(Expression::Variable(word)))],
        };
        let field = Entry::Field {
            key: Key::Literal("list".to_owned()),
            node: Node::List(vec![Item::Control(range)]),
            location: Location::caller(),
        };
        let subject = Expression::Values.field("words", Words::TYPE);
        let with = Control::With { id: ControlId::new(), subject, variable: all, body: vec![field] };
        let documents = vec![Document::Object(vec![Entry::Control(with)])];
        let tree = Tree { files: vec![File { name: "a.yaml", purpose: "A.", documents }], notes: Vec::new() };
        assert!(missing(&tree, &[json!({"words": {}}), json!({"words": {"a": "b"}})]).is_empty());
        assert_eq!(missing(&tree, &[json!({"words": {}})]), [0, 0]);
    }
}
