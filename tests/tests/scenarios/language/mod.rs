//! The expression language and the tree, as a small chart of its own that uses all of it, with real Helm as the judge.

mod cases;
mod chart;
mod complete;
mod equality;
mod kinds;
mod merge;
mod panics;
mod pitfalls;
mod printed;
mod random;
mod values;
