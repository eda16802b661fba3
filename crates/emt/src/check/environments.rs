//! The environments that a check looks at, with those that they are promoted from: read and rendered.
//!
//! Must not know rules.

use helmwright_diagnostics::Findings;
use rayon::prelude::*;

use crate::environment::Environment;
use crate::manifests::Manifests;
use crate::refused::Refused;
use crate::render::{Input, render, tree};
use crate::workspace::{LoadError, UnknownEnvironment, Workspace};

/// An environment with its values and objects, as far as there are any.
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) environment: Environment,
    /// None if its files are refused.
    pub(super) input: Option<Input>,
    /// Otherwise why there are none.
    pub(super) manifests: Result<Manifests, Findings>,
}

impl Candidate {
    fn new(name: String, environment: Environment, read: Result<Input, Findings>) -> Self {
        let (input, manifests) = match read {
            Ok(input) => {
                let manifests = render(&input).map_err(|refused| refused.findings);
                (Some(input), manifests)
            }
            Err(findings) => (None, Err(findings)),
        };
        Self { name, environment, input, manifests }
    }
}

impl Workspace {
    /// These environments, and behind them those that they are promoted from.
    pub(super) fn candidates(&mut self, chosen: &[String]) -> Result<Vec<Candidate>, UnknownEnvironment> {
        let mut all: Vec<(String, Environment)> = Vec::new();
        for name in chosen {
            all.push((name.clone(), self.environment(name)?.clone()));
        }
        for index in 0..chosen.len() {
            let Some(from) = all[index].1.promotes_from.as_ref().map(ToString::to_string) else { continue };
            let is_new = all.iter().all(|(name, _)| *name != from);
            // One that does not exist is told where the listing is read.
            if let (true, Ok(environment)) = (is_new, self.environment(&from)) {
                let environment = environment.clone();
                all.push((from, environment));
            }
        }
        // The definition does not depend on the files, and making it takes about as long as reading them.
        let (read, _) = rayon::join(|| self.read(all), tree);
        Ok(read.into_par_iter().map(|(name, environment, read)| Candidate::new(name, environment, read)).collect())
    }

    fn read(&mut self, all: Vec<(String, Environment)>) -> Vec<(String, Environment, Result<Input, Findings>)> {
        let mut read = Vec::new();
        for (name, environment) in all {
            let input = self.input(&name).map_err(|error| match error {
                LoadError::Refused(Refused { findings, .. }) => findings,
                // The environment is one of the listing, whose files are told as findings.
                LoadError::UnknownEnvironment(_) | LoadError::File { .. } => Findings::new(),
            });
            read.push((name, environment, input));
        }
        read
    }
}
