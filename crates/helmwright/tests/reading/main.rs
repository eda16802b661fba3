//! Values of a sample: their description, reading files, who set a value, and a finding for each rule at its place.

mod described;
mod layers;
mod rules;
mod sample;
