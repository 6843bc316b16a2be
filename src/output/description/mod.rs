//! What is in a scenario, in words that a student reads: one mechanism a file.
//!
//! [`of_model()`] tells a scenario topic by topic, [`of_variant()`] what a variant changes of it. Numbers are told with the usual values
//! of parameters, rounded for reading, and name the parameters that they are computed from.

mod ageing;
mod arrivals;
mod births;
mod corrections;
mod costs;
mod fields;
mod formula;
mod moves;
mod names;
mod observed;
mod of_model;
mod of_variant;
mod outcomes;
mod parameters;
mod places;
mod policies;
mod programmes;
mod rate;
mod regimes;
mod shocks;
mod start;
mod stays;
mod table;
mod targets;
mod telling;
mod terms;
mod topic;
mod variant_changes;
mod who;
mod words;

pub use of_model::of_model;
pub use of_variant::of_variant;
pub use topic::Topic;
