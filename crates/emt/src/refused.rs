//! Why something was refused: findings together with the texts that they point into.

use std::fmt;

use helmwright_diagnostics::{Finding, Findings, SourceMap, Style};

/// Findings, at least one of which is an error, and the texts that they point into.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What is wrong.
    pub findings: Findings,
    /// The texts.
    pub sources: SourceMap,
}

impl Refused {
    /// One finding without a text.
    pub(crate) fn bare(finding: Finding) -> Self {
        Self { findings: finding.into(), sources: SourceMap::new() }
    }

    /// The findings as text for people.
    #[must_use]
    pub fn human(&self, style: Style) -> String {
        helmwright_diagnostics::human(&self.findings, &self.sources, style)
    }
}

/// The findings as text for people, without colour and without a line break at the end.
impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.human(Style::default()).trim_end())
    }
}

impl std::error::Error for Refused {}
