//! Shocks: sudden events, each only a rate and a severity.

use super::{
    Admission, ByValue, Mechanism, Mover, NumberId, PlaceId, Rate, Route, SectionFacts, Speed, Target,
    Varying, Who,
};

/// An event at one or several places that affects a share of the people there.
///
/// What it sets off elsewhere is in [`Model::changes`](super::Model::changes), with the layer `Aftermath`.
#[derive(Clone, Debug)]
pub struct Shock {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where it may happen.
    pub at: Vec<PlaceId>,
    /// Which of these places it hits, where there are several.
    pub hits: Hits,
    /// Whether a drawn share is the same in every place that is hit.
    pub same_share: bool,
    /// Whom it may affect.
    pub who: Who,
    /// How often it comes at random.
    pub rate: Option<Rate>,
    /// The steps in which it happens for certain.
    pub on: Vec<u32>,
    /// The share affected.
    pub severity: ShockSeverity,
    /// Where the affected go.
    pub targets: Vec<Target>,
}

/// Which of its places an event hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hits {
    /// All of them.
    All,
    /// One of them, each with the same chance.
    One,
    /// Each with this probability, independently of the others: perhaps none.
    Each(NumberId),
}

/// The share of people that a shock affects.
#[derive(Clone, Debug)]
pub enum ShockSeverity {
    /// The same each time, perhaps by group.
    Fixed(Varying),
    /// Drawn each time from a beta distribution.
    Beta {
        /// Its mean.
        mean: NumberId,
        /// Its standard deviation.
        sd: NumberId,
        /// Multiplies what is drawn, by group; the product is at most 1.
        times: Vec<ByValue>,
    },
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "shocks",
    mechanism: Some(Mechanism::Shock),
    counts: None,
    priced: true,
    effect: Some("rate"),
    measures: &[],
};

impl Shock {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: None,
            route: Route::leave(&self.at, &self.who, &self.targets),
            speed: self.rate.as_ref().map_or(Speed::Exact, Speed::Event),
            admission: Admission::Forced,
        }
    }
}
