//! The way of a change through the environments, as `promotesFrom` of `environments.yaml` says it.
//!
//! Must not know values: the listing says it all.

use emt_check::PromotionStop;

use crate::environment::Environment;
use crate::workspace::{UnknownEnvironment, Workspace};

impl Workspace {
    /// The way of a change through the environments to this one, and on to those that are promoted from it.
    ///
    /// # Errors
    ///
    /// [`UnknownEnvironment`] with those that there are.
    pub fn promotion(&self, name: &str) -> Result<Vec<PromotionStop>, UnknownEnvironment> {
        let stop = |name: &str, environment: &Environment| PromotionStop {
            environment: name.to_owned(),
            stage: environment.stage,
            standby: environment.standby,
            from: environment.promotes_from.as_ref().map(ToString::to_string),
        };
        let mut stops = vec![stop(name, self.environment(name)?)];
        // A circle is refused where the listing is read.
        while let Some(from) = stops[0].from.clone() {
            let Ok(environment) = self.environment(&from) else { break };
            stops.insert(0, stop(&from, environment));
        }
        let mut next = stops.len() - 1;
        while let Some(last) = stops.get(next).map(|stop| stop.environment.clone()) {
            let of_last = |environment: &Environment| {
                environment.promotes_from.as_ref().is_some_and(|from| from.as_str() == last)
            };
            let behind = self.environments().filter(|(_, environment)| of_last(environment));
            stops.extend(behind.map(|(name, environment)| stop(name, environment)));
            next += 1;
        }
        Ok(stops)
    }
}
