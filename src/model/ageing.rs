//! Ageing: from one value of a dimension to another after a mean time.

use super::{PlaceId, Rate, Target, Who};

/// People of some groups become another group at a rate, wherever they are.
#[derive(Clone, Debug)]
pub struct Ageing {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where: every place but the ends, unless the file says.
    pub at: Vec<PlaceId>,
    /// Whom it concerns.
    pub who: Who,
    /// What they become, and where they then are; never the cell they are in.
    pub targets: Vec<Target>,
    /// How fast.
    pub rate: Rate,
}
