//! Ageing: from one value of a dimension to another after a mean time or a fixed one.

use super::{
    Admission, AtStart, Mechanism, Mover, PlaceId, Rate, Route, SectionFacts, Span, Speed, Target, Who,
};

/// People of some groups become another group with time, wherever they are.
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
    pub pace: Pace,
}

/// How fast people age.
#[derive(Clone, Debug)]
pub enum Pace {
    /// At a rate: who has been in the band for long is no nearer its end.
    Rate(Rate),
    /// A fixed time after they came into the band. The clock goes on wherever they go, as long as the ageing concerns them
    /// there.
    After {
        /// How long.
        time: Span,
        /// How long those who are there at the start have been in the band, and those who come from outside.
        at_start: AtStart,
    },
}

impl Ageing {
    /// The rate, where there is one.
    pub fn rate(&self) -> Option<&Rate> {
        match &self.pace {
            Pace::Rate(rate) => Some(rate),
            Pace::After { .. } => None,
        }
    }
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "ageing",
    mechanism: Some(Mechanism::Ageing),
    counts: None,
    priced: false,
    effect: Some("rate"),
    measures: &[],
};

impl Ageing {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: None,
            route: Route::leave(&self.at, &self.who, &self.targets),
            speed: self.rate().map_or(Speed::Exact, Speed::Person),
            admission: Admission::During,
        }
    }
}
