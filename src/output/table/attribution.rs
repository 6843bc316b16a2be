//! `attribution`: what the parts of a variant contribute.

use std::io;

use super::series::{DIGITS, estimate, of_spread};
use super::{Column, ColumnKind, RowSink, Table, Value};
use crate::ensemble::answer::Answer;
use crate::ensemble::attribution::{Contribution, OrderCoverage};

/// Shapley values of the parts of variants.
pub struct Attributions;

/// The row of all parts together.
const WHOLE: u64 = 0;

impl Table for Attributions {
    fn name(&self) -> &'static str {
        "attribution"
    }

    fn title(&self) -> &'static str {
        "Attribution: what each part of a variant contributes to what it changes"
    }

    fn description(&self) -> &'static str {
        "For each variant that was taken apart, and for each outcome and everybody who is held in the end, one row for the \
         whole variant (part 0) and one for each of its parts. A part's contribution is its Shapley value: what it adds, on \
         average over every order in which the parts could be put in place, against the variant without any of them. The parts \
         add up to the whole, and a part that changes nothing has exactly 0. Of a date, only the replicates count in which it \
         comes in every variant."
    }

    fn applies(&self, answer: &Answer) -> bool {
        !answer.attributions.is_empty()
    }

    fn columns(&self, answer: &Answer) -> Vec<Column> {
        let variants = answer.attributions.iter().map(|attribution| attribution.variant.as_str());
        let number = |name: &str, description: &str| {
            Column::new(name, ColumnKind::Number, description).unit("see the column unit")
        };
        vec![
            Column::new("variant", ColumnKind::Text, "The variant that was taken apart.").words(variants).key(),
            Column::new(
                "outcome",
                ColumnKind::Text,
                "The outcome by its name, or \"all_held\" for everybody who is held in the end.",
            )
            .key(),
            Column::new("label", ColumnKind::Text, "Its name for people.").required(),
            Column::new(
                "part",
                ColumnKind::Integer,
                "Number of the part in the order of the scenario; 0 is the whole variant.",
            )
            .key(),
            Column::new("part_label", ColumnKind::Text, "What the part is.").required(),
            Column::new("unit", ColumnKind::Text, "The unit of the numbers of this row."),
            number("mean", &format!("Mean contribution over the replicates. Rounded by mc_se: {DIGITS}.")),
            number(
                "mc_se",
                "Monte Carlo standard error of the mean, with that of the sampled orders; empty in expected mode; six digits.",
            )
            .not_negative(),
            Column::new(
                "share",
                ColumnKind::Number,
                "The part's mean contribution divided by that of the whole; empty where that is 0.",
            )
            .unit("share of the whole"),
            Column::new(
                "orders",
                ColumnKind::Integer,
                "How many orders were drawn, each with its reverse; empty where all of them count.",
            )
            .unit("orders"),
            Column::new("replicates_with_value", ColumnKind::Integer, "In how many replicates every variant has the number.")
                .unit("replicates")
                .required(),
        ]
    }

    fn rows(&self, answer: &Answer, sink: &mut RowSink<'_>) -> io::Result<()> {
        for attribution in &answer.attributions {
            let orders = match attribution.orders {
                OrderCoverage::All => Value::Missing,
                OrderCoverage::Sampled { orders } => Value::Integer(orders),
            };
            for explained in &attribution.explained {
                let whole = (WHOLE, "all parts", &explained.whole);
                let parts = (1..).zip(&attribution.parts).zip(&explained.parts);
                let parts = parts.map(|((number, label), part)| (number, label.as_str(), part));
                for (number, label, contribution) in std::iter::once(whole).chain(parts) {
                    let Contribution { mean, mc_se } = *contribution;
                    let error = mc_se.unwrap_or(0.0);
                    let share = mean / explained.whole.mean;
                    sink(&[
                        Value::Text(&attribution.variant),
                        Value::Text(explained.what.name()),
                        Value::Text(&explained.label),
                        Value::Integer(number),
                        Value::Text(label),
                        Value::Text(explained.unit.words()),
                        estimate(mean, error),
                        mc_se.map_or(Value::Missing, of_spread),
                        if share.is_finite() {
                            estimate(share, error / explained.whole.mean.abs())
                        } else {
                            Value::Missing
                        },
                        orders,
                        Value::Integer(explained.replicates),
                    ])?;
                }
            }
        }
        Ok(())
    }
}
