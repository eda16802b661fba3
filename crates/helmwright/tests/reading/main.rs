//! Reading values files: what is accepted, who set a value, and a finding for each rule at its place.

mod layers;
mod rules;
mod sample;
