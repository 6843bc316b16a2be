//! Lengths of stay as numbers of the scenario, and the distributions that they come to.

use super::NumberId;
use crate::survival::{ExponentialLength, FixedLength, LengthFamily, SurvivalLaw, SurvivalTable, fit};
use crate::units::TimeUnit;

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// How many.
    pub number: NumberId,
    /// Of what.
    pub unit: TimeUnit,
}

/// How a length of stay is distributed.
#[derive(Clone, Debug, PartialEq)]
pub enum Length {
    /// All equally long.
    Fixed(Span),
    /// Memoryless, with this mean.
    Exponential(Span),
    /// Of a family with two parameters.
    Spread(LengthFamily, LengthSpread),
    /// Whole durations, as a table.
    Table(Durations),
}

/// Which one of a family.
#[derive(Clone, Debug, PartialEq)]
pub enum LengthSpread {
    /// By the mean and the shape of a gamma or Weibull distribution.
    Shape(Span, NumberId),
    /// By the mean and the coefficient of variation.
    Cv(Span, NumberId),
    /// By two quantiles, the lower first: the portion of stays that are over by a time.
    Quantiles([(f64, Span); 2]),
}

/// Whole durations with the portion of people who stay so long.
#[derive(Clone, Debug, PartialEq)]
pub struct Durations {
    /// Each duration in steps with its portion; portions are relative to the sum of all.
    pub portions: Vec<(u32, NumberId)>,
    /// The portion that never leaves.
    pub never: Option<NumberId>,
}

/// For how long people who are there at the start have been there.
#[derive(Clone, Debug, PartialEq)]
pub enum AtStart {
    /// They enter as it starts.
    New,
    /// As after a long time of steady entries: for a fixed time, evenly.
    Even,
    /// As a table says: steps that have passed, with portions relative to their sum.
    Elapsed(Vec<(u32, NumberId)>),
}

/// What a number is in one replicate.
pub trait NumberValues {
    /// The value of a number.
    fn value(&self, id: NumberId) -> f64;
}

impl<F: Fn(NumberId) -> f64> NumberValues for F {
    fn value(&self, id: NumberId) -> f64 {
        self(id)
    }
}

/// Nothing is shorter than this part of a step, so that arithmetic stays finite.
const SHORTEST: f64 = 1e-6;
/// Nothing is longer than this many steps.
const LONGEST: f64 = 1e7;

impl Span {
    /// The length in steps of `step` years. Whole numbers of steps are whole, whatever rounding makes of the units.
    pub fn steps(&self, values: &impl NumberValues, step: f64) -> f64 {
        let steps = values.value(self.number) * self.unit.years() / step;
        let whole = steps.round();
        if (steps - whole).abs() <= 1e-9 * whole { whole } else { steps }
    }

    /// The same, kept above 0 and finite.
    fn bounded(&self, values: &impl NumberValues, step: f64) -> f64 {
        self.steps(values, step).clamp(SHORTEST, LONGEST)
    }
}

impl Length {
    /// The distribution in steps of `step` years. What draws of parameters push out of bounds is moved to the nearest bound.
    pub fn law(&self, values: &impl NumberValues, step: f64) -> SurvivalLaw {
        match self {
            Length::Fixed(span) => SurvivalLaw::Fixed(FixedLength { length: span.bounded(values, step) }),
            Length::Exponential(mean) => {
                SurvivalLaw::Exponential(ExponentialLength { mean: mean.bounded(values, step) })
            }
            Length::Spread(family, LengthSpread::Shape(mean, shape)) => {
                let (mean, shape) = (mean.bounded(values, step), within(values.value(*shape), fit::SHAPES));
                // Of a family without a shape none was read.
                let memoryless = || SurvivalLaw::Exponential(ExponentialLength { mean });
                family.by_shape(mean, shape).unwrap_or_else(memoryless)
            }
            Length::Spread(family, LengthSpread::Cv(mean, cv)) => {
                let (mean, cv) = (mean.bounded(values, step), within(values.value(*cv), fit::SPREADS));
                family.by_cv(mean, cv)
            }
            Length::Spread(family, LengthSpread::Quantiles([(p, t), (q, u)])) => {
                let t = t.bounded(values, step);
                let u = u.bounded(values, step).max(t * (1.0 + 1e-3));
                family.by_quantiles([(*p, t), (*q, u)])
            }
            Length::Table(table) => {
                let portion = |(steps, id): &(u32, NumberId)| (f64::from(*steps), values.value(*id));
                let never = table.never.map_or(0.0, |id| values.value(id));
                SurvivalLaw::Table(SurvivalTable::new(table.portions.iter().map(portion).collect(), never))
            }
        }
    }

    /// The numbers that it is made of.
    pub fn numbers(&self) -> Vec<NumberId> {
        match self {
            Length::Fixed(span) | Length::Exponential(span) => vec![span.number],
            Length::Spread(_, LengthSpread::Shape(mean, other) | LengthSpread::Cv(mean, other)) => {
                vec![mean.number, *other]
            }
            Length::Spread(_, LengthSpread::Quantiles(quantiles)) => {
                quantiles.iter().map(|(_, span)| span.number).collect()
            }
            Length::Table(table) => table.portions.iter().map(|(_, id)| *id).chain(table.never).collect(),
        }
    }
}

fn within(value: f64, (low, high): (f64, f64)) -> f64 {
    value.clamp(low, high)
}
