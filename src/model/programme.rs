//! Programmes: organised movement with limited seats.

use super::{
    Admission, CountsAs, MeasureKind, Mechanism, Mover, NumberId, PlaceId, Rate, Route, SectionFacts, Speed,
    Target, Varying, Who,
};
use crate::units::TimeUnit;

/// On occasions, seats are given to people who are eligible.
///
/// Where the seats or the occasions are a table by a dimension, each value of it is a line of its own, with its own
/// seats for its own people; a single rate of random occasions is then one event common to all lines. Lines may also be
/// written one by one, each with terms of its own; those without seats of their own share the programme's.
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
    /// When; `None` where every line says so for itself.
    pub occasions: Option<Occasions>,
    /// How many, each time; `None` where every line says so for itself, or where the free places are the seats.
    pub seats: Option<Seats>,
    /// The terms of the whole programme.
    pub terms: Terms,
    /// Its place among programmes that want the same people, the lowest first; `None`: after all that have one, with the others.
    pub order: Option<u32>,
    /// Classes, the first served first; the eligible whom no class names come last, together.
    pub priority: Vec<Who>,
    /// Whether within a class seats fall to those first who have been there longest, and not to anybody.
    pub longest_first: bool,
    /// The lines, where they are written one by one.
    pub lines: Option<ProgrammeLines>,
    /// Who travels with whom.
    pub family: Option<Family>,
    /// The place whose free places bound the seats: its capacity less the people who are there.
    pub into_free_places: Option<PlaceId>,
    /// What it counts as in `rates.csv`.
    pub counts_as: Option<CountsAs>,
}

/// What bounds the use of seats.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The most people in a calendar year.
    pub cap_per_year: Option<NumberId>,
    /// The share of the eligible who consent or clear verification, asked anew on each occasion.
    pub consent: Option<NumberId>,
    /// The steps in which it takes place: from, until (exclusive); `None`: all.
    pub open: Option<(u32, u32)>,
    /// Steps in which nothing takes place: from, until (exclusive).
    pub pauses: Vec<(u32, u32)>,
    /// Pauses that come at random.
    pub random_pauses: Option<RandomPauses>,
}

/// Pauses that begin at random moments while there is none, and last for a time.
#[derive(Clone, Debug)]
pub struct RandomPauses {
    /// How often one begins.
    pub rate: Rate,
    /// The mean length, in the unit beside it.
    pub mean: (NumberId, TimeUnit),
    /// How lengths differ.
    pub law: PauseLaw,
}

/// The distribution of the length of a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PauseLaw {
    /// All are as long as the mean.
    Fixed,
    /// Exponential.
    Exponential,
    /// Lognormal with this standard deviation, in the unit beside it.
    Lognormal(NumberId, TimeUnit),
}

/// Lines that are written one by one.
#[derive(Clone, Debug)]
pub struct ProgrammeLines {
    /// The dimension whose values have lines.
    pub dimension: usize,
    /// In the order of the dimension's values; a value without one has no seats.
    pub lines: Vec<ProgrammeLine>,
}

/// The line of one value. Its terms are its own, with those of the programme that it does not write: consent and dates.
/// The programme's cap, pauses and random pauses hold beside its own.
#[derive(Clone, Debug)]
pub struct ProgrammeLine {
    /// The value.
    pub value: usize,
    /// Its own occasions; only beside its own seats.
    pub occasions: Option<Occasions>,
    /// Its own seats; `None`: it shares the programme's with all such lines.
    pub seats: Option<Seats>,
    /// Its own terms.
    pub terms: Terms,
}

/// Seats are taken by families: a head, and on average `mean_size - 1` others who are in the same place and have the
/// same values on every dimension that neither selection names. Those others travel alone only where no head is left.
#[derive(Clone, Debug)]
pub struct Family {
    /// Whose number families are counted by; one value on each dimension that it names.
    pub head: Who,
    /// Who travels with a head.
    pub with: Who,
    /// The mean number of people in a family.
    pub mean_size: NumberId,
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

/// What is true of every one.
pub(super) const SECTION: SectionFacts = SectionFacts {
    name: "programmes",
    mechanism: Some(Mechanism::Programme),
    counts: Some("the programme"),
    priced: true,
    effect: Some("occasions"),
    measures: &[
        ("occasions", MeasureKind::Amount),
        ("seats_offered", MeasureKind::Amount),
        ("seats_used", MeasureKind::Amount),
        ("backlog", MeasureKind::Level),
        ("wait", MeasureKind::Ratio),
        ("waited_over_1_month", MeasureKind::Ratio),
        ("waited_over_3_months", MeasureKind::Ratio),
        ("waited_over_6_months", MeasureKind::Ratio),
        ("waited_over_12_months", MeasureKind::Ratio),
        ("paused", MeasureKind::Level),
    ],
};

impl Programme {
    /// What is true of it as a mechanism that moves people.
    pub fn mover(&self) -> Mover<'_> {
        Mover {
            name: &self.name,
            label: &self.label,
            counts_as: self.counts_as.as_ref(),
            route: Route::leave(&self.from, &self.who, &self.targets),
            speed: Speed::Exact,
            admission: Admission::First,
        }
    }
}
