//! The seats of programmes.

use std::ops::Range;

use super::draft::Draft;
use super::tables::{Concerns, WrittenTable, numbers_of};
use crate::model::{NumberKind, Occasions, Seats, Varying};
use crate::scenario::code::Code;
use crate::scenario::file::number::NumberOr;
use crate::scenario::file::seats::{SeatsTable, WrittenSeats};
use crate::scenario::located::Located;
use crate::scenario::words::number;

impl Draft<'_> {
    /// Reads seats; tables are by the groups of `concerns`.
    pub(super) fn seats(
        &mut self,
        address: &str,
        written: &Located<WrittenSeats>,
        concerns: Concerns,
    ) -> Seats {
        let factor = self.implied(address.to_string(), 1.0);
        let nothing = Varying::Same(factor);
        let (mean, sd) = match written.get() {
            NumberOr::Number(one) => {
                let id = self.number(address.into(), NumberKind::Amount, &written.with(one.clone()));
                (Varying::Same(id), None)
            }
            NumberOr::Table(SeatsTable {
                mean: Some(mean),
                sd: Some(sd),
                by: None,
                values: None,
                otherwise: None,
            }) => {
                let kind = NumberKind::Amount;
                let mean_read = self.number_or_table(&format!("{address}.mean"), mean, kind, concerns);
                let mean_read = mean_read.unwrap_or(nothing);
                let sd_read = self.number_or_table(&format!("{address}.sd"), sd, kind, concerns);
                if let (Varying::By(a), Some(Varying::By(b))) = (&mean_read, &sd_read)
                    && a.dimension != b.dimension
                {
                    self.other_dimension(sd.span(), b.dimension, a.dimension);
                }
                self.warn_of_spread(&mean_read, sd_read.as_ref(), sd.span());
                (mean_read, sd_read)
            }
            NumberOr::Table(SeatsTable {
                mean: None,
                sd: None,
                by: Some(by),
                values: Some(values),
                otherwise,
            }) => {
                let table = WrittenTable { by, values, otherwise: otherwise.as_ref() };
                (self.table(address, &table, NumberKind::Amount, concerns).map_or(nothing, Varying::By), None)
            }
            NumberOr::Table(_) => {
                self.error(
                    Code::Incomplete.of(&address),
                    written.span(),
                    format!("`{address}` is not complete"),
                    "expected `mean` with `sd`, or `by` with `values`",
                    "write 60, { mean = 60, sd = 20 } or { by = \"dimension\", values = { ... } }".into(),
                );
                (nothing, None)
            }
        };
        self.whole(address, factor, numbers_of(&mean));
        Seats { mean, sd, factor }
    }

    /// Drawn seats that often fall below none are cut there, which raises their mean.
    fn warn_of_spread(&mut self, mean: &Varying, sd: Option<&Varying>, span: Range<usize>) {
        let largest = |draft: &Self, varying: &Varying| {
            numbers_of(varying).into_iter().map(|id| draft.now(id)).fold(0.0, f64::max)
        };
        let smallest = numbers_of(mean).into_iter().map(|id| self.now(id)).fold(f64::INFINITY, f64::min);
        let Some(sd) = sd.map(|sd| largest(self, sd)) else { return };
        if smallest.is_finite() && smallest > 0.0 && sd > smallest / 2.0 {
            self.warning(
                Code::CutValues,
                span,
                format!(
                    "seats with mean {} and standard deviation {} are often cut at 0",
                    number(smallest),
                    number(sd)
                ),
                "more than half the mean",
                "the true mean is then above what is written: use a smaller `sd`".into(),
            );
        }
    }

    /// Where seats and occasions are both tables, each value of the dimension is one line.
    pub(super) fn lines_agree(&mut self, occasions: &Occasions, seats: &Seats, span: Range<usize>) {
        let by = |varying: &Varying| match varying {
            Varying::By(table) => Some(table.dimension),
            _ => None,
        };
        let Occasions::Random(rate) = occasions else { return };
        let seats = by(&seats.mean).or_else(|| seats.sd.as_ref().and_then(by));
        if let (Some(seats), Some(occasions)) = (seats, by(&rate.amount))
            && seats != occasions
        {
            self.other_dimension(span, seats, occasions);
        }
    }

    fn other_dimension(&mut self, span: Range<usize>, this: usize, that: usize) {
        let [this, that] = [this, that].map(|dimension| self.groups.dimensions[dimension].name.clone());
        self.error(
            Code::WrongDimension.of(&this).and(&that),
            span,
            format!("this table is by `{this}`, the other one by `{that}`"),
            "each value of one dimension is one line",
            "write both by the same dimension".into(),
        );
    }
}
