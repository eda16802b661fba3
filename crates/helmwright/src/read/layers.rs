//! Several values files, one over the other: what they give together, and which of them set a value.

use helmwright_diagnostics::Span;

/// Who set a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A values file; the span is the value's, in the last file that sets it.
    File(Span),
    /// The chart's defaults.
    Default,
}
