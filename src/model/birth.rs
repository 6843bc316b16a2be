//! Births.

use super::{Admission, Mechanism, Mover, PlaceId, Rate, Route, SectionFacts, Speed, Target, Who};

/// Newborns appear at a rate per woman, in her place and with her other values.
#[derive(Clone, Debug)]
pub struct Birth {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where.
    pub at: Vec<PlaceId>,
    /// Whose rate it is.
    pub mothers: Who,
    /// What the newborn is, starting from the mother's values; the place is always hers.
    pub newborn: Vec<Target>,
    /// Births per mother and time.
    pub rate: Rate,
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "births",
    mechanism: Some(Mechanism::Birth),
    counts: None,
    priced: true,
    effect: Some("rate"),
    measures: &[],
};

impl Birth {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: None,
            route: Route::Born { at: &self.at, mothers: &self.mothers, newborn: &self.newborn },
            speed: Speed::Person(&self.rate),
            admission: Admission::Forced,
        }
    }
}
