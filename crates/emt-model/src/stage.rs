//! What an environment is for. No value of the chart: rules judge the same values differently by it.

helmwright::choices! {
    /// What an environment is for.
    pub enum Stage { Development = "development", Test = "test", Production = "production" }
}
