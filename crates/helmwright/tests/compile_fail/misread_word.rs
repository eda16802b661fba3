//! A choice with a word that YAML reads as a boolean.

helmwright::choices! {
    /// Whether it is on.
    pub enum Switch { On = "on", Off = "never" }
}

fn main() {}
