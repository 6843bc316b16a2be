//! Arrivals: people from outside, one by one or in convoys.

use super::{Admission, EntryShare, Mechanism, Mover, NumberId, Rate, Route, SectionFacts, Speed};

/// People arrive at a rate and spread over cells by shares.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where they appear.
    pub into: Vec<EntryShare>,
    /// How many per time, over all entries together; a table by a dimension gives each entry its own value's rate
    /// instead, shared among the entries of that value.
    pub rate: Rate,
    /// How they come.
    pub coming: Coming,
}

/// How people come, whose mean number a rate says.
#[derive(Clone, Debug, PartialEq)]
pub enum Coming {
    /// Independently of each other: a Poisson count.
    Singly,
    /// In a negative binomial count whose variance is this many times its mean; 1 or less: as a Poisson count.
    Dispersed(NumberId),
    /// In convoys: the rate is theirs, and a Poisson count.
    InConvoys(Convoy),
}

/// How many people a convoy has.
#[derive(Clone, Debug, PartialEq)]
pub enum Convoy {
    /// Always so many.
    Fixed(NumberId),
    /// Normal, the sum of a step rounded and never below 0.
    Normal {
        /// The mean.
        mean: NumberId,
        /// The standard deviation.
        sd: NumberId,
    },
    /// So many people with this share, which is relative to the sum of all.
    Table(Vec<(u32, NumberId)>),
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "arrivals",
    mechanism: Some(Mechanism::Arrival),
    counts: None,
    priced: true,
    effect: Some("rate"),
    measures: &[],
};

impl Arrival {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: None,
            route: Route::Arrive { into: &self.into },
            speed: Speed::Exact,
            admission: Admission::During,
        }
    }
}
