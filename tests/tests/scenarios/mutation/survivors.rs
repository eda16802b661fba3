//! Mutants that may live, each with its reason: what they change cannot matter.

use super::trials::Place;

/// A reason, and the mutants that it holds for.
struct Reason {
    /// The operators.
    operators: &'static [&'static str],
    /// A part of the file's name.
    file: &'static str,
    /// A part of the line as it was.
    before: &'static str,
    /// A part of what stands in its place.
    after: &'static str,
    /// Why nothing changes.
    why: &'static str,
}

const REASONS: &[Reason] = &[
    Reason {
        operators: &["bare integer"],
        file: "",
        before: "runAs",
        after: "",
        why: "Helm writes a large number with an exponent, and reads the same number back",
    },
    Reason {
        operators: &["bare integer"],
        file: "",
        before: "fsGroup: ",
        after: "",
        why: "Helm writes a large number with an exponent, and reads the same number back",
    },
    Reason {
        operators: &["indent"],
        file: "-deployment.yaml",
        before: "DuringSchedulingIgnoredDuringExecution:",
        after: "",
        why: "the only key of its map in its branch, above a list, which may stand in the same column",
    },
    Reason {
        operators: &["drop deepCopy"],
        file: "",
        before: "(deepCopy $group.",
        after: "",
        why: "the group is a copy already, and is read once",
    },
    Reason {
        operators: &["drop quote"],
        file: "-networkpolicy.yaml",
        before: "cidr: {{",
        after: "",
        why: "a range of addresses is never read as anything but a text",
    },
    Reason {
        operators: &["drop quote"],
        file: "-deployment.yaml",
        before: "\"$(POD_NAME)\"",
        after: "",
        why: "a text that needs no quotes",
    },
    Reason {
        operators: &["change text"],
        file: "traffic-ingress-alb.yaml",
        before: "\"audience\" \"callers\"",
        after: "",
        why: "callers are whoever the helper does not know as administrators",
    },
    Reason {
        operators: &["drop deepCopy"],
        file: "-serviceaccount.yaml",
        before: "serviceAccount.annotations",
        after: "",
        why: "nothing reads the common annotations after it in its file, and each file is tried alone",
    },
    Reason {
        operators: &["change text"],
        file: "refused-values.yaml",
        before: "$taken := printf",
        after: ",%s,x\"",
        why: "a name is looked for with commas on both sides, and nothing begins behind the last one",
    },
    Reason {
        operators: &["drop guard"],
        file: "admin-node-manager-configmap.yaml",
        before: "$nodeManager.jvm.options",
        after: "",
        why: "the ConfigMap is there for nothing else",
    },
    Reason {
        operators: &["drop quote"],
        file: "_helpers.tpl",
        before: "wafAclArn",
        after: "",
        why: "an ARN is never read as anything but a text",
    },
];

/// Survivors, told apart.
pub(super) struct Reasons {
    /// How many live with a reason.
    pub(super) reasoned: usize,
    /// The others, with their place.
    pub(super) unexplained: Vec<String>,
}

/// Tells survivors apart.
pub(super) fn reasons<'p>(places: impl Iterator<Item = &'p Place>) -> Reasons {
    let mut found = Reasons { reasoned: 0, unexplained: Vec::new() };
    for place in places {
        let fits = |reason: &&Reason| {
            let mutant = &place.mutant;
            reason.operators.contains(&mutant.operator)
                && place.file.contains(reason.file)
                && mutant.before.contains(reason.before)
                && mutant.after.contains(reason.after)
        };
        match REASONS.iter().find(fits) {
            Some(reason) if !reason.why.is_empty() => found.reasoned += 1,
            _ => {
                let mutant = &place.mutant;
                let (file, line, operator) = (&place.file, mutant.line, mutant.operator);
                found.unexplained.push(format!("{file}:{line}: {operator}: {} => {}", mutant.before, mutant.after));
            }
        }
    }
    found
}
