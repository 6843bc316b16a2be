//! Rates: the amount in its unit, and what multiplies it.

use std::ops::Range;

use super::draft::Draft;
use super::tables::{AmountNumbers, Concerns, WrittenTable, numbers_of};
use crate::model::{NumberId, NumberKind, PlaceId, Rate, Varying};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::number::NumberOr;
use crate::scenario::file::rate::{MONTHS, RateParts, Season, VaryingTable, WrittenRate, WrittenSeries};
use crate::scenario::located::Located;
use crate::scenario::words::list;
use crate::units::{RateUnit, TimeUnit};

impl Draft<'_> {
    /// Reads the rate of what has the address `of`.
    pub(super) fn rate(&mut self, of: &str, written: &Located<impl WrittenRate>, concerns: Concerns) -> Rate {
        self.rate_of(&format!("{of}.rate"), written.parts(), written.span(), concerns)
    }

    /// The same, of something that happens at `places` and may feel how full they are.
    pub(super) fn rate_at(
        &mut self,
        of: &str,
        written: &Located<impl WrittenRate>,
        concerns: Concerns,
        places: &[PlaceId],
    ) -> Rate {
        let mut parts = written.parts();
        let crowding = parts.crowding.take();
        let address = format!("{of}.rate");
        let rate = self.rate_of(&address, parts, written.span(), concerns);
        let crowding =
            crowding.and_then(|crowding| self.crowding(&format!("{address}.crowding"), crowding, places));
        Rate { crowding, ..rate }
    }

    /// Reads a rate; `address` is its own, `span` what to mark where it has no amount.
    pub(super) fn rate_of(
        &mut self,
        address: &str,
        parts: RateParts,
        span: Range<usize>,
        concerns: Concerns,
    ) -> Rate {
        if let Some(crowding) = parts.crowding {
            self.not_crowded(address, crowding);
        }
        let factor = self.implied(address.to_string(), 1.0);
        let mut written = Vec::new();
        let mut unit = RateUnit::Per(TimeUnit::Year);
        let mut amount = Varying::Same(factor);
        match parts.amounts.as_slice() {
            [(key, rate_unit, amount_written)] => {
                let address = format!("{address}.{key}");
                let reads = match rate_unit {
                    RateUnit::Per(_) => AmountNumbers::Number(NumberKind::Amount),
                    RateUnit::Probability(_) => AmountNumbers::Number(NumberKind::Share),
                    RateUnit::MeanStay(_) | RateUnit::HalfLife(_) => AmountNumbers::Length,
                };
                let (varying, length_unit) = self.varying(&address, amount_written, reads, concerns);
                unit = match (rate_unit, length_unit) {
                    (RateUnit::MeanStay(_), Some(time)) => RateUnit::MeanStay(time),
                    (RateUnit::HalfLife(_), Some(time)) => RateUnit::HalfLife(time),
                    (unit, _) => *unit,
                };
                written = numbers_of(&varying);
                amount = varying;
            }
            [] => self.error(
                Code::MissingUnit.of(&address),
                span,
                format!("`{address}` has no unit"),
                "how fast?",
                format!("write one of {}", list(parts.allowed.iter().copied(), 12)),
            ),
            [(first, ..), rest @ ..] => {
                let (second, _, at) = rest[0];
                self.error(
                    Code::ExclusiveKeys.of(&address).and(&first).and(&second),
                    at.span(),
                    format!("`{address}` has two units: `{first}` and `{second}`"),
                    "the second one",
                    "write exactly one of them".into(),
                );
            }
        }
        let times = self.times(address, parts.times, concerns);
        let season = parts.season.and_then(|season| self.season(&format!("{address}.season"), season));
        self.whole(address, factor, written);
        Rate { unit, amount, times, season, crowding: None, factor }
    }

    /// A number, a table by a dimension or a dated series; with its unit where it is a length of time.
    fn varying(
        &mut self,
        address: &str,
        written: &Located<NumberOr<VaryingTable>>,
        reads: AmountNumbers,
        concerns: Concerns,
    ) -> (Varying, Option<TimeUnit>) {
        let table = match written.get() {
            NumberOr::Number(number) => {
                let number = written.with(number.clone());
                return match reads {
                    AmountNumbers::Number(kind) => {
                        (Varying::Same(self.number(address.into(), kind, &number)), None)
                    }
                    AmountNumbers::Length => {
                        let (id, unit) = self.length(address.into(), &number);
                        (Varying::Same(id), unit)
                    }
                };
            }
            NumberOr::Table(table) => table,
        };
        let nothing = Varying::Series(Vec::new());
        let mut units = Vec::new();
        let varying = match (&table.by, &table.values, &table.series) {
            (Some(by), Some(values), None) => {
                let written = WrittenTable { by, values, otherwise: table.otherwise.as_ref() };
                let table = self.table_of(address, &written, reads, concerns, &mut units);
                table.map_or(nothing, Varying::By)
            }
            (None, None, Some(series)) if table.otherwise.is_none() && !is_empty(series) => Varying::Series(
                self.series(&format!("{address}.series"), series, |draft, address, number| match reads {
                    AmountNumbers::Number(kind) => draft.number(address, kind, number),
                    AmountNumbers::Length => {
                        let (id, unit) = draft.length(address, number);
                        units.extend(unit.map(|unit| (unit, number.span())));
                        id
                    }
                }),
            ),
            _ => {
                self.error(
                    Code::Incomplete.of(&address),
                    written.span(),
                    format!("`{address}` is neither a table by a dimension nor a series"),
                    "expected `by` with `values`, or `series`",
                    "write { by = \"dimension\", values = { ... } } or { series = { \"2025-01\" = ... } }"
                        .into(),
                );
                nothing
            }
        };
        self.addresses.insert(address, Meaning::Numbers(numbers_of(&varying)));
        if let Varying::Series(_) = varying {
            self.addresses.insert(format!("{address}.series"), Meaning::Numbers(numbers_of(&varying)));
        }
        (varying, self.one_unit(&units))
    }

    /// Twelve multipliers, January first.
    fn season(&mut self, address: &str, written: &Located<Season>) -> Option<[NumberId; 12]> {
        let mut months: [Option<NumberId>; 12] = [None; 12];
        match written.get() {
            Season::List(list) => {
                for (i, number) in list.iter().enumerate().take(12) {
                    months[i] = Some(self.number(format!("{address}.{i}"), NumberKind::Amount, number));
                }
            }
            Season::Months(table) => {
                for (key, number) in table {
                    let Some(month) = self.known(("month", "months"), key, key.span(), &MONTHS) else {
                        continue;
                    };
                    let address = format!("{address}.{}", MONTHS[month]);
                    months[month] = Some(self.number(address, NumberKind::Amount, number));
                }
            }
        }
        let all: Vec<NumberId> = months.iter().flatten().copied().collect();
        self.addresses.insert(address, Meaning::Numbers(all));
        let mut season = [0; 12];
        for (month, slot) in season.iter_mut().enumerate() {
            *slot = match months[month] {
                Some(id) => id,
                None => self.implied(format!("{address}.{}", MONTHS[month]), 1.0),
            };
        }
        Some(season)
    }
}

/// Whether a series is written but has no dates.
fn is_empty(series: &WrittenSeries) -> bool {
    matches!(series, WrittenSeries::Points(points) if points.is_empty())
}
