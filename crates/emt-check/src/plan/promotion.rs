//! The way of a change through the environments (seed rows S0-003, S0-005, S1-P01 to S1-P13).

use emt_model::stage::Stage;

use super::{Line, Section};

/// An environment on that way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionStop {
    /// Its name.
    pub environment: String,
    /// What it is for.
    pub stage: Stage,
    /// Whether it stands by for the one that it is promoted from.
    pub standby: bool,
    /// The one that it is promoted from.
    pub from: Option<String>,
}

/// The stops in order.
pub(super) fn section(stops: &[PromotionStop]) -> Section {
    let line = |stop: &PromotionStop| -> Line {
        let (takes, rows) = match &stop.from {
            None if stop.stage == Stage::Development => {
                ("policies, edited and deployed by Policy Studio".to_owned(), "S1-P01, S1-P02")
            }
            None => ("images that the pipeline builds".to_owned(), "S1-P05 to S1-P10"),
            Some(from) if stop.standby => {
                (format!("the images of {from}, and its data as the databases copy it"), "S1-369")
            }
            Some(from) => (
                format!("the images of {from} as base, settings of its own, and APIs exported from {from}"),
                "S0-003, S0-005, S1-P03 to S1-P13",
            ),
        };
        vec![stop.environment.clone(), takes, rows.to_owned()]
    };
    Section {
        title: "Promotion, in this order",
        columns: &["environment", "takes", "rows"],
        // Of one that is promoted from none and to none there is no order.
        lines: if stops.len() > 1 { stops.iter().map(line).collect() } else { Vec::new() },
    }
}
