//! What is simulated: a scenario that has been read, checked and had its defaults filled in.
//!
//! A [`Model`] is plain data. Every reference is an index that exists, every date a step, every number an entry of
//! [`Model::numbers`] that changes can name by its address. Who makes one promises that; `scenario` does.
//! One mechanism, one file. What a mechanism must say of itself is in [`mechanism`], beside the list of mechanisms; here are the
//! list of sections, and where the model has each.

pub mod ageing;
mod ages;
pub mod arrival;
pub mod birth;
pub mod change;
pub mod correction;
pub mod costs;
pub mod crowding;
pub mod distribution;
pub mod formula;
pub mod group;
pub mod id;
pub mod length;
pub mod measure;
pub mod mechanism;
pub mod moves;
pub mod number;
pub mod observed;
pub mod outcome;
pub mod parameter;
pub mod place;
pub mod policy;
pub mod programme;
pub mod rate;
pub mod record;
pub mod regime;
mod section;
pub mod shock;
pub mod stay;
pub mod target;
pub mod trigger;
pub mod truncated;
mod values;
pub mod wander;
mod wandering;

pub use ageing::{Ageing, Pace};
pub use arrival::{Arrival, Coming, Convoy};
pub use birth::Birth;
pub use change::{Change, Effect, Layer, Window};
pub use correction::{CorrectedCount, Correction};
pub use costs::{Costs, MechanismCost, PlaceCost};
pub use crowding::Crowding;
pub use distribution::Distribution;
pub use formula::{Formula, FormulaError};
pub use group::{Dimension, GroupId, Groups, Who};
pub use id::{CellId, CountsAs, PlaceId};
pub use length::{AtStart, Durations, Length, LengthSpread, Span};
pub use measure::{measure_kind, measures_of};
pub use mechanism::{Admission, MeasureKind, Mechanism, Mover, Route, SectionFacts, Speed};
pub use moves::Move;
pub use number::{Expression, Number, NumberId, NumberKind};
pub use observed::{Observed, ObservedPoint};
pub use outcome::{AmountTake, Beyond, LevelTake, MeasureTake, Outcome, OutcomeId, OutcomeOf, OutcomeUnit};
pub use parameter::{Parameter, ParameterChange};
pub use place::{Closure, Full, Initial, Place, PlaceKind, QueueRule, WhenFull};
pub use policy::Policy;
pub use programme::{
    Family, Occasions, PauseLaw, Programme, ProgrammeLine, ProgrammeLines, RandomPauses, Seats, Terms,
};
pub use rate::{ByValue, Rate, Varying};
pub use record::{FlowDetail, Record};
pub use regime::{Regime, Switch, SwitchTime};
pub use shock::{Hits, Shock, ShockSeverity};
pub use stay::{Stay, StayChange, StayEffect};
pub use target::{EntryShare, Target};
pub use trigger::{ThresholdSide, Trigger, TriggerMeasure};
pub use truncated::{SLIGHTEST_PORTION, Truncated};
pub use wander::{LARGEST_SD, Wander, WanderScale};

use crate::calendar::Calendar;

mechanism::sections! {
    /// Named numbers that expressions use.
    Parameters: parameter::SECTION,
    /// Where people are counted.
    Places: place::SECTION,
    /// People from outside.
    Arrivals: arrival::SECTION,
    /// Newborns.
    Births: birth::SECTION,
    /// From one value of a dimension to another, with time.
    Ageing: ageing::SECTION,
    /// Hazards from place to place.
    Moves: moves::SECTION,
    /// Lengths of stay.
    Stays: stay::SECTION,
    /// Organised movement with limited seats.
    Programmes: programme::SECTION,
    /// Sudden events.
    Shocks: shock::SECTION,
    /// Recounts.
    Corrections: correction::SECTION,
    /// Contexts that switch.
    Regimes: regime::SECTION,
    /// Dated packages of changes.
    Policies: policy::SECTION,
}

/// A whole scenario as plain data, valid and with its defaults filled in: what is simulated. Reading a
/// [`Scenario`](crate::Scenario) makes it; every index in it exists.
#[derive(Clone, Debug)]
pub struct Model {
    /// One line that names the scenario.
    pub title: String,
    /// What the scenario asks.
    pub question: Option<String>,
    /// What a reader should take home.
    pub lesson: Option<String>,
    /// Steps and dates.
    pub calendar: Calendar,
    /// How many replicates to simulate, unless told otherwise.
    pub replicates: u64,
    /// The seed of every random number, unless told otherwise.
    pub seed: u64,
    /// The dimensions and the groups that they span.
    pub groups: Groups,
    /// Where people are counted, in the order of the file.
    pub places: Vec<Place>,
    /// Named numbers, in an order in which each uses only earlier ones.
    pub parameters: Vec<Parameter>,
    /// Changes of parameters over time, by policies.
    pub parameter_changes: Vec<ParameterChange>,
    /// Every number of the file that a mechanism uses.
    pub numbers: Vec<Number>,
    /// Hazards from place to place.
    pub moves: Vec<Move>,
    /// Lengths of stay.
    pub stays: Vec<Stay>,
    /// People from outside.
    pub arrivals: Vec<Arrival>,
    /// Newborns.
    pub births: Vec<Birth>,
    /// From one band of a dimension to the next.
    pub ageing: Vec<Ageing>,
    /// Organised movement with limited seats.
    pub programmes: Vec<Programme>,
    /// Sudden events.
    pub shocks: Vec<Shock>,
    /// Recounts.
    pub corrections: Vec<Correction>,
    /// Contexts that switch.
    pub regimes: Vec<Regime>,
    /// Dated packages of changes; their changes are in [`Model::changes`].
    pub policies: Vec<Policy>,
    /// Every change of a number over time, in the order in which changes of one number stack.
    pub changes: Vec<Change>,
    /// What things cost.
    pub costs: Option<Costs>,
    /// What every replicate comes to, each after those that it uses.
    pub outcomes: Vec<Outcome>,
    /// What was observed.
    pub observed: Option<Observed>,
    /// What is written down.
    pub record: Record,
}

impl Model {
    /// How many cells there are: places x groups.
    pub fn cells(&self) -> usize {
        self.places.len() * self.groups.count()
    }

    /// The cell of a place and a group.
    pub fn cell(&self, place: PlaceId, group: GroupId) -> CellId {
        place * self.groups.count() + group
    }

    /// The place of a cell.
    pub fn place_of(&self, cell: CellId) -> PlaceId {
        cell / self.groups.count()
    }

    /// The group of a cell.
    pub fn group_of(&self, cell: CellId) -> GroupId {
        cell % self.groups.count()
    }

    /// The name of a cell, from which its random numbers come: `"river_camp/local/men"`. It does not depend on where
    /// the place, the dimensions or the values stand in the file.
    pub fn cell_name(&self, cell: CellId) -> String {
        let mut name = self.places[self.place_of(cell)].name.clone();
        let values = self.groups.value_names(self.group_of(cell));
        for dimension in self.groups.by_name() {
            name.push('/');
            name.push_str(values[dimension]);
        }
        name
    }

    /// The places whose people are held: prisons, camps and centres.
    pub fn held_places(&self) -> impl Iterator<Item = PlaceId> + '_ {
        (0..self.places.len()).filter(|place| self.places[*place].kind.is_held())
    }

    /// What is true of a mechanism.
    pub fn mover(&self, mechanism: Mechanism) -> Mover<'_> {
        match mechanism {
            Mechanism::Move(index) => self.moves[index].mover(),
            Mechanism::Stay(index) => self.stays[index].mover(),
            Mechanism::Ageing(index) => self.ageing[index].mover(),
            Mechanism::Arrival(index) => self.arrivals[index].mover(),
            Mechanism::Birth(index) => self.births[index].mover(),
            Mechanism::Programme(index) => self.programmes[index].mover(),
            Mechanism::Shock(index) => self.shocks[index].mover(),
            Mechanism::Correction(index) => self.corrections[index].mover(),
            Mechanism::Closure(place) => self.places[place].closure_mover(place),
        }
    }

    /// The names for people of everything in a section, in the order of the file.
    pub fn labels(&self, section: Section) -> Vec<&str> {
        fn of<T>(all: &[T], label: impl Fn(&T) -> &String) -> Vec<&str> {
            all.iter().map(|one| label(one).as_str()).collect()
        }
        match section {
            Section::Parameters => of(&self.parameters, |one| one.label.as_ref().unwrap_or(&one.name)),
            Section::Places => of(&self.places, |one| &one.label),
            Section::Arrivals => of(&self.arrivals, |one| &one.label),
            Section::Births => of(&self.births, |one| &one.label),
            Section::Ageing => of(&self.ageing, |one| &one.label),
            Section::Moves => of(&self.moves, |one| &one.label),
            Section::Stays => of(&self.stays, |one| &one.label),
            Section::Programmes => of(&self.programmes, |one| &one.label),
            Section::Shocks => of(&self.shocks, |one| &one.label),
            Section::Corrections => of(&self.corrections, |one| &one.label),
            Section::Regimes => of(&self.regimes, |one| &one.label),
            Section::Policies => of(&self.policies, |one| &one.label),
        }
    }
}
