//! What is simulated: a scenario that has been read, checked and had its defaults filled in.
//!
//! A [`Model`] is plain data. Every reference is an index that exists, every date a step, every number an entry of
//! [`Model::numbers`] that changes can name by its address. Who makes one promises that; `scenario` does.
//! One mechanism, one file.

pub mod ageing;
pub mod arrival;
pub mod birth;
pub mod change;
pub mod costs;
pub mod crowding;
pub mod distribution;
pub mod formula;
pub mod group;
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
pub mod shock;
pub mod stay;
pub mod target;
pub mod trigger;
pub mod truncated;

pub use ageing::{Ageing, Pace};
pub use arrival::{Arrival, Coming, Convoy};
pub use birth::Birth;
pub use change::{Change, Effect, Layer, Window};
pub use costs::{Costs, MechanismCost, PRICED, PlaceCost};
pub use crowding::Crowding;
pub use distribution::Distribution;
pub use formula::{Formula, FormulaError};
pub use group::{Dimension, GroupId, Groups, Who};
pub use length::{AtStart, Durations, Length, LengthFamily, Span, Spread};
pub use measure::{MEASURES, MeasureKind, measure_kind, measures_of};
pub use mechanism::Mechanism;
pub use moves::Move;
pub use number::{Expression, Number, NumberId, NumberKind};
pub use observed::{Observed, ObservedPoint};
pub use outcome::{AmountTake, Beyond, LevelTake, MeasureTake, Outcome, OutcomeId, OutcomeOf, OutcomeUnit};
pub use parameter::{Parameter, ParameterChange};
pub use place::{Closure, Full, Initial, Place, PlaceKind, QueueRule, WhenFull};
pub use policy::Policy;
pub use programme::{Family, Line, Lines, Occasions, PauseLaw, Programme, RandomPauses, Seats, Terms};
pub use rate::{ByValue, Rate, Varying};
pub use record::{FlowDetail, Record};
pub use regime::{Regime, Switch, When};
pub use shock::{Hits, Severity, Shock};
pub use stay::{Stay, StayChange, StayEffect};
pub use target::{Entry, Target};
pub use trigger::{Measure, Side, Trigger};
pub use truncated::{SLIGHTEST_PORTION, Truncated};

use crate::calendar::Calendar;

/// Index of a place in [`Model::places`].
pub type PlaceId = usize;

/// Index of a cell: `place * groups + group`.
pub type CellId = usize;

/// What a mechanism that moves people counts as in `rates.csv`, in the words of the scenario:
/// `"repatriation"`, `"release"`, ...
pub type CountsAs = String;

/// A whole scenario, valid.
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
    /// How many histories to simulate, unless told otherwise.
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
    /// Contexts that switch.
    pub regimes: Vec<Regime>,
    /// Dated packages of changes; their changes are in [`Model::changes`].
    pub policies: Vec<Policy>,
    /// Every change of a number over time, in the order in which changes of one number stack.
    pub changes: Vec<Change>,
    /// What things cost.
    pub costs: Option<Costs>,
    /// What every history comes to, each after those that it uses.
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

    /// The address of a mechanism, in the file's words: `"moves.death"`.
    pub fn address(&self, mechanism: Mechanism) -> String {
        match mechanism {
            Mechanism::Move(index) => format!("moves.{}", self.moves[index].name),
            Mechanism::Stay(index) => format!("stays.{}", self.stays[index].name),
            Mechanism::Ageing(index) => format!("ageing.{}", self.ageing[index].name),
            Mechanism::Arrival(index) => format!("arrivals.{}", self.arrivals[index].name),
            Mechanism::Birth(index) => format!("births.{}", self.births[index].name),
            Mechanism::Programme(index) => format!("programmes.{}", self.programmes[index].name),
            Mechanism::Shock(index) => format!("shocks.{}", self.shocks[index].name),
            Mechanism::Closure(place) => format!("places.{}.closes", self.places[place].name),
        }
    }

    /// A number by its index.
    pub fn number(&self, id: NumberId) -> &Number {
        &self.numbers[id]
    }

    /// Whether a number differs between histories by what parameters are drawn from, before any change.
    pub fn is_drawn(&self, id: NumberId) -> bool {
        let mut drawn: Vec<bool> = Vec::with_capacity(self.parameters.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let by_change =
                self.throughout(index).any(|change| !self.numbers[change.amount].value.uses().is_empty());
            let inherits = parameter.value.uses().iter().any(|used| drawn[*used]);
            drawn.push(parameter.distribution.is_some() || inherits || by_change);
        }
        self.numbers[id].value.uses().iter().any(|used| drawn[*used])
    }

    /// The value of every parameter before any draw, in the order of [`Model::parameters`].
    pub fn parameter_values(&self) -> Vec<f64> {
        let mut values = Vec::with_capacity(self.parameters.len());
        for parameter in &self.parameters {
            let value = parameter.value.evaluate(&values);
            values.push(value);
        }
        self.changed_throughout(values)
    }

    /// Parameters as they are given, drawn or computed, with the changes that hold throughout; those computed from
    /// a changed one follow it.
    pub fn changed_throughout(&self, given: Vec<f64>) -> Vec<f64> {
        if !self.parameter_changes.iter().any(|change| change.throughout) {
            return given;
        }
        let mut values: Vec<f64> = Vec::with_capacity(given.len());
        for (index, parameter) in self.parameters.iter().enumerate() {
            let computed = parameter.distribution.is_none() && !parameter.value.uses().is_empty();
            let mut value = if computed { parameter.value.evaluate(&values) } else { given[index] };
            for change in self.throughout(index) {
                value = change.effect.apply(value, self.numbers[change.amount].value_in(&given), 1.0);
            }
            values.push(value);
        }
        values
    }

    /// The changes of a parameter that hold throughout, in the order in which they stack.
    fn throughout(&self, parameter: usize) -> impl Iterator<Item = &ParameterChange> + '_ {
        self.parameter_changes.iter().filter(move |change| change.throughout && change.parameter == parameter)
    }
}
