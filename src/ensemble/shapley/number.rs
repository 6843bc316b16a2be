//! The numbers that are explained, told in whole numbers so that what parts contribute adds up exactly.

use crate::engine::Program;
use crate::ensemble::attribution::ExplainedSubject;
use crate::ensemble::mode::Mode;
use crate::ensemble::plan::SeriesPlan;
use crate::model::OutcomeUnit;

/// Whole numbers are counted in parts of this in expected mode, where people are fractional.
const FINEST: f64 = 1_048_576.0;

/// Other numbers are counted in parts of the largest in a few replicates: 2^-40 of it, or less in expected mode, where there is no larger one.
const BITS: i32 = 40;
const BITS_EXPECTED: i32 = 80;

/// The same where they are all 0.
const BITS_OF_NOTHING: i32 = 60;

/// A number that is explained.
#[derive(Clone, Debug)]
pub struct ExplainedNumber {
    /// What it is.
    pub what: ExplainedSubject,
    /// Its name for people.
    pub label: String,
    /// What it counts.
    pub unit: OutcomeUnit,
    /// Whether it is whole in every replicate.
    pub whole: bool,
    /// What it is multiplied by to be told in whole numbers.
    pub scale: f64,
    /// What whole numbers are multiplied by at last: months in a step, of dates.
    pub times: f64,
}

impl ExplainedNumber {
    /// Finds the scale of a number that is not whole, from some of its values.
    pub fn find_scale<'v>(&mut self, values: impl Iterator<Item = &'v f64>, mode: Mode) {
        let finite = values.filter(|value| value.is_finite());
        let largest = finite.fold(0.0, |most: f64, value| most.max(value.abs()));
        let bits = match mode {
            Mode::MonteCarlo => BITS,
            Mode::Expected => BITS_EXPECTED,
        };
        let power = if largest > 0.0 { bits - libm::ilogb(largest) } else { BITS_OF_NOTHING };
        self.scale = libm::scalbn(1.0, power);
    }
}

/// What can be explained: outcomes that are there with all parts and with none, and everybody who is held in the end.
pub fn numbers(without: &Program, with: &Program, mode: Mode) -> Vec<ExplainedNumber> {
    let (plan, other) = (SeriesPlan::new(with), SeriesPlan::new(without));
    let calendar = &with.model().calendar;
    let scale = match mode {
        Mode::MonteCarlo => 1.0,
        Mode::Expected => FINEST,
    };
    let outcomes = with.model().outcomes.iter().zip(&plan.outcomes).filter_map(|(outcome, plan)| {
        let index = without.model().outcomes.iter().position(|other| other.name == outcome.name)?;
        let same = other.outcomes[index].unit == plan.unit && other.outcomes[index].scale == plan.scale;
        let reported = same && !(mode == Mode::Expected && plan.needs_chance);
        reported.then(|| ExplainedNumber {
            what: ExplainedSubject::Outcome(outcome.name.clone()),
            label: outcome.label.clone(),
            unit: plan.unit.clone(),
            whole: plan.scale.is_whole(),
            scale,
            times: if plan.unit == OutcomeUnit::Date { calendar.step_years() * 12.0 } else { 1.0 },
        })
    });
    let held = ExplainedNumber {
        what: ExplainedSubject::HeldAtEnd,
        label: "Held in the end".into(),
        unit: OutcomeUnit::Amount("people".into()),
        whole: true,
        scale,
        times: 1.0,
    };
    outcomes.chain([held]).collect()
}
