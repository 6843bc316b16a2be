//! Tables of numbers by the values of a dimension.

use std::ops::Range;

use super::draft::Draft;
use crate::model::{ByValue, NumberId, NumberKind, Varying, Who};
use crate::scenario::address::Meaning;
use crate::scenario::code::Code;
use crate::scenario::file::number::{NumberOr, WrittenNumber};
use crate::scenario::file::rate::{ByDimension, ByTable};
use crate::scenario::file::words::{Key, OneOrMany};
use crate::scenario::located::Located;
use crate::scenario::words::{list, shortened};
use crate::units::TimeUnit;

/// Whose rate it is: the groups that a table by a dimension must cover; `None` where there are no groups.
pub(super) type Concerns<'a> = Option<&'a Who>;

/// A table by a dimension as it is written.
pub(super) struct WrittenTable<'a> {
    pub(super) by: &'a Located<String>,
    pub(super) values: &'a indexmap::IndexMap<Key, Located<WrittenNumber>>,
    pub(super) otherwise: Option<&'a Located<WrittenNumber>>,
}

/// What the numbers of an amount are.
#[derive(Clone, Copy)]
pub(super) enum AmountNumbers {
    Number(NumberKind),
    Length,
}

impl Draft<'_> {
    /// A table of plain numbers by a dimension.
    pub(super) fn table(
        &mut self,
        address: &str,
        written: &WrittenTable,
        kind: NumberKind,
        concerns: Concerns,
    ) -> Option<ByValue> {
        self.table_of(address, written, AmountNumbers::Number(kind), concerns, &mut Vec::new())
    }

    /// A table by a dimension, which covers every value that those concerned have.
    pub(super) fn table_of(
        &mut self,
        address: &str,
        written: &WrittenTable,
        reads: AmountNumbers,
        concerns: Concerns,
        units: &mut Vec<(TimeUnit, Range<usize>)>,
    ) -> Option<ByValue> {
        let mut read = |draft: &mut Self, address: String, number: &Located<WrittenNumber>| match reads {
            AmountNumbers::Number(kind) => draft.number(address, kind, number),
            AmountNumbers::Length => {
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
                Code::WrongDimension.of(&address).and(&written.by),
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
        values.iter_mut().for_each(|value| *value = value.or(otherwise));
        let table = ByValue { dimension, values };
        self.covers(address, &table, who, written.by.span());
        Some(table)
    }

    /// Says so where a table has no number for some of the people whom it concerns.
    fn covers(&mut self, address: &str, table: &ByValue, who: &Who, span: Range<usize>) {
        let met = |value: usize| {
            who.allowed[table.dimension].as_ref().is_none_or(|allowed| allowed.contains(&value))
        };
        let known = &self.groups.dimensions[table.dimension].values;
        let numbers = table.values.iter().zip(known).enumerate();
        let lacking: Vec<&str> = numbers
            .filter(|(value, (number, _))| number.is_none() && met(*value))
            .map(|(_, (_, name))| name.as_str())
            .collect();
        if !lacking.is_empty() {
            let message = format!("`{address}` has no number for {}", list(lacking, 8));
            self.error(
                Code::UncoveredValue.of(&address),
                span,
                message,
                "must cover everybody it concerns",
                "add what is missing to `values`, or add `otherwise = ...`".into(),
            );
        }
    }

    /// A number, or a table of numbers by the groups that it concerns.
    pub(super) fn number_or_table(
        &mut self,
        address: &str,
        written: &Located<ByDimension>,
        kind: NumberKind,
        concerns: Concerns,
    ) -> Option<Varying> {
        match written.get() {
            NumberOr::Number(one) => {
                Some(Varying::Same(self.number(address.into(), kind, &written.with(one.clone()))))
            }
            NumberOr::Table(table) => {
                let table = self.table(address, &table.into(), kind, concerns).map(Varying::By)?;
                self.addresses.insert(address, Meaning::Numbers(numbers_of(&table)));
                Some(table)
            }
        }
    }

    /// The tables that multiply an amount; `address` is the amount's.
    pub(super) fn times(
        &mut self,
        address: &str,
        written: Option<&Located<OneOrMany<ByTable>>>,
        concerns: Concerns,
    ) -> Vec<ByValue> {
        let tables = written.map(|tables| tables.addressed(&format!("{address}.times"))).unwrap_or_default();
        let read = |(address, _, table): (String, Range<usize>, &ByTable)| {
            self.table(&address, &table.into(), NumberKind::Amount, concerns)
        };
        tables.into_iter().filter_map(read).collect()
    }

    /// The unit that all lengths of a table have.
    pub(super) fn one_unit(&mut self, units: &[(TimeUnit, Range<usize>)]) -> Option<TimeUnit> {
        let (first, _) = units.first()?;
        if let Some((other, span)) = units.iter().find(|(unit, _)| unit != first) {
            self.error(
                Code::MixedUnits,
                span.clone(),
                format!("this is in {}s, the first one in {}s", other.name(), first.name()),
                "another unit",
                format!("write all of them in {}s", first.name()),
            );
        }
        Some(*first)
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
