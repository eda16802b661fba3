//! A choice with a word that YAML reads as a boolean, and one that is a number.

helmwright::choices! {
    /// Whether it is on.
    pub enum Switch { On = "on", Off = "off" }
}

helmwright::choices! {
    /// A level.
    pub enum Level { Low = "low", High = "1e3" }
}

fn main() {}
