//! Moves: a hazard per person from one or more places.

use super::{CountsAs, PlaceId, Rate, Target, Who};

/// People of some groups leave some places at a rate. All moves out of a cell compete.
#[derive(Clone, Debug)]
pub struct Move {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where from.
    pub from: Vec<PlaceId>,
    /// Whom it concerns.
    pub who: Who,
    /// Where to and as what; never the cell they are in.
    pub targets: Vec<Target>,
    /// How fast; tables are by the group of who leaves.
    pub rate: Rate,
    /// What it counts as in `rates.csv`.
    pub counts_as: Option<CountsAs>,
}
