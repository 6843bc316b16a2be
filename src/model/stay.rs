//! Stays: places that people leave after a length of stay, which policies may change.

use super::length::Values;
use super::{AtStart, CountsAs, Length, Model, NumberId, PlaceId, Span, Target, Who, Window};
use crate::survival::{Part, Profile};

/// People stay at places for a time that is not memoryless, and then go elsewhere.
#[derive(Clone, Debug)]
pub struct Stay {
    /// Its name in the file.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Where. Who goes from one of these places to another begins anew.
    pub at: Vec<PlaceId>,
    /// Whom it concerns. Who stays in the place and goes on matching keeps the time that has passed.
    pub who: Who,
    /// Where those who leave go, and what they become.
    pub targets: Vec<Target>,
    /// How long.
    pub length: Length,
    /// Shorter stays are lengthened to this.
    pub minimum: Option<Span>,
    /// For how long those who are there at the start have been there.
    pub at_start: AtStart,
    /// What it counts as in `rates.csv`.
    pub counts_as: Option<CountsAs>,
    /// What policies do to it, in the order of the file.
    pub changes: Vec<StayChange>,
}

/// What a policy does to a stay.
#[derive(Clone, Debug, PartialEq)]
pub struct StayChange {
    /// What.
    pub effect: StayEffect,
    /// To what share of people; `None`: to all.
    pub share: Option<NumberId>,
    /// Whether also to those who entered before it, or only to those who enter while it holds.
    pub everyone: bool,
    /// When it holds: at once, without a ramp.
    pub window: Window,
}

/// What becomes of a length of stay.
#[derive(Clone, Debug, PartialEq)]
pub enum StayEffect {
    /// Another length; the minimum stays.
    Length(Length),
    /// Another minimum.
    Minimum(Span),
    /// The length, minimum included, is multiplied.
    Times(NumberId),
}

/// Which changes of a stay are in force: one bit for each, the first lowest.
pub type InForce = u32;

impl StayChange {
    /// Whether it is in force in `step` for people who entered in step `entry`, before the first step where that is below 0.
    pub fn holds(&self, entry: i64, step: i64) -> bool {
        let at = if self.everyone { step } else { entry };
        at >= i64::from(self.window.from) && self.window.until.is_none_or(|until| at < i64::from(until))
    }

    /// The numbers that it uses.
    pub fn numbers(&self) -> Vec<NumberId> {
        let mut numbers = match &self.effect {
            StayEffect::Length(length) => length.numbers(),
            StayEffect::Minimum(span) => vec![span.number],
            StayEffect::Times(number) => vec![*number],
        };
        numbers.extend(self.share);
        numbers
    }
}

impl Stay {
    /// The changes that are in force in `step` for people who entered in step `entry`.
    pub fn in_force(&self, entry: i64, step: i64) -> InForce {
        let holds = |(i, change): (usize, &StayChange)| InForce::from(change.holds(entry, step)) << i;
        self.changes.iter().enumerate().map(holds).sum()
    }

    /// Every combination of changes that is ever in force for somebody, in increasing order.
    pub fn combinations(&self) -> Vec<InForce> {
        let edges: Vec<i64> = self
            .changes
            .iter()
            .flat_map(|change| [Some(change.window.from), change.window.until])
            .flatten()
            .map(i64::from)
            .chain([-1])
            .collect();
        let mut found: Vec<InForce> =
            edges.iter().flat_map(|entry| edges.iter().map(|step| self.in_force(*entry, *step))).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The lengths of those for whom some changes are in force: sets before multiplications, each in the order of the file.
    /// A change of a share of people divides every part in two.
    pub fn parts(&self, in_force: InForce, values: &impl Values, step: f64) -> Vec<Part> {
        let minimum = self.minimum.map_or(0.0, |minimum| minimum.steps(values, step));
        let mut parts = vec![Part { weight: 1.0, law: self.length.law(values, step), minimum, stretch: 1.0 }];
        for multiplies in [false, true] {
            for (_, change) in self.changes.iter().enumerate().filter(|(i, change)| {
                in_force >> i & 1 == 1 && matches!(change.effect, StayEffect::Times(_)) == multiplies
            }) {
                let share = change.share.map_or(1.0, |share| values.value(share));
                let mut changed = parts.clone();
                for part in &mut changed {
                    part.weight *= share;
                    match &change.effect {
                        StayEffect::Length(length) => part.law = length.law(values, step),
                        StayEffect::Minimum(minimum) => part.minimum = minimum.steps(values, step),
                        StayEffect::Times(times) => part.stretch *= values.value(*times).max(1e-6),
                    }
                }
                parts.iter_mut().for_each(|part| part.weight *= 1.0 - share);
                parts.retain(|part| part.weight > 0.0);
                parts.extend(changed.into_iter().filter(|part| part.weight > 0.0));
            }
        }
        parts
    }

    /// The numbers that its lengths are made of.
    pub fn numbers(&self) -> Vec<NumberId> {
        let own = self.length.numbers().into_iter().chain(self.minimum.map(|span| span.number));
        own.chain(self.changes.iter().flat_map(StayChange::numbers)).collect()
    }

    /// For how many steps since entry people are told apart: until hardly anybody is left, or, where a tail is long, for
    /// twice the horizon; those who have stayed longer leave at one rate that keeps the stock of a steady inflow exact.
    pub fn ages(&self, model: &Model) -> usize {
        let parameters = model.parameter_values();
        let values = |id: NumberId| model.numbers[id].value_in(&parameters);
        let step = model.calendar.step_years();
        let lengths = self.changes.iter().filter_map(|change| match &change.effect {
            StayEffect::Length(length) => Some(length),
            _ => None,
        });
        let ends = lengths.chain([&self.length]).all(Length::ends);
        let enough = (2 * model.calendar.steps() as usize).max(64);
        let most = if ends { LONGEST_END } else { enough };
        let needed = self
            .combinations()
            .into_iter()
            .map(|in_force| Profile::ages_needed(&self.parts(in_force, &values, step), most));
        let needed = needed.max().unwrap_or(1);
        // Draws of parameters may lengthen what is short at their usual values.
        let drawn = self.numbers().into_iter().any(|id| model.is_drawn(id));
        if drawn { (3 * needed).min(enough.max(needed)) } else { needed }
    }
}

/// Lengths that end are told apart to their end, up to here.
pub const LONGEST_END: usize = 50_000;
