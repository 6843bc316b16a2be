//! Births.

use super::{PlaceId, Rate, Target, Who};

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
