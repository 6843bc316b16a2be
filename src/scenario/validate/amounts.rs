//! Amounts that the engine would have to cut: refused where they are written. What a change or a draw makes of them is stopped by the
//! run, which says why.

use std::ops::Range;

use super::draft::Draft;
use super::limits::{MOST_ARRIVALS, MOST_OCCASIONS};
use super::tables::numbers_of;
use super::warnings::{largest_hazard, times_of};
use crate::model::{Coming, Convoy, Model, NumberId, Occasions, Rate, Varying};
use crate::scenario::code::Code;
use crate::scenario::words::thousands;

impl Draft<'_> {
    /// Refuses arrivals and occasions that are too many to be counted. Seats for more than all are as good as seats for all.
    pub(super) fn amounts_in_bounds(&mut self, model: &Model) {
        let values = model.parameter_values();
        let value = |id: NumberId| model.number(id).value.evaluate(&values);
        for arrival in &model.arrivals {
            let (id, come) = a_year(model, &values, &arrival.rate);
            let together = match &arrival.coming {
                Coming::Singly | Coming::Dispersed(_) => 1.0,
                Coming::InConvoys(Convoy::Fixed(size) | Convoy::Normal { mean: size, .. }) => value(*size),
                Coming::InConvoys(Convoy::Table(sizes)) => {
                    sizes.iter().map(|(size, share)| f64::from(*size) * value(*share)).sum()
                }
            };
            let people = come * together.max(1.0);
            if people > MOST_ARRIVALS {
                self.too_many(
                    self.numbers.span(id),
                    format!("`arrivals.{}` brings {} people a year", arrival.name, thousands(people as u64)),
                    "more than a billion a year",
                    "write a lower rate, or another unit: more people cannot be simulated",
                );
            }
        }
        for programme in &model.programmes {
            let lines = || programme.lines.iter().flat_map(|lines| &lines.lines);
            let occasions =
                programme.occasions.iter().chain(lines().filter_map(|line| line.occasions.as_ref()));
            for occasions in occasions {
                let Occasions::Random(rate) = occasions else { continue };
                let (id, many) = largest_hazard(model, &values, rate);
                if many > MOST_OCCASIONS {
                    self.too_many(
                        self.numbers.span(id),
                        format!(
                            "`programmes.{}` has {} occasions a year",
                            programme.name,
                            thousands(many as u64)
                        ),
                        "more than a million a year",
                        "write fewer occasions, each with more seats",
                    );
                }
            }
        }
    }

    fn too_many(&mut self, span: Range<usize>, message: String, label: &str, help: &str) {
        self.error(Code::TooMany, span, message, label, help.into());
    }
}

/// How many come in a year at the most by a rate whose values all come beside each other, and the number that says most of it.
fn a_year(model: &Model, values: &[f64], rate: &Rate) -> (NumberId, f64) {
    let Varying::By(_) = &rate.amount else { return largest_hazard(model, values, rate) };
    let hazard = |id: &NumberId| rate.unit.hazard(model.number(*id).value.evaluate(values));
    let all: f64 = numbers_of(&rate.amount).iter().map(hazard).sum();
    (largest_hazard(model, values, rate).0, all * times_of(model, values, rate))
}
