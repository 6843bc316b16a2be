//! Programmes: organised movement with limited seats.

use super::{CountsAs, NumberId, PlaceId, Rate, Target, Varying, Who};

/// On occasions, seats are given to people who are eligible.
///
/// Where the seats or the occasions are a table by a dimension, each value of it is a line of its own, with its own
/// seats for its own people; a single rate of random occasions is then one event common to all lines.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where from.
    pub from: Vec<PlaceId>,
    /// Who is eligible.
    pub who: Who,
    /// Where they go; several targets share the seats' takers among them.
    pub targets: Vec<Target>,
    /// When.
    pub occasions: Occasions,
    /// How many, each time.
    pub seats: Seats,
    /// Classes, the first served first; the eligible whom no class names come last, together.
    pub priority: Vec<Who>,
    /// Steps in which nothing takes place: from, until (exclusive).
    pub pauses: Vec<(u32, u32)>,
    /// What it counts as in `rates.csv`.
    pub counts_as: Option<CountsAs>,
}

/// When a programme takes place.
#[derive(Clone, Debug)]
pub enum Occasions {
    /// On dates; a factor of 2 makes each two, a factor of 1/2 lets every second take place.
    Regular {
        /// How many fall into each step.
        per_step: Vec<u32>,
        /// The speed, 1 unless changed.
        factor: NumberId,
        /// In words, for people: `"every 2 months"`.
        words: String,
    },
    /// At random moments.
    Random(Rate),
}

/// The seats of one occasion.
#[derive(Clone, Debug)]
pub struct Seats {
    /// How many, or the mean.
    pub mean: Varying,
    /// The standard deviation of a normal distribution, rounded and never below 0; `None`: as many as `mean` says.
    pub sd: Option<Varying>,
    /// Multiplies both: what a change with `times` of the whole acts on.
    pub factor: NumberId,
}
