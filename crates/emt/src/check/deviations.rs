//! Deviations from the reference architecture that are none.

use emt_check::{Needless, Rendered};
use helmwright_diagnostics::{Finding, similar};

use super::report::Looked;
use crate::conformance::deviations;
use crate::environment::Environment;
use crate::rules::{DEVIATION, UNUSED_DEVIATION};
use crate::workspace::Workspace;

/// Adds what is wrong with the deviations of an environment.
pub(super) fn judge(
    name: &str,
    environment: &Environment,
    rendered: &Rendered<'_>,
    workspace: &Workspace,
    looked: &mut Looked,
) {
    for needless in emt_check::needless(rendered, &deviations(environment)) {
        let id = match &needless {
            Needless::Unknown(id) => id.as_str(),
            Needless::Holds(row) => row.id,
        };
        let decision = environment.deviations.iter().find(|(row, _)| row.as_str() == id);
        let Some((_, (decision, _))) = decision else { continue };
        looked.add(workspace.in_listing(&["deviations", decision.as_str(), "rows"], finding(name, &needless)));
    }
}

fn finding(environment: &str, needless: &Needless) -> Finding {
    match needless {
        Needless::Unknown(id) => {
            let finding = DEVIATION.finding(needless.to_string());
            match similar(id, emt_check::rows().iter().map(|row| row.id)) {
                Some(near) => finding.help(format!("did you mean {near}?")),
                None => finding.help("`emt conformance --all` lists them"),
            }
        }
        Needless::Holds(row) => {
            let message = format!("{} holds in {environment}: {}", row.id, row.title);
            UNUSED_DEVIATION.finding(message).help("remove the row, or the environment")
        }
    }
}
