//! Corrections: on a date the number of people is set, as a recount or a new registration finds it.

use super::{Admission, Mechanism, Mover, NumberId, PlaceId, Route, SectionFacts, Speed, Who};

/// People of one place are counted anew on a date: more are found, or fewer.
#[derive(Clone, Debug)]
pub struct Correction {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where people are counted.
    pub at: PlaceId,
    /// Whom of them.
    pub who: Who,
    /// The step at whose start it is; `None`: never, as its date counts as the end.
    pub on: Option<u32>,
    /// How many there are then.
    pub count: CorrectedCount,
    /// Where those go who are too many; `None`: out of the model.
    pub to: Option<PlaceId>,
    /// Where those come from who are missing; `None`: from outside.
    pub from: Option<PlaceId>,
}

/// How many people there are after a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectedCount {
    /// So many.
    People(NumberId),
    /// So many times those who were there.
    Share(NumberId),
}

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "corrections",
    mechanism: Some(Mechanism::Correction),
    // A recount is nothing that happens to people: no rate counts it.
    counts: None,
    priced: false,
    // Multiplied by 0, both of its numbers take everybody away.
    effect: None,
    measures: &[],
};

impl Correction {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: None,
            route: Route::Correct { at: self.at, who: &self.who, to: self.to, from: self.from },
            speed: Speed::Exact,
            admission: Admission::Forced,
        }
    }
}
