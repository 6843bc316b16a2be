//! Moves: a hazard per person from one or more places.

use super::{Admission, CountsAs, Mechanism, Mover, PlaceId, Rate, Route, SectionFacts, Speed, Target, Who};

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

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "moves",
    mechanism: Some(Mechanism::Move),
    counts: Some("the move"),
    priced: true,
    effect: Some("rate"),
    measures: &[],
};

impl Move {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: self.counts_as.as_ref(),
            route: Route::leave(&self.from, &self.who, &self.targets),
            speed: Speed::Person(&self.rate),
            admission: Admission::During,
        }
    }
}
