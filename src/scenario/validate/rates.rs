//! Rates: the amount in its unit, and what multiplies it.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{ByValue, NumberId, NumberKind, Rate, Varying, Who};
use crate::scenario::address::Meaning;
use crate::scenario::file::rate::{ByTable, MONTHS, RateParts, Season, VaryingTable};
use crate::scenario::file::words::{Key, NumberOr, Written};
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened, suggest};
use crate::units::{RateUnit, TimeUnit};

/// Whose rate it is: the groups that a table by a dimension must cover; `None` where there are no groups.
pub(super) type Concerns<'a> = Option<&'a Who>;

/// A table by a dimension as it is written.
pub(super) struct WrittenTable<'a> {
    pub(super) by: &'a Located<String>,
    pub(super) values: &'a indexmap::IndexMap<Key, Located<Written>>,
    pub(super) otherwise: Option<&'a Located<Written>>,
}

/// What the numbers of an amount are.
#[derive(Clone, Copy)]
enum Reads {
    Number(NumberKind),
    Length,
}

impl Draft<'_> {
    /// Reads the rate of something; `address` is the rate's, `span` what to mark where it has no amount.
    pub(super) fn rate(
        &mut self,
        address: &str,
        parts: RateParts,
        span: Range<usize>,
        concerns: Concerns,
    ) -> Rate {
        let factor = self.implied(address.to_string(), 1.0);
        let mut written = Vec::new();
        let mut unit = RateUnit::Per(TimeUnit::Year);
        let mut amount = Varying::Same(factor);
        match parts.amounts.as_slice() {
            [(key, rate_unit, amount_written)] => {
                let address = format!("{address}.{key}");
                let reads = match rate_unit {
                    RateUnit::Per(_) => Reads::Number(NumberKind::Amount),
                    RateUnit::Probability(_) => Reads::Number(NumberKind::Share),
                    RateUnit::MeanStay(_) | RateUnit::HalfLife(_) => Reads::Length,
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
                span,
                format!("`{address}` has no unit"),
                "how fast?",
                format!("write one of {}", list(parts.allowed.iter().copied(), 12)),
            ),
            [(first, ..), rest @ ..] => {
                let (second, _, at) = rest[0];
                self.error(
                    at.span(),
                    format!("`{address}` has two units: `{first}` and `{second}`"),
                    "the second one",
                    "write exactly one of them".into(),
                );
            }
        }
        let mut times = Vec::new();
        if let Some(tables) = parts.times {
            for (i, (_, table)) in tables.items().into_iter().enumerate() {
                let word = if tables.is_list() { format!("times.{i}") } else { "times".into() };
                times.extend(self.table(
                    &format!("{address}.{word}"),
                    &table.into(),
                    NumberKind::Amount,
                    concerns,
                ));
            }
        }
        let season = parts.season.and_then(|season| self.season(&format!("{address}.season"), season));
        self.whole(address, factor, written);
        Rate { unit, amount, times, season, factor }
    }

    /// A number, a table by a dimension or a dated series; with its unit where it is a length of time.
    fn varying(
        &mut self,
        address: &str,
        written: &Located<NumberOr<VaryingTable>>,
        reads: Reads,
        concerns: Concerns,
    ) -> (Varying, Option<TimeUnit>) {
        let table = match written.get() {
            NumberOr::Number(number) => {
                let number = written.with(number.clone());
                return match reads {
                    Reads::Number(kind) => (Varying::Same(self.number(address.into(), kind, &number)), None),
                    Reads::Length => {
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
            (None, None, Some(series)) if table.otherwise.is_none() && !series.is_empty() => Varying::Series(
                self.series(&format!("{address}.series"), series, |draft, address, number| match reads {
                    Reads::Number(kind) => draft.number(address, kind, number),
                    Reads::Length => {
                        let (id, unit) = draft.length(address, number);
                        units.extend(unit.map(|unit| (unit, number.span())));
                        id
                    }
                }),
            ),
            _ => {
                self.error(
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

    /// The unit that all lengths of a table have.
    fn one_unit(&mut self, units: &[(TimeUnit, Range<usize>)]) -> Option<TimeUnit> {
        let (first, _) = units.first()?;
        if let Some((other, span)) = units.iter().find(|(unit, _)| unit != first) {
            self.error(
                span.clone(),
                format!("this is in {}s, the first one in {}s", other.name(), first.name()),
                "another unit",
                format!("write all of them in {}s", first.name()),
            );
        }
        Some(*first)
    }

    /// A table of plain numbers by a dimension.
    pub(super) fn table(
        &mut self,
        address: &str,
        written: &WrittenTable,
        kind: NumberKind,
        concerns: Concerns,
    ) -> Option<ByValue> {
        self.table_of(address, written, Reads::Number(kind), concerns, &mut Vec::new())
    }

    /// A table by a dimension, which covers every value that those concerned have.
    fn table_of(
        &mut self,
        address: &str,
        written: &WrittenTable,
        reads: Reads,
        concerns: Concerns,
        units: &mut Vec<(TimeUnit, Range<usize>)>,
    ) -> Option<ByValue> {
        let mut read = |draft: &mut Self, address: String, number: &Located<Written>| match reads {
            Reads::Number(kind) => draft.number(address, kind, number),
            Reads::Length => {
                let (id, unit) = draft.length(address, number);
                units.extend(unit.map(|unit| (unit, number.span())));
                id
            }
        };
        let entries: Vec<(&Key, NumberId)> = written
            .values
            .iter()
            .map(|(key, number)| (key, read(self, format!("{address}.values.{}", &***key), number)))
            .collect();
        let otherwise = written.otherwise.map(|number| read(self, format!("{address}.otherwise"), number));
        let ids = entries.iter().map(|(_, id)| *id).chain(otherwise).collect();
        self.addresses.insert(format!("{address}.values"), Meaning::Numbers(ids));
        let Some(who) = concerns else {
            self.error(
                written.by.span(),
                format!("`{address}` cannot differ by `{}`", shortened(written.by)),
                "this has no groups of people",
                "write one number".into(),
            );
            return None;
        };
        let dimension = self.dimension(written.by, written.by.span())?;
        let mut values = vec![None; self.groups.dimensions[dimension].values.len()];
        for (key, id) in entries {
            if let Some(value) = self.value_of(dimension, key, key.span()) {
                values[value] = Some(id);
            }
        }
        let met =
            |value: &usize| who.allowed[dimension].as_ref().is_none_or(|allowed| allowed.contains(value));
        let missing: Vec<usize> = (0..values.len()).filter(|value| values[*value].is_none()).collect();
        let lacking: Vec<String> = missing
            .iter()
            .filter(|value| otherwise.is_none() && met(value))
            .map(|value| self.groups.dimensions[dimension].values[*value].clone())
            .collect();
        for value in missing {
            values[value] = otherwise;
        }
        if !lacking.is_empty() {
            self.error(
                written.by.span(),
                format!("`{address}` has no number for {}", list(lacking.iter().map(String::as_str), 8)),
                "must cover everybody it concerns",
                "add what is missing to `values`, or add `otherwise = ...`".into(),
            );
        }
        Some(ByValue { dimension, values })
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
                    let Some(month) = MONTHS.iter().position(|month| *month == &***key) else {
                        let help = suggest(key, MONTHS, "months");
                        self.error(key.span(), format!("no month is called `{}`", shortened(key)), "", help);
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

impl<'a> From<&'a ByTable> for WrittenTable<'a> {
    fn from(table: &'a ByTable) -> Self {
        WrittenTable { by: &table.by, values: &table.values, otherwise: table.otherwise.as_ref() }
    }
}

/// The numbers that an amount is made of, each once.
pub(super) fn numbers_of(varying: &Varying) -> Vec<NumberId> {
    let mut ids: Vec<NumberId> = match varying {
        Varying::Same(id) => vec![*id],
        Varying::By(table) => table.values.iter().flatten().copied().collect(),
        Varying::Series(points) => points.iter().map(|(_, id)| *id).collect(),
    };
    ids.sort_unstable();
    ids.dedup();
    ids
}
